"""Which documents a city gets, clause by clause, and making one of them in memory.

Hands out `Studio`. Leans on `catalog`, `kinds`, `word`. What makes a document is loaded with the
first one that is made: a command that finds nothing changed does without.
"""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from gen import backup, law, procedure
from gen.catalog import Catalog, Fact, Manifest, Verdict, digest_of, judge
from gen.drafting.draft import Draft
from gen.drafting.kinds import Kind, kinds_of
from gen.errors import UserError
from gen.japanese import calendar_data
from gen.profile import Profile, Waiver
from gen.profile.private import NOTHING_ASIDE, Aside
from gen.report import Report
from gen.rules import applies, rule_files, text_of

if TYPE_CHECKING:
    from gen.clauses import Wording
    from gen.contract import ConfirmRow, SheetInput
    from gen.word.document import Document
    from gen.word.template import Templates

__all__ = ["Draft", "Studio"]

_DRAFTS = "drafts"


class Studio:
    """One profile, one catalog, one 基準日: everything that is needed to make documents.

    Args:
        profile: the city's.
        catalog: its templates.
        on: 基準日 for law values.
        report: findings on the facts, for the 確認票.
        aside: what only a paper that is made and not recorded holds.
    """

    def __init__(
        self,
        profile: Profile,
        catalog: Catalog,
        on: date,
        report: Report | None = None,
        aside: Aside = NOTHING_ASIDE,
    ) -> None:
        self.profile = profile
        self.catalog = catalog
        self.on = on
        self._kinds = kinds_of(profile, on, catalog, aside)
        self._by_terms: dict[tuple[tuple[str, str], ...], Templates] = {}
        self._made: dict[str, Document] = {}
        self._clauses: dict[str, dict[str, Verdict]] = {}
        self.report = report or Report()

    @cached_property
    def wording(self) -> Wording:
        """The city's style."""
        from gen.contract import wording_of

        return wording_of(self.profile.city)

    def on_day(self, on: date) -> Studio:
        """The same facts and templates on another 基準日."""
        other = Studio(self.profile, self.catalog, on, self.report)
        other._by_terms = self._by_terms
        return other

    def with_facts(self, other: Studio) -> Studio:
        """Another's facts and day, with the templates that this one compiled where the wording is the same."""
        if other.wording == self.wording:
            other._by_terms = self._by_terms
        return other

    @cached_property
    def drafts(self) -> tuple[Draft, ...]:
        """Every document of the catalog, applying or not, by id."""
        manifests = self.catalog.documents()
        out = [draft for one in manifests if one.subject != _DRAFTS for draft in self._of(one)]
        out += [
            self._sheet_draft(one, draft)
            for one in manifests
            if one.subject == _DRAFTS
            for draft in out
            if draft.manifest.kind == "contract"
        ]
        out += [part for draft in out if draft.manifest.attachments for part in self._parts(draft)]
        return tuple(sorted(out, key=lambda draft: draft.id))

    def _parts(self, draft: Draft) -> Iterator[Draft]:
        """The attachments of a contract, to be printed apart from it."""
        for name in draft.manifest.attachments:
            manifest = self.catalog.manifest(f"attachments/{name}")
            verdict = judge(manifest.when, self.facts(draft), manifest.name)
            title = f"{manifest.title}（{self._kind(draft).title(draft.subject)}）"
            id = f"{manifest.name}@{draft.subject}"
            because = f"契約 {draft.subject} の別記・別紙"
            yield Draft(id, manifest, draft.subject, title, verdict, part_of=draft.id, because=because)

    def _of(self, manifest: Manifest) -> Iterator[Draft]:
        """The drafts of one template: one for each row of the profile that it serves."""
        kind = self._kinds.get(manifest.subject)
        if kind is None:  # told where the workspace is loaded; one template stops no other
            return
        for key in kind.keys(manifest):
            verdict = judge(manifest.when, kind.facts(key), manifest.name)
            id = f"{manifest.name}@{key}" if key else manifest.name
            title = f"{manifest.title}（{kind.title(key)}）"
            because = f"契約 {key} がこのひな形を指定している" if manifest.kind == "contract" else ""
            called = (
                judge({manifest.event: True}, kind.facts(key), manifest.name) if manifest.event else verdict
            )
            on_call = bool(manifest.event) and called.value is not True
            if manifest.event:
                because = "名前を指定したときに作る" if on_call else str(called.reasons[0])
            ending = self.catalog.ending(manifest.name)
            yield Draft(id, manifest, key, title, verdict, ending=ending, because=because, on_call=on_call)

    def _sheet_draft(self, manifest: Manifest, draft: Draft) -> Draft:
        title = f"{manifest.title}（{self._kind(draft).title(draft.subject)}）"
        id = f"{manifest.name}@{draft.subject}"
        because = f"契約 {draft.subject} の案に添える"
        return Draft(id, manifest, draft.subject, title, draft.verdict, of=draft.id, because=because)

    def _kind(self, draft: Draft) -> Kind:
        return self._kinds["contracts" if draft.of or draft.part_of else draft.manifest.subject]

    def facts(self, draft: Draft) -> Mapping[str, Fact]:
        """What conditions can ask of a document's row."""
        return self._kind(draft).facts(draft.subject)

    def chosen(self, names: Sequence[str], recorded: Container[str] = ()) -> tuple[Draft, ...]:
        """The drafts of these ids, or all that apply where none is named.

        An attachment is printed apart when it is named, and from then on with the rest; so is a paper
        whose event the profile does not hold.

        Args:
            names: ids.
            recorded: ids of documents that were made before.

        Raises:
            UserError: an id that the catalog and the profile do not have.
        """
        if not names:
            return tuple(
                draft
                for draft in self.drafts
                if draft.applies and (draft.id in recorded or not (draft.part_of or draft.on_call))
            )
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
        """The compiled templates in the words that this document has for its parties."""
        from gen.word.kept import beside_bytecode
        from gen.word.template import Templates

        terms = dict(self._kind(draft).terms(draft.subject))
        terms.pop("対価", None)  # put in when filled: a lease shares the compiled clauses
        key = tuple(terms.items())
        if key not in self._by_terms:
            self._by_terms[key] = Templates(
                self.catalog.read, self.wording, terms, self.catalog.shown, beside_bytecode()
            )
        return self._by_terms[key]

    def clauses(self, draft: Draft) -> dict[str, Verdict]:
        """Each clause and attachment that the document may include, and whether it belongs."""
        if draft.id not in self._clauses:
            self._clauses[draft.id] = self._judged(draft)
        return self._clauses[draft.id]

    def _judged(self, draft: Draft) -> dict[str, Verdict]:
        facts = self.facts(draft)
        included = (file.rpartition(".")[0] for file in self.templates(draft).includes(draft.template)[1:])
        return {name: judge(self.catalog.manifest(name).when, facts, name) for name in included}

    def clause_title(self, draft: Draft, name: str) -> str:
        """The title of a clause in the words that this document has for its parties."""
        from gen.contract import in_terms

        return in_terms(self.catalog.manifest(name).title, self._kind(draft).terms(draft.subject))

    def make(self, draft: Draft) -> Document:
        """The document, inspected, in memory.

        Raises:
            TemplateError, FindingsError: a template that cannot be filled; see there.
        """
        if draft.id not in self._made:
            self._made[draft.id] = self._make_part(draft) if draft.part_of else self._make(draft)
        return self._made[draft.id]

    def sheet(self, draft: Draft) -> SheetInput:
        """What the 確認票 of a contract's draft tells."""
        from gen.contract import SheetInput

        kind, verdicts = self._kind(draft), self.clauses(draft)
        manifests = {name: self.catalog.manifest(name) for name in (draft.manifest.name, *verdicts)}
        own = f"contracts.{draft.subject}."
        findings = [one for one in self.report if _concerns(one.field, own)]
        return SheetInput(
            id=draft.id,
            key=draft.subject,
            title=kind.title(draft.subject),
            undecided=self.make(draft).undecided,
            manifests=manifests,
            verdicts=verdicts,
            facts=kind.facts(draft.subject),
            terms=kind.terms(draft.subject),
            report=Report.of(findings),
            waivers=self._waivers(own),
        )

    def _waivers(self, own: str) -> list[tuple[str, Waiver]]:
        """The rules that the city lowered, for this contract or for all, with their titles."""
        return [
            (text_of(one.rule).title, one)
            for one in self.profile.waivers
            if applies(one, self.on) and _concerns(one.field or "", own)
        ]

    def unsettled(self, draft: Draft) -> tuple[ConfirmRow, ...]:
        """What nobody has confirmed yet of a contract's draft."""
        from gen.contract import confirm_rows

        return tuple(row for row in confirm_rows(self.sheet(draft), self.profile) if row.settled is None)

    def _make_part(self, draft: Draft) -> Document:
        from gen.word.apart import attachment_of

        whole = self.make(next(one for one in self.drafts if one.id == draft.part_of))
        name = draft.manifest.name.rpartition("/")[2]
        found = attachment_of(whole, name, draft.title)
        if found is None:
            raise UserError(
                f"文書「{draft.id}」は、この契約には付きません。",
                hint=f"付く理由と付かない理由は kian list --why {draft.part_of} で分かります。",
            )
        return found

    def _make(self, draft: Draft) -> Document:
        from gen.contract import sheet_context
        from gen.drafting.exclusion import excluded_articles
        from gen.word.document import finish

        kind = self._kind(draft)
        included = {**self._held_by_host(draft), **self.clauses(draft)}
        if draft.of:
            of = next(one for one in self.drafts if one.id == draft.of)
            context: Mapping[str, object] = sheet_context(self.sheet(of), self.profile, self.wording, self.on)
        else:
            files = self.templates(draft).includes(draft.template)
            excluded = partial(
                excluded_articles, self.profile, catalog=self.catalog, files=files, included=included
            )
            own_articles = draft.manifest.kind == "contract"  # a form has none that could be excluded
            context = kind.context(draft.subject, included, excluded if own_articles else lambda _: ())
        filled = self.templates(draft).fill(draft.template, context)
        title = kind.title(draft.subject)
        return finish(filled, title, self.wording, own_name=kind.own_name(), say=self._say)

    def _host(self, draft: Draft) -> Draft | None:
        """The contract that a form or paper goes with, where it asks what that contract holds."""
        if not draft.manifest.host:
            return None
        beside = (one for one in self.drafts if one.subject == draft.subject and not one.part_of)
        return next((one for one in beside if one.manifest.kind == draft.manifest.host), None)

    def _held_by_host(self, draft: Draft) -> dict[str, Verdict]:
        host = self._host(draft)
        return {} if host is None else self.clauses(host)

    def _say(self, path: str) -> str:
        """The words of the Word comment beside 〇〇〇〇."""
        return f"【未定】{self.profile.label(path)}（{path}）が決まっていません。決まったらプロファイルに書いてください。"

    def template_digest(self, draft: Draft) -> str:
        """SHA-256 over the document's template, the clauses it may include, and their manifests."""
        host = self._host(draft)
        papers = [draft] if host is None else [draft, host]
        files = list(
            dict.fromkeys(file for one in papers for file in self.templates(one).includes(one.template))
        )
        manifests = [f"{file.rpartition('.')[0]}.yaml" for file in files]
        return self.catalog.digest([*files, *manifests])

    def inputs(self) -> dict[str, bytes]:
        """All data that was read so far, by its path under `.kian/inputs/`."""
        templates = {f"templates/{file}": data for file, data in self.catalog.used().items()}
        return {**templates, **self.data}

    @cached_property
    def data(self) -> dict[str, bytes]:
        """The shipped data beside the templates: law values, steps, levels, the calendar."""
        return {
            "law/values.yaml": law.data(),
            "japanese/holidays.csv": calendar_data(),
            **{f"procedure/{name}": data for name, data in procedure.data_files().items()},
            **{f"backup/{name}": data for name, data in backup.data_files().items()},
            **{f"rules/{name}": data for name, data in rule_files().items()},
        }

    @cached_property
    def data_digest(self) -> str:
        """SHA-256 over that data, hexadecimal."""
        return digest_of(self.data)


_NO_CONTRACT = ("systems", "migration", "backup", "people", "roles")
"""Sections whose findings do not belong into the 確認票 of a contract."""


def _concerns(field: str, own: str) -> bool:
    """Whether a finding is about a contract, by its field; `own` is the contract's own path."""
    if field.startswith("contracts."):
        return f"{field}.".startswith(own)
    return field.partition(".")[0] not in _NO_CONTRACT
