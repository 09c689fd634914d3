"""A workspace: the git repository of one city, found, opened and made.

Hands out `Workspace` and the content of its `.gitattributes` and `.gitignore`.
Leans on `errors` and the ledger's `lock`, `paths`, `record`, `recovery` and `_git`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gen.errors import Place, Refused, UserError
from gen.ledger import _files, _git, paths
from gen.ledger._insides import refuse_unusable
from gen.ledger.identity import Identity
from gen.ledger.lock import LOCK_NAME, Lock
from gen.ledger.message import Trailers
from gen.ledger.record import Revision, record
from gen.ledger.recovery import writing

__all__ = ["Workspace", "gitattributes", "gitignore"]

_MARKS = (LOCK_NAME, "profile.yaml", "profile")


@dataclass(frozen=True, slots=True)
class Workspace:
    """One city's folder, which is the root of a git work tree."""

    root: Path
    repository: _git.Repository

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """The workspace at exactly this folder."""
        root = _files.resolved(Path(path))
        if not root.is_dir():
            raise UserError(
                "作業場所のフォルダがありません。",
                place=Place(str(path)),
                hint="-C で正しいフォルダを指定するか、kian init で作ってください。",
            )
        if not (root / ".git").exists():
            raise UserError(
                "このフォルダはgitのリポジトリの一番上ではないため、Kianの作業場所として使えません。",
                place=Place(str(path)),
                hint="kian init で作ったフォルダを -C で指定するか、このフォルダで git init を実行してください。",
            )
        with _files.explained():
            return cls(root, _git.locate(root))

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """The workspace that this folder lies in: the nearest one with a profile or a lock."""
        here = _files.resolved(Path(start))
        for folder in (here, *here.parents):
            if any((folder / mark).exists() for mark in _MARKS):
                return cls.open(folder)
        raise UserError(
            f"Kianの作業場所が見つかりません（{' か '.join((LOCK_NAME, 'profile.yaml'))} のあるフォルダを、ここから上へ探しました）。",
            place=Place(str(start)),
            hint="作業場所へ移動するか、-C でフォルダを指定してください。新しく作るときは kian init を実行してください。",
        )

    @classmethod
    def create(
        cls,
        path: Path,
        files: Mapping[str, bytes],
        *,
        identity: Identity,
        when: datetime,
        reason: str,
        subject: str = "作業場所を作成",
        trailers: Trailers = (),
    ) -> Workspace:
        """Make a repository with the branch main and record these files as its first revision.

        `.gitattributes` and `.gitignore` are added when they are not among the files. A folder
        that holds anything but a repository without commits is refused.
        """
        root = _files.resolved(Path(path))
        content = {".gitattributes": gitattributes(), ".gitignore": gitignore(), **files}
        paths.check_all(content, ())
        refuse_unusable(root)
        with _files.explained():
            root.mkdir(parents=True, exist_ok=True)
            aside = root / f"{paths.TEMPORARY}init"
            _files.remove_tree(aside)
            if not (root / ".git").exists():
                _refuse_content(root)
                _begin(root, aside)
        workspace = cls.open(root)
        with writing(workspace) as recovery:
            if recovery and recovery.finished and all(workspace.read(p) == d for p, d in content.items()):
                return workspace  # this very creation had been cut off
            _refuse_content(root)
            record(workspace, Revision(content, subject, reason, identity, when, trailers))
        return workspace

    @property
    def lock(self) -> Lock:
        """What `kian.lock` says now; an empty lock when there is none."""
        data = self.read(LOCK_NAME)
        return Lock() if data is None else Lock.parse(data)

    def path(self, relative: str) -> Path:
        """Where a file of the workspace lies; an error for a path that leads out of it."""
        return self.root / paths.checked(relative)

    def refuse_link(self, relative: str) -> None:
        """Stop where something that Kian reads is a link, which may lead out of the workspace."""
        paths.refuse_link(self.root, relative)

    def read(self, relative: str) -> bytes | None:
        """The bytes of a file as they stand in the folder now; None when it is not there."""
        return paths.read_current(self.root, relative)


def _begin(root: Path, aside: Path) -> None:
    """Make the repository aside and put it in place by one rename: a crash leaves all of it or none."""
    aside.mkdir()
    _git.init(aside)
    _files.replace(aside / ".git", root / ".git")
    _files.remove_empty(aside)


def _refuse_content(root: Path) -> None:
    found = sorted(entry.name for entry in root.iterdir() if entry.name != ".git")
    if found or ((root / ".git").exists() and _git.commit_of(_git.locate(root), "HEAD")):
        shown = "、".join(found[:3]) + ("など" if len(found) > 3 else "") or "gitの記録"
        raise Refused(
            f"フォルダが空ではありません（{shown}）。何も書き込んでいません。",
            place=Place(str(root)),
            hint="空のフォルダか、まだないフォルダを指定してください。",
        )


def gitattributes() -> bytes:
    """`.gitattributes` of a workspace: git keeps every recorded byte as it is."""
    return """\
# Kian: 記録した文書のバイト列を、gitに変えさせない。
* -text -ident -filter
*.docx binary
*.xlsx binary
*.pdf binary
""".encode()


def gitignore() -> bytes:
    """`.gitignore` of a workspace: personal data and passing files stay out of git."""
    return f"""\
# 個人の電話番号などは、消すことのできないgitに入れない。
/private.yaml
/private/
# 作業中のファイル
{paths.TEMPORARY}*
~$*
.DS_Store
Thumbs.db
""".encode()
