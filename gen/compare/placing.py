"""Whole paragraphs, rows and tables put into a Word file or taken out of it, as tracked changes.

Hands out `Placer`. What is put in is made anew from the words of another paper: its text, its
citations, its style by name, and the bookmarks that the file does not have. Leans on `line`, `pen`,
`blocks`, `neighbours`.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from gen.compare.blocks import Block, Paper, cell_elements
from gen.compare.leaves import W, closes_by_deletion, leaves
from gen.compare.line import Line, Word, runs_of, words_of
from gen.compare.neighbours import is_last, next_block, out_of_control, previous_paragraph
from gen.compare.pen import Pen, properties_of
from gen.word.package import parse_xml

__all__ = ["Placer", "style_ids"]

_LEFT_OUT = ("sectPr", "rPr", "numPr", "pPrChange")  # what leans on other parts of the file it came from
_MARKS = "_k_"


def style_ids(paper: Paper) -> dict[str, str]:
    """The ids of a paper's styles, by title and kind; programs rename the ids, never the titles."""
    data = paper.package.parts.get("word/styles.xml")
    found: dict[str, str] = {}
    for style in parse_xml(data, "word/styles.xml").iter(f"{W}style") if data else ():
        name = style.find(f"{W}name")
        if name is not None:
            found[f"{style.get(f'{W}type')}/{name.get(f'{W}val')}"] = style.get(f"{W}styleId", "")
    return found


