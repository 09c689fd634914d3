"""The ledger: revisions in the workspace's git repository, all or nothing, and read back.

Hands out the names below. Leans on `errors`; git stands behind the private module `_git`.
"""

from gen.ledger._files import resolved, write_by_rename
from gen.ledger.heads import Heads
from gen.ledger.history import RevisionInfo, head, history, list_files, read_file, read_files, resolve
from gen.ledger.identity import Identity, identity
from gen.ledger.lives import STANDS, STEPS, step_of
from gen.ledger.lock import LOCK_NAME, JsonValue, Life, Lock, LockEntry, State
from gen.ledger.message import DocumentNote, Trailers, trailers_for
from gen.ledger.paths import checked as checked_path
from gen.ledger.programs import run_program
from gen.ledger.record import RecordedRevision, Revision, digest, record
from gen.ledger.recovery import Recovery, needs_recovery, settle, writing
from gen.ledger.sharing import remarks
from gen.ledger.status import FileState, Standing, status
from gen.ledger.tags import RecordedTag, TagSpec, check_signature, recorded_tags, tag_for
from gen.ledger.tracks import (
    Change,
    Noted,
    blob_id,
    bundle,
    changes_of,
    heads_of,
    noted_heads,
    read_blobs,
    trees_of,
)
from gen.ledger.workspace import Workspace, gitattributes, gitignore

__all__ = [
    "LOCK_NAME",
    "STANDS",
    "STEPS",
    "Change",
    "DocumentNote",
    "FileState",
    "Heads",
    "Identity",
    "JsonValue",
    "Life",
    "Lock",
    "LockEntry",
    "Noted",
    "RecordedRevision",
    "RecordedTag",
    "Recovery",
    "Revision",
    "RevisionInfo",
    "Standing",
    "State",
    "TagSpec",
    "Trailers",
    "Workspace",
    "blob_id",
    "bundle",
    "changes_of",
    "check_signature",
    "checked_path",
    "digest",
    "gitattributes",
    "gitignore",
    "head",
    "heads_of",
    "history",
    "identity",
    "list_files",
    "needs_recovery",
    "noted_heads",
    "read_blobs",
    "read_file",
    "read_files",
    "record",
    "recorded_tags",
    "remarks",
    "resolve",
    "resolved",
    "run_program",
    "settle",
    "status",
    "step_of",
    "tag_for",
    "trailers_for",
    "trees_of",
    "write_by_rename",
    "writing",
]
