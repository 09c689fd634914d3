"""A template filled with a shipped profile, for the person who writes it; nothing is recorded.

Hands out `preview`, `Preview` and `save_preview`. A clause alone stands in an empty paper: citations of
articles that are not there print as 〔name〕. Leans on `drafting.kinds`, `word` and `catalog`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from gen.authoring.building import put_file, refuse_existing
from gen.authoring.desk import FAMILIES, Desk
from gen.authoring.known import CONTRACTS, HOUSE
from gen.authoring.paper import paper_names
from gen.catalog import Catalog, Manifest, Verdict, judge
from gen.catalog.manifest import read_manifest
from gen.clauses import TOKEN, Outline
from gen.clauses.tokens import read_token
from gen.contract import wording_of
from gen.drafting.kinds import Kind, kinds_of
from gen.errors import Place, Refused, UserError
from gen.japanese import to_wareki
from gen.ledger import resolved
from gen.profile import Profile, load_profile, load_profile_bytes, utf8_text
from gen.profile.reader import MAX_DEPTH, read_yaml
from gen.report import Finding, FindingsError, Report, Severity
from gen.shipped import shipped
from gen.word.document import Stamp, finish
from gen.word.master import build
from gen.word.template import Filled, Templates

__all__ = ["Preview", "preview", "save_preview"]

_DOCUMENT = "word/document.xml"
_HOSTS = {".docx": "contracts/preview-host.docx", ".md": "procedures/preview-host.md"}
_PARTS = ("clauses", "attachments")
_LIMIT = 4 * 1024 * 1024
_MASTERS = (".docx", ".txt", ".md", ".yaml")
_VALUE = "値"


@dataclass(frozen=True)
class Preview:
    """A filled template.

    Attributes:
        data: the Word file.
        text: what it says.
        page: the HTML page; None where the template is a Word file.
        report: citations without their article, conditions that do not hold; never an error.
    """

    data: bytes
    text: str
    report: Report
    page: bytes | None = None


@dataclass(frozen=True)
class _Template:
    """The file that is shown: its name in the catalog, its bytes, whether it is a part."""

    path: Path
    name: str
    data: bytes
    part: bool

    @property
    def file(self) -> str:
        return f"{self.name}{self.ending}"

    @property
    def ending(self) -> str:
        return ".md" if self.path.suffix == ".md" else ".docx"

    @property
    def host(self) -> str:
        """What is filled: the template, or an empty one that includes the part."""
        return _HOSTS[self.ending] if self.part else self.file


def preview(
    path: Path, on: date, *, profile: str = "aobadai", settings: Sequence[str] = (), own: Path | None = None
) -> Preview:
    """Fill a clause, an attachment, a contract, a procedure or a plan.

    Args:
        path: a Word template, a text master or a Markdown template.
        on: 基準日 and 作成日.
        profile: a shipped profile, or a file.
        settings: `PATH=VALUE`, in place of what the profile says; a path without its
            section means the contract or the system.
        own: folder of a city's own templates, for what the template includes.

    Raises:
        UserError: a template or a profile that cannot be read, filled or finished.
    """
    template = _template(path)
    catalog = Catalog([shipped("templates")], own=own)
    manifest = _manifest(template, catalog)
    subject = _subject(template, manifest, own)
    facts_of = _profile(profile, settings, template, subject)
    wording = wording_of(facts_of.city)
    kind = kinds_of(facts_of, on, catalog)[subject]
    key = _row(facts_of, kind, template, manifest, subject)
    facts = kind.facts(key)
    templates = Templates(_reader(template, catalog), wording, kind.terms(key))
    parts = [name for name in catalog.names if name.partition("/")[0] in _PARTS]
    if subject != CONTRACTS:  # the others ask facts that only a contract has
        parts = [file.rpartition(".")[0] for file in templates.includes(template.host)[1:]]
    verdicts = {
        name: judge(catalog.manifest(name).when, facts, name) for name in parts if name != template.name
    }
    included = {**verdicts, template.name: Verdict(True)} if template.part else verdicts
    exclude = facts_of.contracts[key].exclude if subject == CONTRACTS else ()
    filled = templates.fill(template.host, kind.context(key, included, lambda _: exclude))
    findings = list(_left_out(template, manifest, facts))
    if template.part:
        filled, absent = _without_citations(filled)
        findings += [_absent(template, name) for name in absent]
    document = finish(filled, template.path.stem, wording, own_name=kind.own_name())
    stamp = Stamp(1, on.isoformat(), to_wareki(on))
    page = document.write_html(stamp, {})
    return Preview(document.write(stamp, {}), document.twin, Report.of(findings), page)


def save_preview(
    made: Preview, template: Path, out: Path | None, *, overwrite: bool = False
) -> tuple[Path, ...]:
    """Write a preview: a Word file, and the HTML page of a Markdown template beside it.

    Args:
        made: the preview.
        template: what was shown; it and its like (master, manifest) are never written over.
        out: the Word file; None for `NAME.preview.docx` beside the template, made anew each time.
        overwrite: files of these names may be replaced.

    Raises:
        Refused: a file is there that may not be replaced; nothing is written.
        UserError: `out` is no name of a Word file.
    """
    target = out or template.with_name(f"{template.stem}.preview.docx")
    if target.suffix != ".docx":
        raise UserError(
            "試し刷りの書き出し先は、Wordファイル（.docx）の名前にしてください。何も書き込んでいません。",
            place=Place(str(target)),
            hint="例: --out sample.docx（Markdown のひな形では、隣に sample.html もできます）",
        )
    files = {target: made.data, **({target.with_suffix(".html"): made.page} if made.page is not None else {})}
    sources = [one for ending in _MASTERS if (one := template.with_suffix(ending)).exists()]
    for file in files:
        if file.exists() and any(file.samefile(source) for source in sources):
            raise Refused(
                "ひな形そのものの上には、試し刷りを書き出しません。何も書き込んでいません。",
                place=Place(str(file)),
                hint="別の名前を指定してください。",
            )
        if out is not None and not overwrite:
            refuse_existing(file)
    for file, data in files.items():
        put_file(file, data)
    return tuple(files)


def _template(path: Path) -> _Template:
    file = path if path.is_file() or not path.name else path.with_suffix(".docx")
    if not file.is_file():
        raise UserError(
            "ファイルがありません。", place=Place(str(path)), hint="名前と場所を確かめてください。"
        )
    if file.stat().st_size > _LIMIT:
        raise UserError(
            "ファイルが大きすぎます（上限4MB）。",
            place=Place(str(file)),
            hint="画像を小さくするか、ひな形を分けてください。",
        )
    data = file.read_bytes()
    if file.suffix == ".txt":
        data = build(utf8_text(str(file), data), str(file))
    family = resolved(file).parent.name
    family = family if family in FAMILIES else "clauses"
    return _Template(file, f"{family}/{file.stem}", data, family in _PARTS)


def _reader(template: _Template, catalog: Catalog) -> Any:
    word = build(f'{{%p include "{template.file}" %}}', template.host) if template.ending == ".docx" else b""
    host = word or f'{{% include "{template.file}" %}}\n'.encode()
    held = {template.file: template.data, **({template.host: host} if template.part else {})}

    def read(file: str) -> bytes | None:
        return held[file] if file in held else catalog.read(file)

    return read


def _manifest(template: _Template, catalog: Catalog) -> Manifest | None:
    file = template.path.with_suffix(".yaml")
    manifest = read_manifest(file.read_bytes(), template.name, str(file)) if file.is_file() else None
    if manifest is None and template.name in catalog.names:
        manifest = catalog.manifest(template.name)
    if manifest is not None and manifest.subject not in ("", CONTRACTS, *HOUSE):
        raise UserError(
            f"このひな形は他の文書の案に添えるもの（{manifest.subject}）なので、試し刷りできません。",
            place=Place(str(template.path)),
            hint="kian demo で作業場所を作り、kian generate で確かめてください。",
        )
    return manifest


def _subject(template: _Template, manifest: Manifest | None, own: Path | None) -> str:
    """Whose facts fill the template: its manifest's, or those of a paper that includes the part."""
    if manifest is not None and manifest.subject:
        return manifest.subject
    if template.ending == ".docx":
        return CONTRACTS
    desk = Desk(own)
    mains = [main for name in desk.catalog.names if (main := desk.main(name)) is not None]
    found = (
        main.manifest.subject
        for main in mains
        if main.manifest is not None and template.name in paper_names(main, desk.included)
    )
    return next((one for one in found if one in HOUSE), HOUSE[0])


