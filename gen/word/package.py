"""A Word file as parts: read with limits, written the same way on every machine.

Hands out `Package`, `read_package`, `check_limits`, `fingerprint`, `fingerprint_of`, `parse_xml` and `NOT_XML`. Leans on `errors` and
`dangers`; Word files may be hostile, so sizes, names and XML entities are checked here, once.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from gen.errors import Place, UserError
from gen.word.dangers import danger_in

__all__ = [
    "NOT_XML",
    "BadWordFile",
    "Package",
    "check_limits",
    "fingerprint",
    "fingerprint_of",
    "parse_xml",
    "read_package",
]

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # no XML can hold these
_MAX_PARTS = 2_000
_MAX_PART = 32 * 1024 * 1024
_MAX_TOTAL = 96 * 1024 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL_HEADER = 30  # bytes before an entry's name
_DOS_1980 = (0, (1 << 5) | 1)  # time, date of 1980-01-01 00:00, the first that ZIP can hold
_UTF8_NAME = 0x800
_LEVEL = 1  # a contract grows by a tenth and is written three times as fast
_UNREADABLE = (  # whatever the ZIP reader says to damaged bytes
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, OSError,
    ValueError, OverflowError, IndexError,
)  # fmt: skip
_MACRO = re.compile(r"(^|/)(vbaProject|vbaData)\.(bin|xml)$", re.IGNORECASE)


class BadWordFile(UserError):
    """A Word file that cannot be read, or that must not be."""


@dataclass(frozen=True)
class Package:
    """The parts of a Word file by name, with what deflating them gave where it is known.

    `parts` maps a part's name to its bytes. `write` gives the file: entries sorted as
    Word wants them, one fixed date, so that the same parts give the same file.
    """

    parts: Mapping[str, bytes]
    _deflated: dict[str, tuple[bytes, int]] = field(default_factory=dict, repr=False, compare=False)

    def with_parts(self, changed: Mapping[str, bytes | None]) -> Package:
        """The package with some parts replaced, added or (None) taken out."""
        parts = {name: data for name, data in self.parts.items() if name not in changed}
        parts.update({name: data for name, data in changed.items() if data is not None})
        kept = {name: raw for name, raw in self._deflated.items() if name not in changed}
        return replace(self, parts=parts, _deflated=kept)

    def deflate_all(self) -> Package:
        """The same package with every part deflated once, for copies made of it later."""
        for name in self.parts:
            self._raw(name)
        return self

    def plain(self) -> tuple[dict[str, bytes], dict[str, tuple[bytes, int]]]:
        """What `Package` makes the same package of again."""
        return dict(self.parts), dict(self._deflated)

    def write(self) -> bytes:
        """The Word file."""
        out = io.BytesIO()
        directory = io.BytesIO()
        for name in _in_order(self.parts):
            raw, crc = self._raw(name)
            encoded = name.encode()
            at = out.tell()
            common = struct.pack(
                "<HHHHHIIIHH",
                20,
                _UTF8_NAME,
                8,
                *_DOS_1980,
                crc,
                len(raw),
                len(self.parts[name]),
                len(encoded),
                0,
            )
            out.write(b"PK\x03\x04" + common + encoded + raw)
            directory.write(b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, at) + encoded)
        start, table, count = out.tell(), directory.getvalue(), len(self.parts)
        out.write(table)
        out.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(table), start, 0))
        return out.getvalue()

    def _raw(self, name: str) -> tuple[bytes, int]:
        known = self._deflated.get(name)
        if known is None:
            data = self.parts[name]
            packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
            known = (packer.compress(data) + packer.flush(), zlib.crc32(data))
            self._deflated[name] = known
        return known


def _in_order(parts: Mapping[str, bytes]) -> Iterator[str]:
    first = ("[Content_Types].xml", "_rels/.rels")
    yield from (name for name in first if name in parts)
    yield from (name for name in sorted(parts) if name not in first)


def read_package(data: bytes, source: str) -> Package:
    """Read a Word file.

    Args:
        data: the file.
        source: its name, for messages.

    Raises:
        BadWordFile: not a Word file, too large, with names that lead out of it, or with what
            `dangers` refuses.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return Package(_read_parts(archive, source))
    except _UNREADABLE as error:
        raise BadWordFile(
            "Wordファイル（.docx）として読めません。",
            place=Place(source),
            hint="Wordで開いて「名前を付けて保存」から .docx 形式で保存し直してください。",
        ) from error


