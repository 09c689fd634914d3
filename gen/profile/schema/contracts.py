"""The schema of `contracts`.

Hands out one rule. Leans on `kinds` and `parts`.
"""

from __future__ import annotations

from typing import get_type_hints

from gen.profile.model_contracts import (
    Amount,
    Contract,
    Deposit,
    Hours,
    Instalment,
    Liability,
    Manager,
    Party,
    Payment,
    Subcontract,
    Task,
    UnitPrice,
    YearAmount,
)
from gen.profile.schema.course import course, service_level, shape
from gen.profile.schema.kinds import (
    IDENTITY,
    STRUCTURE,
    UNDECIDED,
    Rows,
    Rule,
    choice,
    group,
    leaf,
    ref,
    rows,
    table,
)
from gen.profile.schema.parts import period

__all__ = ["contracts"]

_HINTS = get_type_hints(Contract)


def _no_vendor(around: Rows) -> object:
    return None if around[-1].get("parties") else UNDECIDED


def _no_money(around: Rows) -> object:
    return None if around[-1].get("none") else UNDECIDED


def _no_total(around: Rows) -> object:
    return None if around[-1].get("none") or around[-1].get("unit_prices") else UNDECIDED


def _no_cycle(around: Rows) -> object:
    amount = around[-2].get("amount")
    return None if isinstance(amount, dict) and amount.get("none") else UNDECIDED


def contracts() -> Rule:
    """The contracts, by key."""
    fields = {
        **_what(),
        **_when(),
        **_money(),
        **_procurement(),
        **_work(),
        **_duties(),
        **course(),
    }
    row = group(Contract, "契約", fields)
    return table("契約", row, "契約1件につき1つ。鍵は文書の名前になります。", used="契約")


def _what() -> dict[str, Rule]:
    party = {
        "role": leaf("text", "立場", "契約書での呼び方。", example="丙", required=True, decided=STRUCTURE),
        "vendor": ref("相手方", "vendors", "相手方の鍵。", example="midori"),
        "city": leaf(
            "flag",
            "この団体",
            "この立場がこの団体自身なら「はい」。",
            example="はい",
            absent=False,
            decided=STRUCTURE,
        ),
        "duty": leaf("prose", "義務", "この当事者だけが負う義務。", example="物件の引渡し"),
        "share": leaf("percent", "負担割合", example="25%"),
    }
    return {
        "template": leaf(
            "text", "ひな型", "ひな型の名前。", example="operation-support", required=True, decided=STRUCTURE
        ),
        "title": leaf("text", "件名", example="ガバメントクラウド運用管理補助業務委託", needed=True),
        "number": leaf("text", "契約番号", example="情政第12号"),
        "vendor": ref(
            "相手方", "vendors", "相手方の鍵。公告用の案では「未定」。", example="midori", absent=_no_vendor
        ),
        "parties": rows("当事者", group(Party, "当事者", party), "三者以上の契約のとき、全員を書きます。"),
        "city_as": choice(
            "この団体の立場",
            _HINTS["city_as"],
            "他の団体から受託するときは「受注者」。",
            example="発注者",
            absent="発注者",
            decided=STRUCTURE,
        ),
        "signatory": ref(
            "署名者",
            "city.signatories",
            "委任を受けた署名者の鍵。書かなければ長が署名します。",
            example="general_affairs",
        ),
        "place": leaf("text", "履行場所", example="青葉台市役所及び受託者の事業所", needed=True),
    }


def _when() -> dict[str, Rule]:
    return {
        "period": period("契約期間", "契約書に書く期間。", always=True),
        "open_ended": leaf(
            "flag",
            "期間の定めのない契約",
            "どちらかが終わらせるまで続く契約なら「はい」。特例政令の予定価額は、月額の48か月分で見ます。",
            example="いいえ",
            absent=False,
        ),
        "free_period": period("準備期間", "料金のかからない期間があるときに書きます。"),
        "paid_period": period("課金期間", "料金のかかる期間が契約期間と違うときに書きます。"),
        "signed_on": leaf("date", "契約締結日", "締結するまでは書きません。", example="令和8年4月1日"),
    }


