"""Numbers from the order of appearance, and citations that follow them.

Hands out `Outline`: fed with the tokens of a paper in their order, it gives for each
the pieces of text that stand in its place. Leans on `citing`, `register`, `tokens`, `tree`.

Two walks: the first counts here what is defined, the second lets `citing` word what is
cited, so that a citation may stand before its target.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gen.clauses.citing import Citing
from gen.clauses.register import Piece, Register, bookmark_name
from gen.clauses.tokens import read_token
from gen.clauses.tree import Article, Go, Here, Ko, Scope
from gen.clauses.wording import Wording

__all__ = ["Outline"]

_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"


class Outline:
    """The articles, 項, 号, 頭書 items and attachments of one paper.

    Args:
        tokens: the bodies of all tokens, in the order of appearance.
        wording: the city's style, for numbers and for the words between them.
        own_name: what an attachment calls the articles of the paper itself.
        alternatives: True where an undecided condition keeps several alternatives; the
            same article may then stand more than once, under one number.
    """

    def __init__(
        self,
        tokens: Iterable[str],
        *,
        wording: Wording | None = None,
        own_name: str = "契約約款",
        alternatives: bool = False,
    ) -> None:
        wording = wording or Wording()
        self._register = Register(wording, alternatives=alternatives)
        self.problems = self._register.problems
        self._citing = Citing(self._register, wording, own_name)
        self._wide = wording.number("1") != "1" and wording.number("10") != "10"
        self._read = [read_token(token) for token in tokens]
        self._anchors: set[str] = set()
        self._here: list[Here] = []
        self._defined: list[list[Piece]] = []
        self._count()

    def pieces(self) -> list[list[Piece]]:
        """For each token the pieces of text that stand in its place."""
        return [
            self._defined[at] or self._citing.pieces(at, self._here[at], kind, args)
            for at, (kind, *args) in enumerate(self._read)
        ]

    def names(self) -> frozenset[str]:
        """Every name that is defined."""
        return self._register.names()

    def labels(self) -> frozenset[str]:
        """The labels of the attachments: 別記1, 別紙 …"""
        return frozenset(self._register.label(scope) for scope in self._register.attachments.values())

    def _count(self) -> None:
        scope, article, ko, go = self._register.main, None, None, None
        sai = sai2 = 0
        kinds = self._attachment_kinds()
        for at, (kind, *args) in enumerate(self._read):
            pieces: list[Piece] = []
            if kind == "attach":
                scope, article, ko, go = self._new_attachment(at, args, kinds), None, None, None
                pieces = [Piece(self._register.label(scope), anchor=self._anchor(args[0]))]
            elif kind in ("jo", "dai"):
                article = self._new_article(at, scope, args[0], "条" if kind == "jo" else "")
                ko, go = self._new_ko(at, article, args[1]), None
                number = f"第{self._register.number(article.number)}{article.unit}"
                pieces = [Piece(number, anchor=self._anchor(args[0]))]
            elif kind == "ko":
                if article is None:
                    self._register.wrong(at, "項は、条（jo または dai）の後に置いてください。")
                    article = self._new_article(at, scope, f"nameless-{at}", "条")
                ko, go = self._new_ko(at, article, args[0]), None
                anchor = self._anchor(article.name, args[0]) if args[0] else ""
                pieces = [Piece(self._register.number(ko.number), anchor=anchor)]
            elif kind == "go":
                if article is None or ko is None:
                    self._register.wrong(at, "号は、条（jo または dai）の後に置いてください。")
                    article = self._new_article(at, scope, f"nameless-{at}", "条")
                    ko = self._new_ko(at, article, "")
                go, sai, sai2 = self._new_go(at, article, ko, args[0]), 0, 0
                anchor = self._anchor(article.name, "g", args[0]) if args[0] else ""
                pieces = self._bracketed(Piece(self._register.number(go.number), anchor=anchor))
            elif kind == "sai":
                sai, sai2 = sai + 1, 0
                pieces = [Piece(self._kana(at, sai))]
            elif kind == "sai2":
                sai2 += 1
                pieces = self._bracketed(Piece(self._kana(at, sai2)))
            elif kind == "hd":
                pieces = self._new_head(at, args[0])
            self._here.append(Here(scope, article, ko, go))
            self._defined.append(pieces)

    def _attachment_kinds(self) -> dict[str, int]:
        """How many attachments of each kind the paper has."""
        seen: dict[str, set[str]] = {}
        for kind, *args in self._read:
            if kind == "attach":
                seen.setdefault(args[1], set()).add(args[0])
        return {kind: len(names) for kind, names in seen.items()}

    def _new_attachment(self, at: int, args: Sequence[str], kinds: dict[str, int]) -> Scope:
        name, kind = args
        known = self._register.attachments.get(name)
        if known is not None:
            self._register.twice(at, name)
            return known
        self._register.check_free(at, name)
        before = sum(scope.kind == kind for scope in self._register.attachments.values())
        scope = Scope(name, kind, before + 1 if kinds[kind] > 1 else 0)
        self._register.attachments[name] = scope
        return scope

    def _anchor(self, *names: str) -> str:
        """The bookmark of what is defined here; "" where an alternative before has it already."""
        name = bookmark_name(*names)
        if name in self._anchors:
            return ""
        self._anchors.add(name)
        return name

    def _new_article(self, at: int, scope: Scope, name: str, unit: str) -> Article:
        known = self._register.articles.get(name)
        if known is not None:
            self._register.twice(at, name)
            known.rows.append([])
            return known
        self._register.check_free(at, name)
        article = Article(scope, name, len(scope.articles) + 1, unit)
        scope.articles.append(article)
        self._register.articles[name] = article
        return article

    def _new_ko(self, at: int, article: Article, name: str) -> Ko:
        if name and article.ko_named(name) and not self._register.alternatives:
            self._register.wrong(at, f"条「{article.name}」に、項の名前「{name}」が二つあります。")
        ko = Ko(len(article.kos) + 1, name)
        article.kos.append(ko)
        return ko

    def _new_go(self, at: int, article: Article, ko: Ko, name: str) -> Go:
        if name and article.go_named(name, "") and not self._register.alternatives:
            self._register.wrong(at, f"条「{article.name}」に、号の名前「{name}」が二つあります。")
        go = Go(len(ko.gos) + 1, name)
        ko.gos.append(go)
        return go

    def _new_head(self, at: int, name: str) -> list[Piece]:
        if name in self._register.heads:
            self._register.twice(at, name)
            return [Piece(self._register.number(self._register.heads[name]))]
        self._register.check_free(at, name)
        self._register.heads[name] = len(self._register.heads) + 1
        return [Piece(self._register.number(self._register.heads[name]), anchor=self._anchor(name))]

    def _kana(self, at: int, number: int) -> str:
        if number > len(_KATAKANA):
            self._register.wrong(at, "号の細分が多すぎます（アからワまで）。")
        return _KATAKANA[(number - 1) % len(_KATAKANA)]

    def _bracketed(self, inside: Piece) -> list[Piece]:
        left, right = ("（", "）") if self._wide else ("(", ")")
        return [Piece(left), inside, Piece(right)]

    def _label(self, scope: Scope) -> str:
        return scope.kind + (self._register.number(scope.ordinal) if scope.ordinal else "")
