"""`kian.lock`: read back as written, kept by an older Kian, damaged with a place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from gen.errors import Place, UserError
from gen.ledger import Life, Lock, LockEntry, State

ENTRY = LockEntry(
    template="contracts/migration",
    template_digest="1",
    profile_digest="2",
    fingerprint="3",
    text="4",
    version=2,
    made_on=date(2026, 4, 1),
    files=("documents/contracts/移行@main.docx",),
    state=State.EDITED,
    life=Life.CONCLUDED,
    extra={"concluded": {"on": "2026-04-02"}},
)
LOCK = Lock({"b": ENTRY, "a": replace(ENTRY, files=("documents/a.docx",))}, {"later": [1, None]})


def damaged(**changes: object) -> bytes:
    return json.dumps({"format": 1, "documents": {"a": {**ENTRY.to_json(), **changes}}}).encode()


def test_it_is_read_back_as_written_with_what_a_later_kian_added() -> None:
    assert Lock.parse(LOCK.to_bytes()) == LOCK
    assert Lock.parse(LOCK.to_bytes()).to_bytes() == LOCK.to_bytes()


def test_the_bytes_are_sorted_indented_and_japanese() -> None:
    text = LOCK.to_bytes().decode()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert "移行@main.docx" in text


def test_entries_are_set_and_taken_out() -> None:
    assert LOCK.with_entries({"c": ENTRY}).without("a").documents == {"b": ENTRY, "c": ENTRY}
    assert LOCK.without("x") == LOCK
    assert LOCK.files == {"documents/a.docx": "a", "documents/contracts/移行@main.docx": "b"}


@pytest.mark.parametrize(
    ("data", "words", "place"),
    [
        (b"", "JSON", Place("kian.lock", 1, 1)),
        (b'{"format": 1,\n  "documents": {,}}', "JSON", Place("kian.lock", 2, 17)),
        (b'{\n"\xff"', "UTF-8", Place("kian.lock", 2)),
        (b"{\n<<<<<<< HEAD\n", "<<<<<<<", Place("kian.lock", 2)),
        (b'{"format": 1, "format": 1}', "2回", Place("kian.lock")),
        (b"[" * 100_000, "JSON", None),
        (b'{"format": NaN}', "NaN", Place("kian.lock")),
        (b"[]", "全体", Place("kian.lock")),
        (b'{"format": true, "documents": {}}', "format", Place("kian.lock")),
        (b'{"format": 2, "documents": {}}', "新しい Kian", Place("kian.lock")),
        (b'{"format": 1}', "documents", Place("kian.lock")),
        (b'{"format": 1, "documents": {"a": 1}}', r"documents\.a", Place("kian.lock")),
        (damaged(template=None), r"documents\.a\.template", Place("kian.lock")),
        (damaged(version=0), "version", Place("kian.lock")),
        (damaged(version=True), "version", Place("kian.lock")),
        (damaged(made_on="2026-13-01"), "2026-13-01", Place("kian.lock")),
        (damaged(made_on="0001-01-01"), "0001-01-01", Place("kian.lock")),
        (damaged(made_on="9999-12-31"), "9999-12-31", Place("kian.lock")),
        (damaged(later="\ud800"), "片割れ", Place("kian.lock")),
        (b'{"format": 1, "documents": {}, "\\udfff": 1}', "片割れ", Place("kian.lock")),
        (damaged(version=int("9" * 4300)), "4300桁", Place("kian.lock")),
        (b'{"format": 1, "documents": {}, "later": ' + b"9" * 5000 + b"}", "5000桁", Place("kian.lock")),
        (b'{"format": 1, "documents": {}, "later": 1e999}', "1e999", Place("kian.lock")),
        (damaged(state="lost"), "generated、edited", Place("kian.lock")),
        (damaged(life="dead"), "draft、approved、concluded、ended", Place("kian.lock")),
        (damaged(files="x"), "files", Place("kian.lock")),
        (damaged(files=["../x"]), r"\.\./x", Place("../x")),
    ],
)
def test_a_damaged_lock_says_where_and_what_to_do(data: bytes, words: str, place: Place | None) -> None:
    with pytest.raises(UserError, match=words) as caught:
        Lock.parse(data)
    assert caught.value.hint
    assert place is None or caught.value.place == place


def test_letters_beyond_the_first_plane_and_fractions_of_a_later_kian_stay() -> None:
    lock = Lock({"a": replace(ENTRY, extra={"later": "𠮟る"})}, {"share": 0.5})
    escaped = json.dumps(json.loads(lock.to_bytes())).encode()
    assert b"\\ud842" in escaped
    assert Lock.parse(escaped) == lock
    assert Lock.parse(escaped).to_bytes() == lock.to_bytes()
