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
import zipfile
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
DAY, LATER = "R8.4.1", "R8.5.7"
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include>
<match target="pattern"><test name="family"><string>ＭＳ 明朝</string></test>
<edit name="family" mode="assign" binding="strong"><string>IPAexMincho</string>
<string>Noto Serif CJK JP</string></edit></match></fontconfig>
"""
"""ＭＳ 明朝 is on Windows only; here letters and digits come from one free font as well."""

CONTRACT, SHEET = "contracts/operation-support@ops", "contracts/confirmation@ops"
CHECKLIST, OVERVIEW, BACKUP = "procedures/migration@koseki", "procedures/overview", "plans/backup"
PAPERS = (CONTRACT, SHEET, CHECKLIST, OVERVIEW, BACKUP)
TABLE, HAND = "新旧対照表", "手直し"

PICTURES = {
    # picture: (facts, document, a text of its page, which of these pages, percent of the page shown)
    "contract-head": ("decided", CONTRACT, "業務の名称", 0, 82),
    "contract-articles": ("decided", CONTRACT, "（再委託）", 0, 100),
    "responsibility": ("decided", CONTRACT, "責任分界表\n", 0, 100),
    "payments": ("decided", CONTRACT, "支払表\n", 0, 62),
    "undecided-head": ("undecided", CONTRACT, "業務の名称", 0, 100),
    "undecided-articles": ("undecided", CONTRACT, "【選択：", 1, 57),
    "checklist": ("decided", CHECKLIST, "移行リハーサル", 0, 100),
    "overview": ("decided", OVERVIEW, "工程表", 0, 75),
    "backup": ("decided", BACKUP, "バックアップの設計", 0, 100),
    "merged-head": ("edited", CONTRACT, "業務の名称", 0, 82),
    "confirmation": ("undecided", SHEET, "確認票", 0, 100),
    "comparison": ("changed", TABLE, "改正後", 0, 100),
    "story-edited": ("story", HAND, "業務の名称", 0, 62),
    "story-merged": ("story", CONTRACT, "業務の名称", 0, 62),
    "story-table": ("story", TABLE, "改正後", 0, 60),
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

CHANGED = {
    "    inspect_days: 10日": "    inspect_days: 7日",
    "    copyright: 該当なし": "    copyright: 譲渡",
    "    notice_months: 3か月": "    notice_months: 6か月",
}
"""What changes between the two versions in the picture of a 新旧対照表."""


EDITED = {
    "青葉台市役所及び受託者": "青葉台市役所本庁舎及び受託者",
    "信義に従って誠実にこれを履行する": "信義に従い、誠実かつ適正にこれを履行する",
    "額　金2,880,000円": "額　金2,800,000円",
}
"""What an official wrote in Word before the sum changed; the last meets the new facts."""


def main() -> None:
    """Make every picture."""
    with tempfile.TemporaryDirectory() as folder:
        pdfs = {
            (facts, document): pdf
            for facts in ("decided", "undecided", "edited")
            for document, pdf in _pdfs(Path(folder), facts).items()
        }
        pdfs["changed", TABLE] = _table(Path(folder))
        pdfs |= {("story", document): pdf for document, pdf in _story(Path(folder)).items()}
        for picture, (facts, document, text, which, shown) in PICTURES.items():
            page = _pages_of(pdfs[facts, document], text)[which]
            target = HERE / f"{picture}.png"
            target.write_bytes(_png(_grey(pdfs[facts, document], page), shown))
            print(f"{target.name}: page {page}, {target.stat().st_size // 1024} KB")


def _pdfs(folder: Path, name: str) -> dict[str, Path]:
    profile, workspace = folder / f"{name}.yaml", folder / name
    profile.write_text(_profile(UNDECIDED if name == "undecided" else {}), encoding="utf-8")
    _kian("init", str(workspace), "--profile", str(profile), "--date", DAY)
    _kian("-C", str(workspace), "generate", "--date", DAY)
    if name == "edited":
        _edit(workspace, EDITED)
        facts = (ROOT / "profiles/variants/aobadai.amount.yaml").read_bytes()
        (workspace / "profile.yaml").write_bytes(facts)
        _kian("-C", str(workspace), "generate", CONTRACT, "--date", LATER)
    papers = [workspace / f"documents/{document}.docx" for document in PAPERS]
    return dict(zip(PAPERS, _converted(folder, workspace, papers), strict=True))


def _table(folder: Path) -> Path:
    """Two versions of the contract side by side."""
    workspace = folder / "changed"
    _kian("init", str(workspace), "--profile", "aobadai", "--date", DAY)
    _kian("-C", str(workspace), "generate", CONTRACT, "--date", DAY)
    (workspace / "profile.yaml").write_text(_profile(CHANGED), encoding="utf-8")
    _kian("-C", str(workspace), "generate", CONTRACT, "--date", DAY)
    target = workspace / f"{TABLE}.docx"
    _kian("-C", str(workspace), "diff", CONTRACT, "--as", "table", "-o", str(target), done=1)
    return _converted(folder, workspace, [target])[0]


def _story(folder: Path) -> dict[str, Path]:
    """The contract as an official left it, with the new sum, and both versions side by side."""
    workspace = folder / "story"
    _kian("init", str(workspace), "--profile", "aobadai", "--date", DAY)
    _kian("-C", str(workspace), "generate", CONTRACT, "--date", DAY)
    _edit(workspace, {old: new for old, new in EDITED.items() if "金" not in old})
    hand, table = workspace / f"{HAND}.docx", workspace / f"{TABLE}.docx"
    hand.write_bytes((workspace / f"documents/{CONTRACT}.docx").read_bytes())
    (workspace / "profile.yaml").write_bytes((ROOT / "profiles/variants/aobadai.amount.yaml").read_bytes())
    _kian("-C", str(workspace), "generate", CONTRACT, "--date", LATER)
    _kian("-C", str(workspace), "diff", CONTRACT, "2", "4", "--as", "table", "-o", str(table), done=1)
    papers = [hand, workspace / f"documents/{CONTRACT}.docx", table]
    return dict(zip((HAND, CONTRACT, TABLE), _converted(folder, workspace, papers), strict=True))


def _profile(changes: dict[str, str]) -> str:
    """The shipped profile with these changes of the contract in the pictures."""
    text = (ROOT / "profiles/aobadai.yaml").read_text(encoding="utf-8")
    before, start, text = text.partition("\n  ops:\n")
    for old, new in changes.items():
        if old not in text:
            raise SystemExit(f"profiles/aobadai.yaml no longer has: {old}")
        text = text.replace(old, new, 1)
    return before + start + text


def _converted(folder: Path, workspace: Path, papers: list[Path]) -> list[Path]:
    """Word files as PDF."""
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTS, encoding="utf-8")
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", str(workspace), *map(str, papers)],
        check=True,
        capture_output=True,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
    )
    return [workspace / f"{paper.stem}.pdf" for paper in papers]


def _edit(workspace: Path, words: dict[str, str]) -> None:
    """What an official changes in Word."""
    paper = workspace / f"documents/{CONTRACT}.docx"
    with zipfile.ZipFile(paper) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    for old, new in words.items():
        if old not in body:
            raise SystemExit(f"the contract no longer has: {old}")
        body = body.replace(old, new, 1)
    parts["word/document.xml"] = body.encode()
    with zipfile.ZipFile(paper, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)


def _kian(*arguments: str, done: int = 0) -> None:
    who = {"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "kian"}
    who |= {"GIT_CONFIG_KEY_1": "user.email", "GIT_CONFIG_VALUE_1": "kian@example.invalid"}
    environment = {**os.environ, **who, "PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-m", "gen", *arguments], capture_output=True, env=environment)
    if run.returncode != done:
        raise SystemExit(run.stderr.decode())


def _pages_of(pdf: Path, text: str) -> list[int]:
    run = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True)
    return [number for number, page in enumerate(run.stdout.split("\f"), 1) if text in page]


def _grey(pdf: Path, page: int) -> bytes:
    where = ["-f", str(page), "-l", str(page)]
    run = subprocess.run(
        ["pdftoppm", "-scale-to", "1000", "-gray", *where, str(pdf)], check=True, capture_output=True
    )
    return run.stdout


def _png(pgm: bytes, shown: int) -> bytes:
    """The upper part of a PGM, in percent, as a PNG of 16 greys."""
    _, size, _, pixels = pgm.split(b"\n", 3)
    width, height = (int(number) for number in size.split())
    rows = []
    for line in range(height * shown // 100):
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
