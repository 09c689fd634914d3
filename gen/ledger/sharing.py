"""What the git around a workspace means for a person who records: others' revisions, signatures, names.

Hands out `remarks`. Asks nothing over the network. Leans on the ledger's `identity`, `recovery` and `_git`.
"""

from __future__ import annotations

from gen.ledger import _git
from gen.ledger.identity import set_aside
from gen.ledger.recovery import HasRepository

__all__ = ["remarks"]

_HOW = "手順は、経過と状態（docs/ja/history.md）の「二人以上で使う」にあります。"


def remarks(workspace: HasRepository) -> tuple[str, ...]:
    """Japanese sentences for a person, none where there is nothing to say."""
    found = _git.upstream(workspace.repository)
    shared = _shared(*found) if found else ()
    return (*shared, *_unsigned(workspace.repository), *_of_another(workspace.repository))


def _shared(name: str, ours: int, theirs: int) -> tuple[str, ...]:
    if ours and theirs:
        return (
            f"共有の枝 {name} と分かれています（こちらだけの改訂{ours}件、共有の側だけの改訂{theirs}件）。"
            f"git push は断られます。先に git pull で統合してください。{_HOW}",
        )
    if theirs:
        return (
            f"共有の枝 {name} に、まだ取り込んでいない改訂が{theirs}件あります。"
            "git pull で取り込んでから、文書を作ってください。",
        )
    if ours:
        return (
            f"まだ共有していない改訂が{ours}件あります。git push で {name} に送ります。"
            f"断られたときは、先に git pull で統合してください。{_HOW}",
        )
    return ()


def _unsigned(repository: _git.Repository) -> tuple[str, ...]:
    return (
        (
            "gitの設定（commit.gpgSign）は署名を求めていますが、Kianの改訂には署名を付けません。"
            "署名が要るときは、記録のあとで git commit --amend --no-edit -S を実行してください。",
        )
        if _git.wants_signatures(repository)
        else ()
    )


def _of_another(repository: _git.Repository) -> tuple[str, ...]:
    """A folder that somebody sent may hold its sender's name; who is recorded is said before it is."""
    other = set_aside(repository.root)
    if other is None:
        return ()
    return (
        f"この作業場所のgitの設定（.git/config）には、別の名前「{other.name} <{other.email}>」があります。"
        "Kianの改訂は、このパソコンでのあなたの設定（git config --global user.name、user.email）の名前で記録します。",
    )
