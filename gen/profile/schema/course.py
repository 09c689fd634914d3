"""The schema of what happens in the course of a contract: its forms and the city's own papers print it.

Hands out `course`, fields of one contract. Leans on `kinds`.
"""

from __future__ import annotations

from typing import get_type_hints

from gen.profile.model_contracts import Events, Sublet
from gen.profile.schema.kinds import Rule, Schema, choice, group, leaf, ref, rows

__all__ = ["course"]


def course() -> Schema:
    """Sublets, the days of events, and the reason for choosing this vendor."""
    sublet = {
        "vendor": leaf("text", "名称", example="株式会社ひばりデータ", needed=True),
        "address": leaf("text", "所在地", example="湊北県湊北市海岸通5番地"),
        "work": leaf("text", "業務の範囲", example="データの変換", needed=True),
        "reason": leaf("prose", "必要とする理由", example="変換の道具を有するため"),
        "amount": leaf("yen", "予定金額", example="3,300,000円"),
        "data": leaf("text", "取り扱うデータ", example="住民の異動の履歴（作業場所は受託者の事業所）"),
        "control": leaf("text", "安全管理の措置", example="専用の区画での作業及び毎月の点検"),
    }
    return {
        "sublets": rows(
            "再委託先",
            group(Sublet, "再委託先", sublet),
            "再委託承認申請書と承諾書になります。",
        ),
        "events": _events(),
        "reason": leaf(
            "prose",
            "契約の相手方を選んだ理由",
            "随意契約理由書に印字します。事実だけを書きます。",
            example="現に稼働しているシステムを構築した者であり、他の者はその内部の構造を知らないため。",
        ),
    }


def _events() -> Rule:
    fields = {
        "drafted": leaf("date", "起案日", "書くと、起案文などができます。", example="令和8年3月2日"),
        "started": leaf("date", "着手日", "書くと、業務着手届などができます。", example="令和8年4月1日"),
        "applied": leaf("date", "再委託の申請日", example="令和8年4月10日"),
        "consented": leaf("date", "再委託の承諾日", example="令和8年4月17日"),
        "consent_number": leaf("text", "承諾書の番号", example="情政第45号"),
        "finished": leaf("date", "完了日", "書くと、完了届ができます。", example="令和9年3月31日"),
        "inspected": leaf("date", "検査日", "書くと、検査調書ができます。", example="令和9年4月5日"),
        "inspector": ref("検査職員", "people", "人の鍵。", example="kaede"),
        "result": choice("検査の結果", get_type_hints(Events)["result"], example="合格"),
        "billed": leaf("date", "請求日", "書くと、請求書ができます。", example="令和9年4月8日"),
        "billed_amount": leaf(
            "yen", "請求額", "一部の請求のとき。書かなければ契約金額。", example="6,000,000円"
        ),
        "erased": leaf("date", "消去日", "書くと、データ消去証明書ができます。", example="令和9年4月30日"),
        "erase_method": leaf("text", "消去の方法", example="暗号鍵の廃棄及び上書きによる消去"),
    }
    return group(
        Events,
        "契約の経過",
        fields,
        "契約の後に起きたこと。日付を書くと、その様式が作られます。",
        always=True,
        prefix=False,
    )
