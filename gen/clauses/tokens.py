"""Numbers and references as tokens inside a text that is still being rendered.

Hands out `Token` (what a template call such as `jo("secrecy")` leaves in the text),
`TOKEN` (finds them again) and the calls themselves. Leans on nothing but markupsafe.

The signs are Unicode noncharacters (U+FDD3 to U+FDD5): legal in XML, refused in
profiles and templates, and outside the private-use area where cities keep 外字.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from gen.markup import escape  # markupsafe's makes &#34;, whose digits would be styled

__all__ = ["CALLS", "SIGNS", "TOKEN", "BadCall", "Token", "read_token"]

OPEN, CLOSE, SEPARATOR = "\ufdd3", "\ufdd4", "\ufdd5"
SIGNS = re.compile("[\ufdd0-\ufdef]")
TOKEN = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Token(Markup):
    """Markup that is a token, so that it is never marked or escaped as a value."""

    __slots__ = ()


class BadCall(Exception):
    """A call in a template whose arguments do not fit; the message is Japanese."""


def read_token(body: str) -> list[str]:
    """The parts of a token's body: its kind, then its arguments ("" where not given)."""
    return body.split(SEPARATOR)


def _token(kind: str, *args: str) -> Token:
    return Token(OPEN + SEPARATOR.join((kind, *args)) + CLOSE)


def _name(value: Any, call: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise BadCall(
            f"{call}(…) の名前「{value}」が正しくありません。英小文字・数字・ハイフンで書いてください。"
        )
    return value


def _required(value: Any, call: str) -> str:
    if value is None:
        raise BadCall(f"{call}(…) には名前が要ります。")
    return _name(value, call)


def _names(value: Any, call: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise BadCall(f"{call}(…) の名前は [ ] で囲んで並べてください。")
    return ",".join(_required(name, call) for name in value)


def jo(name: str, ko: str | None = None) -> Token:
    """第n条 where it stands; `ko` names its first 項."""
    return _token("jo", _required(name, "jo"), _name(ko, "jo"))


def dai(name: str, ko: str | None = None) -> Token:
    """第n of a 別記 where it stands; `ko` names its first 項."""
    return _token("dai", _required(name, "dai"), _name(ko, "dai"))


def ko(name: str | None = None) -> Token:
    """The number of the next 項."""
    return _token("ko", _name(name, "ko"))


def go(name: str | None = None) -> Token:
    """The number of the next 号, in brackets."""
    return _token("go", _name(name, "go"))


def sai() -> Token:
    """ア, イ … of a 号."""
    return _token("sai")


def sai2() -> Token:
    """(ア), (イ) … below ア."""
    return _token("sai2")


def hd(name: str) -> Token:
    """The number of the next item of the 頭書."""
    return _token("hd", _required(name, "hd"))


def attach(name: str, kind: str) -> Token:
    """The label of an attachment where it begins; `kind` is 別記, 特約, 別紙 or 別表."""
    if kind not in ("別記", "特約", "別紙", "別表", "様式"):
        raise BadCall(
            f"attach(…) の種別「{kind}」は使えません。別記・特約・別紙・別表・様式から選んでください。"
        )
    return _token("attach", _required(name, "attach"), kind)


def ref(name: str, ko: str | None = None, go: str | None = None) -> Token:
    """A citation by number."""
    return _token("ref", _required(name, "ref"), _name(ko, "ref"), _name(go, "ref"))


def prev(name: str, ko: str | None = None, go: str | None = None) -> Token:
    """前条, 前項 or 前号 where the target stands directly before, a citation by number else."""
    return _token("prev", _required(name, "prev"), _name(ko, "prev"), _name(go, "prev"))


def prevs(name: str, ko: Sequence[str] | None = None, go: Sequence[str] | None = None) -> Token:
    """前2項, 前各項 (前2号, 前各号), or the numbers where they do not stand directly before."""
    if ko is not None and go is not None:
        raise BadCall("prevs(…) には ko か go の一方だけを書いてください。")
    kind = "go" if go is not None else "ko"
    return _token("prevs", _required(name, "prevs"), kind, _names(go if go is not None else ko, "prevs"))


def refs(*names: str, conj: str = "及び") -> Token:
    """Several articles; those that are not in the paper are left out."""
    if not names:
        raise BadCall("refs(…) には名前が一つ以上要ります。")
    return _token("refs", ",".join(_required(name, "refs") for name in names), escape(conj))


def items(many: str, one: str) -> Token:
    """`many` where this 項 has several 号, `one` where a single one is left."""
    return _token("items", escape(many), escape(one))


CALLS: dict[str, Callable[..., Token]] = {
    call.__name__: call for call in (jo, dai, ko, go, sai, sai2, hd, attach, ref, prev, prevs, refs, items)
}
