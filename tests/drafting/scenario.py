"""Scenarios for contracts and workspaces: a city in a few words, its papers, its commands.

Hands out `a_city` (a complete profile, changed by a few words), `a_contract` (one paper of it
in memory), `findings_of`, `a_workspace` and `run` (a verb of the command line).
`vendors__midori__name="…"` puts a value at a path, `GONE` takes one away.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from gen.catalog import Catalog, shipped_catalog
from gen.cli import main as _cli
from gen.drafting import Studio
from gen.drafting.planning import stamp_of
from gen.profile import Loaded, Profile, load_profile, load_profile_bytes
from gen.report import Finding
from gen.rules import check
from gen.word.document import Document
from gen.word.master import build

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "profiles").glob("*.yaml"))
ODD = sorted((ROOT / "tests" / "profiles").glob("*.yaml"))
ON = date(2026, 4, 1)
OPS = "contracts/operation-support@ops"
GONE = object()
HANAKO = {
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "user.name",
    "GIT_CONFIG_VALUE_0": "青葉 花子",
    "GIT_CONFIG_KEY_1": "user.email",
    "GIT_CONFIG_VALUE_1": "hanako@aobadai.example",
}
"""Who works at this machine, whatever its own settings are."""

CITY: dict[str, Any] = {
    "city": {
        "name": "青葉台市",
        "kind": "市",
        "code": "991236",
        "prefecture": "青葉台県",
        "fictional": "はい",
        "address": "青葉台県青葉台市中央一丁目1番1号",
        "court": "青葉台地方裁判所",
        "head": {"title": "青葉台市長", "name": "青葉　太郎"},
    },
    "rules": {
        "contract_rule": {"name": "青葉台市契約規則", "number": "平成10年青葉台市規則第12号"},
        "longterm_ordinance": {"name": "青葉台市長期継続契約条例", "number": "平成17年青葉台市条例第40号"},
        "deposit": {"article": "青葉台市契約規則第28条", "exempt_article": "青葉台市契約規則第30条第3号"},
        "security_policy": {"name": "青葉台市情報セキュリティポリシー"},
        "bouhai_ordinance": {"name": "青葉台市暴力団排除条例", "number": "平成24年青葉台市条例第3号"},
        "personal_info_rule": {"name": "青葉台市個人情報保護法施行条例"},
        "electronic_contract_rule": {"name": "青葉台市電子契約実施要綱"},
        "penalty_rate": "年14.5%",
        "dango_rate": "10%",
    },
    "vendors": {
        "midori": {
            "name": "みどり情報システム株式会社",
            "corporate_number": "6999900000011",
            "invoice_number": "T6999900000011",
            "address": "青葉台県青葉台市駅前二丁目3番4号",
            "head": {"title": "代表取締役", "name": "例示　一郎"},
        },
        "hibari": {
            "name": "株式会社ひばり福祉ソフト",
            "address": "湊北県湊北市東区雲雀町7番地",
            "head": {"title": "代表取締役社長", "name": "見本　恵子"},
            "taxable": "はい",
        },
    },
    "cloud": {
        "use_mode": "単独利用方式",
        "csps": [{"name": "AWS", "regions": ["東京", "大阪"]}],
        "operators": [{"vendor": "midori", "role": "運用管理補助者", "scope": "本市のアカウント全体"}],
        "cost_limit": "2,500,000円",
    },
    "systems": {
        "juki": {
            "name": "住民記録システム",
            "business": "住民基本台帳",
            "state": "移行済み",
            "vendor": "midori",
            "csp": "AWS",
            "cut_over": "令和8年1月5日",
        }
    },
    "contracts": {
        "ops": {
            "template": "operation-support",
            "title": "ガバメントクラウド運用管理補助業務委託",
            "vendor": "midori",
            "place": "青葉台市役所",
            "period": {"start": "令和8年4月1日", "end": "令和9年3月31日"},
            "amount": {"tax_kind": "税込", "total": "13,200,000円", "monthly": "1,100,000円"},
            "payment": {"cycle": "毎月", "days": "30日"},
            "account": "一般会計",
            "method": "一般競争入札",
            "budget_basis": "単年度",
            "budget_item": "2款1項7目 委託料",
            "deposit": {"kind": "免除"},
            "sign_mode": "紙",
            "systems": ["juki"],
            "tasks": [
                {"name": "アカウントの管理", "detail": "登録と抹消", "output": "点検表", "when": "毎月"}
            ],
            "personal_data": "いいえ",
            "my_number": "いいえ",
            "subcontract": {"allowed": "はい", "core": ["業務の全体の管理"]},
            "hours": {"text": "平日8時30分から17時15分まで"},
            "plan_days": "14日",
            "inspect_days": "10日",
            "report_day": "10日",
            "first_report_minutes": "60分",
            "warranty_months": "12か月",
            "log_months": "12か月",
            "notice_months": "3か月",
            "copyright": "該当なし",
        }
    },
}
"""A city whose contract leaves nothing open."""

TINY = """\
[title] 業務委託契約書
[head] {{ hd("head-title") }}　件名\t{{ k.title }}
{%p if not fact.no_amount %}
[head] {{ hd("head-fee") }}　委託料\t{{ k.total }}
{%p endif %}
[midashi] （総則）
[jo] {{ jo("general") }}　{{甲}}及び{{乙}}は、{{本市}}の業務について誠実に履行する。
{%p include "clauses/secrecy.docx" %}
[date] {{ k.signed_on }}
{%p for p in parties %}
[sign] {{ p.role }}\t{{ p.first }}
{%p for line in p.lines %}
[sign] \t{{ line }}
{%p endfor %}
{%p endfor %}
"""
"""A contract of two articles: for scenarios in which the flow counts, not the wording."""


def _changed(changes: dict[str, Any]) -> dict[str, Any]:
    document = deepcopy(CITY)
    for path, value in changes.items():
        *around, last = path.split("__")
        row: Any = document
        for key in around:
            row = row[int(key)] if isinstance(row, list) else row.setdefault(key, {})
        if value is GONE:
            row.pop(last, None)
        else:
            row[last] = deepcopy(value)
    return document


def a_profile_text(**changes: Any) -> str:
    """The profile as YAML, one value a line."""
    return json.dumps(_changed(changes), ensure_ascii=False, indent=1) + "\n"


def loaded_city(**changes: Any) -> Loaded:
    return load_profile_bytes({"profile.yaml": a_profile_text(**changes).encode()})


def a_city(**changes: Any) -> Profile:
    """The complete city with these changes, which hold no error of form."""
    loaded = loaded_city(**changes)
    assert loaded.profile is not None, [f.message for f in loaded.report.errors]
    return loaded.profile


def contract(**changes: Any) -> dict[str, Any]:
    """Changes of the contract `ops`, for `a_city`."""
    return {f"contracts__ops__{name}": value for name, value in changes.items()}


def findings_of(on: date = ON, **changes: Any) -> list[Finding]:
    """All that `kian check` would say."""
    loaded = loaded_city(**changes)
    more = check(loaded.profile, on) if loaded.profile else ()
    return [*loaded.report, *more]


def told(rule: str, *words: str, on: date = ON, **changes: Any) -> Finding:
    """The one finding of a rule; its message or remedy holds the words, its place a line."""
    found = [f for f in findings_of(on, **changes) if f.rule == rule]
    assert len(found) == 1, [(f.rule, f.message) for f in findings_of(on, **changes)]
    assert all(word in found[0].message + found[0].hint for word in words), found[0]
    assert found[0].place and found[0].place.line and found[0].place.column
    return found[0]


def quiet(on: date = ON, **changes: Any) -> None:
    """Assert that nothing is found wrong, not even a warning."""
    found = [f for f in findings_of(on, **changes) if f.severity != "info"]
    assert not found, [(f.rule, f.message) for f in found]


_COMPILED: dict[object, Any] = {}


def a_studio(profile: Profile, on: date = ON, catalog: Catalog | None = None) -> Studio:
    """A studio over the shipped catalog; templates are compiled once a test process."""
    studio = Studio(profile, catalog or shipped_catalog(), on)
    if catalog is None:
        studio._by_terms = _COMPILED.setdefault(studio.wording, {})
    return studio


@dataclass(frozen=True)
class Paper:
    """A contract in memory, and what tests ask of it."""

    profile: Profile
    document: Document
    id: str

    @property
    def text(self) -> str:
        return self.document.twin

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def head(self) -> str:
        """All before the articles."""
        return self.text[: self.text.index("契約約款\n")]

    def line(self, start: str) -> str:
        """The one line that begins so."""
        found = [line for line in self.lines if line.startswith(start)]
        assert len(found) == 1, (start, found)
        return found[0]

    def table(self, name: str) -> list[list[str]]:
        """The rows of an attachment's first table, header first."""
        at = next(
            i for i, line in enumerate(self.lines) if line.startswith("別") and line.endswith(f"　{name}")
        )
        rows: list[list[str]] = []
        for line in self.lines[at + 1 :]:
            if line.startswith("|"):
                rows.append([cell.strip() for cell in line.strip("|").split("|")])
            elif rows:
                break
        return rows

    @property
    def static(self) -> str:
        """The text with every printed value taken out at its place."""
        lines, cursor = self.lines, [0] * len(self.lines)
        for row in self.document.trace:
            number = row.line - 1
            at = lines[number].find(row.text, cursor[number]) if row.text else -1
            if at >= 0:
                lines[number] = f"{lines[number][:at]}〓{lines[number][at + len(row.text) :]}"
                cursor[number] = at + 1
        return "\n".join(lines)

    @property
    def word_text(self) -> str:
        """The text of the Word file, read by plain means."""
        data = zipfile.ZipFile(io.BytesIO(self.word))
        from lxml import etree

        root = etree.fromstring(data.read("word/document.xml"))
        space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        return "\n".join("".join(p.itertext(f"{space}t")) for p in root.iter(f"{space}p"))

    @property
    def word_xml(self) -> str:
        """The main part of the Word file, as it stands in the package."""
        return zipfile.ZipFile(io.BytesIO(self.word)).read("word/document.xml").decode("utf-8")

    @property
    def word(self) -> bytes:
        return self.document.write(stamp_of(1, ON), {})

    @property
    def undecided(self) -> tuple[str, ...]:
        return self.document.undecided


