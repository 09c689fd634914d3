"""What the text of an edited paper must still say, and what it must not.

Registers the rules on matters that a contract must settle, on citations, on what was left open,
on levels that were written in, and on values of laws that went stale. Leans on `papers` and `law`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gen.law import stale_literals
from gen.profile import Duration, Profile
from gen.rules.case import Case, known
from gen.rules.lengths import Calendar, hours_at_most
from gen.rules.papers import Paper, PaperLine, Remark, paper_rule

_SHOWN = 40
_FOUR = {
    "検査の時期": "検査",
    "支払の時期": "支払",
    "遅延利息": "遅延利息",
    "紛争の解決": "管轄|協議",
}
_EXIT = {"データの返還": "返還", "データの消去": "消去", "引継ぎ": "引継ぎ|引き継"}
_CITED = re.compile(r"第([0-9]+)条(の[0-9]+)?")
_LAW_BEFORE = re.compile(
    r"(?:法律?|法|令|規則|条例|規程|約款|要綱|告示|号。以下「[^」]*」という。）)[」）]?(?:第[0-9]+条(?:の[0-9]+)?(?:第[0-9]+項)?(?:、|及び|並びに|又は|から))*$"
)
_OPEN = re.compile(r"[〇○●△]{2,}|x{2,}市|ＸＸ")
_LEVELS = (
    ("rto", "目標復旧時間", re.compile(r"(?:目標復旧時間|RTO)[^0-9。]{0,16}([0-9]+(?:\.[0-9]+)?)(分|時間|日|営業日|週|か月)")),
    ("rpo", "目標復旧時点", re.compile(r"(?:目標復旧時点|RPO)[^0-9。]{0,16}([0-9]+(?:\.[0-9]+)?)(分|時間|日|営業日|週|か月)")),
)  # fmt: skip
_UPTIME = re.compile(r"稼働率[^0-9。]{0,16}([0-9]+(?:\.[0-9]+)?)\s*(?:%|パーセント)")


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _quoted(line: PaperLine) -> str:
    text = " ".join(line.text.split())
    return f"「{text[:_SHOWN]}…」" if len(text) > _SHOWN else f"「{text}」"


def _left_out(paper: Paper, words: dict[str, str]) -> list[str]:
    """The matters that Kian's text had in lines that are changed or gone, and that no line has now."""
    made = "\n".join([*(line.made or "" for line in paper.lines), *(line.text for line in paper.gone)])
    return [
        name
        for name, pattern in words.items()
        if re.search(pattern, made) and not re.search(pattern, paper.text)
    ]