def _amount() -> Rule:
    hints = get_type_hints(Amount)
    unit_price = {
        "item": leaf("text", "品目", example="仮想サーバー", needed=True),
        "unit": leaf("text", "単位", example="1台1月"),
        "price": leaf("yen", "単価", example="12,000円", needed=True),
    }
    fields = {
        "none": leaf(
            "flag",
            "金額のない文書",
            "覚書や無償の契約なら「はい」。",
            example="はい",
            absent=False,
            decided=STRUCTURE,
        ),
        "tax_kind": choice(
            "税区分", hints["tax_kind"], "書いた金額が税込か税抜か。", example="税込", absent=_no_money
        ),
        "total": leaf(
            "yen", "契約金額（総額）", "契約期間全体の額。", example="12,345,000円", absent=_no_total
        ),
        "tax": leaf("yen", "うち消費税及び地方消費税の額", example="1,122,272円"),
        "monthly": leaf("yen", "月額", example="1,028,750円"),
        "months": leaf("count", "課金月数", example="12か月"),
        "first": leaf("yen", "初回の額", "初回だけ額が違うときに書きます。", example="1,028,760円"),
        "unit_prices": rows("単価表", group(UnitPrice, "単価", unit_price), "単価契約のときに書きます。"),
        "rounding": choice("端数処理", hints["rounding"], "円未満の端数。", example="切捨て"),
    }
    return group(
        Amount,
        "契約金額",
        fields,
        "金額はカンマ、全角、千円単位のどれでも書けます。",
        always=True,
        prefix=False,
    )


def _money() -> dict[str, Rule]:
    year = {
        "year": leaf("nendo", "年度", example="令和8年度", required=True, decided=IDENTITY),
        "amount": leaf("yen", "年割額", example="12,345,000円", needed=True),
    }
    instalment = {
        "label": leaf("text", "名称", example="第1回", needed=True),
        "due": leaf("date", "期日", example="令和8年9月30日"),
        "amount": leaf("yen", "支払額", example="6,000,000円", needed=True),
    }
    payment = {
        "cycle": choice("支払の区切り", get_type_hints(Payment)["cycle"], example="毎月", absent=_no_cycle),
        "days": leaf("count", "支払までの日数", "適法な請求を受けてからの日数。", example="30日"),
        "schedule": rows(
            "支払表", group(Instalment, "支払", instalment), "分割のとき、または額が回によって違うとき。"
        ),
    }
    return {
        "amount": _amount(),
        "tax_rate": leaf("percent", "消費税等の率", "書かなければ法律の率によります。", example="10%"),
        "yearly": rows("年度別の額", group(YearAmount, "年度別の額", year), "年度をまたぐ契約の年割額。"),
        "payment": group(Payment, "支払", payment, "支払の区切りと期日。", always=True, prefix=False),
        "account": leaf("text", "会計", example="一般会計"),
    }


def _procurement() -> dict[str, Rule]:
    return {
        "method": choice("契約の方法", _HINTS["method"], example="随意契約", needed=True),
        "method_article": leaf(
            "text",
            "契約の方法の根拠",
            "随意契約のときは号まで書きます。",
            example="地方自治法施行令第167条の2第1項第2号",
        ),
        "estimate": leaf(
            "yen",
            "予定価格",
            "税込の額。公表するまでは書かないでください（git の記録に残ります）。限度額は予定価格で見ます。",
            example="12,650,000円",
        ),
        "budget_basis": choice(
            "予算の根拠",
            _HINTS["budget_basis"],
            "年度をまたぐ契約の根拠。",
            example="債務負担行為",
            needed=True,
        ),
        "budget_condition": leaf(
            "flag",
            "予算の成立を条件とすること",
            "新年度予算の成立前に準備する契約なら「はい」。",
            example="はい",
            absent=False,
        ),
        "budget_item": leaf("text", "予算科目", example="2款1項7目 委託料"),
        "budget_limit": leaf("yen", "債務負担行為の限度額", example="40,000,000円"),
        "deposit": _deposit(),
        "sign_mode": choice(
            "締結の方式",
            _HINTS["sign_mode"],
            "電子なら、通数・記名押印・収入印紙の文言が変わります。",
            example="紙",
            needed=True,
        ),
        "copies": leaf("count", "通数", "書かなければ当事者の数。", example="2通"),
        "state": choice("状態", _HINTS["state"], example="案", absent="案", decided=STRUCTURE),
        "next_year": choice(
            "翌年度", _HINTS["next_year"], "翌年度の保守などを別の契約にするか。", example="別契約"
        ),
    }