# -- facts --------------------------------------------------------------------------------


def _profile(name: str, settings: Sequence[str], template: _Template, subject: str) -> Profile:
    known = sorted(path.stem for path in shipped("profiles").glob("*.yaml"))
    path = shipped("profiles") / f"{name}.yaml" if name in known else Path(name)
    if not path.is_file():
        raise UserError(
            f"プロファイル「{name}」がありません。", hint=f"同梱のものは {'、'.join(known)} です。"
        )
    loaded = load_profile(path)
    if settings and not any(finding.rule.startswith("yaml-") for finding in loaded.report.errors):
        data = _changed(loaded.files[path.name], path.name, settings, template, subject)
        loaded = load_profile_bytes({path.name: data})
    if loaded.profile is None:
        raise FindingsError(loaded.report, f"プロファイル「{name}」に誤りがあります。")
    return loaded.profile


def _changed(data: bytes, file: str, settings: Sequence[str], template: _Template, subject: str) -> bytes:
    import yaml

    tree, _ = read_yaml(file, data)
    content: dict[str, Any] = tree.value if tree is not None else {}
    for setting in settings:
        path, equals, value = setting.partition("=")
        if not equals or not path.strip() or path.count(".") >= MAX_DEPTH:
            raise UserError(f"--set「{setting}」は、項目=値 の形で書いてください。")
        steps = path.strip().split(".")
        if steps[0] not in content:
            section = "systems" if subject in HOUSE else CONTRACTS
            steps = [section, _first(content, template, section), *steps]
        _put(content, steps, _value(setting, value), setting)
    text: str = yaml.dump(content, allow_unicode=True, sort_keys=False)
    return text.encode()


