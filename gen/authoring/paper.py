"""A document as lint reads it: its template with all that it includes, in order.

Hands out `Entry`, `Paper`, `paper_of` and `paper_names`. Every tag knows the whole condition under which
it is reached: those around it, those around its include, and its manifest's. Leans on
`sheet` and `conditions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from jinja2 import nodes

from gen.authoring.conditions import NO, Formula, World, all_of, any_of, example, from_when, negated
from gen.authoring.sheet import Line, Sheet
from gen.authoring.tags import Call, Placed, calls_in

__all__ = ["Definition", "Entry", "Paper", "paper_names", "paper_of"]

_DEFINING = ("jo", "dai", "hd", "attach")
_DEPTH = 20
_TAGS = 20_000  # of a document with all that it includes, as often as it does


@dataclass(frozen=True)
class Entry:
    """A tag of the document.

    Attributes:
        sheet: template that it stands in.
        placed: the tag.
        when: the condition of reaching the template.
    """

    sheet: Sheet
    placed: Placed
    when: Formula

    @property
    def line(self) -> Line:
        """Its line."""
        return self.sheet.lines[self.placed.line]

    @property
    def calls(self) -> Iterator[Call]:
        """The calls in it."""
        return calls_in(self.placed.tag.node)


@dataclass(frozen=True)
class Definition:
    """A name that a document gives to an article, a 頭書 item or an attachment, or one of its 項 and 号.

    Attributes:
        name: of the article, item or attachment.
        part: "ko:name" or "go:name", "" for the article itself.
        entry: the tag that gives it.
        when: the condition under which it is in the document.
        call: the call that gives it.
    """

    name: str
    part: str
    entry: Entry
    when: Formula
    call: str


@dataclass(frozen=True)
class Paper:
    """A document with all that it includes.

    Attributes:
        main: its template.
        entries: every tag in the order of printing.
        included: the templates in it by name.
        missing: includes that lead nowhere.
        endless: includes that lead back to a template that is open, or that are far too many.
        world: what its conditions are read against.
    """

    main: Sheet
    entries: tuple[Entry, ...]
    included: dict[str, Sheet]
    missing: tuple[tuple[Entry, str], ...]
    endless: tuple[tuple[Entry, str], ...]
    world: World

    def when(self, entry: Entry) -> Formula:
        """The whole condition under which a tag is reached."""
        return all_of([entry.when, self.world.of_guards(entry.placed.guards)])

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Every name that is given, in order."""
        return tuple(self._definitions())

    def _definitions(self) -> Iterator[Definition]:
        for entry, call, articles in self.numbered:
            name, when = call.get("name", 0), self.when(entry)
            if call.name in _DEFINING and isinstance(name, str):
                yield Definition(name, "", entry, when, call.name)
                first = call.get("ko", 1)
                if call.name in ("jo", "dai") and isinstance(first, str):
                    yield Definition(name, f"ko:{first}", entry, when, call.name)
            elif call.name in ("ko", "go") and isinstance(name, str):
                for article, inside in articles:
                    yield Definition(article, f"{call.name}:{name}", entry, inside, call.name)

    @cached_property
    def numbered(self) -> tuple[tuple[Entry, Call, tuple[tuple[str, Formula], ...]], ...]:
        """Every call of the document; of a 項 or 号 the articles that it may stand in, and when.

        Where a city chooses between forms, the article before a 項 differs by its facts.
        """
        out: list[tuple[Entry, Call, tuple[tuple[str, Formula], ...]]] = []
        before: list[tuple[str, Formula]] = []
        for entry in self.entries:
            for call in entry.calls:
                owners: tuple[tuple[str, Formula], ...] = ()
                if call.name in ("jo", "dai"):
                    when = self.when(entry)
                    before = [one for one in before if self._possible(one[1], negated(when))]
                    before.append((str(call.get("name", 0)), when))
                elif call.name in ("attach", "hd"):
                    before = []
                elif call.name in ("ko", "go"):
                    owners = tuple(self._owners(self.when(entry), before))
                out.append((entry, call, owners))
        return tuple(out)

    def _owners(self, when: Formula, before: list[tuple[str, Formula]]) -> Iterator[tuple[str, Formula]]:
        """The articles that may be the last one before a place, the nearest first."""
        later: list[Formula] = []
        for name, there in reversed(before):
            if self._possible(when, there, *later):
                yield name, all_of([when, there, *later])
            later.append(negated(there))
            if not self._possible(when, *later):
                return

    def _possible(self, *formulas: Formula) -> bool:
        return example(all_of(formulas), self.world, {}) is not None

    @cached_property
    def defined(self) -> dict[tuple[str, str], Formula]:
        """For each name and part the condition under which it is there."""
        rows: dict[tuple[str, str], list[Formula]] = {}
        for one in self.definitions:
            rows.setdefault((one.name, one.part), []).append(one.when)
        return {key: any_of(whens) for key, whens in rows.items()}


def paper_of(main: Sheet, find: Callable[[str], Sheet | None], world: World) -> Paper:
    """The document that a template makes.

    Args:
        main: the template.
        find: gives an included template by its file, such as `clauses/secrecy.docx`.
        world: what conditions are read against; `has` is answered by what is included.
    """
    walk = _Walk(find)

    def has(name: str) -> Formula | None:
        wanted = (f"clauses/{name}", f"attachments/{name}")
        found = next((walk.included[one] for one in wanted if one in walk.included), None)
        return NO if found is None else from_when(found.manifest, world)

    own = replace(world, has=has)
    entries = tuple(walk.entries(main, all_of([]), own, (main.file,)))
    return Paper(main, entries, walk.included, tuple(walk.missing), tuple(walk.endless), own)


def paper_names(main: Sheet, find: Callable[[str], Sheet | None]) -> frozenset[str]:
    """The names of a template and of all that it includes."""
    found = {main.file: main}
    for one in (rows := [main]):
        for file in map(_asked, one.tags):
            inner = find(file) if file else None
            if inner is not None and inner.file not in found:
                found[inner.file] = inner
                rows.append(inner)
    return frozenset(one.name for one in rows)


def _asked(placed: Placed) -> str:
    """The file that a tag includes, "" where it includes none."""
    node = placed.tag.node
    constant = isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const)
    return str(node.template.value) if constant else ""  # type: ignore[union-attr]


class _Walk:
    """Goes through a document in the order of printing."""

    def __init__(self, find: Callable[[str], Sheet | None]) -> None:
        self._find = find
        self.included: dict[str, Sheet] = {}
        self.missing: list[tuple[Entry, str]] = []
        self.endless: list[tuple[Entry, str]] = []
        self._steps = 0

    def entries(self, sheet: Sheet, when: Formula, world: World, path: tuple[str, ...]) -> Iterator[Entry]:
        """Every tag of a template and of what it includes; `path` are the files that are open."""
        for placed in sheet.tags:
            entry = Entry(sheet, placed, when)
            file = _asked(placed)
            self._steps += 1
            if self._steps > _TAGS:
                if not self.endless:
                    self.endless.append((entry, file or sheet.name))
                return
            if not file:
                yield entry
                continue
            inner = self._find(file)
            if inner is None:
                self.missing.append((entry, file))
            elif inner.file in path or len(path) > _DEPTH:
                self.endless.append((entry, file))
            else:
                self.included.setdefault(inner.name, inner)
                outer = world.of_guards(placed.guards)
                inside = all_of([when, outer, from_when(inner.manifest, world)])
                yield from self.entries(inner, inside, world, (*path, inner.file))
