"""Two Word files side by side: as blocks, aligned, and compared by words that lawyers read whole.

Hands out the core that redline, merge and 新旧対照表 share. Leans on `word` and `clauses`.

    old, new = read_paper(data, "旧.docx"), read_paper(other, "新.docx")
    for pair in align(old.body, new.body).pairs:      # in the order of the new paper
        pair.old, pair.new                            # Block or None: deleted, inserted
        pair.moved, pair.renumbered, pair.changed     # elsewhere now; 条ずれ; the text after the number
        compare_texts(pair.old.body, pair.new.body)   # Stretch(old, new); .same where nothing changed

Reading: `read_paper` takes any Word file: Kian's own, one edited in Word or saved again by
LibreOffice, or a contract that Kian never made; `read_parts` takes a `Package` that was read already.
A `Paper` has its blocks by part (`paper.body`, `paper.blocks["word/header1.xml"]`), the parsed parts
(`paper.roots`) and its `twin`. A `Block` is a paragraph or a table row with role, printed number, text,
heading and number of its article, bookmarks, cells and its place in the file; the text is as it stands
with tracked changes accepted.

Alignment: `align` pairs two rows of blocks, by bookmark, then heading, then likeness of text, never by
number alone. The blocks of a cell (`block.cells[n]`) are rows of blocks too.

Tokens: `tokens` cuts a text so that numbers with their unit, dates, names that the caller gives
and 第○条第○項 stay whole; `compare_texts` compares by them and joins islands that would tear a word;
pass `names` (values of facts) to keep proper nouns whole.
"""

from gen.compare.alignment import Alignment, Pair, align, likeness
from gen.compare.blocks import DOCUMENT, Block, Paper, has_tracked_changes, read_paper, read_parts
from gen.compare.labels import label_of
from gen.compare.tokens import Stretch, compare_texts, tokens

__all__ = [
    "DOCUMENT",
    "Alignment",
    "Block",
    "Pair",
    "Paper",
    "Stretch",
    "align",
    "compare_texts",
    "has_tracked_changes",
    "label_of",
    "likeness",
    "read_paper",
    "read_parts",
    "tokens",
]
