"""Agreement: what a paper that somebody edited says is what the facts and the other papers say.

Registers one rule a kind of fact (names, sums, periods, levels, retention, contacts, systems).
Every paper comes from the same facts; so what differs from them differs from the other papers,
and both places are shown. Leans on `papers`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from gen.profile import Profile
from gen.rules.papers import Paper, PaperLine, Printed, Remark, paper_rule

_SHOWN, _BEFORE = 50, 15
_ELSEWHERE = 3
_TELLING = 6
"""A value of so many signs tells a fact by itself; a shorter one (12時間) only beside its name."""
_KINDS = {
    "paper-contact": r"people\.|roles\.|backup\.outside_contact|backup\.systems\.[^.]+\.copies\.[0-9]+\.key_"
    r"|vendors\.[^.]+\.manager|contracts\.[^.]+\.manager",
    "paper-sum": r"contracts\.[^.]+\.(amount|yearly|payment\.schedule|deposit\.amount|budget_limit"
    r"|cost_limit|liability|tax_rate)|budget\.|cloud\.cost_limit|backup\.cost",
    "paper-period": r"contracts\.[^.]+\.(period|free_period|paid_period|signed_on)"
    r"|systems\.[^.]+\.(cut_over|deadline|former_until)|migration\.",
    "paper-level": r"backup\.(targets|systems\.[^.]+\.(rpo|rto|interval|restore|export|safety))"
    r"|contracts\.[^.]+\.(sla|hours|inspect_days|report_day|first_report_minutes|plan_days|payment"
    r"|notice_months|warranty_months)|systems\.[^.]+\.service_hours",
    "paper-retention": r"backup\.systems\.[^.]+\.(retention|generations|legal_years|archive|copies)"
    r"|contracts\.[^.]+\.log_months",
    "paper-system": r"systems\.|contracts\.[^.]+\.systems",
    "paper-name": r"city\.|vendors\.|rules\.|contracts\.[^.]+\.(title|number|vendor|parties|place|signatory"
    r"|method|account|budget)",
    "paper-fact": "",
}
"""Which fields a rule is about; the first that fits a field has it."""

_PATTERNS = {id: re.compile(pattern) for id, pattern in _KINDS.items()}


def _kind(path: str) -> str:
    return next(id for id, pattern in _PATTERNS.items() if pattern.match(path))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _core(fact: Printed) -> str:
    """What must stand in a line: 金31,680,000円 may be written without 金."""
    return _plain(fact.text).removeprefix("金")


def _enter(id: str) -> None:
    def look(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
        """Every fact of this kind that an edited line does not say any more."""
        for line in paper.edits:
            for fact in line.facts:
                if fact.path and _kind(fact.path) == id and _core(fact) not in _plain(line.text):
                    yield _differs(paper, profile, line, fact)
        if id == "paper-system":
            yield from _taken_out(paper, profile)

    paper_rule(id)(look)


for _id in _KINDS:
    _enter(_id)


@paper_rule("paper-conflict")
def conflict(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
    """A paper that holds two texts at a place: once, and nothing else is said of those lines."""
    if paper.conflicts:
        first = next((line.number for line in paper.lines if line.in_conflict), 0)
        message = (
            f"手で直した文言と新しい事実による文言が食い違ったままの所が{paper.conflicts}件あります。"
            "そこには両方の文言が残っているため、ほかの文書との照合は決めた後にします。"
        )
        hint = "kian status で食い違いを確かめ、Wordで採る方だけを残し、コメントを削除又は解決してください。"
        yield Remark(message, first, hint)


def _taken_out(paper: Paper, profile: Profile) -> Iterator[Remark]:
    """The rows of systems that somebody took out of a list."""
    for line in paper.gone:
        names = [fact for fact in line.facts if re.fullmatch(r"systems\.[^.]+\.name", fact.path)]
        for fact in names if line.role == "row" else ():
            if _core(fact) not in _plain(paper.text):
                message = f"「{fact.text}」の行がなくなっています。{_also(paper, profile, fact)}"
                hint = "対象から外すのなら、プロファイルを直して、全ての文書をそろえてください。"
                yield Remark(message, 0, hint, fact.path)


def _differs(paper: Paper, profile: Profile, line: PaperLine, fact: Printed) -> Remark:
    label = profile.label(fact.path)
    message = (
        f"{label}が「{fact.text}」と合いません。今の文面：「{_around(line)}」　{_also(paper, profile, fact)}"
    )
    hint = (
        "事実が変わったのなら、プロファイルを直して kian generate で全ての文書をそろえてください。"
        "書き誤りなら、この文書を直してください。"
    )
    return Remark(message, line.number, hint, fact.path)


def _around(line: PaperLine) -> str:
    """The text from shortly before the first sign that differs from what Kian makes."""
    now, made = (re.sub(r"[\n\t]+", " ", text or "") for text in (line.text, line.made))
    same = next((n for n, (a, b) in enumerate(zip(now, made, strict=False)) if a != b), 0)
    start = max(0, min(same, len(now) - _SHOWN) - _BEFORE)
    end = start + _SHOWN
    return f"{'…' if start else ''}{now[start:end]}{'…' if end < len(now) else ''}"


def _also(paper: Paper, profile: Profile, fact: Printed) -> str:
    """Where else the fact stands: in the profile, and in other papers and lines."""
    value, name = _core(fact), profile.label(fact.path).rpartition("の")[2]

    def says(text: str) -> bool:
        plain = _plain(text)
        return value in plain and (len(value) >= _TELLING or name in plain)

    places = [f"{paper.file}:{line.number}" for line in paper.lines if says(line.text)]
    for file, lines in paper.others.items():
        places += [f"{file}:{n}" for n, text in enumerate(lines, 1) if says(text)]
    said = f"「{fact.text}」は、プロファイル（{profile.place(fact.path)}）"
    if places:
        more = f"ほか{len(places) - _ELSEWHERE}か所" if len(places) > _ELSEWHERE else ""
        said += f"と{'、'.join(places[:_ELSEWHERE])}{more}"
    return f"{said}にあります。"
