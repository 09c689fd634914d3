"""Who does what, who decides, and when restores are tried.

Hands out `DutyRows`. Leans on `book`, `knowledge`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gen.backup.book import Book
from gen.backup.knowledge import contacts, decisions, duties, tier_of
from gen.backup.quiet_months import Avoided, avoided_months, spread
from gen.japanese import wareki_month
from gen.procedure.handbook import handbook
from gen.profile import System
from gen.word.marks import Value
from gen.word.printing import Printed
from gen.word.row import Row

__all__ = ["DutyRows"]

_APRIL = 4
_OPERATORS = {
    "ASP": ("提供事業者", "障害の連絡、復元の依頼"),
    "回線": ("回線事業者", "回線の障害の連絡、迂回の依頼"),
}
"""What an operator of the cloud is called among the contacts, and what is asked of it."""


class DutyRows(Book):
    """Tables of duties, roles and tests."""

    def duties(self) -> list[Row]:
        """Who does what."""
        names = ("task", "city", "asp", "operator", "agency", "csp")
        return [Row(**{name: self.words(row[name]) for name in names}) for row in duties()]

    def decisions(self) -> list[Row]:
        """Who decides by when."""
        names = ("situation", "deadline", "decider", "action")
        return [Row(**{name: self.words(row[name]) for name in names}) for row in decisions()]

    def roles(self) -> list[Row]:
        """様式8: who decides first, named or not; then the roles of the profile. Office contacts only."""
        rows, taken = [], set(contacts()["not_listed"])
        for one in contacts()["roles"]:
            key = next((key for key in one["keys"] if key in self._profile.roles), one["keys"][0])
            taken.add(key)
            rows.append(self._role_row(key, self.words(one["title"], f"roles.{key}")))
        return rows + [
            self._role_row(key, self._role(key)) for key in self._profile.roles if key not in taken
        ]

    def _role_row(self, key: str, title: Value) -> Row:
        one, path = self._profile.roles.get(key), f"roles.{key}.person"
        return Row(
            role=title,
            person=self.person(one.person, path) if one else self._printer.unknown(path),
            deputy=self.person(one.deputy, f"roles.{key}.deputy") if one else Value(""),
            department=self._department(one.person) if one else Value(""),
            telephone=self._reach_of(one.person if one else None),
            deputy_telephone=self._reach_of(one.deputy if one else None),
        )

    def _reach_of(self, key: object) -> Value:
        return self.reach(self._private.people.get(key) if isinstance(key, str) else None)

    def others(self) -> list[Row]:
        """Whom else to reach, only where a paper is printed and not recorded."""
        return [Row(name=Value(one.name), telephone=self.reach(one)) for one in self._private.others]

    def contacts(self) -> list[Row]:
        """様式9: whom outside of the body to tell: vendors, operators, partners, authorities."""
        cloud, found = self._profile.cloud, dict[tuple[str, str], Row]()

        def add(who: str, name: Printed, what: str) -> None:
            row = Row(who=self.words(who), name=name, what=self.words(what))
            found.setdefault((who, str(name)), row)

        for key, one in self.systems():
            add("提供事業者", self.vendor_today(key, one), "障害の連絡、復元の依頼")
        for index, one_operator in enumerate(cloud.operators):
            path = f"cloud.operators.{index}"
            who, what = _OPERATORS.get(str(one_operator.role), ("", "障害の連絡、復元先の用意の依頼"))
            clouds = "、".join(one_operator.csps)
            who = (who or str(one_operator.role)) + (f"（{clouds}）" if clouds else "")
            add(who, self.vendor(one_operator.vendor, f"{path}.vendor"), what)
        for index, partner in enumerate(cloud.partners):
            name = self._printer.text(partner, f"cloud.partners.{index}")
            add("共同利用の他団体", name, "停止の連絡、復旧の順序の調整")
        outside = self._profile.backup.outside_contact
        if outside is not None:
            path = "backup.outside_contact.name"
            add("区域外の連絡先", self._printer.text(outside.name, path), "庁舎が被災したときの連絡の受継ぎ")
        for one in contacts()["outside"]:
            named = one.get("named") == "city.prefecture"
            name = (
                self._printer.text(self._profile.city.prefecture, "city.prefecture") if named else Value("")
            )
            add(one["who"], name, one["what"])
        return list(found.values())

    def _role(self, key: str) -> Value:
        """The title of a role that Kian knows; a name of the city's own as typed."""
        path = f"roles.{key}"
        system = self._profile.systems.get(key.removeprefix("owner_"))
        if key.startswith("owner_") and system is not None:
            return Value(f"{self.words('業務主管課')}（{system.name}）", path)
        known = next((one.title for one in handbook().roles.values() if key in one.keys), None)
        return self.words(known, path) if known else Value(key, path)

    def _department(self, key: object) -> Printed:
        person = self._profile.people.get(key) if isinstance(key, str) else None
        return self._printer.optional(person.department if person else None, f"people.{key}.department")

    def test_calendar(self, on: date) -> list[Row]:
        """A restore test of every system in the coming fiscal year, the first tiers first, in quiet months."""
        year = on.year if on.month >= _APRIL else on.year - 1
        order: Sequence[tuple[str, System]] = sorted(self.systems(), key=lambda row: tier_of(row[1]).rank)
        avoided = {key: avoided_months(self._profile, one) for key, one in order}
        months = spread(avoided)
        return [self._test(key, one, *months[key], year + 1, avoided[key]) for key, one in order]

    def _test(
        self, key: str, system: System, month: int, quiet: bool, year: int, avoided: Sequence[Avoided]
    ) -> Row:
        plan = self.plan(key)
        tests = [test.on for test in plan.restore_tests if isinstance(test.on, date)] if plan else []
        last = max(tests, default=None)
        when = date(year if month >= _APRIL else year + 1, month, 1)
        return Row(
            month=Value(wareki_month(when, digits=self._wording.digits)),
            name=self._printer.text(system.name, f"systems.{key}.name"),
            kind=self.words(
                "隔離した環境での全体の復元" if tier_of(system).rank <= 1 else "データベースの復元"
            ),
            last=self._printer.day(last, f"backup.systems.{key}.restore_tests")
            if last
            else self.words("記録なし"),
            avoided=self._avoided(avoided, quiet=quiet),
        )

    def _avoided(self, seasons: Sequence[Avoided], *, quiet: bool) -> Printed:
        """Why the month is as it is: the seasons of its business that it keeps out of."""
        pieces: list[str | Printed] = [] if quiet else [self.words("避けられる月がない（要調整）。")]
        for number, one in enumerate(one for one in seasons if not one.common):
            said = self._season(one)
            pieces += [self.words("、"), said] if number else [said]
        return self._printer.join("migration.busy", *pieces)

    def _season(self, one: Avoided) -> Value:
        """A season's name; a default is marked."""
        return Value(one.name, f"{one.path}.name") if one.path else self.words(f"{one.name}（要確認）")

    def seasons(self) -> list[Row]:
        """The seasons in which no system is tried, with their months."""
        found = {one for _, system in self.systems() for one in avoided_months(self._profile, system)}
        return [
            Row(
                name=self._season(one),
                months=self.plain("、".join(f"{month}月" for month in sorted(one.months))),
            )
            for one in sorted(found, key=lambda one: (not one.path, one.path, one.name))
            if one.common
        ]

    def test_records(self, key: str) -> list[Row]:
        """Restore tests so far of one system."""
        p, plan = self._printer, self.plan(key)
        return [
            Row(
                on=p.day(test.on, f"backup.systems.{key}.restore_tests.{index}.on"),
                copy=p.optional(test.copy, f"backup.systems.{key}.restore_tests.{index}.copy"),
                hours=self._amount(test.hours, f"backup.systems.{key}.restore_tests.{index}.hours", "時間"),
                result=p.optional(test.result, f"backup.systems.{key}.restore_tests.{index}.result"),
                note=p.optional(test.note, f"backup.systems.{key}.restore_tests.{index}.note"),
            )
            for index, test in enumerate(plan.restore_tests if plan else ())
        ]
