"""Every machine makes the same papers: generate shipped profiles in unlike environments and compare.

    python tests/foundation/reproduce.py [--all] [--python OTHER]... [--profile FILE]...

Needs nothing but the standard library; the interpreters named must have Kian installed. The
first environment is compared with each other one by `fingerprint` and `text` of `kian.lock`,
and each fingerprint is worked out once more from the Word file. Run as root, the last
environment belongs to another user (nobody). Ends with 0 when all agree.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-04-01"
Papers = dict[str, tuple[str, str]]


class Failed(Exception):
    """Kian did not run to its end."""


@dataclass(frozen=True)
class Environment:
    """One way in which machines differ from one another."""

    name: str
    python: str
    variables: dict[str, str] = field(default_factory=dict)
    umask: int = 0o022
    user: str | None = None
    folder: str = "workspace"

    def told(self) -> str:
        """For the output."""
        shown = " ".join(f"{key}={value}" for key, value in self.variables.items())
        return f"{self.name}: {self.python} umask={self.umask:03o} user={self.user or 'as called'} {shown}"


def environments(pythons: Sequence[str]) -> list[Environment]:
    """At least two, unlike in all that could leak into a document; one more for each further Python."""
    tokyo = Environment(
        "tokyo",
        pythons[0],
        {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
        folder="青葉台 作業場所",
    )
    plain = {"LC_ALL": "POSIX", "PYTHONHASHSEED": "4242"}
    new_york = Environment(
        "new-york", pythons[-1], {"TZ": "America/New_York", **plain}, 0o077, None, "work space"
    )
    made = [tokyo, new_york]
    for number, python in enumerate(pythons[1:-1]):
        variables = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": str(number + 7)}
        made.append(Environment(f"more-{number + 1}", python, variables, 0o027))
    return made


def for_another_user(among: Sequence[Environment]) -> Environment | str:
    """An environment of another OS user, or the reason why there is none on this machine."""
    if os.geteuid() != 0:
        return "not root, so no other user to be"
    try:
        pwd.getpwnam("nobody")
    except KeyError:
        return "this machine has no user 'nobody'"
    for one in among:
        try:
            _run(replace(one, user="nobody"), Path("/"), "-c", "import gen.cli, docxtpl, git")
        except (OSError, Failed):
            continue
        return replace(among[1], name="nobody", python=one.python, user="nobody")
    return "no interpreter named here can be read by 'nobody'"


def papers_of(profile: Path, environment: Environment) -> Papers:
    """Generate everything from a profile; fingerprint and text digest of each document."""
    with tempfile.TemporaryDirectory(prefix="kian-reproduce-") as name:
        base = Path(name)
        home, source = base / "home", base / "facts.yaml"
        home.mkdir()
        (home / ".gitconfig").write_text(
            f"[user]\n\tname = {environment.name}\n\temail = a@example.invalid\n"
        )
        shutil.copyfile(profile, source)
        if environment.user is not None:
            for path in (base, home, home / ".gitconfig", source):
                shutil.chown(path, environment.user)
        folder = base / environment.folder
        _run(environment, home, "-m", "gen", "init", str(folder), "--profile", str(source), "--date", DAY)
        _run(environment, home, "-m", "gen", "-C", str(folder), "generate", "--date", DAY)
        lock = json.loads((folder / "kian.lock").read_text(encoding="utf-8"))
        papers: Papers = {}
        for identity, entry in lock["documents"].items():
            word = next(folder / file for file in entry["files"] if file.endswith(".docx"))
            twin = word.with_suffix(".txt").read_bytes()
            if fingerprint(word) != entry["fingerprint"] or _sha(twin) != entry["text"]:
                raise Failed(f"{profile.name}: {identity}: kian.lock and the files differ")
            papers[identity] = (entry["fingerprint"], entry["text"])
        return papers


def _run(environment: Environment, home: Path, *arguments: str) -> None:
    variables = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    other = environment.user is not None
    done = subprocess.run(
        [environment.python, *arguments],
        env={**variables, **environment.variables},
        cwd=home,
        umask=environment.umask,
        user=environment.user,
        group=pwd.getpwnam(environment.user).pw_gid if environment.user is not None else None,
        extra_groups=[] if other else None,
        capture_output=True,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).decode(errors="replace")
        raise Failed(f"{environment.told()}\n{' '.join(arguments)} gave {done.returncode}\n{said}")


def fingerprint(word: Path) -> str:
    """The fingerprint as the design words it, worked out without Kian."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(word) as package:
        for name in sorted(package.namelist()):
            if not name.startswith("docProps/"):
                for piece in (name.encode(), package.read(name)):
                    digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.hexdigest()


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def compare(profiles: Sequence[Path], among: Sequence[Environment]) -> tuple[list[str], int]:
    """What differs between the first environment and the others, and how many papers were compared."""
    problems: list[str] = []
    count = 0
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        made = {
            (profile, one.name): workers.submit(papers_of, profile, one)
            for profile in profiles
            for one in among
        }
    for profile in profiles:
        first = made[profile, among[0].name].result()
        count += len(first)
        if not first:
            problems.append(f"{profile.name}: no document was made")
        for other in among[1:]:
            second = made[profile, other.name].result()
            problems.extend(
                f"{profile.name}: {identity}: {among[0].name} {first.get(identity)} ≠ {other.name} {second.get(identity)}"
                for identity in sorted(first.keys() | second.keys())
                if first.get(identity) != second.get(identity)
            )
    return problems, count


def shipped_profiles(*, variants: bool) -> list[Path]:
    """The profiles of this checkout."""
    return sorted((ROOT / "profiles").glob("**/*.yaml" if variants else "*.yaml"))


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--python", action="append", default=[], help="an interpreter that has Kian")
    parser.add_argument("--profile", action="append", default=[], type=Path)
    parser.add_argument("--all", action="store_true", help="the variants of the shipped profiles too")
    asked = parser.parse_args()
    profiles = asked.profile or shipped_profiles(variants=asked.all)
    among = environments(asked.python or [sys.executable])
    other = for_another_user(among)
    if isinstance(other, Environment):
        among.append(other)
    for one in among:
        print(one.told())
    if isinstance(other, str):
        print(f"another OS user: not tried, {other}")
    problems, count = compare(profiles, among)
    print("\n".join(problems) or f"{count} papers of {len(profiles)} profiles: the same in all {len(among)}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
