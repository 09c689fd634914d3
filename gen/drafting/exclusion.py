"""適用除外: the articles of a contract that its 頭書 takes out, by name.

Hands out `excluded_articles`. The articles stay in the paper; the 頭書 names them by the
numbers they have there. Leans on `draft`, `catalog`, `word`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from gen.catalog import Catalog, Verdict
from gen.profile import Profile
from gen.report import Finding, FindingsError, Report, Severity
from gen.word.master import text_of

__all__ = ["excluded_articles"]

_ARTICLE = re.compile(r"""\{\{\s*jo\(\s*["']([a-z0-9-]+)["']""")


def excluded_articles(
    profile: Profile, key: str, catalog: Catalog, files: Iterable[str], included: Mapping[str, Verdict]
) -> tuple[str, ...]:
    """The articles that the 頭書 excludes; those that the facts leave out need no exclusion.

    Args:
        profile: the city's.
        key: of the contract.
        catalog: holds the templates.
        files: the contract's template and all that it may include.
        included: whether each of these belongs.

    Raises:
        FindingsError: a name that no article of the paper has.
    """
    names = profile.contracts[key].exclude
    if not names:
        return ()
    articles = _articles(catalog, files)
    path = f"contracts.{key}.exclude"
    wrong = [(number, name) for number, name in enumerate(names) if name not in articles]
    if wrong:
        raise FindingsError(
            Report.of(_no_article(profile, f"{path}.{number}", name, articles) for number, name in wrong)
        )
    return tuple(
        name for name in names if (found := included.get(articles[name])) is None or found.value is not False
    )


def _articles(catalog: Catalog, files: Iterable[str]) -> dict[str, str]:
    """The articles of the paper itself by name, each with the template that holds it."""
    found: dict[str, str] = {}
    for file in files:
        name, data = file.removesuffix(".docx"), catalog.read(file)
        if data is not None and not name.startswith("attachments/"):
            found.update(dict.fromkeys(_ARTICLE.findall(text_of(data, file)), name))
    return found


def _no_article(profile: Profile, path: str, name: str, articles: Mapping[str, str]) -> Finding:
    near = difflib.get_close_matches(name, articles, n=1)
    return Finding(
        "contract-exclude",
        Severity.ERROR,
        f"適用除外「{name}」という名前の条は、この契約のひな形にありません。",
        profile.place(path),
        path,
        hint=f"「{near[0]}」ではありませんか。" if near else f"使える名前：{'、'.join(sorted(articles))}",
    )
