"""Signing a tag as the person's own git is set to, and holding a signature against what it signs.

Hands out `wants_signature`, `signed` and `check`. Only settings of the person and the machine are asked,
never those of a workspace: it may have been sent by anybody, and a setting names a program to run. So git,
which asks both, does not sign here. Leans on `errors` and the ledger's `_git`.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from gen.errors import MissingTool
from gen.ledger import _git
from gen.ledger._safety import ELSEWHERE, SAFE

__all__ = ["SIGNATURE", "check", "signed", "wants_signature"]

SIGNATURE = re.compile(rb"^-----BEGIN (?:PGP|SSH|SIGNED) (?:SIGNATURE|MESSAGE)-----", re.MULTILINE)
_OWN = ("system", "global", "command")
_PROGRAMS = {"openpgp": "gpg", "x509": "gpgsm", "ssh": "ssh-keygen"}
_SECONDS = 300  # a person may have to type a password


def _settings(repository: _git.Repository) -> dict[str, str]:
    """What the person's and the machine's settings say of signing, by lower-case name."""
    args = (
        *("config", "-z", "--show-scope", "--get-regexp"),
        r"^(tag\.gpgsign|commit\.gpgsign|user\.signingkey|gpg\..*)$",
    )
    items = _git.ask(repository, *args)[1].decode("utf-8", "surrogateescape").split("\0")
    rows = [
        (scope, *(entry.partition("\n")[::2])) for scope, entry in zip(items[::2], items[1::2], strict=False)
    ]
    for name, value in SAFE.items():  # what every git command is given by us is nobody's wish
        ours = ("command", name.lower(), value)
        if ours in rows:
            del rows[len(rows) - 1 - rows[::-1].index(ours)]
    return {name.lower(): value for scope, name, value in rows if scope in _OWN}


def _is_on(value: str) -> bool:
    return value.lower() in ("true", "yes", "on", "1", "")


def wants_signature(repository: _git.Repository) -> bool:
    """Whether the person's own settings ask for signed tags, or at least signed commits."""
    found = _settings(repository)
    wish = found.get("tag.gpgsign", found.get("commit.gpgsign", "false"))
    return _is_on(wish)


def signed(repository: _git.Repository, content: bytes, name: str, email: str) -> bytes:
    """A tag's content with a signature behind it, where the person's settings ask for one.

    Raises:
        MissingTool: the program or the key is not there.
    """
    if not wants_signature(repository):
        return content
    found = _settings(repository)
    kind = found.get("gpg.format", "openpgp").lower()
    program = found.get(f"gpg.{kind}.program") or (found.get("gpg.program") if kind == "openpgp" else None)
    program = program or _PROGRAMS.get(kind, "gpg")
    key = found.get("user.signingkey", "")
    if kind == "ssh":
        return content + _by_ssh(program, key, content)
    return content + _run([program, "-bsau", key or f"{name} <{email}>"], content)


def _by_ssh(program: str, key: str, content: bytes) -> bytes:
    if not key:
        raise _unsigned("user.signingKey が設定されていません。")
    with tempfile.TemporaryDirectory() as folder:
        payload = Path(folder) / "tag"
        payload.write_bytes(content)
        literal = key.removeprefix("key::")
        more: tuple[str, ...] = ()
        if key.startswith(("key::", "ssh-")):
            (Path(folder) / "key.pub").write_text(f"{literal}\n", encoding="utf-8")
            key, more = str(Path(folder) / "key.pub"), ("-U",)
        _run([program, "-Y", "sign", "-n", "git", "-f", str(Path(key).expanduser()), *more, str(payload)])
        return payload.with_suffix(".sig").read_bytes()


def check(repository: _git.Repository, content: bytes) -> bool | None:
    """Whether a signed tag's signature fits its content; None where it has none, or no program can tell.

    That the key belongs to a person is not asked: for this the city keeps a list of keys.
    """
    found = SIGNATURE.search(content)
    if found is None:
        return None
    payload, signature = content[: found.start()], content[found.start() :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tag.sig"
        path.write_bytes(signature)
        ssh = b"SSH" in found.group(0)
        kind = "ssh" if ssh else "x509" if b"SIGNED" in found.group(0) else "openpgp"
        settings = _settings(repository)
        program = settings.get(f"gpg.{kind}.program") or _PROGRAMS[kind]
        if ssh:
            command = [program, "-Y", "check-novalidate", "-n", "git", "-s", str(path)]
        else:
            command = [program, "--verify", str(path), "-"]
        try:
            done = subprocess.run(
                command, input=payload, env=_environment(), capture_output=True, timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    if not ssh and done.returncode and b"o public key" in done.stderr:
        return None  # nobody here can tell
    return done.returncode == 0


def _run(command: Sequence[str], content: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            command, input=content, env=_environment(), capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _unsigned(str(error)) from error
    if done.returncode:
        raise _unsigned(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def _environment() -> Mapping[str, str]:
    import os

    return {
        **{name: value for name, value in os.environ.items() if name not in ELSEWHERE},
        "LC_ALL": "C",
    }


def _unsigned(why: str) -> MissingTool:
    return MissingTool(
        f"gitの設定が署名を求めていますが、署名できませんでした。何も書き込んでいません。{why}",
        hint="user.signingKey と gpg.format の設定と鍵を確かめてください。"
        "署名しないときは、git config --global tag.gpgSign false としてください。",
    )
