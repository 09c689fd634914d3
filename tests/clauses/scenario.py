"""Scenarios for the outline: a paper is the calls of its template, in their order."""

from __future__ import annotations

from gen.clauses import TOKEN, Outline, Token, Wording
from gen.clauses.tokens import CALLS

jo, dai, ko, go = CALLS["jo"], CALLS["dai"], CALLS["ko"], CALLS["go"]
sai, sai2, hd, attach = CALLS["sai"], CALLS["sai2"], CALLS["hd"], CALLS["attach"]
ref, prev, prevs, refs, items = (CALLS[name] for name in ("ref", "prev", "prevs", "refs", "items"))


class Paper:
    """What a paper prints for each of its calls."""

    def __init__(self, tokens: tuple[Token, ...], **options: object) -> None:
        self.outline = Outline((TOKEN.fullmatch(str(one)).group(1) for one in tokens), **options)  # type: ignore
        self.pieces = self.outline.pieces()
        self.texts = ["".join(piece.text for piece in row) for row in self.pieces]
        self.problems = [problem.message for problem in self.outline.problems]
        self.problem_places = [problem.at for problem in self.outline.problems]

    @property
    def anchors(self) -> list[str]:
        return [piece.anchor for row in self.pieces for piece in row if piece.anchor]

    @property
    def targets(self) -> list[str]:
        return [piece.target for row in self.pieces for piece in row if piece.target]


def a_paper(*tokens: Token, **options: object) -> Paper:
    return Paper(tokens, **options)


def printed(*tokens: Token, **options: object) -> list[str]:
    """Every text of a paper that has no problem."""
    paper = a_paper(*tokens, **options)
    assert not paper.problems, paper.problems
    return paper.texts


def said(*tokens: Token, **options: object) -> str:
    """The text of the last call of a paper that has no problem."""
    return printed(*tokens, **options)[-1]


def refused(*tokens: Token, **options: object) -> str:
    """The only problem of a paper."""
    paper = a_paper(*tokens, **options)
    assert len(paper.problems) == 1, paper.problems
    return paper.problems[0]


__all__ = [
    "Wording", "a_paper", "attach", "dai", "go", "hd", "items", "jo", "ko", "prev", "prevs", "printed",
    "ref", "refs", "refused", "sai", "sai2", "said",
]  # fmt: skip
