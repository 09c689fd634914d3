"""A paragraph of a Word file as a line of words, and changing it in place.

Hands out `Word`, `words_of`, `runs_of` and `Line`. All that is not touched stays as it is: other runs, their
properties, notes, pictures, comments, other people's tracked changes. Leans on `pen`, `leaves`, `tokens`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from gen.compare.leaves import Leaf, W, leaves
from gen.compare.pen import SPACE, Pen, field_runs, picture_run, properties_of, text_runs
from gen.compare.pictures import Picture
from gen.compare.tokens import tokens

__all__ = ["Line", "Word", "runs_of", "words_of"]

_THROUGH = (f"{W}ins", f"{W}moveTo")  # marks of others, which never hold a mark of ours beside theirs


class Word(NamedTuple):
    """A token of a paragraph.

    Attributes:
        text: as shown.
        target: the bookmark that it cites, where it is a REF field.
        fixed: True for what is compared as a whole and never written: a page number, a picture's text.
        number: True for the number that the paragraph begins with.
        picture: the drawing of Kian that it stands for.
    """

    text: str
    target: str = ""
    fixed: bool = False
    number: bool = False
    picture: Picture | None = None

    def key(self, symbolic: bool) -> Hashable:
        """What two words are compared by; `symbolic`: numbers and citations whatever they show."""
        if self.picture is not None:
            return (self.text, self.picture.digest)
        if self.fixed:
            return True
        if symbolic and (self.number or self.target):
            return (None, self.target)
        return (self.text, self.target)


def words_of(
    elements: tuple[etree._Element, ...],
    names: Iterable[str] = (),
    number: str = "",
    pictures: Iterable[Picture] = (),
) -> tuple[Word, ...]:
    """A paragraph in words; its own number, which is given, is one of them, and each of its pictures."""
    out: list[Word] = []
    plain = ""
    names, known = tuple(names), {id(one.drawing): one for one in pictures}

    def flush() -> None:
        nonlocal plain
        if not out and number and plain.startswith(number):
            out.append(Word(number, number=True))
            plain = plain[len(number) :]
        out.extend(Word(token) for token in tokens(plain, names))
        plain = ""

    last: Leaf | None = None
    for leaf in leaves(elements):
        if not leaf.text:
            continue
        fixed = (leaf.field and not leaf.target) or _is_object(leaf)
        if not (leaf.target or fixed):
            plain += leaf.text
        else:
            flush()
            picture = known.get(id(leaf.element))
            joins = last is not None and out and last.target == leaf.target and _same_field(last, leaf)
            if joins:
                out[-1] = Word(out[-1].text + leaf.text, leaf.target, fixed)
            else:
                out.append(Word(leaf.text, leaf.target, fixed, picture=picture))
        last = leaf
    flush()
    return tuple(out)


def _is_object(leaf: Leaf) -> bool:
    return leaf.element.tag in (f"{W}drawing", f"{W}ruby")


def _same_field(a: Leaf, b: Leaf) -> bool:
    """Whether two stretches stand in one field: nothing ends between them."""
    if not (a.field and b.field):
        return False
    one, other = a.run.getparent(), b.run.getparent()
    if one is other and one is not None and one.tag == f"{W}fldSimple":
        return True
    here: etree._Element | None = a.run
    while here is not None and here is not b.run:
        following = here.getnext()
        if following is None:
            parent = here.getparent()
            following = parent.getnext() if parent is not None and parent.tag in _THROUGH else None
        here = following
        if here is not None and here.find(f".//{W}fldChar") is not None:
            return False
    return here is b.run


def runs_of(word: Word, like: etree._Element | None, pen: Pen) -> list[etree._Element]:
    """What shows a word: a picture where the pen can draw it, a field, or its text."""
    drawn = pen.draw(word.picture) if word.picture is not None else None
    if drawn is not None:
        return [picture_run(drawn)]
    return field_runs(word.target, word.text, like) if word.target else text_runs(word.text, like)


class Line:
    """A paragraph that is changed; places are counted in signs of its text.

    Changes are made from the end to the beginning, so that places before them stay.
    """

    def __init__(self, elements: tuple[etree._Element, ...], pen: Pen) -> None:
        self._elements = elements
        self._pen = pen

    def replace(
        self, start: int, end: int, words: Sequence[Word], *, inner: bool = False
    ) -> list[etree._Element]:
        """Put words in the place of what stands between two places.

        Args:
            start: the first sign that goes.
            end: the sign after the last that goes.
            words: what comes.
            inner: True where the shown text of one field is replaced by that of the same.

        Returns:
            the runs that came.
        """
        self._cut(start)
        self._cut(end)
        runs = self._runs_of(words, start, end, inner=inner)
        if runs:
            self._put(end, self._pen.wrapped(runs), runs, inside=start < end, inner=inner)
        self._strike(start, end, inner=inner)
        return runs

    def runs(self, start: int, end: int) -> list[etree._Element]:
        """The runs between two places, made to begin and end there."""
        self._cut(start)
        self._cut(end)
        return [leaf.run for leaf in self._between(start, end)]

    def strike_all(self) -> None:
        """Delete all of it, pictures too."""
        for leaf in self._leaves():
            self._alone(leaf)
        for leaf in self._leaves():
            self._strike_leaf(leaf, inner=False)

    def _leaves(self) -> list[Leaf]:
        return list(leaves(self._elements))

    def _runs_of(self, words: Sequence[Word], start: int, end: int, *, inner: bool) -> list[etree._Element]:
        like = self._like(start, end)
        out: list[etree._Element] = []
        plain = ""
        for word in words:
            if (word.target and not inner) or word.picture is not None:
                out += text_runs(plain, like)
                out += runs_of(word, like, self._pen)
                plain = ""
            else:
                plain += word.text
        return out + text_runs(plain, like)

    def _like(self, start: int, end: int) -> etree._Element | None:
        """The properties of what is replaced, or of what stands before."""
        at = 0
        before: etree._Element | None = None
        for leaf in self._leaves():
            if leaf.text:
                if at + len(leaf.text) > start and (before is None or start < end):
                    return properties_of(leaf.run)
                if at >= start and before is not None:
                    break
                before = leaf.run
                at += len(leaf.text)
        return properties_of(before)

    def _cut(self, place: int) -> None:
        """Let a run end at a place."""
        at = 0
        for leaf in self._leaves():
            if at < place < at + len(leaf.text) and leaf.element.tag == f"{W}t":
                other = deepcopy(leaf.element)
                other.text, leaf.element.text = leaf.text[place - at :], leaf.text[: place - at]
                for one in (other, leaf.element):
                    one.set(SPACE, "preserve")
                leaf.element.addnext(other)
                _split_run(leaf.run, other)
                return
            if at == place and leaf.text:
                _split_run(leaf.run, leaf.element)
                return
            at += len(leaf.text)

    def _put(
        self,
        place: int,
        things: list[etree._Element],
        runs: list[etree._Element],
        *,
        inside: bool,
        inner: bool,
    ) -> None:
        before, after = self._around(place)
        if before is not None and (inner or (inside and not before.field)):
            node = before.run
        elif before is not None:
            node = _past(_field_end(before) if before.field else before.run)
        elif after is not None:
            node = _field_start(after) if after.field else after.run
        else:
            self._elements[-1].extend(things)
            return
        own = self._pen.own_insertion(node) if node.tag == f"{W}r" else None
        if own is not None and not self._pen.clean:
            things = runs  # pending already
        elif (around := node.getparent()) is not None and around.tag in _THROUGH:
            node = _split_mark(around, node, after=before is not None)
        for thing in reversed(things) if before is not None else things:
            if before is not None:
                node.addnext(thing)
            else:
                node.addprevious(thing)

    def _around(self, place: int) -> tuple[Leaf | None, Leaf | None]:
        at, before = 0, None
        for leaf in self._leaves():
            if not leaf.text:
                continue
            if at >= place:
                return before, leaf
            at += len(leaf.text)
            before = leaf
        return before, None

    def _strike(self, start: int, end: int, *, inner: bool) -> None:
        for leaf in self._between(start, end):
            self._alone(leaf)
        for leaf in self._between(start, end):
            self._strike_leaf(leaf, inner=inner)

    def _between(self, start: int, end: int) -> list[Leaf]:
        at, found = 0, []
        for leaf in self._leaves():
            if leaf.text and start <= at and at + len(leaf.text) <= end:
                found.append(leaf)
            at += len(leaf.text)
        return found

    def _alone(self, leaf: Leaf) -> None:
        """Give a stretch a run of its own, so that a note or a picture beside it stays."""
        _split_run(leaf.run, leaf.element)
        following = leaf.element.getnext()
        if following is not None:
            owner = leaf.element.getparent()
            assert owner is not None
            _split_run(owner, following)

    def _strike_leaf(self, leaf: Leaf, *, inner: bool) -> None:
        if leaf.run.getparent() is None or any(True for _ in leaf.run.iterancestors(f"{W}del")):
            return
        if leaf.field and not inner:
            for run in _field_as_runs(leaf):
                self._pen.strike(run)
            return
        self._pen.strike(leaf.run)


def _split_run(run: etree._Element, child: etree._Element) -> None:
    """Let a run begin with this child of it, where something stands before it."""
    before = child.getprevious()
    if before is None or before.tag == f"{W}rPr":
        return
    other = _bare_copy(run)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        other.append(deepcopy(properties))
    while child is not None:
        following = child.getnext()
        other.append(child)
        child = following  # type: ignore[assignment]
    run.addnext(other)


def _bare_copy(element: etree._Element) -> etree._Element:
    """The element with its attributes and nothing inside."""
    made = etree.Element(element.tag)
    for name, value in element.attrib.items():
        made.set(name, value)
    return made


def _split_mark(mark: etree._Element, node: etree._Element, *, after: bool) -> etree._Element:
    """Split another's mark beside a run of it; the part beside which ours may stand."""
    inside = list(mark)
    at = inside.index(node) + (1 if after else 0)
    if at == 0 or at == len(inside):
        return mark
    other = _bare_copy(mark)
    other.extend(inside[at:])
    mark.addnext(other)
    return mark if after else other


