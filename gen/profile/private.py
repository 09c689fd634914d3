"""What stands beside the facts and is never recorded: private telephone numbers, and what a meeting compares with.

Hands out `Aside`, `NOTHING_ASIDE`, `Private`, `Reach`, `read_private` and `private_example`. Leans on the YAML reader and on
`shape`. git cannot forget, so no fact, lock, twin or input holds any of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gen.errors import Place
from gen.japanese.digits import fold_width
from gen.profile.facts import child, is_leaf
from gen.profile.messages import dotted, nearest
from gen.profile.profile import FieldChange, Profile
from gen.profile.reader import Path, Tree, read_yaml
from gen.profile.schema.kinds import Rule, group, leaf, rows, table
from gen.profile.shape import prune
from gen.profile.values import is_undecided
from gen.report import Finding, Report, Severity

__all__ = [
    "EXAMPLE_ASIDE",
    "NOTHING_ASIDE",
    "PRIVATE_FILE",
    "Aside",
    "Private",
    "Reach",
    "private_example",
    "read_private",
]

PRIVATE_FILE = "private.yaml"
_LONGEST = 60
_FEWEST_DIGITS = 3
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Reach:
    """How somebody is reached outside of the office; what it holds is kept out of messages."""

    telephone: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    name: str = field(default="", repr=False)


@dataclass(frozen=True)
class Private:
    """The content of `private.yaml`.

    Attributes:
        people, vendors: by their keys in the profile.
        others: whom else to reach, in their order.
    """

    people: Mapping[str, Reach] = field(default_factory=dict)
    vendors: Mapping[str, Reach] = field(default_factory=dict)
    others: tuple[Reach, ...] = ()


@dataclass(frozen=True)
class Aside:
    """What only a paper that is made and not recorded holds.

    Attributes:
        printed: whether this is such a paper.
        private: numbers.
        changes: what changed in the facts since the revision that `since` names.
        since: that revision, as a person says it; "" where nothing is compared.
    """

    printed: bool = False
    private: Private = field(default_factory=Private)
    changes: tuple[FieldChange, ...] = ()
    since: str = ""


NOTHING_ASIDE = Aside()
"""Of every paper that is recorded."""

EXAMPLE_ASIDE = Aside(
    True,
    Private(others=(Reach("03-0000-0000", "", "庁舎の警備室"),)),
    (FieldChange("systems.juki.cut_over", "切替日", "令和9年1月4日", "令和9年5月6日"),),
    "改訂1（令和8年4月1日）",
)
"""For those who write templates: every name that such a paper can print."""


@cache
def _rule() -> Rule:
    reach = {
        "telephone": leaf("text", "電話番号", example="090-0000-0000", required=True),
        "note": leaf("text", "備考", example="夜間も可"),
    }
    other = {"name": leaf("text", "名称", example="庁舎の警備室", required=True), **reach}
    fields = {
        "people": table("職員", group(Reach, "職員", reach)),
        "vendors": table("相手方", group(Reach, "相手方", reach)),
        "others": rows("その他の連絡先", group(Reach, "その他の連絡先", other)),
    }
    return group(Private, "個人の連絡先", fields)


def read_private(data: bytes | None, profile: Profile) -> tuple[Private, Report]:
    """Read and check `private.yaml`.

    Args:
        data: the file; None where there is none. Limits on size and depth are those of a profile.
        profile: whose people and vendors it may name.

    Returns:
        The numbers, none of them where there are findings, and the findings with their places. No
        message holds a number.
    """
    if data is None or not _says_anything(data):
        return Private(), Report()
    tree, read = read_yaml(PRIVATE_FILE, data)
    findings = list(read)
    if tree is not None:
        findings += _findings(tree, profile)
    report = Report.of(findings)
    return (_private(tree.value) if tree is not None and report.is_ok else Private()), report


def _says_anything(data: bytes) -> bool:
    """False for an example that nobody has filled in: every line is empty or a remark."""
    lines = data.removeprefix(b"\xef\xbb\xbf").splitlines()
    return any(line.strip() and not line.lstrip().startswith(b"#") for line in lines)


def _findings(tree: Tree, profile: Profile) -> Iterator[Finding]:
    found: list[Finding] = []

    def complain(rule: str, path: Path, message: str, hint: str) -> None:
        at = tree.keys.get(path) if rule in ("private-field", "private-key") else None
        place = at or tree.place(path) or Place(PRIVATE_FILE, 1, 1)
        found.append(Finding(rule, Severity.ERROR, message, place, dotted(path), hint=hint))

    sound = prune(_rule(), tree.value, complain)
    for trouble in _troubles(_rule(), sound, ()):
        complain(*trouble)
    for section, known in (("people", profile.people), ("vendors", profile.vendors)):
        for key in sound.get(section, {}) if isinstance(sound, dict) else ():
            if key not in known:
                close = nearest(key, known)
                hint = (
                    f"「{close}」ではありませんか。"
                    if close
                    else f"プロファイルの {section} にある鍵を書いてください。"
                )
                complain(
                    "private-key",
                    (section, key),
                    f"「{key[:40]}」は、プロファイルの {section} にありません。",
                    hint,
                )
    yield from found


def _troubles(rule: Rule, value: Any, path: Path) -> Iterator[tuple[str, Path, str, str]]:
    """What is wrong below a value whose shape is right: fields that there are not, or that are missing; values."""
    if is_leaf(rule):
        yield from _on_text(rule["meta"]["label"], path, value)
        return
    items = list(value.items() if isinstance(value, dict) else enumerate(value))
    for segment, item in items:
        below = child(rule, str(segment))
        if below is not None:
            yield from _troubles(below, item, (*path, segment))
            continue
        fields = rule.get("schema", {})
        close = nearest(str(segment), fields)
        hint = f"「{close}」ではありませんか。" if close else f"書ける項目：{'、'.join(fields)}"
        yield "private-field", (*path, segment), f"「{str(segment)[:40]}」という項目はありません。", hint
    wanted: dict[str, Rule] = rule.get("schema", {}) if isinstance(value, dict) else {}
    if any(segment not in wanted for segment, _ in items):
        return  # a name that is mistyped is told, not that the right one is missing
    for name, below in wanted.items():
        if below.get("required") and name not in value:
            example = below["meta"]["example"]
            yield (
                "private-value",
                path,
                f"{below['meta']['label']}（{name}）がありません。",
                f"「{name}: {example}」のように書いてください。",
            )


def _on_text(label: str, path: Path, text: str) -> Iterator[tuple[str, Path, str, str]]:
    if len(text) > _LONGEST or _UNSEEN.search(text):
        yield (
            "private-value",
            path,
            f"{label}は、見えない文字を除いて{_LONGEST}字までの1行で書きます。",
            "短く書き直してください。",
        )
    elif path[-1] == "telephone" and not is_undecided(text):
        digits = sum(c.isdigit() for c in fold_width(text))
        if digits < _FEWEST_DIGITS:
            yield (
                "private-value",
                path,
                f"{label}に番号がありません。",
                "「090-0000-0000」のように書くか、「未定」と書いてください。",
            )


def _private(tree: Mapping[str, Any]) -> Private:
    def reach(row: Mapping[str, str]) -> Reach:
        said = {name: "" if is_undecided(text) else text for name, text in row.items()}
        return Reach(**said)

    return Private(
        {key: reach(row) for key, row in (tree.get("people") or {}).items()},
        {key: reach(row) for key, row in (tree.get("vendors") or {}).items()},
        tuple(reach(row) for row in tree.get("others") or ()),
    )


def private_example(profile: Profile) -> bytes:
    """A `private.yaml` in which every line is a remark, with keys of this profile, to be filled in."""
    lines = [
        "# 個人の電話番号など、記録してはならない連絡先。このファイルは git に入りません（.gitignore）。",
        "# kian print で作る紙（連絡網、切替手順書）にだけ印字します。書かない欄は、空欄のまま印字します。",
        "# 使うときは、行の初めの「# 」を消し、番号を書きます。左側の鍵は、プロファイルの people、vendors の鍵です。",
        "#",
    ]
    for section, keys in (("people", profile.people), ("vendors", profile.vendors)):
        if keys:
            lines += [f"# {section}:", f"#   {next(iter(keys))}: {{telephone: 未定, note: 夜間も可}}"]
    lines += ["# others:", "#   - {name: 庁舎の警備室, telephone: 未定}"]
    return ("\n".join(lines) + "\n").encode()
