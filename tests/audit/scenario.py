"""Scenarios for whoever checks later: an honest city with a whole life behind it, and what people do to files.

Hands out `a_life` (generate, new facts, an edit, a merge, 決裁, final, 締結), `types` and `verified`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from drafting.scenario import OPS, Ran, a_workspace, contract, facts_change, git, run

from gen.word.package import read_package

DAY = ("--date", "R8.4.1")
OTHER = "contracts/operation-support@watch"
WORD = "documents/contracts/operation-support@ops.docx"
TWIN = WORD.replace(".docx", ".txt")
SETTLED: dict[str, Any] = {
    "confirmations": [
        {"id": name, "by": "総務部　欅　みどり", "date": "令和8年3月25日", "note": "確認"}
        for name in ("contracts.ops",)
    ]
}


def ok(*words: object, folder: Path) -> Ran:
    done = run(*words, folder=folder)
    assert done.code == 0, (words, done.err, done.out)
    return done


def facts(folder: Path, **changes: Any) -> None:
    facts_change(folder, **SETTLED, **contract(**changes))


def a_city(folder: Path) -> Path:
    city = a_workspace(folder, **SETTLED)
    ok("generate", OPS, *DAY, "--reason", "案の作成", folder=city)
    return city


def types(path: Path, old: str, new: str) -> None:
    """What a person types in Word, without changing anything else."""
    package = read_package(path.read_bytes(), path.name)
    body = package.parts["word/document.xml"].decode()
    assert old in body, old
    path.write_bytes(package.with_parts({"word/document.xml": body.replace(old, new).encode()}).write())


def approve(city: Path, number: str = "総総第123号") -> Ran:
    return run(
        "approve", OPS, "--number", number, "--by", "市長　青葉　太郎", "--date", "R8.3.31", folder=city
    )


def a_life(folder: Path) -> Path:
    """Seven revisions: 作業場所, 案, new facts, an edit, a merge, 決裁, final, 締結."""
    city = a_city(folder)
    facts(city, title="運用支援業務委託")
    ok("generate", OPS, *DAY, "--reason", "件名の変更", folder=city)
    types(city / WORD, "誠実に履行", "確実に履行")
    ok("adopt", OPS, "--reason", "法務の修正", *DAY, folder=city)
    facts(city, title="運用支援等業務委託")
    ok("generate", OPS, *DAY, "--clean", "--reason", "件名の再変更", folder=city)
    assert approve(city).code == 0
    ok("generate", OPS, "--final", *DAY, folder=city)
    ok("conclude", OPS, "--number", "契第45号", *DAY, folder=city)
    return city


def verified(city: Path, *words: object) -> dict[str, Any]:
    done = run("verify", *words, "--format", "json", folder=city)
    assert done.code in (0, 1), done.err
    told: dict[str, Any] = done.json
    assert told["ok"] is (done.code == 0)
    return told


def altered(city: Path, *words: object) -> list[tuple[int, str, str]]:
    """Revision, document and exact place of everything that was altered."""
    rows = verified(city, *words)["revisions"]
    return [(row["revision"], row["document"], row["place"]) for row in rows if row["result"] == "altered"]


def commits(city: Path) -> list[str]:
    """All commits, oldest first."""
    return git(city, "rev-list", "--reverse", "HEAD").split()
