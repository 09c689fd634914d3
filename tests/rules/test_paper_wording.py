"""Official wording over what people wrote into papers and templates."""

import pytest

from gen.profile import Profile
from gen.report import Severity
from gen.rules.paper_wording import WordingReport, check_wording
from gen.rules.papers import Paper, PaperLine, Printed
from gen.rules.wording import wordings
from rules.backup_scenario import a_city
from rules.scenario import ON

FILE = "documents/contracts/operation-support@ops.docx"


def city(style: str = "") -> Profile:
    return a_city(f"city: {{name: 青葉台市, kind: 市{style}}}\n").profile


def checked(
    now: str, made: str | None = None, *facts: str, style: str = "", role: str = "ko"
) -> WordingReport:
    printed = tuple(Printed("city.name", text) for text in facts)
    return check_wording([Paper("x", FILE, (PaperLine(3, role, now, made, printed),))], city(style), ON)


def test_what_can_be_mended_stands_apart_from_what_must_be_asked() -> None:
    report = checked("発注者または受注者は、図面及び写真及び日報を提出する事ができる。")
    assert {finding.rule for finding in report.safe} == {"wording-mataha", "wording-koto"}
    assert {finding.rule for finding in report.ask} == {"wording-oyobi-twice"}
    assert {finding.severity for finding in report.safe} == {Severity.WARNING}
    assert {finding.severity for finding in report.ask} == {Severity.INFO}
    (first, *_) = report.safe
    assert first.place is not None and (first.place.file, first.place.line) == (FILE, 3)
    assert "→" in first.hint and first.basis


def test_only_what_a_person_wrote_is_read() -> None:
    text = "発注者または受注者"
    assert not checked(text, text).safe.findings
    assert not checked(f"{text}は、", f"{text}が").safe.findings
    assert checked(text, "発注者又は受注者").safe.findings


def test_names_quotations_and_titles_of_laws_are_left_alone() -> None:
    assert not checked("株式会社まちづくりまたは", None, "株式会社まちづくりまたは").safe.findings
    assert not checked("「または」という字句").safe.findings
    assert not checked("高齢者すべての法律（平成20年法律第1号）").safe.findings


@pytest.mark.parametrize(
    ("style", "now"),
    [
        (", style: {conjunction: ひらがな}", "発注者または受注者"),
        (", style: {comma: ，}", "発注者は，通知する。"),
    ],
)
def test_the_citys_own_style_is_no_mistake(style: str, now: str) -> None:
    assert not checked(now, style=style).safe.findings
    assert checked(now).safe.findings


@pytest.mark.parametrize("row", wordings(), ids=lambda row: row.id)
def test_every_row_finds_its_wrong_text_in_a_paper(row: object) -> None:
    from gen.rules.wording import WordingRow

    assert isinstance(row, WordingRow)
    role = row.roles[0] if row.roles else "ko"
    for text, wrong in ((row.wrong, True), (row.right, False)):
        report = checked(text, role=role)
        found = {finding.rule for finding in (*report.safe, *report.ask)}
        assert (row.id in found) == wrong, text