def _past(node: etree._Element) -> etree._Element:
    """The last bookmark that ends directly after a run: what follows a number stands outside of it."""
    here = node
    while (following := here.getnext()) is not None and following.tag == f"{W}bookmarkEnd":
        here = following
    return here


def _field_start(leaf: Leaf) -> etree._Element:
    return _field_span(leaf)[0]


def _field_end(leaf: Leaf) -> etree._Element:
    return _field_span(leaf)[-1]


def _field_span(leaf: Leaf) -> list[etree._Element]:
    """The field around a stretch: its one element, or its runs from begin to end."""
    simple = next(leaf.run.iterancestors(f"{W}fldSimple"), None)
    if simple is not None:
        return [simple]
    paragraph = next(leaf.run.iterancestors(f"{W}p"))
    open_: list[list[etree._Element]] = []
    for run in paragraph.iter(f"{W}r"):
        kinds = [one.get(f"{W}fldCharType") for one in run.findall(f"{W}fldChar")]
        if "begin" in kinds:
            open_.append([])
        for span in open_:
            span.append(run)
        if "end" in kinds and open_:
            span = open_.pop()
            if any(one is leaf.run for one in span):
                return span
    return [leaf.run]  # its end stands in another paragraph


def _field_as_runs(leaf: Leaf) -> list[etree._Element]:
    """The runs of a field; a simple one is written out first, for a mark cannot hold it."""
    span = _field_span(leaf)
    if span[0].tag != f"{W}fldSimple":
        return [run for run in span if run.getparent() is not None]
    simple = span[0]
    properties = properties_of(leaf.run)
    inside = list(simple)
    empty = field_runs("", "", properties)
    begin, instruction, separate, end = empty[0], empty[1], empty[2], empty[-1]
    instruction[-1].text = simple.get(f"{W}instr", "")
    whole = [begin, instruction, separate, *inside, end]
    for one in reversed(whole):
        simple.addnext(one)
    parent = simple.getparent()
    assert parent is not None
    parent.remove(simple)
    return [run for one in whole for run in ([one] if one.tag == f"{W}r" else list(one.iter(f"{W}r")))]
