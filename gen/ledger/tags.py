"""Tags of a document's life: a 決裁 or a 締結 named for good, with what it was given for.

Hands out `Tag`, `TagSpec`, `RecordedTag`, `recorded_tags`, `tag_content`, `tag_for` and `check_signature`.
Leans on the ledger's `_refs`, `_signing`, `message` and `_git`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from gen.ledger import _git, _refs, _signing, message
from gen.ledger.identity import Identity
from gen.ledger.recovery import HasRepository

__all__ = ["RecordedTag", "TagSpec", "check_signature", "recorded_tags", "tag_for", "written_tag"]

_HEADER = re.compile(rb"object ([0-9a-f]{40,64})\ntype (\w+)\ntag ([^\n]+)\ntagger ([^\n]*)\n\n", re.DOTALL)
_UNFIT = re.compile(r"[^A-Za-z0-9._@/-]+")


@dataclass(frozen=True, slots=True)
class TagSpec:
    """A tag that a revision is to have: its short name, and what it says."""

    name: str
    subject: str
    trailers: message.Trailers


@dataclass(frozen=True, slots=True)
class RecordedTag:
    """A tag below `kian/` as it stands.

    Attributes:
        name: short name.
        commit: the commit that it names; "" where it is no annotated tag of a commit.
        inner: the name that the tag object itself holds.
        tagger: name, address, seconds and zone.
        trailers: what it says.
        content: the whole object, for the signature.
    """

    name: str
    commit: str
    inner: str
    tagger: str
    trailers: message.Trailers
    content: bytes

    @property
    def is_signed(self) -> bool:
        """True where a signature stands behind it."""
        return _signing.SIGNATURE.search(self.content) is not None

    def value(self, key: str) -> str:
        """What a trailer of it says, "" where it has none of the name."""
        return next((value for name, value in self.trailers if name == key), "")


def tag_for(workspace: HasRepository, document: str, word: str, version: int) -> str:
    """A short name that no tag has yet: `kian/contracts/x@ops/v2-approved`, then `…-2`."""
    stem = f"kian/{_UNFIT.sub('-', document)}/v{version}-{word}"
    taken = {ref.name for ref in _refs.tag_refs(workspace.repository)}
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def written_tag(
    repository: _git.Repository, spec: TagSpec, commit: str, author: Identity, when: datetime
) -> str:
    """Write the tag of a commit into the object store, signed where the person's git asks; its id."""
    name = re.sub(r"[<>\n\0]", "", author.name)
    tagger = f"{name} <{re.sub(r'[<> ]', '', author.email)}> {int(when.timestamp())} {when:%z}"
    text = message.build(spec.subject, "", spec.trailers)
    content = f"object {commit}\ntype commit\ntag {spec.name}\ntagger {tagger}\n\n{text}".encode()
    return _refs.write_tag(repository, _signing.signed(repository, content, author.name, author.email))


def recorded_tags(workspace: HasRepository) -> dict[str, RecordedTag]:
    """Every tag below `kian/` by its short name."""
    refs = _refs.tag_refs(workspace.repository)
    contents = _refs.raw_tags(workspace.repository, refs)
    return {ref.name: _parsed(ref.name, contents.get(ref.name, b"")) for ref in refs}


def _parsed(name: str, content: bytes) -> RecordedTag:
    head = _HEADER.match(content)
    if head is None or head[2] != b"commit":
        return RecordedTag(name, "", "", "", (), content)
    text = _signing.SIGNATURE.split(content[head.end() :])[0].decode("utf-8", "replace")
    inner, tagger = (part.decode("utf-8", "replace") for part in (head[3], head[4]))
    return RecordedTag(name, head[1].decode(), inner, tagger, message.parse(text).trailers, content)


def check_signature(workspace: HasRepository, tag: RecordedTag) -> bool | None:
    """See `_signing.check`."""
    return _signing.check(workspace.repository, tag.content)
