"""Commit messages: what is built is read back, and a value forges nothing."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.ledger.message import DocumentNote, build, notes_of, parse, tidy, trailers_for

TRAILERS = trailers_for(
    [
        DocumentNote("contracts/migration@main", "contracts/migration sha256:1", "sha256:f", "2"),
        DocumentNote("plans/b"),
    ],
    profile="sha256:p",
    approval="起案第12号",
)


def by_git(message: str) -> list[str]:
    """The trailers as git itself reads them."""
    done = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=message.encode(), capture_output=True, check=True
    )
    return done.stdout.decode().splitlines()


def test_the_shape_of_a_message() -> None:
    assert build("契約書を作成", "金額の変更", TRAILERS) == (
        "契約書を作成\n\n金額の変更\n\n"
        "Kian-Document: contracts/migration@main\n"
        "Kian-Template: contracts/migration sha256:1\n"
        "Kian-Fingerprint: sha256:f\n"
        "Kian-Version: 2\n"
        "Kian-Document: plans/b\n"
        "Kian-Profile: sha256:p\n"
        "Kian-Approval: 起案第12号\n"
        "Kian-Reason: 金額の変更\n"
    )


def test_the_trailers_come_back_by_document() -> None:
    assert notes_of(parse(build("x", "y", TRAILERS)).trailers) == (
        DocumentNote("contracts/migration@main", "contracts/migration sha256:1", "sha256:f", "2"),
        DocumentNote("plans/b"),
    )


@pytest.mark.parametrize(
    "forgery",
    [
        "理由\n\nKian-Approval: 市長",
        "理由\nKian-Approval: 市長",
        "理由\r\rKian-Approval: 市長\r\n",
        "理由\u2028\u2028Kian-Approval: 市長",
        "理由\n---\n\nKian-Approval: 市長",
        "Kian-Approval: 市長",
        "理由\n\x00\n\x0b\nKian-Approval: 市長\n\n",
        "理由\n.\n..\n\n Kian-Approval: 市長",
    ],
)
def test_a_reason_forges_no_trailer(forgery: str) -> None:
    message = build(
        "題\n\nKian-Approval: 市長", forgery, (("Kian-Operator", f"x\n\nKian-Approval: 市長{forgery}"),)
    )
    for lines in (by_git(message), [f"{key}: {value}" for key, value in parse(message).trailers]):
        assert [line.split(":")[0] for line in lines] == ["Kian-Operator", "Kian-Reason"]
    assert parse(message).reason == tidy(forgery)
    assert "\nKian-Approval" not in message


@given(st.text(), st.text(min_size=1), st.text())
def test_the_reason_comes_back_as_given(reason: str, subject: str, value: str) -> None:
    trailers = (("Kian-Operator", value),)
    parsed = parse(build(f"題{subject}", reason, trailers))
    assert parsed.reason == tidy(reason)
    assert parsed.trailers[0] == ("Kian-Operator", tidy(value))
    assert "\n" not in parsed.subject


def test_a_reason_of_several_paragraphs_comes_back() -> None:
    reason = "一行目\n\n二つ目の段落\n　字下げ\n.\n...\n終わり"
    assert parse(build("x", reason, ())).reason == reason


def test_a_message_of_a_person_is_read_as_it_is() -> None:
    parsed = parse("直した\n\n誤字です。\n二行目: あり\n\nもう一段落\n")
    assert (parsed.subject, parsed.trailers) == ("直した", ())
    assert parsed.reason == "誤字です。\n二行目: あり\n\nもう一段落"
    assert parse("") == parse("\n\n")


def test_marks_that_turn_the_direction_of_text_are_taken_out() -> None:
    assert tidy("a\u202eb\u2066c\x1b[31m") == "abc [31m"


@pytest.mark.parametrize("key", ["", "Kian Reason", "Kian:", "1x", "x\ny"])
def test_a_wrong_key_is_a_bug(key: str) -> None:
    with pytest.raises(ValueError, match="trailer"):
        build("x", "y", ((key, "z"),))


def test_a_second_reason_and_an_empty_subject_are_bugs() -> None:
    with pytest.raises(ValueError, match="reason"):
        build("x", "y", (("Kian-Reason", "z"),))
    with pytest.raises(ValueError, match="subject"):
        build(" \n", "y", ())
