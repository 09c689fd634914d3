"""A drawing as an Enhanced Metafile: the picture that Word and LibreOffice show beside an SVG.

Hands out `emf_of`. A writer of our own for rectangles, lines, polygons, circles and text,
so that no library for pictures is needed and the bytes are the same on every machine.
Leans on `svg`. Records and layouts follow [MS-EMF].

One unit is a hundredth of a millimetre. Text is set in ＭＳ ゴシック, whose letters are all
one or half a size wide, so that widths need no font file.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping, Sequence

from gen.word.svg import Shape, read_svg

__all__ = ["emf_of"]

_UNIT = 100  # a millimetre
_HEADER, _POLYGON, _POLYLINE, _EOF = 1, 3, 4, 14
_BACKGROUND, _ALIGN, _COLOUR = 18, 22, 24
_SELECT, _PEN, _BRUSH, _DELETE = 37, 38, 39, 40
_ELLIPSE, _RECTANGLE, _FONT, _TEXT = 42, 43, 82, 84
_NULL_BRUSH, _NULL_PEN = 0x80000005, 0x80000008
_BASELINE = 24
_DASH = 1
_FACE = "ＭＳ ゴシック"


def emf_of(svg: str, width_mm: float, height_mm: float) -> bytes:
    """The metafile of a drawing.

    Args:
        svg: as `svg.read_svg` takes it.
        width_mm: printed width.
        height_mm: printed height.
    """
    drawing = read_svg(svg)
    writer = _Emf(drawing.box, width_mm, height_mm)
    for shape in drawing.shapes:
        writer.draw(shape)
    return writer.file()


class _Emf:
    def __init__(self, box: tuple[float, float, float, float], width_mm: float, height_mm: float) -> None:
        self._left, self._top = box[0], box[1]
        self._x, self._y = width_mm * _UNIT / box[2], height_mm * _UNIT / box[3]
        self._size = (round(width_mm * _UNIT), round(height_mm * _UNIT))
        self._records: list[bytes] = []
        self._record(_BACKGROUND, struct.pack("<I", 1))
        self._record(_ALIGN, struct.pack("<I", _BASELINE))

    def file(self) -> bytes:
        """The whole metafile."""
        self._record(_EOF, struct.pack("<III", 0, 16, 20))
        width, height = self._size
        size = 108 + sum(map(len, self._records))
        header = struct.pack(
            "<II4i4iIIIIHHIIIiiiiIIIii", _HEADER, 108, 0, 0, width, height, 0, 0, width, height,
            0x464D4520, 0x10000, size, len(self._records) + 1, 4, 0, 0, 0, 0,
            42000, 29700, 420, 297, 0, 0, 0, 420_000, 297_000,
        )  # fmt: skip
        return header + b"".join(self._records)

    def draw(self, shape: Shape) -> None:
        """One shape."""
        if shape.kind == "text":
            self._text(shape)
            return
        hollow = shape.kind in ("line", "polyline")
        self._with_pen(shape.paint)
        self._with_brush({} if hollow else shape.paint, hollow=hollow)
        if shape.kind == "rect":
            x, y, width, height = shape.points
            left, top, right, bottom = *self._at(x, y), *self._at(x + width, y + height)
            self._record(_RECTANGLE, struct.pack("<4i", left, top, right, bottom))
        elif shape.kind == "circle":
            x, y, radius = shape.points
            corners = (*self._at(x - radius, y - radius), *self._at(x + radius, y + radius))
            self._record(_ELLIPSE, struct.pack("<4i", *corners))
        else:
            self._line(_POLYGON if shape.kind == "polygon" else _POLYLINE, shape.points)
        for handle in (1, 2):
            self._record(_SELECT, struct.pack("<I", _NULL_PEN if handle == 1 else _NULL_BRUSH))
            self._record(_DELETE, struct.pack("<I", handle))

    def _line(self, kind: int, points: Sequence[float]) -> None:
        pairs = [self._at(x, y) for x, y in zip(points[::2], points[1::2], strict=True)]
        flat = [number for pair in pairs for number in pair]
        bounds = (min(flat[::2]), min(flat[1::2]), max(flat[::2]), max(flat[1::2]))
        self._record(kind, struct.pack(f"<4iI{len(flat)}i", *bounds, len(pairs), *flat))

    def _with_pen(self, paint: Mapping[str, str]) -> None:
        colour = paint.get("stroke", "none")
        width = max(1, round(float(paint.get("stroke-width", "1")) * self._x))
        style = 5 if colour == "none" else _DASH if paint.get("stroke-dasharray", "none") != "none" else 0
        # Windows draws a dashed pen of one unit only; a wide one becomes a full line there.
        self._record(_PEN, struct.pack("<IIiiI", 1, style, 1 if style == _DASH else width, 0, _rgb(colour)))
        self._record(_SELECT, struct.pack("<I", 1))

    def _with_brush(self, paint: Mapping[str, str], *, hollow: bool) -> None:
        colour = "none" if hollow else paint.get("fill", "#000000")
        self._record(_BRUSH, struct.pack("<IIII", 2, 1 if colour == "none" else 0, _rgb(colour), 0))
        self._record(_SELECT, struct.pack("<I", 2))

    def _text(self, shape: Shape) -> None:
        colour = shape.paint.get("fill", "#000000")
        if not shape.text or colour == "none":
            return
        size = float(shape.paint.get("font-size", "10")) * self._y
        steps = [round(size * width / 2) for width in _widths(shape.text)]
        shift = {"middle": sum(steps) // 2, "end": sum(steps)}.get(shape.paint.get("text-anchor", ""), 0)
        x, y = self._at(*shape.points)
        weight = 700 if shape.paint.get("font-weight") in ("bold", "700") else 400
        face = _FACE.encode("utf-16-le").ljust(64, b"\0")
        font = struct.pack("<iiiii8B", -round(size), 0, 0, 0, weight, 0, 0, 0, 128, 0, 0, 0, 49) + face
        self._record(_FONT, struct.pack("<I", 1) + font.ljust(320, b"\0"))
        self._record(_SELECT, struct.pack("<I", 1))
        self._record(_COLOUR, struct.pack("<I", _rgb(colour)))
        letters = shape.text.encode("utf-16-le")
        padded = letters + b"\0" * (-len(letters) % 4)
        start = 76
        head = struct.pack("<4iIff", 0, 0, -1, -1, 1, 1.0, 1.0)
        body = struct.pack(
            "<iiIII4iI", x - shift, y, len(letters) // 2, start, 0, 0, 0, -1, -1, start + len(padded)
        )
        self._record(_TEXT, head + body + padded + struct.pack(f"<{len(steps)}I", *steps))
        self._record(_SELECT, struct.pack("<I", 0x8000000D))  # the system's own font
        self._record(_DELETE, struct.pack("<I", 1))

    def _at(self, x: float, y: float) -> tuple[int, int]:
        return round((x - self._left) * self._x), round((y - self._top) * self._y)

    def _record(self, kind: int, data: bytes) -> None:
        self._records.append(struct.pack("<II", kind, 8 + len(data)) + data)


def _rgb(colour: str) -> int:
    if colour == "none":
        return 0
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red | green << 8 | blue << 16


def _widths(text: str) -> list[int]:
    """Half-widths of each UTF-16 unit; the second of a pair takes no room."""
    out: list[int] = []
    for letter in text:
        if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn"):
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(letter) in "WFA" else 1
        out += [width, 0] if ord(letter) > 0xFFFF else [width]
    return out
