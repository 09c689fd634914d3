"""Make the pictures of this folder from documents that Kian itself generates.

Run `python docs/ja/images/make.py` in a checkout; LibreOffice (`soffice`), poppler (`pdftoppm`)
and a Japanese serif font must be there. Pages are found by a text on them, so that a longer
contract does not shift the pictures; grey in 16 steps keeps each file small.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
DAY = "R8.4.1"

PICTURES = {
    # picture: (profile of the contract, a text of its page, first and last line of the picture in percent)
    "contract-head": ("decided", "業務の名称", 0, 100),
    "contract-articles": ("decided", "（再委託", 0, 100),
    "responsibility": ("decided", "責任分界表\n", 0, 100),
    "payments": ("decided", "支払表\n", 0, 70),
    "undecided-head": ("undecided", "業務の名称", 0, 100),
    "undecided-articles": ("undecided", "【選択：", 0, 100),
}

UNDECIDED = {
    "    number: 情政第12号": "    number: 未定",
    "    vendor: soramado\n    place": "    vendor: 未定\n    place",
    "      total: 31,680,000円": "      total: 未定",
    "      tax: 2,880,000円\n": "",
    "      monthly: 880,000円": "      monthly: 未定",
    "    sign_mode: 紙\n    copies": "    sign_mode: 未定\n    copies",
    "    copyright: 該当なし": "    copyright: 未定",
}
"""What the picture of an undecided contract leaves open in the shipped profile."""


def main() -> None:
    """Make every picture."""
    with tempfile.TemporaryDirectory() as folder:
        pdfs = {name: _pdf(Path(folder), name) for name in ("decided", "undecided")}
        for picture, (name, text, first, last) in PICTURES.items():
            page = _page_of(pdfs[name], text, skip=1 if picture == "undecided-articles" else 0)
            target = HERE / f"{picture}.png"
            target.write_bytes(_png(_grey(pdfs[name], page), first, last))
            print(f"{target.name}: page {page}, {target.stat().st_size // 1024} KB")


def _pdf(folder: Path, name: str) -> Path:
    text = (ROOT / "profiles/aobadai.yaml").read_text(encoding="utf-8")
    if name == "undecided":
        for old, new in UNDECIDED.items():
            if old not in text:
                raise SystemExit(f"profiles/aobadai.yaml no longer has: {old}")
            text = text.replace(old, new, 1)
    profile, workspace = folder / f"{name}.yaml", folder / name
    profile.write_text(text, encoding="utf-8")
    _kian("init", str(workspace), "--profile", str(profile), "--date", DAY)
    _kian("-C", str(workspace), "generate", "contracts/operation-support@ops", "--date", DAY)
    document = workspace / "documents/contracts/operation-support@ops.docx"
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", str(workspace), str(document)],
        check=True,
        capture_output=True,
    )
    return workspace / "operation-support@ops.pdf"


def _kian(*arguments: str) -> None:
    who = {"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "kian"}
    who |= {"GIT_CONFIG_KEY_1": "user.email", "GIT_CONFIG_VALUE_1": "kian@example.invalid"}
    environment = {**os.environ, **who, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-m", "gen", *arguments], check=True, capture_output=True, env=environment
    )


def _page_of(pdf: Path, text: str, skip: int) -> int:
    run = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True)
    pages = [number for number, page in enumerate(run.stdout.split("\f"), 1) if text in page]
    return pages[skip]


def _grey(pdf: Path, page: int) -> bytes:
    where = ["-f", str(page), "-l", str(page)]
    run = subprocess.run(
        ["pdftoppm", "-r", "110", "-gray", *where, str(pdf)], check=True, capture_output=True
    )
    return run.stdout


def _png(pgm: bytes, first: int, last: int) -> bytes:
    """A PGM as a PNG of 16 greys, cut to some of its lines."""
    _, size, _, pixels = pgm.split(b"\n", 3)
    width, height = (int(number) for number in size.split())
    rows = []
    for line in range(height * first // 100, height * last // 100):
        row = pixels[line * width : (line + 1) * width] + b"\xff" * (width % 2)
        rows.append(b"\0" + bytes(row[i] & 0xF0 | row[i + 1] >> 4 for i in range(0, len(row), 2)))
    header = struct.pack(">IIBBBBB", width, len(rows), 4, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


if __name__ == "__main__":
    main()