def _read_parts(archive: zipfile.ZipFile, source: str) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    _check_sizes(infos, source)
    parts: dict[str, bytes] = {}
    folded: set[str] = set()  # Word takes names that differ in letter case for one
    for info in infos:
        name = info.filename
        if _leads_out(name) or name.lower() in folded:
            raise _bad(source, f"部品の名前「{name[:80]}」が正しくありません。")
        if _MACRO.search(name):
            raise _bad(source, "マクロが入っています。マクロのない .docx にしてください。")
        with archive.open(info) as stream:
            content = stream.read(info.file_size + 1)
        if len(content) != info.file_size:
            raise _bad(source, f"部品「{name[:80]}」の大きさが目録と違います。")
        parts[name] = content
        folded.add(name.lower())
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        raise _bad(source, "本文（word/document.xml）がありません。")
    if danger := danger_in(parts, lambda data: parse_xml(data, source)):
        raise _bad(source, danger)
    return {name: _in_utf8(name, data, source) for name, data in parts.items()}


def _in_utf8(name: str, data: bytes, source: str) -> bytes:
    """A part of the text in the encoding that Word itself writes, so that no reader behind has to ask."""
    if not name.startswith("word/") or not name.endswith(".xml"):
        return data
    try:
        data.decode()
    except UnicodeDecodeError:
        root = parse_xml(data, source)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _check_sizes(infos: list[zipfile.ZipInfo], source: str) -> None:
    _check_lengths([info.file_size for info in infos], source)
    if any(info.compress_type not in _METHODS for info in infos):  # others may ask for gigabytes
        raise _bad(source, "Wordが使わない方法で圧縮されています。")
    at = None
    for info in sorted(infos, key=lambda info: info.header_offset):
        if at is not None and info.header_offset < at:
            raise _bad(source, f"部品「{info.filename[:80]}」が別の部品と重なっています。")
        at = info.header_offset + _LOCAL_HEADER + len(info.orig_filename) + info.compress_size


def check_limits(parts: Mapping[str, bytes], source: str) -> None:
    """Hold parts that are to be written against what a Word file may be when it is read.

    Raises:
        BadWordFile: too many, or too large.
    """
    _check_lengths([len(data) for data in parts.values()], source)


def _check_lengths(lengths: Sequence[int], source: str) -> None:
    if len(lengths) > _MAX_PARTS:
        raise _bad(source, f"部品が多すぎます（{len(lengths)}個、上限{_MAX_PARTS}個）。")
    if sum(lengths) > _MAX_TOTAL or any(length > _MAX_PART for length in lengths):
        raise _bad(source, f"展開後の大きさが上限（合計{_MAX_TOTAL // 2**20}MB）を超えます。")


def _leads_out(name: str) -> bool:
    return (
        name.startswith(("/", "\\"))
        or "\\" in name
        or ":" in name
        or ".." in name.split("/")
        or posixpath.normpath(name) != name
    )


def _bad(source: str, message: str) -> BadWordFile:
    return BadWordFile(
        f"このWordファイルは使えません。{message}",
        place=Place(source),
        hint="作成者に確かめ、Wordで開いて内容を確認した上で .docx 形式で保存し直してください。",
    )


def parse_xml(data: bytes, source: str) -> etree._Element:
    """Parse a part; entities, document types and outside files are refused.

    Raises:
        BadWordFile: not well-formed, or with a document type declaration.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _bad(source, "XMLの文書型宣言（DOCTYPE）が入っています。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _bad(source, "XMLとして正しくありません。") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _bad(source, "XMLの文書型宣言（DOCTYPE）が入っています。")
    return root


def fingerprint(parts: Mapping[str, bytes]) -> str:
    """SHA-256 over every part outside `docProps/`, in hexadecimal.

    Sorted by name; each part as length of the name (8 bytes, big-endian), name (UTF-8),
    length of the content (8 bytes, big-endian), content. Never over the ZIP: what
    deflate gives differs between machines.
    """
    digest = hashlib.sha256()
    for name in sorted(parts):
        if name.startswith("docProps/"):
            continue
        encoded = name.encode()
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
        digest.update(len(parts[name]).to_bytes(8, "big"))
        digest.update(parts[name])
    return digest.hexdigest()


def fingerprint_of(data: bytes) -> str | None:
    """The fingerprint of a Word file, None where it cannot be read.

    It only tells whether a file is the one that is known: nothing in it is parsed, so a file with
    another fingerprint must still go through `read_package`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_sizes(infos, "")
            return fingerprint({info.filename: archive.read(info) for info in infos})
    except (BadWordFile, *_UNREADABLE):
        return None
