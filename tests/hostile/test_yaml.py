"""Profiles and manifests made to harm: each is refused with its line and column, soon, and nothing is written."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from drafting.scenario import ROOT, a_profile_text, a_workspace, run

from gen.catalog.manifest import read_manifest
from gen.errors import UserError
from gen.profile.reader import MAX_BYTES

from .scenario import refused, said_in_japanese

CITY = "city:\n  name: 試験市\n  kind: 市\n"
BILLION = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)

PROFILES: dict[str, tuple[bytes, str]] = {
    "billion laughs": (BILLION.encode(), "profile.yaml:1:4: 誤り[yaml-anchor]"),
    "an alias to itself": (b"a: &a [*a]\n", "誤り[yaml-anchor]"),
    "a merge": (b"a: &a {b: c}\nd:\n  <<: *a\n", "誤り[yaml-anchor]"),
    "a tag that runs": (b'city: !!python/object/apply:os.system ["id"]\n', "profile.yaml:1:7: 誤り[yaml-tag]"),
    "a tag of another kind": (b"city: !<tag:evil> x\n", "誤り[yaml-tag]"),
    "a tag directive": (b"%TAG ! tag:evil,2000:\n---\ncity: !x y\n", "誤り[yaml-tag]"),
    "binary": (b"city: !!binary aGVsbG8=\n", "誤り[yaml-tag]"),
    "a set": (b"city: !!set {a, b}\n", "誤り[yaml-tag]"),
    "deep lists": (b"a: " + b"[" * 100_000, "誤り[yaml-depth]"),
    "deep blocks": (b"".join(b" " * n + b"a:\n" for n in range(60)), "誤り[yaml-depth]"),
    "a key that is a list": (b"? [a, b]\n: c\n", "誤り[yaml-key]"),
    "a key that is a mapping": (b"{{a: b}: c}\n", "誤り[yaml-key]"),
    "keys twice": (CITY.encode() + b"city:\n  name: x\n", "profile.yaml:4:1: 誤り[yaml-duplicate-key]"),
    "a million keys": (b"".join(b"k%d:\n" % n for n in range(250_000)), "誤り[yaml-size]"),
    "too many values": (b"a: [" + b"1," * 300_000 + b"]\n", "誤り[yaml-size]"),
    "too large": (b"a: " + b"x" * MAX_BYTES, "誤り[yaml-size]"),
    "one long line": (CITY.encode() + b"  address: " + b"x" * 1_000_000 + b"\n  nosuch: 1\n", "profile.yaml:5:3: 誤り"),
    "a huge number": (CITY.encode() + b"  code: " + b"9" * 100_000 + b"\n", "profile.yaml:4:9: 誤り"),
    "utf-16": (CITY.encode("utf-16"), "誤り[yaml-encoding]"),
    "utf-16 without a mark": (CITY.encode("utf-16-be"), "誤り[yaml-encoding]"),
    "utf-32": (CITY.encode("utf-32"), "誤り[yaml-encoding]"),
    "shift_jis": (CITY.encode("cp932"), "Shift_JIS"),
    "euc-jp": (CITY.encode("euc-jp"), "誤り[yaml-encoding]"),
    "iso-2022-jp": (CITY.encode("iso-2022-jp"), "U+001B"),
    "utf-7 plays no part": (b"city: +ADw-script+AD4-\n", "誤り"),
    "an overlong form": (b"city: \xc0\xaf\n", "誤り[yaml-encoding]"),
    "half a pair": (b"city: \xed\xa0\x80\n", "誤り[yaml-encoding]"),
    "nul": (b"city: a\0b\n", "U+0000"),
    "a mark inside": ("city: a\ufeffb\n".encode(), "誤り"),
    "control characters": (b"city: a\x07\x08b\n", "profile.yaml:1:8: 誤り[yaml-character]"),
    "a terminal escape": (b"city: \x1b]0;pwned\x07\x1b[2J\n", "U+001B"),
    "an escape as an escape": (b'city: "\\e[2J\\x9b2J"\n', "U+001B"),
    "an eight-bit escape": ("city: \u009b31m\n".encode(), "U+009B"),
    "an escape in a key": (b'"\\x1b[31mred": x\n', "U+001B"),
    "letters that turn around": ("city:\n  name: 試\u202e験市\n  kind: 市\n".encode(), "U+202E"),
    "our own signs": ("city: \ufdd0\n".encode(), "U+FDD0"),
    "two documents": (CITY.encode() + b"---\nx: y\n", "誤り[yaml-documents]"),
    "nothing": (b"", "誤り"),
    "only a scalar": (b"x", "誤り[yaml-top]"),
}  # fmt: skip


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_workspace(tmp_path_factory.mktemp("hostile") / "city", tiny=False)


@pytest.mark.parametrize(("data", "said"), PROFILES.values(), ids=PROFILES)
def test_a_hostile_profile_is_refused_with_its_place(data: bytes, said: str, city: Path) -> None:
    (city / "profile.yaml").write_bytes(data)
    began = time.process_time()
    for command in (("check", "--date", "R8.4.1"), ("generate", "--date", "R8.4.1")):
        assert said in refused(city, *command)
    assert time.process_time() - began < 30


SUMS = ["1e999999999", "1E+400", "inf", "-inf", "nan", "0x7fffffffffffffff", "9" * 5000, "1_000", "0o17", "1:60:60",
        "1" * 99 + "兆", "１e９", "∞", "½", "10 ** 9", "=1+1", "@SUM(A1)", "1.5.5", "--5", "1e-999999999"]  # fmt: skip


@pytest.mark.parametrize("text", SUMS, ids=lambda text: text[:20])
def test_a_number_that_is_none_is_a_finding_in_every_kind_of_field(text: str, city: Path) -> None:
    began = time.process_time()
    for field in ("amount__total", "plan_days", "inspect_days", "deposit__rate", "period__start"):
        changes = {f"contracts__ops__{field}": text}
        (city / "profile.yaml").write_text(a_profile_text(**changes), encoding="utf-8")
        assert "profile.yaml:" in refused(city, "check", "--date", "R8.4.1")
    assert time.process_time() - began < 20


PATHS = ["../../etc/passwd", "/etc/passwd", "C:\\x", "..", "a/b", "a\\b", "a.b", "-rf", "$(id)", "`id`", "%2e%2e",
         ".git", "a@b", "x" * 300]  # fmt: skip


@pytest.mark.parametrize("key", PATHS, ids=lambda key: key[:20])
def test_a_key_that_names_a_path_never_becomes_one(key: str, city: Path) -> None:
    """The key of a contract becomes part of a document's id and of its file."""
    changes = (
        {f"contracts__{key}": {"template": "operation-support", "title": "件名"}} if "__" not in key else {}
    )
    (city / "profile.yaml").write_text(a_profile_text(**changes), encoding="utf-8")
    assert "profile.yaml:" in refused(city, "generate", "--date", "R8.4.1")