class Placer:
    """Puts blocks of one paper into another.

    Args:
        pen: writes the changes.
        target: the paper that is changed.
        source: the paper whose blocks come.
    """

    def __init__(self, pen: Pen, target: Paper, source: Paper) -> None:
        self._pen = pen
        own = style_ids(target)
        self._styles = {id: own.get(title, "") for title, id in style_ids(source).items()}
        self._names = {
            str(one.get(f"{W}name"))
            for root in target.roots.values()
            for one in root.iter(f"{W}bookmarkStart")
        }
        self._ids = {
            str(one.get(f"{W}id"))
            for root in target.roots.values()
            for one in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")
        }

    # -- paragraphs ---------------------------------------------------------------------------

    def delete(self, elements: tuple[etree._Element, ...]) -> None:
        """Delete a paragraph with its end."""
        Line(elements, self._pen).strike_all()
        for element in elements:
            if self._pen.clean or _was_pending(element, self._pen):
                self._take_out(element)
            elif element.find(f"{W}pPr/{W}sectPr") is None:
                self._mark_end_deleted(element)

    def _take_out(self, element: etree._Element) -> None:
        parent = element.getparent()
        if parent is None or any(True for _ in leaves((element,))):
            return  # something that is no text stands in it still
        if parent.tag == f"{W}tc" and len(parent.findall(f"{W}p")) == 1:
            return  # a cell ends with a paragraph
        if element.find(f"{W}pPr/{W}sectPr") is None:
            _keep_anchors(element)
            parent.remove(element)

    def _mark_end_deleted(self, element: etree._Element) -> None:
        following = next_block(element)
        if following is not None:
            self._pen.mark_end(element, "del")
            return
        before = previous_paragraph(element)
        while before is not None and closes_by_deletion(before):
            before = previous_paragraph(before)
        if before is None:
            return  # the only paragraph of a cell: its text goes, it stays
        self._pen.mark_end(before, "del")
        self._form_like(element, before)

    def _form_like(self, last: etree._Element, model: etree._Element) -> None:
        """The last paragraph takes the form of the one before, whose end went; tracked too."""
        self._reform(last, _form_of(model))

    def reform(self, element: etree._Element, block: Block) -> None:
        """Give a paragraph the form of a block, as a tracked change."""
        form = self._form(block.elements[-1])
        self._reform(element, etree.Element(f"{W}pPr") if form is None else form)

    def _reform(self, last: etree._Element, new: etree._Element) -> None:
        old = last.find(f"{W}pPr")
        before = _form_of(last)
        if etree.tostring(new) == etree.tostring(before):
            return
        change = self._pen.mark("pPrChange")
        change.append(before)
        for name in ("rPr", "sectPr"):
            if old is not None and (kept := old.find(f"{W}{name}")) is not None:
                new.append(kept)
        if not self._pen.clean:
            new.append(change)
        if old is not None:
            last.remove(old)
        last.insert(0, new)

    def insert(self, block: Block, after: etree._Element | None, container: etree._Element) -> etree._Element:
        """Put a paragraph after an element, or first in a container; gives the new paragraph."""
        made = self._paragraph(block)
        after = out_of_control(after)
        if after is None:
            _put_first(container, made)
        else:
            after.addnext(made)
        if self._pen.clean:
            return made
        if next_block(made) is not None or after is None or after.tag != f"{W}p":
            self._pen.mark_end(made, "ins")
        else:
            self._pen.mark_end(after, "ins")
            self._record_form(made, after)
        return made

    def _record_form(self, made: etree._Element, before: etree._Element) -> None:
        """A new last paragraph says what form the paragraph had whose end it took over."""
        properties = made.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            made.insert(0, properties)
        recorded = before.find(f"{W}pPr/{W}pPrChange")
        change = self._pen.mark("pPrChange")
        if recorded is not None and self._pen.is_own(recorded) and len(recorded):
            change.append(recorded[0])  # the one before took the end over from another
            before[0].remove(recorded)
        else:
            change.append(_form_of(before))
        properties.append(change)

    def _paragraph(self, block: Block) -> etree._Element:
        """A paragraph with the words of a block, inserted."""
        made = etree.Element(f"{W}p")
        if (form := self._form(block.elements[-1])) is not None:
            made.append(form)
        words = words_of(block.elements, number=block.number, pictures=block.pictures)
        like = self._run_form(block.elements)
        names = [name for name in block.names if name not in self._names]
        self._names.update(names)
        at_number = [name for name in names if name.startswith(_MARKS) and block.number]
        number, rest = words[:1] if at_number else (), words[1:] if at_number else words
        bare = Word(block.number.strip("()（）")) if at_number else None
        if number and bare is not None:
            left, _, right = number[0].text.partition(bare.text)
            self._add(made, [Word(left)] if left else [], like)
            for name in at_number:
                self._bracket(made, name, bare, like)
            self._add(made, [Word(right)] if right else [], like)
        self._add(made, rest, like)
        return made

    def _bracket(self, made: etree._Element, name: str, word: Word, like: etree._Element | None) -> None:
        number = self._free_id()
        start, end = etree.SubElement(made, f"{W}bookmarkStart"), etree.Element(f"{W}bookmarkEnd")
        start.set(f"{W}id", number)
        start.set(f"{W}name", name)
        end.set(f"{W}id", number)
        self._add(made, [word], like)
        made.append(end)

    def _free_id(self) -> str:
        number = self._pen.id()
        while number in self._ids:
            number = self._pen.id()
        self._ids.add(number)
        return number

    def _add(self, made: etree._Element, words: Iterable[Word], like: etree._Element | None) -> None:
        runs: list[etree._Element] = []
        for word in words:
            runs += runs_of(word, like, self._pen)
        made.extend(self._pen.wrapped(_joined(runs)))

    def _form(self, element: etree._Element) -> etree._Element | None:
        found = element.find(f"{W}pPr")
        if found is None:
            return None
        form = deepcopy(found)
        form.tail = None
        for name in _LEFT_OUT:
            for one in form.findall(f"{W}{name}"):
                form.remove(one)
        self._restyle(form)
        return form if len(form) else None

    def _restyle(self, form: etree._Element) -> None:
        for style in list(form.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")):
            id = self._styles.get(style.get(f"{W}val", ""), "")
            if id:
                style.set(f"{W}val", id)
            elif (parent := style.getparent()) is not None:
                parent.remove(style)

    def _run_form(self, elements: tuple[etree._Element, ...]) -> etree._Element | None:
        first = next((leaf.run for leaf in leaves(elements) if leaf.text), None)
        form = properties_of(first)
        if form is not None:
            self._restyle(form)
        return form

    # -- rows and tables ----------------------------------------------------------------------

    def delete_row(self, row: etree._Element) -> None:
        """Delete a table row; the table goes with its last one."""
        table = next(row.iterancestors(f"{W}tbl"))
        mark = row.find(f"{W}trPr/{W}ins")
        if self._pen.clean or (mark is not None and self._pen.is_own(mark)):
            parent = row.getparent()
            assert parent is not None
            parent.remove(row)
            above = table.getparent()
            if next(table.iter(f"{W}tr"), None) is None and above is not None:
                above.remove(table)
            return
        for paragraph in row.iter(f"{W}p"):
            Line((paragraph,), self._pen).strike_all()
        self._row_mark(row, "del")

    def insert_row(self, row: Block, beside: etree._Element, *, before: bool) -> etree._Element:
        """Put a row beside another."""
        made = self._row(row)
        if before:
            beside.addprevious(made)
        else:
            beside.addnext(made)
        return made

    def insert_table(
        self, rows: list[Block], after: etree._Element | None, container: etree._Element
    ) -> etree._Element:
        """Put a table of these rows after an element; gives its last row."""
        old = next(rows[0].elements[0].iterancestors(f"{W}tbl"))
        table = etree.Element(f"{W}tbl")
        for name in ("tblPr", "tblGrid"):
            if (found := old.find(f"{W}{name}")) is not None:
                copy = deepcopy(found)
                copy.tail = None
                self._restyle(copy)
                table.append(copy)
        table.extend(self._row(row) for row in rows)
        after = out_of_control(after)
        if after is None:
            _put_first(container, table)
        else:
            after.addnext(table)
        if is_last(table):
            self._close(table, after)
        return table[-1]

    def _close(self, table: etree._Element, before: etree._Element | None) -> None:
        """Word wants a paragraph after a table: what is reverted with it where one stands before."""
        closing = etree.Element(f"{W}p")
        table.addnext(closing)
        if before is not None and before.tag == f"{W}p" and not self._pen.clean:
            self._pen.mark_end(before, "ins")
            self._record_form(closing, before)

    def _row(self, row: Block) -> etree._Element:
        old = row.elements[0]
        made = etree.Element(f"{W}tr")
        if (properties := old.find(f"{W}trPr")) is not None:
            copy = deepcopy(properties)
            copy.tail = None
            for name in ("ins", "del", "trPrChange"):
                for one in copy.findall(f"{W}{name}"):
                    copy.remove(one)
            made.append(copy)
        for cell, source in zip(row.cells, cell_elements(old), strict=True):
            made_cell = etree.SubElement(made, f"{W}tc")
            if (properties := source.find(f"{W}tcPr")) is not None:
                made_cell.append(deepcopy(properties))
            made_cell.extend(self._paragraph(one) for one in cell)
            if not cell:
                etree.SubElement(made_cell, f"{W}p")
        if not self._pen.clean:
            self._row_mark(made, "ins")
        return made

    def _row_mark(self, row: etree._Element, kind: str) -> None:
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            first = row.find(f"{W}tblPrEx")
            if first is None:
                row.insert(0, properties)
            else:
                first.addnext(properties)
        change = properties.find(f"{W}trPrChange")
        if change is None:
            properties.append(self._pen.mark(kind))
        else:
            change.addprevious(self._pen.mark(kind))


def _put_first(container: etree._Element, made: etree._Element) -> None:
    properties = container.find(f"{W}tcPr")
    if properties is None:
        container.insert(0, made)
    else:
        properties.addnext(made)


def _joined(runs: list[etree._Element]) -> list[etree._Element]:
    """Neighbouring runs of text of the same form as one."""
    out: list[etree._Element] = []
    for run in runs:
        before = out[-1] if out else None
        if before is not None and _is_text(before) and _is_text(run):
            children = [one for one in run if one.tag != f"{W}rPr"]
            last = before[-1]
            if len(children) == 1 and children[0].tag == last.tag == f"{W}t":
                last.text = f"{last.text}{children[0].text}"
            else:
                before.extend(children)
        else:
            out.append(run)
    return out


def _is_text(run: etree._Element) -> bool:
    return all(one.tag in (f"{W}rPr", f"{W}t", f"{W}tab", f"{W}br") for one in run)


def _form_of(paragraph: etree._Element) -> etree._Element:
    """The form of a paragraph as a tracked change of form names it."""
    found = paragraph.find(f"{W}pPr")
    form = etree.Element(f"{W}pPr")
    for one in found if found is not None else ():
        if one.tag not in (f"{W}rPr", f"{W}sectPr", f"{W}pPrChange"):
            form.append(deepcopy(one))
    return form


def _was_pending(paragraph: etree._Element, pen: Pen) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr/{W}ins")
    return mark is not None and pen.is_own(mark)


def _keep_anchors(element: etree._Element) -> None:
    """Marks of a range that begin or end in a paragraph that goes stay where it stood."""
    for one in list(element):
        if one.tag in (f"{W}commentRangeStart", f"{W}commentRangeEnd"):
            element.addprevious(one)
