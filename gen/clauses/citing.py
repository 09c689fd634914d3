"""Citations: what 第3条第2項, 前条, 前2項 and 第4条から第6条まで are worded as, from where they stand.

Hands out `Citing` to `numbering`. Leans on `register` and `tree`.

The grammar of 前条, 前項, 前2項 and of leaving out the 条 inside one article is that of
legislative drafting (法制執務).
"""

from __future__ import annotations

from collections.abc import Sequence

from gen.clauses.register import Piece, Register, bookmark_name
from gen.clauses.tree import Article, Go, Here, Ko, Leaf
from gen.clauses.wording import Wording
from gen.markup import escape, unescape

__all__ = ["Citing"]

_RUN = 3  # as many articles in a row are cited as a range
_PAIR = 2  # 前項, 前2項; more are 前各項


class Citing:
    """Words the citations of one paper, once everything in it has its number.

    Args:
        register: what the paper defines.
        wording: the city's style, for the words between numbers.
        own_name: what an attachment calls the articles of the paper itself.
    """

    def __init__(self, register: Register, wording: Wording, own_name: str) -> None:
        self._register = register
        self._wording = wording
        self._own_name = own_name

    def pieces(self, at: int, here: Here, kind: str, args: Sequence[str]) -> list[Piece]:
        """The text of the citation that is the token `at` and stands `here`."""
        if kind == "items":
            return self._either(at, here, *args)
        if kind == "refs":
            return self._several(at, here, args[0].split(","), args[1])
        if kind == "prevs":
            return self._preceding(at, here, args)
        name, ko, go = args
        if name in self._register.heads:
            return [
                Piece("頭書第"),
                Piece(self._register.number(self._register.heads[name]), target=bookmark_name(name)),
                Piece("項"),
            ]
        if name in self._register.attachments:
            return [Piece(self._register.label(self._register.attachments[name]), target=bookmark_name(name))]
        article = self._register.articles.get(name)
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
        text = f"第{self._register.number(article.number)}{article.unit}"
        cited = Piece(text, target=bookmark_name(article.name))
        if article.scope is here.scope:
            return [cited]
        if article.scope is self._register.main:
            return [Piece(self._own_name), cited]
        return [Piece(self._register.label(article.scope), target=bookmark_name(article.scope.name)), cited]

    def _ko_pieces(self, article: Article, ko: Ko) -> list[Piece]:
        anchor = bookmark_name(article.name, ko.name) if ko.number > 1 and ko.name else ""
        return [Piece("第"), Piece(self._register.number(ko.number), target=anchor), Piece("項")]

    def _go_pieces(self, article: Article, go: Go) -> list[Piece]:
        anchor = bookmark_name(article.name, "g", go.name)
        return [Piece("第"), Piece(self._register.number(go.number), target=anchor), Piece("号")]

    def _preceding(self, at: int, here: Here, args: Sequence[str]) -> list[Piece]:
        name, kind, wanted = args
        article = self._register.articles.get(name)
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
        return f"前{self._register.number(count) if count > 1 else ''}{unit}"

    def _several(self, at: int, here: Here, names: list[str], conj: str) -> list[Piece]:
        others = [
            name for name in names if name in self._register.heads or name in self._register.attachments
        ]
        if others:
            return self._missing(at, f"refs(…) に並べられるのは条だけです（「{'」「'.join(others)}」）。")
        present = [
            self._register.articles[name] for name in dict.fromkeys(names) if name in self._register.articles
        ]
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

    def _missing(self, at: int, message: str) -> list[Piece]:
        self._register.wrong(at, message)
        return [Piece("〔引用先なし〕")]
