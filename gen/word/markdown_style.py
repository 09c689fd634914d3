"""How an HTML page looks, on the screen and on paper.

Hands out `stylesheet` and `page_rules`. Leans on nothing; fonts are those of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["page_rules", "stylesheet"]

_UNSAFE = re.compile(r"[\x00-\x1f\"\\<>&{}]")
_MARGINS = {"portrait": "25mm 20mm 25mm 30mm", "landscape": "30mm 20mm 20mm 20mm"}
_WIDTHS = {"a4-portrait": 160, "a4-landscape": 257, "a3-portrait": 247, "a3-landscape": 380}
_GOTHIC = '"BIZ UDPGothic", "Yu Gothic", "Hiragino Sans", "Noto Sans CJK JP", sans-serif'
_MACHINE = '"BIZ UDGothic", "MS Gothic", "Noto Sans Mono CJK JP", monospace'

_SHEET = """\
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { font: 10.5pt/1.6 $GOTHIC; color: #111; background: #f2f2f2; -webkit-text-size-adjust: 100%; }
body { margin: 0; padding: 1rem; }
main { width: fit-content; max-width: 100%; margin: 0 auto; }
section { background: #fff; padding: 12mm 14mm; margin: 0 auto 1rem; max-width: 100%; overflow-x: auto; }
@media screen {
$SECTIONS
}
$PAGES
p, h1, h2, h3, h4, h5, td, th, pre { white-space: break-spaces; overflow-wrap: anywhere; }
p { margin: 0 0 .5em; }
h1, h2, h3, h4, h5 { line-height: 1.4; break-after: avoid; }
.title { font-size: 16pt; text-align: center; margin: 0 0 1em; }
.level1 { font-size: 13pt; margin: 1.4em 0 .5em; border-left: .35em solid #444; padding-left: .5em; }
.level2 { font-size: 11.5pt; margin: 1.2em 0 .4em; }
.level3 { font-size: 10.5pt; margin: 1em 0 .3em; }
.level4 { font-size: 10.5pt; font-weight: normal; margin: .8em 0 .3em 1em; }
ul, ol { list-style: none; margin: 0 0 .5em; padding: 0; }
li { padding-left: 2em; }
li > p { margin: 0 0 .2em; text-indent: -2em; }
li > p ~ p { text-indent: 0; }
.no { display: inline-block; min-width: 2em; text-indent: 0; }
li.task { break-inside: avoid; }
label { cursor: pointer; }
input[type=checkbox] { appearance: none; width: 1.05em; height: 1.05em; margin: 0 .3em 0 0; vertical-align: -.15em;
  border: 1px solid #111; background: #fff; display: inline-block; position: relative; cursor: pointer; flex: none; }
input[type=checkbox]:checked::after { content: ""; position: absolute; left: .3em; top: .05em; width: .3em; height: .6em;
  border: solid #111; border-width: 0 .14em .14em 0; transform: rotate(42deg); }
input[type=checkbox]:focus-visible { outline: 2px solid #06c; outline-offset: 2px; }
table { border-collapse: collapse; width: calc(100% - 2px); table-layout: fixed; margin: 0 1px 1em; font-size: 9.5pt; line-height: 1.45; }
th, td { border: 1px solid #333; padding: .3em .5em; vertical-align: middle; text-align: left; }
thead th { background: #ededed; text-align: center; font-weight: 600; }
tbody th { background: #ededed; font-weight: 600; }
table.plain th, table.plain td { border: 0; background: none; }
.c { text-align: center; } .r { text-align: right; }
thead { display: table-header-group; }
tr, svg { break-inside: avoid; }
svg { display: inline-block; max-width: 100%; height: auto; vertical-align: top; }
code, pre { font-family: $MACHINE; font-size: .95em; }
pre { background: #f6f6f6; border: 1px solid #ccc; padding: .6em .8em; margin: 0 0 .8em; }
.note { break-before: avoid; font-size: 9.5pt; border-left: .2em solid #999; padding-left: .8em; margin: 0 0 .8em; }
.note p { margin: 0 0 .2em; }
.choice { font-weight: bold; }
.undecided { background: #fff3b0; }
hr { border: 0; border-top: 1px solid #333; margin: 1em 0; }
.banner { text-align: center; font-size: 9pt; }
.handling { display: inline-block; border: 1px solid #111; padding: 0 .6em; margin: .2em 0 .4em; font-weight: bold; font-size: 10.5pt; }
.pagebreak { display: none; }
.pagebreak + * { break-before: page; }
section > :last-child { margin-bottom: 0; }
@media print {
html { background: none; font-size: 10.5pt; }
body { padding: 0; }
.banner { display: none; }
main { width: auto; }
section { padding: 0; margin: 0; width: auto; max-width: none; overflow: visible; break-after: page; }
section:last-child { break-after: auto; }
thead th, tbody th, input, pre { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.undecided { background: none; }
}
"""


def stylesheet() -> str:
    """The rules that every page has."""
    sections = "\n".join(f".{name} {{ width: {width + 28}mm; }}" for name, width in _WIDTHS.items())
    pages = "\n".join(f".{name} {{ page: {name}; }}" for name in _WIDTHS)
    return (
        _SHEET.replace("$SECTIONS", sections)
        .replace("$PAGES", pages)
        .replace("$GOTHIC", _GOTHIC)
        .replace("$MACHINE", _MACHINE)
    )


def page_rules(names: Sequence[str], handling: str, mark: str) -> str:
    """The rules of the printed pages: size, margins, draft mark, handling class, page number."""
    return "".join(_page_rule(name, handling, mark) for name in names)


def _page_rule(name: str, handling: str, mark: str) -> str:
    paper, orientation = name.split("-")
    box = f"font: 9pt {_GOTHIC}; white-space: nowrap;"
    boxes = [f'@bottom-center {{ content: counter(page) "／" counter(pages); {box} }}']
    if mark:
        boxes.append(
            f"@top-right {{ content: {_string(mark)}; {box} vertical-align: bottom; padding-bottom: 4mm; }}"
        )
    if handling:
        boxes.append(
            f"@top-left {{ content: {_string(handling)}; {box} font-weight: bold; vertical-align: bottom; padding-bottom: 4mm; }}"
        )
    rules = "\n".join(boxes)
    return (
        f"@page {name} {{ size: {paper.upper()} {orientation}; margin: {_MARGINS[orientation]};\n{rules} }}\n"
    )


def _string(text: str) -> str:
    """A text as a CSS string; what could end it, or the style element, is written by number."""
    return '"' + _UNSAFE.sub(lambda found: f"\\{ord(found.group(0)):x} ", text) + '"'
