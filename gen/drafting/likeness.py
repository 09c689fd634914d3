"""Which recorded paper a text reads most like: by the share of lines that both have.

Hands out `Recorded`, `recorded_papers`, `likenesses` and `contents`. Every text is unpacked, for the nearest one must be the
nearest; no index of them is kept, for whoever sends a workspace could write a lie into it. Leans on `ledger`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

from gen.ledger import RevisionInfo, Workspace, changes_of, read_blobs

__all__ = ["Recorded", "contents", "likenesses", "recorded_papers"]

_AT_ONCE, _AHEAD = 125, 2
"""Files that one git unpacks, and gits at a time."""
_FIELDS = {".txt": "text", ".docx": "word"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A paper as a revision brought it.

    Attributes:
        document: its id.
        info: the revision that changed its text or its Word file.
        text, word: blob ids of both; "" for one that no revision has brought yet.
    """

    document: str
    info: RevisionInfo
    text: str = ""
    word: str = ""


def recorded_papers(workspace: Workspace, revisions: Sequence[RevisionInfo]) -> list[Recorded]:
    """What each revision brought of the papers that the lock knows, oldest first; of a merge of two branches, nothing.

    Args:
        workspace: where they are recorded.
        revisions: newest first, as `history` gives them.
    """
    owners = workspace.lock.files
    ordered = [info for info in revisions[::-1] if len(info.parents) < 2]
    folders = sorted({path.partition("/")[0] for path in owners})
    changes = changes_of(workspace, [info.commit for info in ordered], folders)
    last: dict[str, Recorded] = {}
    found: list[Recorded] = []
    for info in ordered:
        touched: dict[str, dict[str, str]] = {}
        for change in changes[info.commit]:
            field = _FIELDS.get(change.path[change.path.rfind(".") :])
            if field is not None and change.path in owners:
                touched.setdefault(owners[change.path], {})[field] = change.new or ""
        for document, oids in touched.items():
            last[document] = replace(last.get(document) or Recorded(document, info), info=info, **oids)
            found.append(last[document])
    return found


def likenesses(workspace: Workspace, papers: Sequence[Recorded], twin: str) -> list[tuple[float, Recorded]]:
    """Each paper with the share of its lines and a text's that both have, 0 to 1, in the order given.

    Args:
        workspace: where they are recorded.
        papers: those to hold it against; the same text in several revisions is read once.
        twin: the text.
    """
    lines = frozenset(twin.encode().split(b"\n"))
    oids = list(dict.fromkeys(one.text for one in papers if one.text))
    shares = {
        oid: _share(lines, content.split(b"\n"))
        for oid, content in zip(oids, contents(workspace, oids), strict=True)
    }
    return [(shares.get(one.text, 0.0), one) for one in papers]


def _share(lines: frozenset[bytes], others: Sequence[bytes]) -> float:
    both = len(lines.intersection(others))
    return both / max(len(lines) + len(set(others)) - both, 1)


def contents(workspace: Workspace, oids: Sequence[str]) -> Iterator[bytes]:
    """What these blobs hold. While some are looked at git unpacks the next ones; no more are kept, nor read
    for one who stops."""

    def read(start: int) -> list[bytes]:
        some = oids[start : start + _AT_ONCE]
        found = read_blobs(workspace, some)
        return [found.get(oid, b"") for oid in some]

    starts = iter(range(0, len(oids), _AT_ONCE))
    with ThreadPoolExecutor(_AHEAD) as git:
        waiting = deque(git.submit(read, start) for start in islice(starts, _AHEAD))
        while waiting:
            some = waiting.popleft().result()
            waiting.extend(git.submit(read, start) for start in islice(starts, 1))
            yield from some
