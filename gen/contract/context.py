"""The names that a contract's template can print, worded in the city's style.

Hands out `contract_context` and `wording_of`. Each value keeps the path of its field.
`docs/template-fields.md` is made from here. Leans on `facts`, `money`, `parties`, `printing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gen.catalog import Fact, Verdict
from gen.clauses import CALLS, Wording
from gen.contract.money import Pay, Sums, paid_period, sums_of, tax_rate
from gen.contract.parties import Signer, signers_of
from gen.japanese import Digits, nendo, nendo_wareki
from gen.law import look_up
from gen.profile import City, Contract, DayWord, Profile, Undecided
from gen.word.marks import Term, Value
from gen.word.printing import Printed, Printer
from gen.word.row import Row
from gen.word.unknown import Unknown

__all__ = ["contract_context", "terms_of", "wording_of"]

_PARTIES = "甲乙丙丁戊己庚辛壬癸"
_BLANK_DATE = "令和　　年　　月　　日"


def wording_of(city: City) -> Wording:
    """The city's style of wording."""
    style = city.style
    return Wording(style.parties, style.comma, style.conjunction == "漢字", Digits(style.digits))


def terms_of(profile: Profile, key: str) -> dict[str, str]:
    """The words for the parties of a contract and for the one that orders: 甲, 乙 …, 本市.

    Where another body orders (自治体が受託者になる), 本市 would be the wrong city: it is 甲 then.
    """
    contract = profile.contracts[key]
    wording = wording_of(profile.city)
    roles = [str(party.role) for party in contract.parties] or [wording.party(0), wording.party(1)]
    orders = contract.parties[0].city if contract.parties else contract.city_as == "発注者"
    own = profile.city.self_word if orders else roles[0]
    return {**dict(zip(_PARTIES, roles, strict=False)), "本市": own}


