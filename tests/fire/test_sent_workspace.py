"""A workspace that somebody sent: looking at it, and recording in it, runs nothing that it brings.

Every way that git offers to name a program in a repository is laid out as a trap.
"""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from drafting.scenario import HANAKO, OPS, a_workspace, facts_change, git, kian

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the traps are shell scripts")

DAY = ("--date", "R8.4.1")
HOOKS = (
    *(
        "applypatch-msg",
        "commit-msg",
        "fsmonitor-watchman",
        "post-applypatch",
        "post-checkout",
        "post-commit",
    ),
    *("post-index-change", "post-merge", "post-rewrite", "pre-applypatch", "pre-auto-gc", "pre-commit"),
    *("pre-push", "prepare-commit-msg", "proc-receive", "reference-transaction", "update"),
)
ATTRIBUTES = "* filter=evil diff=evil merge=evil text eol=crlf ident working-tree-encoding=UTF-16\n"
CONFIG = """
[core]
	fsmonitor = {trap}
	hooksPath = {hooks}
	pager = {trap}
	editor = {trap}
	sshCommand = {trap}
	gitProxy = {trap}
	askPass = {trap}
	alternateRefsCommand = {trap}
	attributesFile = {attributes}
	autocrlf = true
	repositoryFormatVersion = 1
[extensions]
	partialClone = origin
[include]
	path = {more}
[includeIf "gitdir:/**"]
	path = {more}
[remote "origin"]
	url = ext::{trap} x
	pushurl = ext::{trap} x
	fetch = +refs/heads/*:refs/remotes/origin/*
	uploadpack = {trap}
	receivepack = {trap}
	vcs = {trap}
	promisor = true
[branch "main"]
	remote = origin
	merge = refs/heads/main
[protocol "ext"]
	allow = always
[filter "evil"]
	clean = {trap}
	smudge = {trap}
	process = {trap}
	required = true
[diff]
	external = {trap}
[diff "evil"]
	textconv = {trap}
	command = {trap}
[merge "evil"]
	driver = {trap}
[gpg]
	program = {trap}
[gpg "ssh"]
	program = {trap}
	defaultKeyCommand = {trap}
[commit]
	gpgSign = true
[log]
	showSignature = true
[credential]
	helper = !{trap}
[gc]
	auto = 1
	recentObjectsHook = {trap}
[maintenance]
	auto = true
[uploadpack]
	packObjectsHook = {trap}
[submodule]
	recurse = true
[submodule "x"]
	update = !{trap}
[trailer "Kian-Reason"]
	command = {trap}
	cmd = {trap}
[sequence]
	editor = {trap}
[interactive]
	diffFilter = {trap}
[pager]
	log = {trap}
	config = {trap}
	ls-tree = {trap}
"""
ALIASES = "".join(
    f"[alias]\n\t{verb} = !{{trap}}\n"
    for verb in ("log", "config", "rev-parse", "ls-tree", "cat-file", "update-ref", "hash-object", "status")
)


@pytest.fixture
def pwned(tmp_path: Path) -> Path:
    return tmp_path / "pwned"


@pytest.fixture
def sent(tmp_path: Path, pwned: Path) -> Path:
    """A workspace with two revisions, a changed fact and a trap in every place."""
    city = a_workspace(tmp_path / "city")
    assert kian("-C", city, "generate", OPS, *DAY).returncode == 0
    facts_change(city, contracts__ops__title="別の業務委託")
    git_dir = city / ".git"
    trap = git_dir / "trap"
    trap.write_text(f"#!/bin/sh\necho $0 $* >> '{pwned}'\ncat\n", encoding="utf-8")
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    for folder in (git_dir / "hooks",):
        folder.mkdir(parents=True, exist_ok=True)
        for hook in HOOKS:
            (folder / hook).symlink_to(trap)
    for place in (git_dir / "info" / "attributes", git_dir / "attributes", city / "documents/.gitattributes"):
        place.parent.mkdir(exist_ok=True)
        place.write_text(ATTRIBUTES, encoding="utf-8")
    (git_dir / "more").write_text(ALIASES.format(trap=trap), encoding="utf-8")
    (git_dir / "refs" / "remotes" / "origin").mkdir(parents=True)
    (git_dir / "refs" / "remotes" / "origin" / "main").write_text(git(city, "rev-parse", "HEAD") + "\n")
    with (git_dir / "config").open("a", encoding="utf-8") as config:
        config.write(
            CONFIG.format(
                trap=trap, hooks=git_dir / "hooks", attributes=git_dir / "attributes", more=git_dir / "more"
            )
        )
    return city


def test_the_traps_are_sharp(sent: Path, pwned: Path) -> None:
    """Else the test below proves nothing: plain git walks into them."""
    subprocess.run(["git", "status"], cwd=sent, check=False, capture_output=True)
    assert "trap" in pwned.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "args",
    [
        ("check",),
        ("list",),
        ("status",),
        ("history",),
        ("history", OPS),
        ("diff", OPS),
        ("generate", "--dry-run", OPS),
        ("generate", OPS),
        ("template", "lint"),
        ("approve", OPS, "--number", "1", "--by", "市長"),
        ("verify", "--all"),
        ("trace", OPS),
        ("identify", "{sent}/documents/contracts/operation-support@ops.docx"),
        ("audit", "--out", "{sent}.audit"),
        ("export", "{sent}.zip", "--no-pdf"),
    ],
    ids=" ".join,
)
def test_no_command_runs_what_a_workspace_brings(sent: Path, pwned: Path, args: tuple[str, ...]) -> None:
    day = DAY if args[0] in ("check", "list", "status", "generate", "approve", "audit", "export") else ()
    done = kian("-C", sent, *(arg.format(sent=sent) for arg in args), *day, GIT_PAGER_IN_USE="1")
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert not pwned.exists(), pwned.read_text(encoding="utf-8")


def test_the_variables_that_a_person_has_set_are_the_persons_own(sent: Path, pwned: Path) -> None:
    """Who records is asked of the person's settings; a workspace may not even answer for it."""
    done = kian("-C", sent, "generate", OPS, *DAY)
    assert done.returncode == 0, done.stderr
    author = kian("-C", sent, "history", "--format", "json").stdout
    assert HANAKO["GIT_CONFIG_VALUE_0"] in author
    assert not pwned.exists()