def _value(setting: str, value: str) -> Any:
    """What the text says as YAML, read as a profile is: nothing is guessed, nothing expands."""
    data = f"{_VALUE}: {value}".encode("utf-8", "surrogateescape")
    tree, findings = read_yaml(f"--set {setting}", data)
    if findings:
        raise FindingsError(Report.of(findings), f"--set「{setting}」の値が読めません。")
    if tree is None or list(tree.value) != [_VALUE]:
        raise UserError(f"--set「{setting}」の値は、一つだけ書いてください。")
    return tree.value[_VALUE]


def _put(content: Any, steps: Sequence[str], value: Any, setting: str) -> None:
    here = content
    for step in steps[:-1]:
        if (at := _row_of(here, step)) is not None:
            here = here[at]
        elif isinstance(here, dict):
            here = here.setdefault(step, {})
        else:
            raise UserError(f"--set「{setting}」の項目「{step}」より先には、値を置けません。")
    last = steps[-1]
    if (at := _row_of(here, last)) is not None:
        here[at] = value
    elif isinstance(here, dict):
        here[last] = value
    else:
        raise UserError(f"--set「{setting}」の項目「{last}」には、値を置けません。")


def _row_of(rows: Any, step: str) -> int | None:
    """The row of a list that a step counts to, from 0; None where it counts to none."""
    known = [str(number) for number in range(len(rows))] if isinstance(rows, list) else []
    return known.index(step) if step in known else None


def _first(content: Mapping[str, Any], template: _Template, section: str) -> str:
    """The row that a short path means: the first contract of this template, else the first row."""
    given = content.get(section)
    rows = given if isinstance(given, dict) else {}
    wanted = template.path.stem
    matching = (key for key, row in rows.items() if isinstance(row, dict) and row.get("template") == wanted)
    return str(next(matching, next(iter(rows), "")))


def _row(profile: Profile, kind: Kind, template: _Template, manifest: Manifest | None, subject: str) -> str:
    """The row of the profile that is shown: the first that the template is for, else the first."""
    if subject == CONTRACTS:
        keys = [key for key, one in profile.contracts.items() if one.template == template.path.stem]
        rows, name = list(profile.contracts), "契約（contracts）"
    else:
        rows = list(profile.systems) if subject == "systems" else [""]
        when = manifest.when if manifest is not None else {}
        keys = [key for key in rows if judge(when, kind.facts(key), template.name).value]
        name = "システム（systems）"
    if not rows:
        raise UserError(f"プロファイルに{name}がありません。")
    return (keys or rows)[0]


# -- what a part by itself cannot have ----------------------------------------------------


def _left_out(template: _Template, manifest: Manifest | None, facts: Any) -> Iterator[Finding]:
    verdict = judge(manifest.when, facts, template.name) if manifest is not None else Verdict(True)
    if verdict.value is False:
        why = "、".join(str(reason) for reason in verdict.reasons)
        yield Finding(
            "preview-not-applied",
            Severity.INFO,
            f"この契約の事実では、このひな形は文書に入りません（{why}）。試し刷りには印字しました。",
            Place(str(template.path)),
            hint="--set で事実を変えて確かめられます。",
        )


def _absent(template: _Template, name: str) -> Finding:
    return Finding(
        "preview-citation",
        Severity.INFO,
        f"引用先の「{name}」は、このひな形だけの試し刷りにはありません。〔{name}〕と印字しました。",
        Place(str(template.path)),
    )


def _without_citations(filled: Filled) -> tuple[Filled, tuple[str, ...]]:
    """The filled part with citations that lead out of it as plain text, and their names."""
    text = filled.texts[_DOCUMENT]
    present = Outline(found.group(1) for found in TOKEN.finditer(text)).names()
    absent: dict[str, None] = {}

    def shown(found: Any) -> str:
        kind, *args = read_token(found.group(1))
        names = args[0].split(",") if kind in ("ref", "prev", "prevs", "refs") else []
        missing = [name for name in names if name not in present]
        if not missing or (kind == "refs" and len(missing) < len(names)):
            return str(found.group(0))
        absent.update(dict.fromkeys(missing))
        return "".join(f"〔{name}〕" for name in missing)

    texts = {**filled.texts, _DOCUMENT: TOKEN.sub(shown, text)}
    return replace(filled, texts=texts), tuple(absent)