def contract_context(
    profile: Profile,
    key: str,
    facts: Mapping[str, Fact],
    included: Mapping[str, Verdict],
    on: date,
    excluded: Sequence[str] = (),
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
    """
    contract = profile.contracts[key]
    wording = wording_of(profile.city)
    printer = Printer(profile, wording, keys=False)
    maker = _Maker(profile, key, contract, printer, wording, on, excluded)
    signers = signers_of(profile, key, contract, wording, printer)

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

    return {
        **maker.tables(),
        **{name: Term(word) for name, word in terms_of(profile, key).items()},
        "city": maker.city(),
        "rule": maker.rule(),
        "vendor": maker.vendor(),
        "k": maker.contract(),
        "former": maker.former(),
        "parties": [
            maker.party(number, signer, last=number == len(signers) - 1)
            for number, signer in enumerate(signers)
        ],
        "fact": Row(**{name: _fact(fact, printer) for name, fact in facts.items()}),
        "has": has,
        "_applies": verdict,
    }


def _fact(fact: Fact, printer: Printer) -> bool | str | Unknown:
    value = fact.value
    return printer.unknown(value.path) if isinstance(value, Undecided) else value


class _Maker:
    def __init__(
        self,
        profile: Profile,
        key: str,
        contract: Contract,
        printer: Printer,
        wording: Wording,
        on: date,
        excluded: Sequence[str],
    ) -> None:
        self._excluded = excluded
        self._profile = profile
        self._contract = contract
        self._path = f"contracts.{key}"
        self._printer = printer
        self._wording = wording
        self._on = on
        self._sums: Sums = sums_of(contract, on)

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
                    until=p.day(body.until, f"{path}.until"),
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
        blank = Value(_BLANK_DATE, f"{path}.signed_on")
        return {
            "title": p.text(c.title, f"{path}.title"),
            "number": p.text(c.number, f"{path}.number"),
            "place": p.text(c.place, f"{path}.place"),
            "start": p.day(c.period.start, f"{path}.period.start"),
            "end": p.day(c.period.end, f"{path}.period.end"),
            "period": p.period(c.period, f"{path}.period"),
            "free_period": p.period(c.free_period, f"{path}.free_period"),
            "paid_period": p.period(paid_period(c), f"{path}.paid_period"),
            "signed_on": p.day(signed, f"{path}.signed_on") if isinstance(signed, date) else blank,
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
            "cost_limit": p.yen(c.cost_limit, f"{self._path}.cost_limit"),
            "cap_amount": p.yen(cap, f"{self._path}.liability.amount"),
        }

    def _open_sum(self, field: str) -> str:
        """The field for which a sum cannot be printed, "" where nothing is open."""
        amount, path = self._contract.amount, f"{self._path}.amount"
        value = getattr(amount, field)
        if value is None or isinstance(value, Undecided):
            return f"{path}.{field}"
        if amount.tax_kind is None or isinstance(amount.tax_kind, Undecided):
            return f"{path}.tax_kind"
        taxed = amount.tax_kind in ("税込", "税抜")
        return f"{self._path}.tax_rate" if taxed and isinstance(self._contract.tax_rate, Undecided) else ""

    def _open_payment(self) -> str:
        """The field for which the sums of the payments cannot be printed."""
        c, path = self._contract, self._path
        if c.payment.schedule:
            rows = enumerate(c.payment.schedule)
            open_rows = (number for number, row in rows if isinstance(row.amount, Undecided))
            number = next(open_rows, None)
            return f"{path}.amount.tax_kind" if number is None else f"{path}.payment.schedule.{number}.amount"
        if c.payment.cycle is None or isinstance(c.payment.cycle, Undecided):
            return f"{path}.payment.cycle"
        period = paid_period(c)
        for name, day in (("start", period.start), ("end", period.end)):
            if isinstance(day, Undecided):
                return day.path
            if isinstance(day, DayWord) and name == "start" and not isinstance(c.signed_on, date):
                return f"{path}.signed_on"
        written = "total" if c.amount.monthly is None else "monthly"
        return self._open_sum(written) or f"{path}.payment.schedule"

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
            )
        }
        manager = c.manager.name if c.manager else None
        core = p.text(self._listed(c.subcontract.core) or None, f"{path}.subcontract.core")
        return {
            **plain,
            "inspect_days": p.number(inspect, f"{path}.inspect_days"),
            "pay_days": p.number(days, f"{path}.payment.days"),
            "hours": p.text(c.hours.text if c.hours else None, f"{path}.hours.text"),
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

    # -- tables -----------------------------------------------------------------------

    def tables(self) -> dict[str, Any]:
        p, path, sums = self._printer, self._path, self._sums
        open_sum = self._open_sum("total")
        years = [row.amount for row in self._contract.yearly]
        yearly_sum = sum(year for year in years if isinstance(year, int))
        whole = yearly_sum if all(isinstance(year, int) for year in years) and years else None
        return {
            "payments": [self._payment(number, row) for number, row in enumerate(sums.payments, 1)],
            "payments_total": p.cell_yen(sums.total, open_sum or f"{path}.amount.total"),
            "payments_tax_total": p.cell_yen(sums.tax, open_sum or f"{path}.amount.tax"),
            "yearly": self._yearly(),
            "yearly_total": p.cell_yen(whole, f"{path}.yearly"),
            "unit_prices": self._unit_prices(),
            "systems": [self._system(number, key) for number, key in enumerate(self._contract.systems, 1)],
            "tasks": self._tasks(),
            "operators": self._operators(),
        }

    def _payment(self, number: int, row: Pay) -> Row:
        p, path = self._printer, f"{self._path}.payment"
        amount_path, tax_path = f"{self._path}.{row.field}", f"{self._path}.amount.tax_kind"
        if row.amount is None or row.tax is None:
            amount_path = tax_path = self._open_payment()
        due = p.day(row.due, path) if row.due else Value(self._wording.number("検査合格後"), path)
        return Row(
            no=self._number(number),
            label=Value(self._wording.number(row.label), path) if row.label else p.unknown(amount_path),
            months=Value("" if row.months is None else self._wording.number(str(row.months)), path),
            amount=p.cell_yen(row.amount, amount_path),
            tax=p.cell_yen(row.tax, tax_path),
            due=due,
            note=Value(row.note, path),
        )

    def _yearly(self) -> list[Row]:
        """The fiscal years: as written, else those that the period touches, their sums 未定."""
        c, p, path = self._contract, self._printer, f"{self._path}.yearly"
        rows: list[tuple[int, object, str]] = [
            (row.year, row.amount, f"{path}.{index}") for index, row in enumerate(c.yearly)
        ]
        start, end = c.period.start, c.period.end
        if not rows and isinstance(start, date) and isinstance(end, date):
            rows = [(year, None, path) for year in range(nendo(start), nendo(end) + 1)]
        return [
            Row(
                year=Value(
                    nendo_wareki(year, digits=self._wording.digits), f"{where}.year" if c.yearly else ""
                ),
                amount=p.cell_yen(amount, f"{where}.amount" if c.yearly else path),
            )
            for year, amount, where in rows
        ]

    def _unit_prices(self) -> list[Row]:
        p, rows = self._printer, []
        for index, row in enumerate(self._contract.amount.unit_prices):
            path = f"{self._path}.amount.unit_prices.{index}"
            rows.append(
                Row(
                    no=self._number(index + 1),
                    item=p.text(row.item, f"{path}.item"),
                    unit=p.optional(row.unit, f"{path}.unit"),
                    price=p.cell_yen(row.price, f"{path}.price"),
                )
            )
        return rows

    def _system(self, number: int, key: str) -> Row:
        p, system, path = self._printer, self._profile.systems[key], f"systems.{key}"
        vendor = system.vendor
        named = self._profile.vendors.get(vendor) if isinstance(vendor, str) else None
        return Row(
            no=self._number(number),
            name=p.text(system.name, f"{path}.name"),
            business=p.text(system.business, f"{path}.business"),
            product=p.optional(system.product, f"{path}.product"),
            vendor=p.text(named.name, f"vendors.{vendor}.name")
            if named
            else p.optional(vendor, f"{path}.vendor"),
            csp=p.optional(system.csp, f"{path}.csp"),
            use_mode=p.optional(self._profile.cloud.use_mode, "cloud.use_mode")
            if system.use_mode is None
            else p.text(system.use_mode, f"{path}.use_mode"),
            state=p.text(system.state, f"{path}.state"),
            cut_over=p.day(system.cut_over, f"{path}.cut_over"),
        )

    def _tasks(self) -> list[Row]:
        p, rows = self._printer, []
        for index, task in enumerate(self._contract.tasks):
            path = f"{self._path}.tasks.{index}"
            rows.append(
                Row(
                    no=self._number(index + 1),
                    name=p.text(task.name, f"{path}.name"),
                    detail=p.optional(task.detail, f"{path}.detail"),
                    output=p.optional(task.output, f"{path}.output"),
                    due=p.optional(task.when, f"{path}.when"),
                )
            )
        return rows

    def _operators(self) -> list[Row]:
        p, rows = self._printer, []
        for index, operator in enumerate(self._profile.cloud.operators):
            path = f"cloud.operators.{index}"
            key = operator.vendor
            vendor = self._profile.vendors.get(key) if isinstance(key, str) else None
            rows.append(
                Row(
                    role=p.text(operator.role, f"{path}.role"),
                    vendor=p.text(vendor.name if vendor else key, f"{path}.vendor"),
                    scope=p.optional(operator.scope, f"{path}.scope"),
                )
            )
        return rows

    def _number(self, number: int) -> Value:
        return Value(self._wording.number(str(number)))