def papers_of(profile: Profile, on: date = ON) -> list[Paper]:
    """Every contract of a profile."""
    studio = a_studio(profile, on)
    return [Paper(profile, studio.make(draft), draft.id) for draft in studio.chosen(())]


def a_contract(on: date = ON, **changes: Any) -> Paper:
    """The contract `ops` of the city with these changes; the rules hold nothing against it."""
    profile = a_city(**changes)
    errors = check(profile, on).errors
    assert not errors, [(f.rule, f.message) for f in errors]
    studio = a_studio(profile, on)
    draft = studio.chosen([OPS])[0]
    return Paper(profile, studio.make(draft), draft.id)


def a_file(path: Path) -> Profile:
    loaded = load_profile(path)
    assert loaded.profile is not None, [f.message for f in loaded.report.errors]
    return loaded.profile


# -- workspaces and the command line --------------------------------------------------------


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class _Runner(CliRunner):
    def __call__(self, *args: str) -> Ran:
        entry = click.Command("kian", callback=lambda: None)
        entry.main = lambda args=None, **_: _main(args)  # type: ignore[method-assign, assignment]
        done = self.invoke(entry, list(args), env={**HANAKO, "KIAN_DEBUG": None})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Ran(done.exit_code, done.stdout, done.stderr)


def _main(args: list[str]) -> None:
    before = sys.argv
    sys.argv = ["kian", *args]
    try:
        _cli()
    finally:
        sys.argv = before


