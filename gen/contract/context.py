"""The names that a contract's template can print, worded in the city's style.

Hands out `contract_context` and `wording_of`. Each value keeps the path of its field.
`docs/template-fields.md` is made from here. Leans on `facts`, `money`, `parties`, `printing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gen.catalog import FEE, Fact, Manifest, Verdict
from gen.clauses import CALLS, Wording
from gen.contract.course import BLANK_DATE, course_context
from gen.contract.levels import level_rows
from gen.contract.money import paid_period, tax_rate
from gen.contract.parties import Signer, signers_of
from gen.contract.tables import Tables
from gen.japanese import Digits
from gen.law import look_up
from gen.profile import City, Profile, Undecided
from gen.word.marks import Term, Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row
from gen.word.unknown import Unknown

__all__ = ["contract_context", "terms_of", "wording_of"]

_PARTIES = "甲乙丙丁戊己庚辛壬癸"


def wording_of(city: City, manifest: Manifest | None = None) -> Wording:
    """The city's style of wording, with the words that a kind of contract has for its parties."""
    style, roles = city.style, manifest.roles if manifest else ()
    return Wording(style.parties, style.comma, style.conjunction == "漢字", Digits(style.digits), roles)


def terms_of(profile: Profile, key: str, manifest: Manifest | None = None) -> dict[str, str]:
    """The words for the parties of a contract, for the one that orders and for its price: 甲, 乙 …, 本市, 対価.

    Where another body orders (自治体が受託者になる), 本市 would be the wrong city: it is 甲 then.

    Args:
        profile: the city's.
        key: of the contract.
        manifest: of the contract's template; a lease calls its parties otherwise.
    """
    contract = profile.contracts[key]
    wording = wording_of(profile.city, manifest)
    roles = [str(party.role) for party in contract.parties] or [wording.party(0), wording.party(1)]
    orders = contract.parties[0].city if contract.parties else contract.city_as == "発注者"
    own = profile.city.self_word if orders else roles[0]
    fee = manifest.fee if manifest else FEE
    return {**dict(zip(_PARTIES, roles, strict=False)), "本市": own, "対価": fee}


def contract_context(
    profile: Profile,
    key: str,
    facts: Mapping[str, Fact],
    included: Mapping[str, Verdict],
    on: date,
    excluded: Sequence[str] = (),
    manifest: Manifest | None = None,
) -> dict[str, Any]:
    """What the templates of one contract can print and ask.

    Args:
        profile: the city's.
        key: of the contract.
        facts: of `contract_facts`.
        included: whether each clause and attachment that the paper may include
            (`clauses/secrecy`) belongs.
        on: 基準日 for law values.
        excluded: articles of the paper that the 頭書 says do not apply.
        manifest: of the template that the contract names, for its words.
    """
    contract = profile.contracts[key]
    wording = wording_of(profile.city, manifest)
    printer = Printer(profile, wording, keys=False)
    maker = _Maker(profile, key, contract, printer, wording, on, excluded)
    signers = signers_of(profile, key, contract, wording, printer)

    verdict, has = _inclusion(included, printer)
    return {
        **maker.tables(),
        **{name: Term(word) for name, word in terms_of(profile, key, manifest).items()},
        "city": maker.city(),
        "rule": maker.rule(),
        "vendor": maker.vendor(),
        "k": maker.contract(),
        "sla_items": level_rows(profile, key, printer, wording),
        **course_context(profile, key, printer, wording, maker.sums()),
        "former": maker.former(),
        "parties": [
            maker.party(number, signer, last=number == len(signers) - 1)
            for number, signer in enumerate(signers)
        ],
        **maker.shares(signers),
        "fact": Row(**{name: _fact(fact, printer) for name, fact in facts.items()}),
        "has": has,
        "_applies": verdict,
    }


_Asked = Callable[[str], bool | Unknown]


def _inclusion(included: Mapping[str, Verdict], printer: Printer) -> tuple[_Asked, _Asked]:
    """Whether a file belongs, and whether a clause or attachment of a name does."""

    def verdict(name: str) -> bool | Unknown:
        found = included.get(name.removesuffix(".docx"))
        if found is None:
            return False
        if found.value is None and found.undecided is not None:
            return printer.unknown(found.undecided.path)
        return bool(found.value)

    def has(name: str) -> bool | Unknown:
        clause = f"clauses/{name}"
        return verdict(clause if clause in included else f"attachments/{name}")

    return verdict, has


def _fact(fact: Fact, printer: Printer) -> bool | str | Unknown:
    value = fact.value
    return printer.unknown(value.path) if isinstance(value, Undecided) else value


