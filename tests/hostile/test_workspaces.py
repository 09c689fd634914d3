"""A workspace that somebody sent: links that lead out, a lock that claims what is not its own, another's .git."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from drafting.scenario import OPS, a_workspace, git, run, tree_of

from .scenario import UNSEEN, refused, said_in_japanese

GENERATE = ("generate", "--date", "R8.4.1")
LINKS = {
    "profile.yaml": "secret.yaml",
    "templates": "folder",
    "templates/contracts": "folder",
    "templates/contracts/operation-support.yaml": "secret.yaml",
    "templates/contracts/operation-support.docx": "secret.yaml",
    "documents": "folder",
    "documents/contracts": "folder",
    "documents/contracts/operation-support@ops.docx": "secret.yaml",
    ".kian": "folder",
    ".kian/inputs": "folder",
    "kian.lock": "secret.yaml",
}


def outside(folder: Path) -> Path:
    """What an attacker wants read or overwritten."""
    (folder / "folder").mkdir()
    (folder / "folder" / "kept.txt").write_text("家の外の物")
    for ending in ("yaml", "docx"):
        (folder / "folder" / f"operation-support.{ending}").write_text("家の外の秘密", encoding="utf-8")
    (folder / "secret.yaml").write_text("secret: 家の外の秘密\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("link", LINKS)
def test_a_link_that_leads_out_is_neither_read_nor_written_through(link: str, tmp_path: Path) -> None:
    away = outside(tmp_path)
    city = a_workspace(tmp_path / "city")
    target = city / link
    if target.is_dir():
        subprocess.run(["rm", "-r", str(target)], check=True)
    elif target.exists():
        target.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(away / LINKS[link])
    told = refused(city, *GENERATE)
    assert "リンク" in told or "通常のファイルではない" in told, told
    assert "秘密" not in told


def test_a_pipe_or_a_device_in_the_place_of_the_profile_keeps_nobody_waiting(tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    (city / "profile.yaml").unlink()
    os.mkfifo(city / "profile.yaml")
    done = run(*GENERATE, folder=city)
    said_in_japanese(done)
    assert "ファイルではありません" in done.out + done.err


def test_a_git_folder_of_somebody_else_is_not_written_to(tmp_path: Path) -> None:
    victim = a_workspace(tmp_path / "victim")
    city = a_workspace(tmp_path / "city")
    for how in ("file", "link"):
        subprocess.run(["rm", "-rf", str(city / ".git")], check=True)
        if how == "file":
            (city / ".git").write_text(f"gitdir: {victim / '.git'}\n", encoding="utf-8")
        else:
            (city / ".git").symlink_to(victim / ".git")
        assert "別の場所のgitの記録" in refused(city, *GENERATE)


def test_a_work_tree_that_git_added_and_a_submodule_stay_at_home(tmp_path: Path) -> None:
    city = a_workspace(tmp_path / "city")
    git(city, "worktree", "add", "-q", str(tmp_path / "beside"))
    assert run("status", folder=tmp_path / "beside").code == 0
    host = tmp_path / "host"
    host.mkdir()
    git(host, "init", "-q")
    git(host, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(city), "sub")
    assert run("status", folder=host / "sub").code == 0


def claimed(city: Path, **changes: Any) -> None:
    path = city / "kian.lock"
    lock = json.loads(path.read_text(encoding="utf-8"))
    lock["documents"][OPS].update(changes)
    path.write_text(json.dumps(lock, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def generated(tmp_path: Path) -> Path:
    city = a_workspace(tmp_path / "city")
    assert run(*GENERATE, folder=city).code == 0
    return city


FILES = ["../x.txt", "/etc/passwd", "profile.yaml", "README.md", ".git/config", ".kian/inputs/law/values.yaml", "kian.lock",
         "documents/../profile.yaml", "documents/a\\b.txt", "documents/a\u202e.txt", "documents/con.txt", "private.yaml",
         "C:/x", "documents/.git/x", ""]  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=repr)
@pytest.mark.parametrize("command", [GENERATE, ("status",), ("diff", OPS)], ids=lambda one: one[0])
def test_a_lock_that_claims_a_file_that_is_no_paper_is_refused(
    file: str, command: tuple[str, ...], generated: Path
) -> None:
    claimed(generated, files=[file])
    assert "kian.lock" in refused(generated, *command) or "ファイルの場所" in refused(generated, *command)


def test_a_lock_in_which_one_paper_claims_the_file_of_another_is_refused(generated: Path) -> None:
    path = generated / "kian.lock"
    lock = json.loads(path.read_text(encoding="utf-8"))
    lock["documents"]["contracts/other@ops"] = lock["documents"][OPS]
    path.write_text(json.dumps(lock, ensure_ascii=False), encoding="utf-8")
    for command in (GENERATE, ("status",)):
        assert "両方のファイル" in refused(generated, *command)


def test_a_lock_without_a_text_to_compare_is_said(generated: Path) -> None:
    claimed(generated, files=["documents/contracts/operation-support@ops.docx"])
    assert "文面（.txt）" in refused(generated, "diff", OPS)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"format": 1' + "0" * 5000 + "}", "{" * 5000, '{"format": 1e999}', "\0", "",
                                  '{"format": 1, "documents": {"a": {}, "a": {}}}', "NaN", '"\\ud800"'])  # fmt: skip
def test_a_lock_that_is_no_lock_is_refused(text: str, generated: Path) -> None:
    (generated / "kian.lock").write_text(text, encoding="utf-8")
    for command in (GENERATE, ("status",)):
        assert "kian.lock" in refused(generated, *command)


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "--upload-pack=id", "-C", "HEAD:profile.yaml", "contracts/..", "a\0b",
                                  "\x1b[2J", "$(id)", "@{-1}"])  # fmt: skip
def test_names_that_a_person_types_lead_nowhere(name: str, generated: Path) -> None:
    for command in (("generate", "--date", "R8.4.1", "--", name), ("diff", "--", name), ("diff", "--", OPS, name),
                    ("history", "--", name), ("list", "--why", name)):  # fmt: skip
        before = tree_of(generated.parent)
        done = run(*command, folder=generated)
        assert done.code in (0, 1, 2, 3), done
        assert (
            "Traceback" not in done.err
            and "不具合" not in done.err
            and not UNSEEN.search(done.out + done.err)
        )
        assert tree_of(generated.parent) == before


def test_what_others_wrote_into_git_cannot_steer_the_terminal(generated: Path) -> None:
    (generated / "note.txt").write_text("x")
    git(generated, "add", "note.txt")
    evil = "\x1b]0;pwned\x07\x1b[2J\u202e悪い\u009b31m"
    git(
        generated,
        "-c",
        f"user.name=花子{evil}",
        "commit",
        "-q",
        "-m",
        f"件名{evil}\n\nKian-Reason: 理由{evil}",
    )
    twin = generated / "documents/contracts/operation-support@ops.txt"
    twin.write_text(twin.read_text(encoding="utf-8") + f"行{evil}\n", encoding="utf-8")
    git(generated, "commit", "-q", "-a", "-m", "文面")
    for command in (
        ("history",),
        ("history", "--format", "json"),
        ("diff", OPS),
        ("status",),
        ("diff", OPS, "--format", "json"),
    ):
        done = run(*command, folder=generated)
        assert not UNSEEN.search(done.out + done.err), repr(done.out)
        if "json" in command:
            assert done.json
    assert "<U+001B>" in run("history", folder=generated).out


def test_a_machine_that_is_set_to_ascii_still_speaks_japanese(tmp_path: Path) -> None:
    from drafting.scenario import kian

    ascii_only = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    done = kian("init", tmp_path / "市", "--profile", "aobadai", **ascii_only)
    assert done.returncode == 0, done.stderr
    assert "作業場所を作りました" in done.stdout
    assert git(tmp_path / "市", "log", "-1", "--format=%an") == "青葉 花子"


def test_a_folder_for_the_other_party_that_links_to_itself_is_told(generated: Path, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert "輪" in refused(generated, "generate", "--for-counterparty", tmp_path / "loop")
    assert "輪" in refused(generated, "generate", "--for-counterparty", tmp_path / "loop" / "inner")


def test_copies_for_the_other_party_are_of_contracts_alone(generated: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    assert any((generated / "documents/plans").iterdir())
    assert run("generate", "--for-counterparty", away, folder=generated).code == 0
    assert len([*away.iterdir()]) == 1
    assert "内部の文書" in refused(
        generated, "generate", "--for-counterparty", tmp_path / "b", "plans/backup"
    )