@paper_rule("paper-four-matters")
def four_matters(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
    """A contract settles in writing when to inspect, when to pay, what delay costs, how to solve disputes."""
    left = _left_out(paper, _FOUR) if paper.contract else []
    if left:
        message = f"契約書から、{'、'.join(left)}の定めがなくなっています。"
        yield Remark(
            message, 0, "これらは契約書で明らかにしなければなりません。元の条を戻すか、書き加えてください。"
        )


@paper_rule("paper-exit")
def exit_duties(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
    """What happens to the data at the end stays in the contract."""
    left = _left_out(paper, _EXIT) if paper.contract else []
    if left:
        message = f"契約が終わるときの{'、'.join(left)}の定めがなくなっています。"
        yield Remark(message, 0, "次の事業者に移るときに要ります。元の条を戻すか、書き加えてください。")


@paper_rule("paper-personal-data")
def personal_data(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
    """A contract that handles personal data names the special terms; with 個人番号, the law of it."""
    contract = paper.row(profile)
    if contract is None:
        return
    words: dict[str, str] = {}
    if known(contract.personal_data):
        words["個人情報取扱特記事項"] = "特記事項"
    if known(contract.my_number):
        words["番号法の語句"] = "特定の個人を識別するための番号|番号法"
    left = _left_out(paper, words)
    if left:
        message = f"個人情報を取り扱う契約ですが、{'、'.join(left)}への言及がなくなっています。"
        yield Remark(
            message, 0, "特記事項を守る旨の条を戻してください。", f"contracts.{paper.contract}.personal_data"
        )


@paper_rule("paper-copyright")
def copyright(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
    """Copyright that moves names 27条 and 28条, else these rights stay."""
    contract = paper.row(profile)
    if contract is None or known(contract.copyright) != "譲渡":
        return
    if _left_out(paper, {"27": "第(?:27|２７|二十七)条", "28": "(?:28|２８|二十八)条"}):
        message = "著作権を譲り受ける契約ですが、著作権法第27条及び第28条の権利を含む旨がなくなっています。"
        hint = "契約で示さなければ、これらの権利は受注者に残ったものと推定されます。戻してください。"
        yield Remark(message, 0, hint, f"contracts.{paper.contract}.copyright")


@paper_rule("paper-bouhai")
def bouhai(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
    """The special terms against organised crime stay part of the contract."""
    if paper.contract and _left_out(paper, {"暴力団排除": "暴力団"}):
        message = "契約書から、暴力団排除の定めがなくなっています。"
        yield Remark(message, 0, "特約を契約の一部とする旨の条を戻してください。")


@paper_rule("paper-terms")
def terms(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
    """A provider's own terms that somebody writes in do not go before the contract."""
    for line in paper.edits if paper.contract else ():
        if re.search("利用規約|サービス約款|提供条件", line.text) and "優先" not in line.text:
            message = f"{_quoted(line)}：事業者の約款を引いていますが、どちらが優先するかがありません。"
            hint = "「この契約の定めと異なるときは、この契約の定めが優先する。」のように書いてください。"
            yield Remark(message, line.number, hint)


@paper_rule("paper-citation")
def citation(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
    """An article that an edited line cites is there."""
    if not paper.articles:
        return
    for line in paper.edits:
        text = _nfkc(re.sub("「[^「」]*」", lambda found: "〓" * len(found[0]), line.text))
        for found in _CITED.finditer(text):
            before = text[: found.start()]
            own = line.role == "jo" and not before.strip()
            if own or found[0] in paper.articles or _LAW_BEFORE.search(before):
                continue
            message = f"{_quoted(line)}：「{found[0]}」は、この文書にありません。"
            yield Remark(message, line.number, "条ずれでないか確かめ、引く条の番号を直してください。")


@paper_rule("paper-open")
def left_open(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
    """No 〇〇 is left that Kian does not print for something 未定."""
    for line in paper.edits:
        found = _OPEN.search(line.text)
        if found and found[0] not in (line.made or ""):
            message = f"{_quoted(line)}：「{found[0]}」が残っています。"
            yield Remark(message, line.number, "名前や数を書き入れてください。")


@paper_rule("paper-stated-level")
def stated_level(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
    """A level that somebody wrote in is one of the plan."""
    calendar = Calendar(on, frozenset(profile.city.closed_days))
    for line in paper.edits:
        text = _nfkc(line.text)
        for field, words, pattern in _LEVELS:
            for found in pattern.finditer(text):
                yield from _not_planned(paper, profile, line, found, (field, words), calendar)
        yield from _uptime(profile, line, text)


def _not_planned(
    paper: Paper,
    profile: Profile,
    line: PaperLine,
    found: re.Match[str],
    level: tuple[str, str],
    calendar: Calendar,
) -> Iterator[Remark]:
    contract = paper.row(profile)
    plans = {
        key: getattr(plan, level[0])
        for key, plan in profile.backup.systems.items()
        if contract is None or key in contract.systems
    }
    stated = hours_at_most(Duration(Decimal(found[1]), found[2]), calendar)  # type: ignore[arg-type]
    mine = {key: hours_at_most(length, calendar) for key, length in plans.items()}
    wrong = [key for key, needed in mine.items() if needed is not None and needed != stated]
    if wrong and len(wrong) == len(mine):
        path = f"backup.systems.{wrong[0]}.{level[0]}"
        message = f"{_quoted(line)}：{level[1]}「{found[1]}{found[2]}」が、バックアップ計画の「{plans[wrong[0]]}」（{profile.place(path)}）と違います。"
        yield Remark(message, line.number, "計画と契約の数をそろえてください。", path)


def _uptime(profile: Profile, line: PaperLine, text: str) -> Iterator[Remark]:
    rows = enumerate(profile.backup.targets)
    chosen = [(n, known(row.chosen) or "") for n, row in rows if "稼働率" in (known(row.item) or "")]
    for found in _UPTIME.finditer(text) if chosen else ():
        number, planned = chosen[0]
        path = f"backup.targets.{number}.chosen"
        if f"{found[1]}%" not in _nfkc(planned):
            message = f"{_quoted(line)}：稼働率「{found[1]}%」が、計画の「{planned}」（{profile.place(path)}）と違います。"
            yield Remark(message, line.number, "計画と契約の数をそろえ、分母も書いてください。", path)


@paper_rule("paper-stale-law")
def stale_law(paper: Paper, profile: Profile, on: date) -> Iterator[Remark]:
    """A law's value or title that somebody typed is the one of the contract's day."""
    day = Case(profile, paper.contract, on).law_day if paper.contract in profile.contracts else on
    for line in paper.edits:
        for stale in stale_literals(line.text, day, profile.city.kind):
            if stale.now:
                message = f"{_quoted(line)}：「{stale.found}」は、{stale.title}として古くなっています。今は「{stale.now}」です。"
                hint = "直してください。数は、法令の値から印字する書き方にすると古くなりません。"
            else:
                message = f"要確認：{_quoted(line)}の「{stale.found}」（{stale.title}）は、この日の値が確認できていません。"
                hint = "告示を確かめるか、率を書かずに「政府契約の支払遅延防止等に関する法律第8条の率」のように引いてください。"
            yield Remark(message, line.number, hint, basis=stale.basis)