class _Maker(Tables):
    def city(self) -> Row:
        city, p = self._profile.city, self._printer
        return Row(
            name=p.text(city.name, "city.name"),
            kind=p.text(city.kind, "city.kind"),
            prefecture=p.text(city.prefecture, "city.prefecture"),
            address=p.text(city.address, "city.address"),
            court=p.text(city.court, "city.court"),
            head_title=p.text(city.head.title, "city.head.title"),
            head_name=p.text(city.head.name, "city.head.name"),
        )

    def former(self) -> list[Row]:
        """The bodies that this one succeeded, for a note on contracts under their names."""
        p, rows = self._printer, []
        for index, body in enumerate(self._profile.city.former):
            path = f"city.former.{index}"
            rows.append(
                Row(
                    name=p.text(body.name, f"{path}.name"),
                    until=Value("", f"{path}.until")
                    if body.until is None
                    else p.day(body.until, f"{path}.until"),
                    note=p.optional(body.note, f"{path}.note"),
                )
            )
        return rows

    def rule(self) -> Row:
        rules, p = self._profile.rules, self._printer

        def name(field: str) -> Printed:
            text = getattr(rules, field)
            if text is None:
                return p.unknown(f"rules.{field}.name")
            named = p.text(text.name, f"rules.{field}.name")
            if text.number is None:
                return named
            return p.join(f"rules.{field}", named, "（", p.text(text.number, f"rules.{field}.number"), "）")

        deposit = rules.deposit
        return Row(
            contract_rule=name("contract_rule"),
            longterm_ordinance=name("longterm_ordinance"),
            security_policy=name("security_policy"),
            bouhai_ordinance=name("bouhai_ordinance"),
            personal_info_rule=name("personal_info_rule"),
            records_rule=name("records_rule"),
            electronic_contract_rule=name("electronic_contract_rule"),
            delegation_rule=name("delegation_rule"),
            deposit_article=p.text(deposit.article if deposit else None, "rules.deposit.article"),
            deposit_exempt_article=p.text(
                deposit.exempt_article if deposit else None, "rules.deposit.exempt_article"
            ),
            penalty_rate=self._penalty_rate(),
            dango_rate=p.hundredths(rules.dango_rate, "rules.dango_rate"),
            cancel_penalty=p.hundredths(rules.cancel_penalty, "rules.cancel_penalty"),
        )

    def _penalty_rate(self) -> Printed:
        rate, p = self._profile.rules.penalty_rate, self._printer
        if rate is None or isinstance(rate.mode, Undecided):
            return p.unknown("rules.penalty_rate.mode")
        if rate.mode == "率":
            return p.percent(rate.value, "rules.penalty_rate.value", before="年")
        law = "支払遅延防止法第8条第1項の規定により財務大臣が決定する率"
        return Value(self._wording.text(law), "rules.penalty_rate.mode")

    def party(self, number: int, signer: Signer, *, last: bool) -> Row:
        """One party with its signature block, and what it alone owes or bears."""
        p, rows = self._printer, self._contract.parties
        path = f"{self._path}.parties.{number}"
        share, duty = (rows[number].share, rows[number].duty) if rows else (None, None)
        return Row(
            role=signer.role,
            name=signer.name,
            first=signer.lines[0],
            lines=list(signer.lines[1:-1]),
            end=signer.lines[-1],
            last=last,
            share=Value("", path) if share is None else p.percent(share, f"{path}.share"),
            duty=p.optional(duty, f"{path}.duty"),
        )

    def shares(self, signers: Sequence[Signer]) -> dict[str, Any]:
        """The parties who bear a part of the cost, and the sum of their parts; open while one is."""
        p, path = self._printer, f"{self._path}.parties"
        parties = self._contract.parties
        bearers = [number for number, party in enumerate(parties) if party.share is not None]
        shares = [parties[number].share for number in bearers]
        known = [share for share in shares if isinstance(share, Decimal)]
        still_open = (n for n, share in zip(bearers, shares, strict=True) if not isinstance(share, Decimal))
        total_path = next((f"{path}.{number}.share" for number in still_open), path)
        return {
            "shares": [
                Row(
                    no=self._number(place),
                    role=signers[number].role,
                    name=signers[number].name,
                    share=p.percent(parties[number].share, f"{path}.{number}.share"),
                )
                for place, number in enumerate(bearers, 1)
            ],
            "shares_total": p.percent(sum(known) if len(known) == len(shares) else None, total_path),
        }

    def vendor(self) -> Row:
        key, p = self._contract.vendor, self._printer
        vendor = self._profile.vendors.get(key) if isinstance(key, str) else None
        path = f"vendors.{key}" if vendor else f"{self._path}.vendor"
        return Row(
            name=p.text(vendor.name if vendor else None, f"{path}.name" if vendor else path),
            address=p.text(vendor.address if vendor else None, f"{path}.address" if vendor else path),
            head_title=p.text(
                vendor.head.title if vendor else None, f"{path}.head.title" if vendor else path
            ),
            head_name=p.text(vendor.head.name if vendor else None, f"{path}.head.name" if vendor else path),
            invoice_number=p.text(
                vendor.invoice_number if vendor else None, f"{path}.invoice_number" if vendor else path
            ),
        )

    def contract(self) -> Row:
        return Row(**self._identity(), **self._money(), **self._terms())

    def _identity(self) -> dict[str, Any]:
        c, p, path = self._contract, self._printer, self._path
        signed = c.signed_on
        blank = Value(BLANK_DATE, f"{path}.signed_on")
        return {
            "title": p.text(c.title, f"{path}.title"),
            "number": p.text(c.number, f"{path}.number"),
            "place": p.text(c.place, f"{path}.place"),
            "start": p.day(c.period.start, f"{path}.period.start"),
            "end": p.day(c.period.end, f"{path}.period.end"),
            "period": p.period(c.period, f"{path}.period"),
            "free_period": p.period(c.free_period, f"{path}.free_period"),
            "paid_period": p.period(paid_period(c), f"{path}.paid_period"),
            "run_period": p.period(c.run_period, f"{path}.run_period"),
            "signed_on": p.day(signed, f"{path}.signed_on") if isinstance(signed, date) else blank,
            "method": p.text(c.method, f"{path}.method"),
            "method_article": p.text(c.method_article, f"{path}.method_article"),
            "reason": p.text(c.reason, f"{path}.reason"),
            "account": p.text(c.account, f"{path}.account"),
            "budget_basis": p.text(c.budget_basis, f"{path}.budget_basis"),
            "budget_item": p.text(c.budget_item, f"{path}.budget_item"),
            "copies": p.join(f"{path}.copies", p.number(self._copies(), f"{path}.copies"), "通"),
            "exclude": CALLS["refs"](*self._excluded) if self._excluded else p.unknown(f"{path}.exclude"),
        }

    def _copies(self) -> object:
        """As many as there are parties, unless the profile says so."""
        return len(self._contract.parties) or 2 if self._contract.copies is None else self._contract.copies

    def _money(self) -> dict[str, Any]:
        c, p, path, sums = self._contract, self._printer, f"{self._path}.amount", self._sums
        deposit = c.deposit
        cap = c.liability.amount if c.liability else None
        article = deposit.article
        if article is None and self._profile.rules.deposit is not None:
            article = self._profile.rules.deposit.exempt_article
        whole, month = self._open_sum("total"), self._open_sum("monthly")
        return {
            "total": p.yen(sums.total, whole or f"{path}.total"),
            "tax": p.yen(sums.tax, whole or f"{path}.tax"),
            "net": p.yen(sums.net, whole or f"{path}.total"),
            "monthly": p.yen(sums.monthly, month or f"{path}.monthly"),
            "monthly_tax": p.yen(sums.monthly_tax, month or f"{path}.monthly"),
            "tax_rate": p.percent(tax_rate(c, self._on), f"{self._path}.tax_rate"),
            "deposit_article": p.text(article, f"{self._path}.deposit.article"),
            "deposit_amount": p.yen(deposit.amount, f"{self._path}.deposit.amount"),
            "budget_limit": p.yen(c.budget_limit, f"{self._path}.budget_limit"),
            "cost_limit": p.yen(c.cost_limit, f"{self._path}.cost_limit"),
            "cap_amount": p.yen(cap, f"{self._path}.liability.amount"),
        }

    def _terms(self) -> dict[str, Any]:
        c, p, path = self._contract, self._printer, self._path
        inspect = c.inspect_days if c.inspect_days is not None else self._law_days("inspection-days/other")
        days = c.payment.days if c.payment.days is not None else self._law_days("payment-days/other")
        plain = {
            name: p.number(getattr(c, name), f"{path}.{name}")
            for name in (
                "plan_days",
                "report_day",
                "first_report_minutes",
                "warranty_months",
                "notice_months",
                "log_months",
                "eol_months",
            )
        }
        manager, title = (c.manager.name, c.manager.title) if c.manager else (None, None)
        core = p.text(self._listed(c.subcontract.core) or None, f"{path}.subcontract.core")
        return {
            **plain,
            "inspect_days": p.number(inspect, f"{path}.inspect_days"),
            "pay_days": p.number(days, f"{path}.payment.days"),
            "hours": p.text(c.hours.text if c.hours else None, f"{path}.hours.text"),
            "manager_title": p.optional(title, f"{path}.manager.title"),
            "manager_name": p.text(manager, f"{path}.manager.name"),
            "subcontract_core": core,
        }

    def _listed(self, words: Sequence[str]) -> str:
        """A、B及びC in the city's wording; 並びに where a member holds a 及び of its own."""
        if len(words) < 2:
            return "".join(words)
        nested = any("及び" in word or "および" in word for word in words)
        comma, last = self._wording.text("、"), self._wording.text("並びに" if nested else "及び")
        return f"{comma.join(words[:-1])}{last}{words[-1]}"

    def _law_days(self, id: str) -> object:
        """The longest time that the law allows, where the profile is silent."""
        value = look_up(id, self._on).value
        return None if value is None else int(value)
