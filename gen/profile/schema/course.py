"""The schema of what shapes a kind of contract, of its levels of service, and of its course.

Hands out `shape`, `service_level` and `course`: fields of one contract. Forms and the city's own papers
print its course. Leans on `kinds`.
"""

from __future__ import annotations

from typing import get_type_hints

from gen.profile.model_contracts import Contract, Deliverable, Events, LevelItem, ServiceLevel, Sublet
from gen.profile.schema.kinds import STRUCTURE, Rule, Schema, choice, group, leaf, ref, rows
from gen.profile.schema.parts import period

__all__ = ["course", "service_level", "shape"]


def shape() -> Schema:
    """How a contract is cut from its neighbours, and what it delivers."""
    return {
        "assembly": leaf(
            "flag",
            "議会の議決",
            "議会の議決を要する契約なら「はい」。議決までは仮契約です。",
            example="はい",
            absent=False,
        ),
        "coordinates": leaf(
            "flag",
            "統合運用管理補助",
            "複数の運用管理補助者の間の調整を委託するなら「はい」。",
            example="はい",
            absent=False,
            decided=STRUCTURE,
        ),
        "split": choice(
            "構築と運用の契約",
            get_type_hints(Contract)["split"],
            "構築と運用を別の契約に分けるなら「別契約」。分けるときは、関連する契約の鍵も書きます。",
            example="別契約",
            absent="一体",
            decided=STRUCTURE,
        ),
        "linked": ref("関連する契約", "contracts", "構築と運用などを分けたときの、もう一方。", example="run"),
        "run_period": period("運用期間", "構築と運用が一体の契約で、運用する期間。"),
        "deliverables": rows(
            "成果物一覧",
            group(
                Deliverable,
                "成果物",
                {
                    "name": leaf("text", "成果物", example="設計書", needed=True),
                    "form": leaf("text", "形式", example="電磁的記録"),
                    "copies": leaf("text", "部数", example="1部"),
                    "due": leaf("text", "提出の期限", example="令和8年9月30日"),
                },
            ),
            "別紙の成果物一覧になります。",
        ),
    }


def service_level() -> Rule:
    """The levels that the vendor promises."""
    fields = {
        "rto": leaf("length", "目標復旧時間", example="12時間"),
        "rpo": leaf("length", "目標復旧時点", example="1営業日"),
        "uptime": leaf("percent", "稼働率", example="99.5%"),
        "hours": leaf("text", "稼働率の分母", "稼働率を求める時間。", example="平日8時から20時まで"),
        "penalty": choice(
            "未達の扱い",
            get_type_hints(ServiceLevel)["penalty"],
            "稼働率が水準を下回った月に減額するか。書かなければ、目標とします。",
            example="減額",
        ),
        "items": rows(
            "その他の水準",
            group(
                LevelItem,
                "水準",
                {
                    "item": leaf("text", "項目", example="計画停止の通知", needed=True),
                    "measure": leaf("prose", "内容及び測定の方法", example="停止の日の前日までの日数"),
                    "level": leaf("text", "水準", example="30日前まで", needed=True),
                },
            ),
        ),
    }
    return group(
        ServiceLevel,
        "サービスの水準",
        fields,
        "契約や仕様書で約束させる水準。バックアップ計画と照らし合わせます。運用保守と利用の契約では、サービスレベル合意書になります。",
    )


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
        "invited": leaf(
            "date",
            "公告等の日",
            "公告又は見積依頼の日。書くと、秘密保持誓約書ができます。",
            example="令和8年1月20日",
        ),
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
