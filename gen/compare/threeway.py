"""The words of one paragraph three ways: which edits bring base's change to ours into theirs.

Hands out `edits` and `Edit`. Words are tokens, so a sum or a date is changed whole or not at all.
Leans on `line` (for `Word`) and `tokens`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gen.compare.line import Word
from gen.compare.tokens import Hunk, hunks

__all__ = ["Edit", "edits"]

_NEAR = 4  # signs: 株式会社 stands between two halves of a name


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to theirs.

    Attributes:
        start, end: the signs of theirs that it concerns.
        words: what comes in their place, or (conflict) beside them.
        conflict: True where a person changed the same words; theirs stays.
        theirs, base: what stands there, and what stood there.
        inner: True where the shown text of one citation is replaced.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    conflict: bool = False
    theirs: str = ""
    base: str = ""
    inner: bool = False


def edits(
    base: Sequence[Word], theirs: Sequence[Word], ours: Sequence[Word], *, symbolic: bool = False
) -> list[Edit]:
    """What to do to theirs, in order and never overlapping.

    Args:
        base, theirs, ours: the paragraph in words.
        symbolic: True to take citations of one target for the same, whatever they show.
    """
    a, t, o = ([word.key(symbolic) for word in words] for words in (base, theirs, ours))
    if a == o:
        return []
    wanted = hunks(a, o)
    if a == t:
        return [_plain(hunk, base, theirs, ours, hunk.a, hunk.b) for hunk in wanted]
    done = hunks(a, t, fine=True)
    out: list[Edit] = []
    for group in _grouped(wanted, done, base):
        if not group.hit:
            start, end = _there(group.wanted[0], done)
            if not any(_is_same(group.wanted[0], other, theirs, ours) for other in done):
                out.append(_plain(group.wanted[0], base, theirs, ours, start, end))
        elif (edit := _conflict(group, done, base, theirs, ours)) is not None:
            out.append(edit)
    return out


@dataclass
class _Group:
    """Changes of ours that go together, for they meet the same changes of theirs."""

    wanted: list[Hunk]
    hit: list[Hunk]

    @property
    def first(self) -> int:
        return min(one.a for one in (*self.wanted, *self.hit))

    @property
    def last(self) -> int:
        return max(one.b for one in (*self.wanted, *self.hit))


def _grouped(wanted: Sequence[Hunk], done: Sequence[Hunk], base: Sequence[Word]) -> list[_Group]:
    groups: list[_Group] = []
    for hunk in wanted:
        hit = [other for other in done if _touch(hunk, other)]
        before = groups[-1] if groups else None
        if before is not None and before.hit and _is_near(base[before.last : hunk.a]):
            before.wanted.append(hunk)  # half of a name beside half of another is neither
            before.hit += [other for other in hit if other not in before.hit]
        else:
            groups.append(_Group([hunk], hit))
    return groups


def _is_near(between: Sequence[Word]) -> bool:
    """Whether so little stands between two changes that they change one word."""
    return len(_said(between)) <= _NEAR and not any(word.text in "、。\t\n　" for word in between)


def _plain(
    hunk: Hunk, base: Sequence[Word], theirs: Sequence[Word], ours: Sequence[Word], start: int, end: int
) -> Edit:
    words = tuple(ours[hunk.c : hunk.d])
    gone = theirs[start:end]
    inner = len(words) == len(gone) == 1 and bool(words[0].target) and words[0].target == gone[0].target
    return Edit(
        _signs(theirs, start), _signs(theirs, end), words, inner=inner, base=_said(base[hunk.a : hunk.b])
    )


def _conflict(
    group: _Group,
    done: Sequence[Hunk],
    base: Sequence[Word],
    theirs: Sequence[Word],
    ours: Sequence[Word],
) -> Edit | None:
    """Both texts; None where the person's holds already what the facts say."""
    first, last = group.first, group.last
    before = [one for one in done if one.b <= first and one not in group.hit]
    inside = [one for one in done if one not in before and one.a >= first and one.b <= last]
    start = first + sum(one.d - one.c - (one.b - one.a) for one in before)
    end = start + (last - first) + sum(one.d - one.c - (one.b - one.a) for one in inside)
    words: list[Word] = []
    at = first
    for hunk in group.wanted:
        words += [*base[at : hunk.a], *ours[hunk.c : hunk.d]]
        at = hunk.b
    words += base[at:last]
    new = [word for hunk in group.wanted for word in ours[hunk.c : hunk.d]]
    if _is_alike(words, theirs[start:end]) or _holds(theirs[start:end], new):
        return None
    return Edit(
        _signs(theirs, start), _signs(theirs, end), tuple(words), conflict=True,
        theirs=_said(theirs[start:end]), base=_said(base[first:last]),
    )  # fmt: skip


def _touch(a: Hunk, b: Hunk) -> bool:
    """Whether two changes of the base concern the same words, or insert inside one another."""
    if a.a == a.b and b.a == b.b:
        return False  # two insertions stand one after the other
    if a.a == a.b:
        return b.a < a.a < b.b
    if b.a == b.b:
        return a.a < b.a < a.b
    return max(a.a, b.a) < min(a.b, b.b)


def _is_same(hunk: Hunk, other: Hunk, theirs: Sequence[Word], ours: Sequence[Word]) -> bool:
    same_place = (hunk.a, hunk.b) == (other.a, other.b)
    return same_place and _is_alike(ours[hunk.c : hunk.d], theirs[other.c : other.d])


def _there(hunk: Hunk, done: Sequence[Hunk]) -> tuple[int, int]:
    """The words of theirs that are a stretch of base which a person left alone."""
    before = [one for one in done if one.b <= hunk.a]
    start = hunk.a + sum(one.d - one.c - (one.b - one.a) for one in before)
    return start, start + hunk.b - hunk.a


def _holds(words: Sequence[Word], wanted: Sequence[Word]) -> bool:
    """Whether the new words, with a sum, date or name among them, stand in a person's already."""
    texts, new = ([(word.text, *_shown([word])) for word in row] for row in (words, wanted))
    if not any(len(text) > 1 for text, *_ in new):
        return False
    return any(texts[at : at + len(new)] == new for at in range(len(texts) - len(new) + 1))


def _is_alike(words: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether two stretches read the same, and show the same pictures."""
    return _said(words) == _said(others) and _shown(words) == _shown(others)


def _shown(words: Sequence[Word]) -> list[str]:
    return [word.picture.digest for word in words if word.picture is not None]


def _said(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def _signs(words: Sequence[Word], count: int) -> int:
    return sum(len(word.text) for word in words[:count])
