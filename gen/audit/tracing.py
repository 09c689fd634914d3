"""Where what a paper says comes from: each printed value its field, law or computation; each article its clause.

Hands out `trace`, `Traced`, `TracedValue`, `TracedClause`. The newest revision of the document is made again
from its recorded inputs: the marks that prove each value are its trace. Leans on `remaking`, `compare`, `law`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gen.audit.remaking import Remade, Remaker
from gen.audit.steps import Step, Store, steps_of
from gen.compare import Block, read_parts
from gen.contract.sheet import DEFAULTS
from gen.drafting.differing import place_of
from gen.drafting.selection import Draft, Studio
from gen.errors import Place, UserError
from gen.japanese import fold_width
from gen.law import LawLookupError, look_up
from gen.ledger import RevisionInfo, Workspace, changes_of, history, read_blobs
from gen.profile import Undecided
from gen.profile.facts import printable
from gen.word.document import Document
from gen.word.package import parse_xml, read_package
from gen.word.reading import lines_of

__all__ = ["Traced", "TracedClause", "TracedValue", "trace"]

_NAMED = re.compile(r'\b(?:jo|hd)\(\s*"([^"]+)"')
_ANCHOR = re.compile(r"_k_([a-z0-9_]+?)(?:__.*)?")
_ANNEX = re.compile(r"(?:別[記紙表添]|特約)[0-9]*")
_NUMBER = re.compile(r"第?([0-9]+)(?:条)?(の[0-9]+)?")


@dataclass(frozen=True)
class TracedValue:
    """A printed value, or a line of the template's own words.

    Attributes:
        line: of the twin, from 1.
        clause: where it stands, as a person cites it.
        text: as printed.
        source: `field`, `law`, `computed`, `undecided` or `template`.
        field, label, value: of the profile; "" for the template's own words.
        place: file and line of the profile, as the revision has it.
        basis: law and article of a value that a law sets.
        template, expression: the template and the tag that printed it.
        revision: that last changed it.
    """

    line: int
    clause: str
    text: str
    source: str
    field: str = ""
    label: str = ""
    value: str = ""
    place: Place | None = None
    basis: str = ""
    template: str = ""
    expression: str = ""
    revision: RevisionInfo | None = None


@dataclass(frozen=True)
class TracedClause:
    """An article: the clause that it comes from, why it belongs, on which law it rests."""

    number: str
    heading: str
    template: str
    why: tuple[str, ...]
    basis: tuple[str, ...]


@dataclass(frozen=True)
class Traced:
    """What was asked of a document.

    Attributes:
        edited: True where a person's text stands in its place; the trace is that of what Kian made last.
    """

    document: str
    info: RevisionInfo
    version: int
    edited: bool
    values: tuple[TracedValue, ...]
    clauses: tuple[TracedClause, ...]

    def to_json(self) -> dict[str, Any]:
        """The JSON shape of `kian trace`."""
        return {
            "document": self.document,
            "revision": self.info.number,
            "commit": self.info.commit,
            "version": self.version,
            "edited": self.edited,
            "values": [_value_json(one) for one in self.values],
            "clauses": [
                {
                    "number": one.number,
                    "heading": one.heading,
                    "template": one.template,
                    "why": list(one.why),
                    "basis": list(one.basis),
                }
                for one in self.clauses
            ],
        }


def _value_json(one: TracedValue) -> dict[str, Any]:
    info = one.revision
    return {
        "line": one.line,
        "clause": one.clause,
        "text": one.text,
        "source": one.source,
        "field": one.field,
        "label": one.label,
        "value": one.value,
        "file": one.place.file if one.place else None,
        "file_line": one.place.line if one.place else None,
        "basis": one.basis,
        "template": one.template,
        "expression": one.expression,
        "revision": info.number if info else 0,
        "commit": info.commit if info else "",
    }


def trace(workspace: Workspace, document: str, clause: str = "", text: str = "") -> Traced:
    """Where the values of a document come from.

    Args:
        workspace: where it is recorded.
        document: its id.
        clause: number of an article (12, 第12条, 第3条の2); all if "".
        text: only what prints this, or has it in its line; all values if "".

    Raises:
        UserError: no such document, article or text; or the revision cannot be made again here.
    """
    steps = steps_of(workspace, history(workspace))
    step = _made(workspace, steps, document)
    store = Store(workspace)
    entry = store.lock(step.tree).documents[document]
    remaker = Remaker(store)
    try:
        draft, made = remaker.document(step, document, entry)
    except Remade as found:
        raise UserError(
            f"文書「{document}」を作り直せないため、出所をたどれません。{found.detail}",
            hint="kian verify で調べてください。",
        ) from found
    studio = remaker.studio(step.tree, entry.made_on)
    asked = _Asked(studio, draft, made, _texts(workspace, steps, document, draft.path))
    wanted = asked.lines(clause)
    values = tuple(one for one in asked.values(text) if one.line in wanted)
    clauses = tuple(asked.clauses({one.clause for one in values} if text else None, wanted))
    if text and not values:
        raise UserError(
            f"「{text}」は、文書「{document}」にありません。",
            hint="kian diff か文面（.txt）で確かめてください。",
        )
    return Traced(document, step.info, entry.version, entry.state.value == "edited", values, clauses)


def _made(workspace: Workspace, steps: Sequence[Step], document: str) -> Step:
    """The newest revision in which the facts made the document."""
    store = Store(workspace)
    found = [step for step in steps if document in step.info.documents]
    if document not in workspace.lock.documents or not found:
        raise UserError(
            f"文書「{document}」は記録されていません。", hint="文書の id は kian status で分かります。"
        )
    entry = store.lock(found[-1].tree).documents.get(document)
    if entry is None or entry.extra.get("adopted"):
        raise UserError(f"文書「{document}」はKianの作っていない文書のため、出所の記録がありません。")
    made = [
        step
        for step in found
        for one in (store.lock(step.tree).documents.get(document),)
        if one is not None and (one.version, one.profile_digest) == (entry.version, entry.profile_digest)
    ]
    return made[0]


def _texts(
    workspace: Workspace, steps: Sequence[Step], document: str, path: str
) -> list[tuple[RevisionInfo, frozenset[str]]]:
    """The lines of each text that a revision of the document brought, newest first."""
    infos = [step.info for step in steps if document in step.info.documents and len(step.info.parents) < 2]
    changes = changes_of(workspace, [info.commit for info in infos])
    found = [
        (info, change.new)
        for info in reversed(infos)
        for change in changes[info.commit]
        if change.path == f"{path}.txt" and change.new is not None
    ]
    blobs = read_blobs(workspace, [oid for _, oid in found])
    return [(info, frozenset(blobs[oid].decode(errors="replace").splitlines())) for info, oid in found]


class _Asked:
    """One document, made again, and what is asked of it."""

    def __init__(
        self,
        studio: Studio,
        draft: Draft,
        made: Document,
        texts: Sequence[tuple[RevisionInfo, frozenset[str]]],
    ) -> None:
        self._studio, self._draft, self._made, self._texts = studio, draft, made, texts
        self._flat = studio.profile.flat()
        self._rows = made.twin.splitlines()

    @cached_property
    def _blocks(self) -> tuple[Block, ...]:
        return read_parts(self._made.package, self._draft.id).body

    def lines(self, clause: str) -> range | frozenset[int]:
        """The lines of an article, heading included (第8条 of the paper itself, 特約第8条); all where none is named."""
        if not clause:
            return range(1, len(self._rows) + 1)
        asked = fold_width(clause).replace(" ", "")
        found_in = _ANNEX.match(asked)
        annex, asked = (found_in[0], asked[found_in.end() :]) if found_in else ("", asked)
        match = _NUMBER.fullmatch(asked)
        number = f"第{match[1]}条{match[2] or ''}" if match else asked
        found = frozenset(
            at
            for at, block in enumerate(self._blocks, 1)
            if self._annex(at) == annex
            and (
                fold_width(block.owner) == number
                or (block.role == "head" and fold_width(block.number) == asked)
            )
        )
        if not found:
            raise UserError(
                f"「{clause}」は、文書「{self._draft.id}」にありません。",
                hint="第○条の番号を数字で指定してください。",
            )
        return found

    def values(self, text: str) -> Iterator[TracedValue]:
        """Every printed value that holds the text; then the template's own lines that do."""
        said: set[int] = set()
        wanted = fold_width(text)
        for row in self._made.trace:
            if wanted and wanted not in fold_width(row.text):
                continue
            said.add(row.line)
            if row.text.strip():
                yield self._value(
                    row.line, row.text, row.path, row.template.partition("#")[0], row.expression
                )
        for number, line in enumerate(self._rows, 1):
            if wanted and number not in said and wanted in fold_width(line):
                template = self._template_of(number)
                yield TracedValue(
                    number, self._place(number), line.strip(), "template", template=template, revision=self._since(line)
                )  # fmt: skip

    def _value(self, line: int, text: str, path: str, template: str, expression: str) -> TracedValue:
        profile = self._studio.profile
        known = self._flat.get(path)
        source, basis = "computed", ""
        if isinstance(known, Undecided):
            source = "undecided"
        elif known is not None or any(name.startswith(f"{path}.") for name in self._flat):
            source = "field"
        elif law := self._law(path):
            source, basis = "law", law
        value = printable(path, known) if known is not None else ""
        changed = self._changed(profile.label(path), value) if path else None
        return TracedValue(
            line, self._place(line), text, source, path, profile.label(path) if path else "", value,
            profile.place(path) if path and source != "law" else None, basis, template, expression,
            changed or self._since(self._rows[line - 1]),
        )  # fmt: skip

    def _law(self, path: str) -> str:
        id = next((law for field, _, _, law, _ in DEFAULTS if path.endswith(f".{field}")), "")
        try:
            row = look_up(id, self._studio.on) if id else None
        except LawLookupError:
            return ""
        return f"{row.basis}（{row.title} {row.value}{row.unit}、{row.source}）" if row else ""

    def _place(self, line: int) -> str:
        return self._annex(line) + place_of(self._blocks[line - 1]) if line <= len(self._blocks) else ""

    def _annex(self, line: int) -> str:
        """The attachment in which a line stands, "" in the paper itself."""
        return self._annexes[line - 1] if line <= len(self._annexes) else ""

    @cached_property
    def _annexes(self) -> tuple[str, ...]:
        found, now = [], ""
        for block in self._blocks:
            if block.role == "attach" and (match := _ANNEX.match(fold_width(block.text))):
                now = match[0]
            found.append(now)
        return tuple(found)

    def _changed(self, label: str, value: str) -> RevisionInfo | None:
        """The newest revision of the document that tells of a change of the field to this value."""
        for info, _ in self._texts:
            for change in info.values("Kian-Change"):
                if change.startswith(f"{label}: ") and change.endswith(f"→ {value}"):
                    return info
        return None

    def _since(self, line: str) -> RevisionInfo | None:
        """The revision that brought this line; those after it all have it."""
        found = None
        for info, lines in self._texts:
            if line not in lines:
                break
            found = info
        return found

    # -- articles ----------------------------------------------------------------------------

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        """The template in which each article is named."""
        catalog, homes = self._studio.catalog, {}
        for name in (self._draft.manifest.name, *self._studio.clauses(self._draft)):
            data = catalog.read(f"{name}.docx")
            if data is None:
                continue
            root = parse_xml(read_package(data, name).parts["word/document.xml"], name)
            for line in lines_of(root):
                homes.update({found.replace("-", "_"): name for found in _NAMED.findall(line.text)})
        return homes

    def _template_of(self, line: int) -> str:
        owner = self._blocks[line - 1].owner if line <= len(self._blocks) else ""
        jo = next((one for one in self._blocks if one.role == "jo" and owner and one.owner == owner), None)
        return self._home(jo) or self._draft.manifest.name

    def _home(self, block: Block | None) -> str:
        found = (_ANCHOR.fullmatch(name) for name in (block.names if block else ()))
        return next((self._homes[one[1]] for one in found if one and one[1] in self._homes), "")

    def clauses(self, places: set[str] | None, lines: range | frozenset[int]) -> Iterator[TracedClause]:
        """The articles that begin in these lines; of them those that a place lies in, if places are given."""
        verdicts = self._studio.clauses(self._draft)
        for number, block in enumerate(self._blocks, 1):
            name = self._home(block) if block.role == "jo" else ""
            if number not in lines or not name:
                continue
            if places is not None and not any(
                place.startswith(self._annex(number) + block.number) for place in places
            ):
                continue
            manifest = self._studio.catalog.manifest(name)
            verdict = verdicts.get(name)
            why = tuple(map(str, verdict.reasons)) if verdict else ()
            basis = tuple(f"{one}（確度{one.certainty}）" for one in manifest.basis)
            yield TracedClause(
                self._annex(number) + block.number, block.heading, name, why or ("常に入る",), basis
            )
