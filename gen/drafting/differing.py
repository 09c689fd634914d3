"""What one paper says otherwise than another, as sentences with the place of each.

Hands out `differences` and `place_of`. Leans on `compare`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gen.compare import Block, align, compare_texts

__all__ = ["differences", "place_of"]

_SHORT = 120


def differences(old: Sequence[Block], new: Sequence[Block], names: Sequence[str]) -> Iterator[str]:
    """Each place where two papers differ, as a sentence: 第5条第2項中「…」を「…」に改める。"""
    for pair in align(old, new).pairs:
        if pair.old is None and pair.new is not None and pair.new.text.strip():
            yield f"{place_of(pair.new)}に「{_short(pair.new.text)}」を加える。"
        elif pair.new is None and pair.old is not None and pair.old.text.strip():
            yield f"{place_of(pair.old)}の「{_short(pair.old.text)}」を削る。"
        elif pair.old is not None and pair.new is not None and pair.changed:
            for stretch in compare_texts(pair.old.text, pair.new.text, tuple(names)):
                if stretch.same:
                    continue
                if not stretch.new.strip():
                    yield f"{place_of(pair.old)}中「{_short(stretch.old)}」を削る。"
                elif not stretch.old.strip():
                    yield f"{place_of(pair.old)}に「{_short(stretch.new)}」を加える。"
                else:
                    yield f"{place_of(pair.old)}中「{_short(stretch.old)}」を「{_short(stretch.new)}」に改める。"


def place_of(block: Block) -> str:
    """Where a line stands, as a person cites it: 第5条第2項, 別記1, 委託料の行."""
    if block.role == "jo" or (block.owner and block.owner == block.number):
        return block.number
    if block.role == "ko" and block.number.strip().isdigit() and block.owner:
        return f"{block.owner}第{block.number.strip()}項"
    if block.owner:
        inner = f"（{block.number}）" if block.number and block.number[0] not in "(（" else block.number
        return f"{block.owner}{inner}" if block.role in ("go", "sai", "sai2") else block.owner
    if block.number:
        return f"「{block.number}　{_short(block.body, 20)}」の行"
    return f"「{_short(block.text, 24)}」の行"


def _short(text: str, limit: int = _SHORT) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit]}…"
