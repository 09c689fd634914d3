"""The commands themselves, killed at their writing calls: the next one mends, says so, and goes on.

`test_killed` goes through every call of a small revision; here the calls of whole commands are
taken by kind, and the commands take turns, for each of them runs for long.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from drafting.scenario import HANAKO, OPS, a_workspace, facts_change, git, run
from drafting.test_finality import SETTLED

from gen.ledger import Workspace, head

from .scenario import FAULTS, Kill, Strike, is_sound, kian, said_by, was_killed
from .tracer import Answer, Call, traced

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ptrace and seccomp are Linux's")

DAY = ("--date", "R8.4.1")
GENERATE = ("generate", OPS, *DAY)
APPROVE = ("approve", OPS, "--number", "総総第123号", "--by", "市長　青葉　太郎", "--date", "R8.3.31")
CONCLUDE = ("conclude", OPS, "--number", "契第45号", *DAY)
END = ("end", OPS, "--number", "総総第456号", "--reason", "合意解除", *DAY)
MEMO = "memo.txt"


@pytest.fixture(autouse=True)
def hanako(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in HANAKO.items():
        monkeypatch.setenv(name, value)


def at_work(folder: Path) -> Path:
    """A person has staged one file and keeps a private one."""
    (folder / MEMO).write_text("memo\n", encoding="utf-8")
    (folder / "private.yaml").write_text("tel: 1\n", encoding="utf-8")
    git(folder, "add", MEMO)
    return folder


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return at_work(a_workspace(tmp_path / "city", **SETTLED))


@pytest.fixture
def made(fresh: Path) -> Path:
    assert run(*GENERATE, folder=fresh).code == 0
    return fresh


@pytest.fixture
def changed(made: Path) -> Path:
    facts_change(made, **SETTLED, contracts__ops__title="新しい件名の業務委託")
    return made


@pytest.fixture
def approved(made: Path) -> Path:
    assert run(*APPROVE, folder=made).code == 0
    return made


@pytest.fixture
def concluded(approved: Path) -> Path:
    assert run(*CONCLUDE, folder=approved).code == 0
    return approved


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    return tmp_path / "city"


def kinds_of_call(base: Path, *args: str) -> list[Call]:
    """The first call of each kind that a command makes."""
    copy = copied(base, "calls")
    seen: dict[object, Call] = {}

    def visit(call: Call) -> Answer:
        place = str(call.path.parent.relative_to(copy.parent)).partition("objects")[0]
        if "inputs" not in place and "templates" not in place:
            seen.setdefault((call.name, place, call.by_git), call)
        return None

    assert traced(kian(copy, *told(copy, args)), copy, visit) == 0
    return sorted(seen.values(), key=lambda call: call.number)


def told(folder: Path, args: tuple[str, ...]) -> tuple[str, ...]:
    return ("init", str(folder), *args[1:]) if args[0] == "init" else ("-C", str(folder), *args)


def copied(base: Path, name: object) -> Path:
    copy = base.with_name(f"{base.name}-{name}")
    if base.exists():
        shutil.copytree(base, copy, symlinks=True)
    return copy


def count(folder: Path) -> int:
    return int(git(folder, "rev-list", "--count", "HEAD"))


@pytest.mark.parametrize(
    ("turn", "start", "args"),
    [
        (0, "fresh", GENERATE),
        (1, "changed", GENERATE),
        (2, "made", (*GENERATE, "--final")),
    ],
    ids=["new", "changed", "final"],
)
def test_generate_killed(
    turn: int, start: str, args: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    base: Path = request.getfixturevalue(start)
    before = count(base)
    ends = set()
    for call in kinds_of_call(base, *args)[turn::3]:
        copy = copied(base, call.number)
        strike = Strike(call.number, Kill(all=True))
        if not was_killed(traced(kian(copy, *told(copy, args)), copy, strike)):
            assert strike.struck is None, "another run may make a call less"
            continue
        state = run("status", *DAY, folder=copy)
        assert state.code == 0, (call, state.err)
        moved = count(copy) == before + 1
        ends.add(moved)
        assert ("とおりに文書を揃えました" in state.err) <= moved
        assert ("[最新]" in state.out) is (moved or "--final" in args)
        assert run(*args, folder=copy).code == 0
        assert count(copy) == before + 1
        is_sound(copy)
        assert git(copy, "diff", "--cached", "--name-status") == f"A\t{MEMO}"
        assert (copy / "private.yaml").read_text(encoding="utf-8") == "tel: 1\n"
        shutil.rmtree(copy)
    assert ends == {False, True}


@pytest.mark.parametrize(
    ("turn", "start", "args", "life"),
    [
        (0, "made", APPROVE, "approved"),
        (1, "approved", CONCLUDE, "concluded"),
        (2, "concluded", END, "ended"),
    ],
    ids=["approve", "conclude", "end"],
)
def test_a_step_of_a_life_killed(
    turn: int, start: str, args: tuple[str, ...], life: str, request: pytest.FixtureRequest
) -> None:
    """The step with its tag, or neither; whoever did not hear how it ended may ask again."""
    base: Path = request.getfixturevalue(start)
    before, tags = count(base), git(base, "tag")
    ends = set()
    for call in kinds_of_call(base, *args)[turn::6]:
        copy = copied(base, call.number)
        strike = Strike(call.number, Kill(all=True))
        if not was_killed(traced(kian(copy, *told(copy, args)), copy, strike)):
            assert strike.struck is None, "another run may make a call less"
            continue
        assert run("status", *DAY, folder=copy).code == 0, call
        moved = count(copy) == before + 1
        ends.add(moved)
        tag = git(copy, "tag", "--points-at", "HEAD") if moved else ""
        assert git(copy, "tag") == (f"{tags}\n{tag}".strip() if moved else tags), call
        assert tag.endswith(f"-{life}") is moved, call
        assert run(*args, folder=copy).code == (3 if moved else 0), call
        assert Workspace.open(copy).lock.documents[OPS].life == life
        assert count(copy) == before + 1
        verified = run("verify", folder=copy)
        assert verified.code == 0, (call, verified.out)
        is_sound(copy)
        assert git(copy, "diff", "--cached", "--name-status") == f"A\t{MEMO}"
        shutil.rmtree(copy)
    assert ends == {False, True}


def test_init_killed(nothing: Path, tmp_path: Path) -> None:
    args = ("init", "--profile", "aobadai", *DAY)
    for call in kinds_of_call(nothing, *args)[::2]:
        copy = copied(nothing, call.number)
        strike = Strike(call.number, Kill(all=True))
        if not was_killed(traced(kian(copy, *told(copy, args)), copy, strike)):
            assert strike.struck is None
            continue
        under_way = not (copy / ".git").exists() or (copy / ".git" / "kian" / "journal.json").exists()
        stands = not under_way and head(Workspace.open(copy)) is not None
        again = run("init", copy, *args[1:])
        assert again.code == (3 if stands else 0), (call, again)
        assert count(copy) == 1
        assert git(copy, "status", "--porcelain") == ""
        is_sound(copy)
        shutil.rmtree(copy)


@pytest.mark.parametrize(("turn", "fault"), list(enumerate(FAULTS)))
def test_generate_on_a_bad_disk_says_so(changed: Path, turn: int, fault: str) -> None:
    """No traceback, the words of the right case, and the same command works once it is mended."""
    errno, lasting, hits = FAULTS[fault]
    before = count(changed)
    for call in kinds_of_call(changed, *GENERATE)[turn::8]:
        copy = copied(changed, call.number)
        strike = Strike(call.number, errno, lasting=lasting, hits=hits)
        status = traced(kian(copy, *told(copy, GENERATE)), copy, strike)
        said = said_by(copy).read_text(encoding="utf-8")
        assert "Traceback" not in said
        assert "不具合" not in said
        if strike.struck is None or status == 0:
            continue
        assert status in (1, 3, 4), (status, said)
        assert "対応: " in said
        assert run(*GENERATE, folder=copy).code == 0
        assert count(copy) == before + 1
        is_sound(copy)
        shutil.rmtree(copy)
