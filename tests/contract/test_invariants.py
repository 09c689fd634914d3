"""What holds for every paper of every profile that ships or that tests know."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from drafting.scenario import ODD, ON, SHIPPED, Paper, a_city, a_contract, a_file, contract, papers_of
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.check_docx import findings as docx_findings

from gen.contract.money import sums_of
from gen.profile import Undecided
from gen.profile.facts import rule_at

VARIANTS = sorted((SHIPPED[0].parent / "variants").glob("*.yaml"))
EVERY = [*SHIPPED, *VARIANTS, *ODD]


@cache
def papers(path: Path) -> tuple[Paper, ...]:
    return tuple(papers_of(a_file(path)))


every_profile = pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)


@every_profile
def test_each_contract_makes_a_sound_word_file(path: Path, tmp_path: Path) -> None:
    profile = a_file(path)
    ids = {paper.id for paper in papers(path)}
    assert {f"contracts/{one.template}@{key}" for key, one in profile.contracts.items()} <= ids
    for number, paper in enumerate(papers(path)):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(paper.word)
        assert docx_findings(file) == [], paper.id


@every_profile
def test_what_was_printed_is_in_the_trace_with_its_field(path: Path) -> None:
    for paper in papers(path):
        flat = paper.profile.flat()
        known = {*flat, *(prefix for one in flat for prefix in _prefixes(one))}
        lines = paper.lines
        for row in paper.document.trace:
            printed = row.text.replace("\n", "↵")
            line = lines[row.line - 1]
            assert printed in line or printed in line.replace("\\|", "|"), row
            if row.path and row.text and row.text != "〇〇〇〇":
                held = any(prefix in known for prefix in (row.path, *_prefixes(row.path)))
                assert held or rule_at(row.path) is not None, row


def _prefixes(path: str) -> list[str]:
    parts = path.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts))]


@every_profile
def test_the_facts_that_a_contract_needs_are_all_printed(path: Path) -> None:
    """Names, sums and places of the profile reach the paper that is about them."""
    for paper in papers(path):
        if not paper.id.startswith("contracts/"):
            continue
        found = paper.profile.contracts[paper.id.rpartition("@")[2]]
        for value in (found.title, found.place, paper.profile.city.name):
            assert ("〇〇〇〇" if isinstance(value, Undecided) else str(value)) in paper.text


@every_profile
def test_the_same_inputs_give_the_same_bytes(path: Path) -> None:
    again = papers_of(a_file(path))
    for one, two in zip(papers(path), again, strict=True):
        assert hashlib.sha256(one.word).digest() == hashlib.sha256(two.word).digest()
        assert one.text == two.text


@every_profile
def test_nothing_is_left_and_no_sum_is_zero(path: Path) -> None:
    for paper in papers(path):
        left = re.findall(r"\bNone\b|\bnan\b|Undefined|Undecided|Unknown|\{\{|\{%|〔引用先なし〕", paper.text)
        assert not left, paper.id
        assert not re.search("(?<![0-9０-９,，])[0０]円", paper.text), paper.id
        assert not re.search("[\ufdd0-\ufdef]", paper.text)


def test_everything_open_is_a_finding_at_its_place() -> None:
    path = next(one for one in ODD if one.stem == "undecided")
    profile = a_file(path)
    lines = path.read_text().splitlines()
    for paper in papers(path):
        if not paper.id.startswith("contracts/"):
            continue
        assert paper.undecided
        for field in paper.undecided:
            place = profile.place(field)
            assert place.file == "undecided.yaml" and place.line
            assert profile.label(field) != field, field
            value = profile.flat().get(field)
            if isinstance(value, Undecided):
                row = lines[place.line - 1]
                assert "未定" in row or field.rpartition(".")[2] not in row, (field, row)
        assert "〇〇〇〇" in paper.text


def test_of_all_that_is_open_the_vital_is_told() -> None:
    path = next(one for one in ODD if one.stem == "undecided")
    paper = next(one for one in papers(path) if one.id == "contracts/operation-support@a")
    for field in (
        "city.head.name",
        "city.address",
        "city.court",
        "contracts.a.title",
        "contracts.a.place",
        "contracts.a.period.start",
        "contracts.a.vendor",
        "contracts.a.budget_basis",
        "contracts.a.deposit.kind",
        "contracts.a.sign_mode",
        "contracts.a.personal_data",
        "contracts.a.subcontract.allowed",
    ):
        held = field in paper.undecided or any(one.startswith(field) for one in paper.undecided)
        assert held or field.startswith("city.head") or field == "city.address", (field, paper.undecided)
    signer = {"city.head.name", "contracts.a.signatory", "city.signatories.a.name"} & set(paper.undecided)
    assert signer
    assert paper.text.count("【選択：") >= 5


def test_an_open_condition_keeps_every_alternative() -> None:
    paper = a_contract(**contract(personal_data="未定", my_number="未定"))
    assert "個人情報取扱特記事項" in paper.text
    assert "【選択：個人情報の取扱い】" in paper.text
    assert {"contracts.ops.personal_data", "contracts.ops.my_number"} <= set(paper.undecided)


def test_a_system_of_its_own_mode_beside_the_citys() -> None:
    """One system alone used alone does not hide that the others are shared."""
    from drafting.scenario import CITY

    systems = {
        "juki": {**CITY["systems"]["juki"], "use_mode": "単独利用方式"},
        "kaigo": {**CITY["systems"]["juki"], "name": "介護保険システム", "business": "介護保険"},
    }
    mixed = {"systems": systems, **contract(systems=["juki", "kaigo"])}
    assert "共同利用方式に係る" in a_contract(cloud__use_mode="共同利用方式", **mixed).text
    assert "共同利用方式に係る" not in a_contract(cloud__use_mode="単独利用方式", **mixed).text
    half = a_contract(cloud__use_mode="未定", **mixed)
    assert "【選択：" in half.text and "cloud.use_mode" in half.undecided


def test_one_hundred_systems_and_none() -> None:
    hundred = papers(next(one for one in ODD if one.stem == "hundred"))
    rows = next(one for one in hundred if one.id.startswith("contracts/")).table("業務一覧")
    assert len(rows) == 101
    none = papers(next(one for one in ODD if one.stem == "none"))
    text = next(one for one in none if one.id.startswith("contracts/")).text
    assert "対象システムなし" in text
    assert "| 番号 | 業務 | システム |" not in text


YEN = st.integers(min_value=1_000, max_value=9_000_000)


@settings(max_examples=60, deadline=None)
@given(
    monthly=YEN,
    start=st.dates(date(2026, 4, 1), date(2030, 3, 31)),
    length=st.integers(min_value=1, max_value=900),
    cycle=st.sampled_from(["毎月", "四半期", "半期", "年1回", "完了時一括"]),
    kind=st.sampled_from(["税込", "税抜", "非課税", "免税"]),
    rounding=st.sampled_from(["切捨て", "切上げ", "四捨五入"]),
)
def test_payments_always_add_up_to_the_total(
    monthly: int, start: date, length: int, cycle: str, kind: str, rounding: str
) -> None:
    end = start + timedelta(days=length)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    profile = a_city(
        **contract(
            period={"start": start.isoformat(), "end": end.isoformat()},
            budget_basis="長期継続契約",
            payment={"cycle": cycle},
            amount={
                "tax_kind": kind,
                "total": f"{monthly * months}円",
                "monthly": f"{monthly}円",
                "rounding": rounding,
            },
        )
    )
    sums = sums_of(profile.contracts["ops"], ON)
    assert sums.total is not None and sums.tax is not None
    assert sum(row.amount or 0 for row in sums.payments) == sums.total
    assert sum(row.tax or 0 for row in sums.payments) == sums.tax
    assert all(row.amount and row.tax is not None and row.tax >= 0 for row in sums.payments)
    labels = [row.label for row in sums.payments]
    assert len(set(labels)) == len(labels)