def run(*args: object, folder: Path | None = None) -> Ran:
    """Run `kian` in this process, in a workspace where one is given."""
    where = ("-C", str(folder)) if folder else ()
    return _Runner()(*where, *(str(arg) for arg in args))


def kian(*args: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `kian` as a process of its own."""
    env = {**os.environ, **HANAKO, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        [sys.executable, "-m", "gen", *(str(arg) for arg in args)],
        cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def a_workspace(folder: Path, *, tiny: bool = True, **changes: Any) -> Path:
    """A workspace of the city; its own tiny contract keeps the flow quick."""
    source = folder.parent / f"{folder.name}.yaml"
    source.write_text(a_profile_text(**changes), encoding="utf-8")
    done = run("init", folder, "--profile", source, "--date", "R8.4.1")
    assert done.code == 0, done.err
    if tiny:
        own_template(folder, "contracts/operation-support", TINY)
    return folder


def own_template(workspace: Path, name: str, text: str) -> None:
    """Put a template of the city's own into a workspace, with the shipped manifest."""
    target = workspace / "templates" / f"{name}.docx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(build(text, f"{name}.txt"))
    manifest = (ROOT / "templates" / f"{name}.yaml").read_bytes()
    target.with_suffix(".yaml").write_bytes(manifest)


def facts_change(workspace: Path, **changes: Any) -> None:
    """What a person does: write other facts into the profile."""
    (workspace / "profile.yaml").write_text(a_profile_text(**changes), encoding="utf-8")


def git(root: Path, *args: str) -> str:
    """What a person types."""
    done = subprocess.run(
        ["git", "-c", "user.name=P", "-c", "user.email=p@example.com", *args],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.rstrip("\n")


def tree_of(root: Path) -> dict[str, bytes]:
    """Every file, `.git` too, but for what git may refresh when it only reads."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name not in ("guard",)
    }