def _deposit() -> Rule:
    deposit = {
        "kind": choice("扱い", get_type_hints(Deposit)["kind"], example="免除", needed=True),
        "article": leaf("text", "根拠の条項", "免除するときは必ず書きます。", example="契約規則第30条第3号"),
        "amount": leaf("yen", "額", example="1,234,500円"),
        "form": leaf("text", "納め方", example="履行保証保険"),
    }
    return group(Deposit, "契約保証金", deposit, always=True)


def _work() -> dict[str, Rule]:
    task = {
        "name": leaf("text", "業務", example="アカウント管理", needed=True),
        "detail": leaf("prose", "内容", example="利用者の登録、変更、抹消"),
        "output": leaf("text", "成果物", example="作業記録"),
        "when": leaf("text", "時期", example="随時"),
    }
    return {
        "systems": rows(
            "対象システム", ref("システム", "systems", example="juki", decided=IDENTITY), "システムの鍵。"
        ),
        **shape(),
        "former_note": leaf(
            "flag",
            "旧団体の契約の承継の注記",
            "「はい」なら、city.former の団体の契約を承継していることを業務一覧に印字します。",
            example="はい",
            absent=False,
            decided=STRUCTURE,
        ),
        "tasks": rows("業務一覧", group(Task, "業務", task), "別紙の業務一覧になります。"),
        "personal_data": leaf(
            "flag", "個人情報の取扱い", "特記事項が付きます。", example="はい", needed=True
        ),
        "my_number": leaf(
            "flag",
            "特定個人情報の取扱い",
            "番号法の語句と再委託の許諾が加わります。",
            example="いいえ",
            needed=True,
        ),
        "subcontract": _subcontract(),
        "manager": group(
            Manager,
            "業務責任者",
            {
                "title": leaf("text", "職名", example="公共第一部 部長"),
                "name": leaf("text", "氏名", example="例示　三郎", needed=True),
            },
        ),
        "hours": group(
            Hours,
            "対応時間",
            {"text": leaf("text", "内容", example="平日8時30分から17時15分まで", needed=True)},
        ),
        "sla": service_level(),
    }


def _subcontract() -> Rule:
    return group(
        Subcontract,
        "再委託",
        {
            "allowed": leaf("flag", "承諾を得た再委託の可否", example="はい", needed=True),
            "core": rows(
                "主たる部分",
                leaf("text", "主たる部分", example="総合的な企画及び判断", decided=IDENTITY),
                "再委託を認めない部分。",
            ),
        },
        always=True,
    )


def _duties() -> dict[str, Rule]:
    liability = {
        "cap": choice("限度", get_type_hints(Liability)["cap"], example="契約金額", needed=True),
        "amount": leaf("yen", "限度額", "限度が「金額」のとき。", example="50,000,000円"),
    }
    return {
        "plan_days": leaf("count", "実施計画書の期限", "契約締結の日からの日数。", example="14日"),
        "inspect_days": leaf("count", "検査の期限", "完了の届けを受けてからの日数。", example="10日"),
        "report_day": leaf("count", "月次報告の期日", "翌月の日。", example="10日", max=31),
        "first_report_minutes": leaf(
            "count", "第一報の時間（分）", "障害や事故を知ってからの分。", example="60分"
        ),
        "liability": group(Liability, "損害賠償", liability, "限度を定めないときは書きません。"),
        "warranty_months": leaf("count", "契約不適合の通知期間（月）", example="12か月"),
        "copyright": choice("著作権", _HINTS["copyright"], "成果物の著作権の扱い。", example="譲渡"),
        "cost_limit": leaf(
            "yen",
            "承認を要する利用料の増加額（月額）",
            "これを超えて利用料が増える変更には、発注者の承認が要ります。",
            example="50,000円",
        ),
        "notice_months": leaf("count", "任意解除の予告（月）", example="3か月"),
        "log_months": leaf("count", "記録の保存期間（月）", "操作と通信の記録を残す月数。", example="12か月"),
        "eol_months": leaf(
            "count",
            "提供の終了の予告（月）",
            "利用契約で、製品の提供を終える前に知らせる月数。",
            example="18か月",
        ),
        "budget_cancel": choice(
            "予算の減額等による解除の扱い",
            _HINTS["budget_cancel"],
            "長期継続契約で、予算が減額又は削除されて解除したときの損害の扱い。",
            example="協議",
        ),
        "exclude": rows(
            "適用除外",
            leaf("text", "条の名前", "条の識別名。", example="copyright", decided=IDENTITY),
            "この契約で使わない条。",
        ),
        "note": leaf("prose", "備考", "契約書には印字しません。", example="前年度からの継続"),
    }
