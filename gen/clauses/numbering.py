"""Numbers from the order of appearance, and citations that follow them.

Hands out `Outline`: fed with the tokens of a paper in their order, it gives for each
the pieces of text that stand in its place. Leans on `tokens` and `tree`.

Two walks: the first counts what is defined, the second words what is cited, so that a
citation may stand before its target. The grammar of 前条, 前項, 前2項 and of leaving out
the 条 inside one article is that of legislative drafting (法制執務).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from xml.sax.saxutils import escape, unescape

from gen.clauses.tokens import read_token
from gen.clauses.tree import Article, Go, Here, Ko, Leaf, Scope
from gen.clauses.wording import Wording

__all__ = ["Outline", "Piece", "Problem", "bookmark_name"]

_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
_RUN = 3  # as many articles in a row are cited as a range
_PAIR = 2  # 前項, 前2項; more are 前各項
_BOOKMARK_LIMIT = 40  # Word refuses longer names


class Piece(NamedTuple):
    """A stretch of text: `anchor` is a bookmark around it, `target` the bookmark that it cites."""

    text: str
    anchor: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A number or citation that cannot stand; `at` is the index of its token."""

    at: int
    message: str


@cache
def bookmark_name(*names: str) -> str:
    """A name that Word accepts for the bookmark of an article, 項 or 号 (at most 40 letters)."""
    whole = "_k_" + "__".join(name.replace("-", "_") for name in names if name)
    if len(whole) <= _BOOKMARK_LIMIT:
        return whole
    tail = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{whole[: _BOOKMARK_LIMIT - 9]}_{tail}"


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
        self.problems: list[Problem] = []
        self._wording = wording or Wording()
        self._digits = cache(self._wording.number)
        self._own_name = own_name
        self._alternatives = alternatives
        self._main = Scope("")
        self._articles: dict[str, Article] = {}
        self._heads: dict[str, int] = {}
        self._attachments: dict[str, Scope] = {}
        self._read = [read_token(token) for token in tokens]
        self._anchors: set[str] = set()
        self._here: list[Here] = []
        self._defined: list[list[Piece]] = []
        self._count()

    def pieces(self) -> list[list[Piece]]:
        """For each token the pieces of text that stand in its place."""
        return [
            self._defined[at] or self._cite(at, kind, args) for at, (kind, *args) in enumerate(self._read)
        ]

    def names(self) -> frozenset[str]:
        """Every name that is defined."""
        return frozenset((*self._articles, *self._heads, *self._attachments))

    def labels(self) -> frozenset[str]:
        """The labels of the attachments: 別記1, 別紙 …"""
        return frozenset(self._label(scope) for scope in self._attachments.values())

    # -- first walk: what is defined ------------------------------------------------

    def _count(self) -> None:
        scope, article, ko, go = self._main, None, None, None
        sai = sai2 = 0
        kinds = self._attachment_kinds()
        for at, (kind, *args) in enumerate(self._read):
            pieces: list[Piece] = []
            if kind == "attach":
                scope, article, ko, go = self._new_attachment(at, args, kinds), None, None, None
                pieces = [Piece(self._label(scope), anchor=self._anchor(args[0]))]
            elif kind in ("jo", "dai"):
                article = self._new_article(at, scope, args[0], "条" if kind == "jo" else "")
                ko, go = self._new_ko(at, article, args[1]), None
                number = f"第{self._digits(str(article.number))}{article.unit}"
                pieces = [Piece(number, anchor=self._anchor(args[0]))]
            elif kind == "ko":
                if article is None:
                    self._wrong(at, "項は、条（jo または dai）の後に置いてください。")
                    article = self._new_article(at, scope, f"nameless-{at}", "条")
                ko, go = self._new_ko(at, article, args[0]), None
                anchor = self._anchor(article.name, args[0]) if args[0] else ""
                pieces = [Piece(self._digits(str(ko.number)), anchor=anchor)]
            elif kind == "go":
                if article is None or ko is None:
                    self._wrong(at, "号は、条（jo または dai）の後に置いてください。")
                    article = self._new_article(at, scope, f"nameless-{at}", "条")
                    ko = self._new_ko(at, article, "")
                go, sai, sai2 = self._new_go(at, article, ko, args[0]), 0, 0
                anchor = self._anchor(article.name, "g", args[0]) if args[0] else ""
                pieces = self._bracketed(Piece(self._digits(str(go.number)), anchor=anchor))
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
        known = self._attachments.get(name)
        if known is not None:
            self._twice(at, name)
            return known
        self._check_free(at, name)
        before = sum(scope.kind == kind for scope in self._attachments.values())
        scope = Scope(name, kind, before + 1 if kinds[kind] > 1 else 0)
        self._attachments[name] = scope
        return scope

    def _anchor(self, *names: str) -> str:
        """The bookmark of what is defined here; "" where an alternative before has it already."""
        name = bookmark_name(*names)
        if name in self._anchors:
            return ""
        self._anchors.add(name)
        return name

    def _new_article(self, at: int, scope: Scope, name: str, unit: str) -> Article:
        known = self._articles.get(name)
        if known is not None:
            self._twice(at, name)
            known.rows.append([])
            return known
        self._check_free(at, name)
        article = Article(scope, name, len(scope.articles) + 1, unit)
        scope.articles.append(article)
        self._articles[name] = article
        return article

    def _new_ko(self, at: int, article: Article, name: str) -> Ko:
        if name and article.ko_named(name) and not self._alternatives:
            self._wrong(at, f"条「{article.name}」に、項の名前「{name}」が二つあります。")
        ko = Ko(len(article.kos) + 1, name)
        article.kos.append(ko)
        return ko

    def _new_go(self, at: int, article: Article, ko: Ko, name: str) -> Go:
        if name and article.go_named(name, "") and not self._alternatives:
            self._wrong(at, f"条「{article.name}」に、号の名前「{name}」が二つあります。")
        go = Go(len(ko.gos) + 1, name)
        ko.gos.append(go)
        return go

    def _new_head(self, at: int, name: str) -> list[Piece]:
        if name in self._heads:
            self._twice(at, name)
            return [Piece(self._digits(str(self._heads[name])))]
        self._check_free(at, name)
        self._heads[name] = len(self._heads) + 1
        return [Piece(self._digits(str(self._heads[name])), anchor=self._anchor(name))]

    def _kana(self, at: int, number: int) -> str:
        if number > len(_KATAKANA):
            self._wrong(at, "号の細分が多すぎます（アからワまで）。")
        return _KATAKANA[(number - 1) % len(_KATAKANA)]

    def _bracketed(self, inside: Piece) -> list[Piece]:
        wide = self._digits("1") != "1" and self._digits("10") != "10"
        left, right = ("（", "）") if wide else ("(", ")")
        return [Piece(left), inside, Piece(right)]

    def _label(self, scope: Scope) -> str:
        return scope.kind + (self._digits(str(scope.ordinal)) if scope.ordinal else "")

    # -- second walk: what is cited -------------------------------------------------

    def _cite(self, at: int, kind: str, args: list[str]) -> list[Piece]:
        here = self._here[at]
        if kind == "items":
            return self._either(at, here, *args)
        if kind == "refs":
            return self._several(at, args[0].split(","), args[1])
        if kind == "prevs":
            return self._preceding(at, here, args)
        name, ko, go = args
        if name in self._heads:
            return [
                Piece("頭書第"),
                Piece(self._number(self._heads[name]), target=bookmark_name(name)),
                Piece("項"),
            ]
        if name in self._attachments:
            return [Piece(self._label(self._attachments[name]), target=bookmark_name(name))]
        article = self._articles.get(name)
        if article is None:
            return self._missing(at, f"引用先の「{name}」がこの文書にありません。")
        return self._cite_article(at, here, article, ko, go, relative=kind == "prev")

    def _either(self, at: int, here: Here, many: str, one: str) -> list[Piece]:
        count = len(here.ko.gos) if here.ko else 0
        if not count:
            return self._missing(at, f"「{many}」と書く項に号がありません。")
        words = unescape(many if count > 1 else one)  # tokens stand in XML; &amp; is no word to style
        return [Piece(escape(self._wording.text(words)))]

    def _cite_article(
        self, at: int, here: Here, article: Article, ko: str, go: str, *, relative: bool
    ) -> list[Piece]:
        near = here.ko if here.article is article else None
        target_ko, target_go = article.ko_named(ko, near) if ko else None, None
        if go:
            found = article.go_named(go, ko, near)
            if found is None:
                return self._missing(at, f"引用先の号「{go}」が条「{article.name}」にありません。")
            target_ko, target_go = found
        elif ko and target_ko is None:
            return self._missing(at, f"引用先の項「{ko}」が条「{article.name}」にありません。")
        if relative and (short := self._relative(here, article, target_ko, target_go)):
            return short
        same = here.article is article and target_ko is not None
        pieces = [] if same else self._article_pieces(here, article, relative=relative)
        if target_ko is not None and self._needs_ko(here, article, target_ko, target_go):
            pieces += self._ko_pieces(article, target_ko)
        if target_go is not None:
            pieces += self._go_pieces(article, target_go)
        return pieces

    def _needs_ko(self, here: Here, article: Article, ko: Ko, go: Go | None) -> bool:
        if len(article.row_at(ko)) == 1:
            return go is None and here.article is article  # one 項 alone has no number
        return go is None or here.ko is not ko

    def _relative(self, here: Here, article: Article, ko: Ko | None, go: Go | None) -> list[Piece]:
        if here.article is not article or ko is None or here.ko is None:
            return []
        if go is not None:
            same = here.ko is ko and here.go is not None
            return [Piece("前号")] if same and here.go and go.number == here.go.number - 1 else []
        return [Piece("前項")] if ko.number == here.ko.number - 1 else []

    def _article_pieces(self, here: Here, article: Article, *, relative: bool) -> list[Piece]:
        if (
            relative
            and article.unit
            and here.article is not None
            and here.article.scope is article.scope
            and article.number == here.article.number - 1
        ):
            return [Piece("前条")]
        text = f"第{self._number(article.number)}{article.unit}"
        cited = Piece(text, target=bookmark_name(article.name))
        if article.scope is here.scope:
            return [cited]
        if article.scope is self._main:
            return [Piece(self._own_name), cited]
        return [Piece(self._label(article.scope), target=bookmark_name(article.scope.name)), cited]

    def _ko_pieces(self, article: Article, ko: Ko) -> list[Piece]:
        anchor = bookmark_name(article.name, ko.name) if ko.number > 1 and ko.name else ""
        return [Piece("第"), Piece(self._number(ko.number), target=anchor), Piece("項")]

    def _go_pieces(self, article: Article, go: Go) -> list[Piece]:
        anchor = bookmark_name(article.name, "g", go.name)
        return [Piece("第"), Piece(self._number(go.number), target=anchor), Piece("号")]

    def _preceding(self, at: int, here: Here, args: list[str]) -> list[Piece]:
        name, kind, wanted = args
        article = self._articles.get(name)
        if article is None:
            return self._missing(at, f"引用先の「{name}」がこの文書にありません。")
        unit = "項" if kind == "ko" else "号"
        inside = here.article is article
        now = (here.ko if kind == "ko" else here.go) if inside else None
        if not wanted:
            before = now.number - 1 if now else 0
            if before < 1:
                return self._missing(at, f"前各{unit}と書く所の前に{unit}がありません。")
            return [Piece(self._before(before, unit) if before <= _PAIR else f"前各{unit}")]
        names = wanted.split(",")
        row = article.row_at(here.ko if inside else None)
        owner: Ko | None = None
        chosen: list[Leaf] = [(ko, None) for ko in row if ko.name in names]
        if kind == "go":
            owner, chosen = self._items_of_one(row, names)
        if not chosen:
            return self._missing(at, f"引用先の{unit}「{wanted}」が条「{name}」の一つの項にありません。")
        numbers = [(go or ko).number for ko, go in chosen]
        near = now is not None and (owner is None or owner is here.ko)
        if near and now and numbers == list(range(now.number - len(numbers), now.number)):
            return [Piece(self._before(len(numbers), unit))]
        prefix = [] if inside else self._article_pieces(here, article, relative=True)
        if owner is not None and len(row) > 1 and owner is not here.ko:
            prefix += self._ko_pieces(article, owner)
        words = [self._go_pieces(article, go) if go else self._ko_pieces(article, ko) for ko, go in chosen]
        return prefix + self._joined(words, numbers, "及び")

    def _items_of_one(self, row: Sequence[Ko], names: Sequence[str]) -> tuple[Ko | None, list[Leaf]]:
        """The 号 of these names and the one 項 that holds them; nothing where two 項 hold them."""
        found: list[Leaf] = [(ko, go) for ko in row for go in ko.gos if go.name in names]
        owners = {id(ko): ko for ko, _ in found}
        return (next(iter(owners.values())), found) if len(owners) == 1 else (None, [])

    def _before(self, count: int, unit: str) -> str:
        return f"前{self._number(count) if count > 1 else ''}{unit}"

    def _several(self, at: int, names: list[str], conj: str) -> list[Piece]:
        here = self._here[at]
        others = [name for name in names if name in self._heads or name in self._attachments]
        if others:
            return self._missing(at, f"refs(…) に並べられるのは条だけです（「{'」「'.join(others)}」）。")
        present = [self._articles[name] for name in dict.fromkeys(names) if name in self._articles]
        if not present:
            return self._missing(at, f"引用先の「{'」「'.join(names)}」がどれもこの文書にありません。")
        if len({id(article.scope) for article in present}) > 1:
            return self._missing(at, "refs(…) は、同じ文書又は別記の中の条だけを並べられます。")
        present.sort(key=lambda article: article.number)
        words = [self._article_pieces(here, article, relative=False) for article in present]
        owner = [words[0][0]] if len(words[0]) > 1 else []  # said once, before the first
        bare = [pieces[-1:] for pieces in words]
        return owner + self._joined(bare, [article.number for article in present], conj)

    def _joined(self, words: list[list[Piece]], numbers: list[int], conj: str) -> list[Piece]:
        groups: list[list[Piece]] = []
        start = 0
        for end in range(1, len(words) + 1):
            if end < len(words) and numbers[end] == numbers[end - 1] + 1:
                continue
            if end - start >= _RUN:
                groups.append([*words[start], Piece("から"), *words[end - 1], Piece("まで")])
            else:
                groups.extend(words[start:end])
            start = end
        pieces = list(groups[0])
        for index, group in enumerate(groups[1:], 1):
            pieces.append(Piece(self._wording.text(conj if index == len(groups) - 1 else "、")))
            pieces.extend(group)
        return pieces

    # -- what goes wrong ------------------------------------------------------------

    def _number(self, number: int) -> str:
        return self._digits(str(number))

    def _wrong(self, at: int, message: str) -> None:
        self.problems.append(Problem(at, message))

    def _missing(self, at: int, message: str) -> list[Piece]:
        self._wrong(at, message)
        return [Piece("〔引用先なし〕")]

    def _twice(self, at: int, name: str) -> None:
        if not self._alternatives:
            self._wrong(at, f"名前「{name}」が二度使われています。")

    def _check_free(self, at: int, name: str) -> None:
        if name in self._articles or name in self._heads or name in self._attachments:
            self._twice(at, name)
