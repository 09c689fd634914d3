"""How Japan writes dates, sums, numbers and names.

Hands out everything that other rooms may use of it, by `__all__`; a module behind it is loaded when
one of its names is first asked for. Pure functions over shipped data; leans on `gen.errors` only.
"""

from typing import TYPE_CHECKING

from gen.lazy import lazy

if TYPE_CHECKING:
    from gen.japanese.business_days import (
        CalendarRangeError,
        Holiday,
        add_business_days,
        calendar_data,
        calendar_digest,
        holidays,
        is_business_day,
        next_business_day,
        previous_business_day,
        why_closed,
    )
    from gen.japanese.characters import (
        CompanyMark,
        Control,
        HalfwidthKana,
        Radical,
        display_width,
        find_company_marks,
        find_controls,
        find_halfwidth_kana,
        find_radicals,
    )
    from gen.japanese.check_digits import (
        CodeTextError,
        ParsedCode,
        check_digit,
        is_valid_municipality_code,
        parse_corporate_number,
        parse_invoice_number,
    )
    from gen.japanese.codes import Municipality, MunicipalityMatch, find_municipality, municipalities
    from gen.japanese.digits import Digits, fold_width, style_digits, to_halfwidth_digits
    from gen.japanese.money import Rounding, percent, round_yen, tax_included, tax_inside, tax_on
    from gen.japanese.numbers import MAX_NUMBER, AmountTextError, comma, daiji, kansuji, parse_amount
    from gen.japanese.periods import (
        FiscalSpan,
        PeriodError,
        fiscal_years,
        is_whole_months,
        month_count,
        month_end,
        month_list,
        nendo,
        shift_months,
    )
    from gen.japanese.problems import TextError
    from gen.japanese.wareki import (
        DateTextError,
        ParsedDate,
        nendo_wareki,
        parse_date,
        parse_nendo,
        to_wareki,
        to_wareki_short,
        wareki_month,
    )

__all__ = [
    "MAX_NUMBER",
    "AmountTextError",
    "CalendarRangeError",
    "CodeTextError",
    "CompanyMark",
    "Control",
    "DateTextError",
    "Digits",
    "FiscalSpan",
    "HalfwidthKana",
    "Holiday",
    "Municipality",
    "MunicipalityMatch",
    "ParsedCode",
    "ParsedDate",
    "PeriodError",
    "Radical",
    "Rounding",
    "TextError",
    "add_business_days",
    "calendar_data",
    "calendar_digest",
    "check_digit",
    "comma",
    "daiji",
    "display_width",
    "find_company_marks",
    "find_controls",
    "find_halfwidth_kana",
    "find_municipality",
    "find_radicals",
    "fiscal_years",
    "fold_width",
    "holidays",
    "is_business_day",
    "is_valid_municipality_code",
    "is_whole_months",
    "kansuji",
    "month_count",
    "month_end",
    "month_list",
    "municipalities",
    "nendo",
    "nendo_wareki",
    "next_business_day",
    "parse_amount",
    "parse_corporate_number",
    "parse_date",
    "parse_invoice_number",
    "parse_nendo",
    "percent",
    "previous_business_day",
    "round_yen",
    "shift_months",
    "style_digits",
    "tax_included",
    "tax_inside",
    "tax_on",
    "to_halfwidth_digits",
    "to_wareki",
    "to_wareki_short",
    "wareki_month",
    "why_closed",
]

__getattr__ = lazy(
    __name__,
    {
        "business_days": "CalendarRangeError Holiday add_business_days calendar_data calendar_digest holidays is_business_day next_business_day previous_business_day why_closed",
        "characters": "CompanyMark Control HalfwidthKana Radical display_width find_company_marks find_controls find_halfwidth_kana find_radicals",
        "check_digits": "CodeTextError ParsedCode check_digit is_valid_municipality_code parse_corporate_number parse_invoice_number",
        "codes": "Municipality MunicipalityMatch find_municipality municipalities",
        "digits": "Digits fold_width style_digits to_halfwidth_digits",
        "money": "Rounding percent round_yen tax_included tax_inside tax_on",
        "numbers": "MAX_NUMBER AmountTextError comma daiji kansuji parse_amount",
        "periods": "FiscalSpan PeriodError fiscal_years is_whole_months month_count month_end month_list nendo shift_months",
        "problems": "TextError",
        "wareki": "DateTextError ParsedDate nendo_wareki parse_date parse_nendo to_wareki to_wareki_short wareki_month",
    },
)


def __dir__() -> list[str]:
    return sorted(__all__)
