"""Which documents a city gets, clause by clause, and making one of them in memory.

Hands out `Draft` and `Studio`. Leans on `catalog`, `contract`, `word`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from gen import law
from gen.catalog import Catalog, Fact, Manifest, Verdict, judge
from gen.contract import (
    ConfirmRow,
    SheetInput,
    confirm_rows,
    contract_context,
    contract_facts,
    sheet_context,
    terms_of,
    wording_of,
)
from gen.errors import Place, UserError
from gen.profile import Profile
from gen.report import Finding, FindingsError, Report, Severity
from gen.word.document import Document, finish
from gen.word.master import text_of
from gen.word.template import Templates

__all__ = ["Draft", "Studio"]

_ARTICLE = re.compile(r"""\{\{\s*jo\(\s*["']([a-z0-9-]+)["']""")
_FOLDERS = {"procedures": "procedures", "plans": "plans"}


@dataclass(frozen=True)
class Draft:
    """A document that could be made.

    Attributes:
        id: `family/template@subject`.
        manifest: of its template.
        subject: key of the profile row that it serves.
        title: as a list shows it.
        verdict: whether it applies.
        of: id of the draft that a 確認票 goes with.
    """

    id: str
    manifest: Manifest
    subject: str
    title: str
    verdict: Verdict
    of: str = ""

    @property
    def applies(self) -> bool:
        """True unless a fact speaks against it."""
        return self.verdict.value is not False

    @property
    def template(self) -> str:
        """File of its Word template."""
        return f"{self.manifest.name}.docx"

    @property
    def path(self) -> str:
        """Where its files lie in a workspace, without ending."""
        family, name = self.manifest.name.split("/", 1)
        return f"documents/{_FOLDERS.get(family, 'contracts')}/{name}@{self.subject}"

    def why(self) -> list[str]:
        """The facts that decided, in Japanese."""
        return [str(reason) for reason in self.verdict.reasons] or ["常に適用"]


class Studio:
    """One profile, one catalog, one 基準日: everything that is needed to make documents.

    Args:
        profile: the city's.
        catalog: its templates.
        on: 基準日 for law values.
        report: findings on the facts, for the 確認票.
    """

    def __init__(self, profile: Profile, catalog: Catalog, on: date, report: Report | None = None) -> None:
        self.profile = profile
        self.catalog = catalog
        self.on = on
        self.wording = wording_of(profile.city)
        self._by_terms: dict[tuple[tuple[str, str], ...], Templates] = {}
        self._facts: dict[str, dict[str, Fact]] = {}
        self._made: dict[str, Document] = {}
        self._report = report or Report()

    @cached_property
    def drafts(self) -> tuple[Draft, ...]:
        """Every document of the catalog, applying or not, by id."""
        manifests = self.catalog.documents()
        for manifest in manifests:
            if manifest.subject not in ("contracts", "drafts"):
                raise UserError(
                    f"ひな形「{manifest.name}」の subject「{manifest.subject}」は使えません。",
                    place=Place(f"{manifest.name}.yaml"),
                    hint="contracts（契約ごと）又は drafts（契約書案ごと）にしてください。",
                )
        contracts = [d for one in manifests if one.subject == "contracts" for d in self._of(one)]
        papers = [
            replace(
                draft,
                id=f"{one.name}@{draft.subject}",
                manifest=one,
                title=f"{one.title}（{self.profile.contracts[draft.subject].title}）",
                of=draft.id,
            )
            for one in manifests
            if one.subject == "drafts"
            for draft in contracts
        ]
        return tuple(sorted([*contracts, *papers], key=lambda draft: draft.id))

    def _of(self, manifest: Manifest) -> Iterator[Draft]:
        """The drafts of one contract template: one for each contract that names it."""
        name = manifest.name.split("/", 1)[1]
        for key, contract in self.profile.contracts.items():
            if contract.template == name:
                verdict = judge(manifest.when, self.facts(key), manifest.name)
                title = f"{manifest.title}（{contract.title}）"
                yield Draft(f"{manifest.name}@{key}", manifest, key, title, verdict)

    def facts(self, key: str) -> dict[str, Fact]:
        """The facts of a contract."""
        if key not in self._facts:
            self._facts[key] = contract_facts(self.profile, key)
        return self._facts[key]

    def chosen(self, names: Sequence[str]) -> tuple[Draft, ...]:
        """The drafts of these ids, or all that apply where none is named.

        Raises:
            UserError: an id that the catalog and the profile do not have.
        """
        if not names:
            return tuple(draft for draft in self.drafts if draft.applies)
        known = {draft.id: draft for draft in self.drafts}
        unknown = [name for name in names if name not in known]
        if unknown:
            near = difflib.get_close_matches(unknown[0], known, n=1)
            hint = f"「{near[0]}」ではありませんか。" if near else ""
            raise UserError(
                f"文書「{'」「'.join(unknown)}」がありません。",
                hint=f"{hint}文書の一覧は kian list で分かります。",
            )
        return tuple(known[name] for name in dict.fromkeys(names))

    def templates(self, draft: Draft) -> Templates:
        """The compiled templates in the words that this contract has for its parties."""
        terms = terms_of(self.profile, draft.subject)
        key = tuple(terms.items())
        if key not in self._by_terms:
            self._by_terms[key] = Templates(self.catalog.read, self.wording, terms)
        return self._by_terms[key]

    def clauses(self, draft: Draft) -> dict[str, Verdict]:
        """Each clause and attachment that the document may include, and whether it belongs."""
        facts = self.facts(draft.subject)
        included = (file.removesuffix(".docx") for file in self.templates(draft).includes(draft.template)[1:])
        return {name: judge(self.catalog.manifest(name).when, facts, name) for name in included}

    def make(self, draft: Draft) -> Document:
        """The document, inspected, in memory.

        Raises:
            TemplateError, FindingsError: a template that cannot be filled; see there.
        """
        if draft.id not in self._made:
            self._made[draft.id] = self._make(draft)
        return self._made[draft.id]

    def sheet(self, draft: Draft) -> SheetInput:
        """What the 確認票 of a contract's draft tells."""
        verdicts = self.clauses(draft)
        manifests = {name: self.catalog.manifest(name) for name in (draft.manifest.name, *verdicts)}
        own = f"contracts.{draft.subject}."
        findings = [
            one
            for one in self._report
            if not one.field.startswith("contracts.") or f"{one.field}.".startswith(own)
        ]
        title = str(self.profile.contracts[draft.subject].title)
        undecided = self.make(draft).undecided
        return SheetInput(draft.id, draft.subject, title, undecided, manifests, verdicts, Report.of(findings))

    def unsettled(self, draft: Draft) -> tuple[ConfirmRow, ...]:
        """What nobody has confirmed yet of a contract's draft."""
        return tuple(row for row in confirm_rows(self.sheet(draft), self.profile) if row.settled is None)

    def _make(self, draft: Draft) -> Document:
        if draft.of:
            of = next(one for one in self.drafts if one.id == draft.of)
            context = sheet_context(self.sheet(of), self.profile, self.wording, self.on)
        else:
            context = self._contract_context(draft)
        title = str(self.profile.contracts[draft.subject].title)
        own_name = "契約書" if self.profile.city.style.form == "条文" else "契約約款"
        filled = self.templates(draft).fill(draft.template, context)
        return finish(filled, title, self.wording, own_name=own_name, say=self._say)

    def _contract_context(self, draft: Draft) -> dict[str, Any]:
        included = self.clauses(draft)
        excluded = self._excluded(draft, included)
        facts = dict(self.facts(draft.subject))
        facts["has_exclude"] = replace(facts["has_exclude"], value=bool(excluded))
        return contract_context(self.profile, draft.subject, facts, included, self.on, excluded)

    def _say(self, path: str) -> str:
        """The words of the Word comment beside 〇〇〇〇."""
        return f"【未定】{self.profile.label(path)}（{path}）が決まっていません。決まったらプロファイルに書いてください。"

    def _excluded(self, draft: Draft, included: Mapping[str, Verdict]) -> tuple[str, ...]:
        """The articles that the 頭書 excludes; those that the facts leave out need no exclusion.

        Raises:
            FindingsError: a name that no article of the paper has.
        """
        names = self.profile.contracts[draft.subject].exclude
        if not names:
            return ()
        articles = self._articles(draft)
        wrong = [(number, name) for number, name in enumerate(names) if name not in articles]
        if wrong:
            path = f"contracts.{draft.subject}.exclude"
            raise FindingsError(
                Report.of(self._no_article(f"{path}.{number}", name, articles) for number, name in wrong)
            )
        return tuple(
            name
            for name in names
            if (found := included.get(articles[name])) is None or found.value is not False
        )

    def _articles(self, draft: Draft) -> dict[str, str]:
        """The articles of the paper itself by name, each with the template that holds it."""
        found: dict[str, str] = {}
        for file in self.templates(draft).includes(draft.template):
            name, data = file.removesuffix(".docx"), self.catalog.read(file)
            if data is not None and not name.startswith("attachments/"):
                found.update(dict.fromkeys(_ARTICLE.findall(text_of(data, file)), name))
        return found

    def _no_article(self, path: str, name: str, articles: Mapping[str, str]) -> Finding:
        near = difflib.get_close_matches(name, articles, n=1)
        return Finding(
            "contract-exclude",
            Severity.ERROR,
            f"適用除外「{name}」という名前の条は、この契約のひな形にありません。",
            self.profile.place(path),
            path,
            hint=f"「{near[0]}」ではありませんか。" if near else f"使える名前：{'、'.join(sorted(articles))}",
        )

    def template_digest(self, draft: Draft) -> str:
        """SHA-256 over the document's template, the clauses it may include, and their manifests."""
        files = self.templates(draft).includes(draft.template)
        manifests = [f"{file.removesuffix('.docx')}.yaml" for file in files]
        return self.catalog.digest([*files, *manifests])

    def inputs(self) -> dict[str, bytes]:
        """All data that was read so far, by its path under `.kian/inputs/`."""
        templates = {f"templates/{file}": data for file, data in self.catalog.used().items()}
        return {**templates, "law/values.yaml": law.data()}