@pytest.mark.parametrize(
    "name", ["../../x", "/etc/passwd", "..\\x", "clauses/secrecy", "x.docx", "con", "Operation-Support", ""]
)
def test_a_template_that_names_a_path_is_a_finding(name: str, city: Path) -> None:
    (city / "profile.yaml").write_text(a_profile_text(contracts__ops__template=name), encoding="utf-8")
    assert "profile.yaml:" in refused(city, "generate", "--date", "R8.4.1")


# -- manifests ------------------------------------------------------------------------------

MANIFESTS = {
    "deep": b"[" * 200_000,
    "deep mapping": b"title: " + b"{a: " * 50_000,
    "aliases": BILLION.encode(),
    "a tag that runs": b"title: !!python/object/new:os.system [id]\n",
    "sixty": b"title: x\nsubject: [1" + b":59" * 60_000 + b"]",
    "not a number": b"title: x\nbasis: [{law: x, certainty: .nan}]\n",
    "keys that are numbers": b"title: x\n1: 2\n2: 3\n",
    "keys that are lists": b"title: x\n? [a]\n: b\n",
    "keys twice": b"title: x\ntitle: y\n",
    "another id": b"title: x\nname: contracts/other\n",
    "another id as id": b"title: x\nid: contracts/other\n",
    "conditions without end": b"title: x\nwhen: " + b"{any: [" * 30 + b"{}" + b"]}" * 30,
    "a path in the attachments": b"title: x\nattachments: [{a: ../../x}]\n",
    "utf-16": "title: x\n".encode("utf-16"),
    "an escape": b"title: \x1b[2J\n",
    "too large": b"title: x\nnote: " + b"x" * 300_000,
    "nothing": b"",
}


@pytest.mark.parametrize("data", MANIFESTS.values(), ids=MANIFESTS)
def test_a_hostile_manifest_is_refused_in_japanese(data: bytes) -> None:
    with pytest.raises(UserError, match=r"[ぁ-ん]") as caught:
        read_manifest(data, "clauses/x", "clauses/x.yaml")
    assert caught.value.hint
    assert caught.value.place and caught.value.place.file == "clauses/x.yaml"
    assert caught.value.place.line or len(data) > 256 * 1024 or not data


def test_a_manifest_names_the_line_that_is_wrong() -> None:
    with pytest.raises(UserError) as caught:
        read_manifest("title: あ\nwhen:\n  budget_basis: {a: 1}\n".encode(), "clauses/x", "clauses/x.yaml")
    assert str(caught.value.place) == "clauses/x.yaml:3:3"


def test_attachments_that_name_a_path_lead_nowhere(tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    manifest = city / "templates/contracts/operation-support.yaml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("attachments:", "attachments: [../../x]\nnote:", 1),
        encoding="utf-8",
    )
    said_in_japanese(run("generate", "--date", "R8.4.1", folder=city))


def test_a_template_for_nothing_is_told_and_stops_no_other(tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    shipped = (ROOT / "templates/plans/backup.yaml").read_text(encoding="utf-8")
    own = city / "templates/plans/our-own.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        shipped.replace("subject: systems", "subject: nosuch").replace("subject: city", "subject: nosuch"),
        encoding="utf-8",
    )
    own.with_suffix(".md").write_text("本文\n", encoding="utf-8")
    checked = run("check", "--date", "R8.4.1", folder=city)
    assert checked.code == 0
    assert "templates/plans/our-own.yaml: 注意[template-subject]" in checked.out and "nosuch" in checked.out
    done = run("generate", "--date", "R8.4.1", folder=city)
    assert done.code == 0, done.err
    assert "template-subject" in done.out + done.err
    for command in ("list", "status"):
        assert run(command, folder=city).code == 0
