"""The schema of `vendors`, `cloud` and `systems`.

Hands out one rule a section. Leans on `kinds` and `parts`.
"""

from __future__ import annotations

from typing import get_type_hints

from gen.profile.model import (
    STANDARD_BUSINESSES,
    Account,
    Assessment,
    Cloud,
    Confidentiality,
    Csp,
    Member,
    Operator,
    OperatorRole,
    System,
    SystemState,
    UseMode,
    Vendor,
    VendorManager,
)
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
from gen.profile.schema.parts import vendor_head

__all__ = ["cloud", "systems", "vendors"]


def _vendor_kind(around: Rows) -> object:
    return "共同企業体" if around[-1].get("members") else "法人"


def _taxable(around: Rows) -> object:
    """A registered issuer of invoices is a taxable person (消費税法57条の2); else nobody has said so."""
    return True if isinstance(around[-1].get("invoice_number"), str) else UNDECIDED


def vendors() -> Rule:
    """The other sides of the contracts, by key."""
    fields = {
        "name": leaf(
            "text",
            "名称",
            "登記された商号。㈱などの略号は確認を求めます。",
            example="みどり情報システム株式会社",
            needed=True,
        ),
        "kind": choice(
            "種別",
            get_type_hints(Vendor)["kind"],
            "構成員を書けば共同企業体、書かなければ法人とみなします。",
            example="法人",
            absent=_vendor_kind,
            decided=STRUCTURE,
        ),
        "corporate_number": leaf(
            "corporate", "法人番号", "13桁。検査用数字を確かめます。", example="6999900000011"
        ),
        "invoice_number": leaf(
            "invoice", "登録番号", "適格請求書発行事業者の登録番号。", example="T6999900000011"
        ),
        "address": leaf("text", "所在地", example="青葉台県青葉台市駅前二丁目3番4号", needed=True),
        "head": vendor_head(),
        "taxable": leaf(
            "flag",
            "課税事業者",
            "免税事業者なら「いいえ」。登録番号があれば「はい」とみなします。",
            example="はい",
            absent=_taxable,
        ),
        "members": rows("構成員", _member(), "共同企業体のときに書きます。代表者は1者だけです。"),
        "manager": _manager(),
    }
    row = group(Vendor, "相手方", fields)
    return table(
        "相手方", row, "契約の相手方（事業者、共同企業体、他の自治体）。鍵は自由に付けられます。", used="契約"
    )


def _manager() -> Rule:
    return group(
        VendorManager,
        "担当者",
        {
            "title": leaf("text", "職名", example="公共第一部 課長"),
            "name": leaf("text", "氏名", example="例示　二郎", needed=True),
            "contact": leaf(
                "text",
                "連絡先",
                "勤務先のもの。個人の番号はprivate.yamlに書きます。",
                example="support@midori.example",
            ),
        },
        "連絡を受ける人。",
    )


def _member() -> Rule:
    fields = {
        "vendor": ref("相手方", "vendors", "相手方の鍵。", example="midori"),
        "name": leaf("text", "名称", "相手方に載せない構成員の名称。", example="株式会社ひばりネット"),
        "address": leaf("text", "所在地", example="湊北県湊北市海岸通5番地"),
        "lead": leaf("flag", "代表者", example="はい", absent=False, decided=STRUCTURE),
        "share": leaf("percent", "出資の割合", example="60%"),
    }
    return group(Member, "構成員", fields)


def cloud() -> Rule:
    """How the city uses ガバメントクラウド."""
    fields = {
        "use_mode": choice(
            "利用方式",
            UseMode,
            "システムごとに違うときは、システムにも書きます。",
            example="単独利用方式",
            needed=True,
        ),
        "csps": rows("クラウド", _csp(), "使うクラウド。"),
        "operators": rows("事業者の立場", _operator(), "責任分界表のもとになります。"),
        "accounts": rows("アカウント", _account()),
        "partners": rows(
            "共同利用の相手団体",
            leaf("text", "団体名", example="しらかば村", decided=IDENTITY),
            "共同利用方式のとき、他の団体の名称。",
        ),
        "cost_share": leaf("prose", "費用の按分方法", "共同利用方式のとき。", example="均等割20%、人口割80%"),
        "cost_limit": leaf(
            "yen",
            "利用料の上限（月額）",
            "この額を超える変更には団体の承認が要ります。",
            example="2,500,000円",
        ),
        "budget_alert": leaf("percent", "予算の警告", "月の予算に対し、知らせを受ける割合。", example="80%"),
    }
    return group(
        Cloud,
        "クラウド利用",
        fields,
        "ガバメントクラウドの使い方。",
        always=True,
        prefix=False,
        used="契約、計画",
    )


def _csp() -> Rule:
    fields = {
        "name": leaf(
            "text",
            "名称",
            "AWS、Google Cloud、Azure、OCI、さくらのクラウド、その他。",
            example="AWS",
            needed=True,
        ),
        "regions": rows("リージョン", leaf("text", "リージョン名", example="東京", decided=IDENTITY)),
        "environment": leaf("text", "環境", example="本番・検証"),
    }
    return group(Csp, "クラウド", fields)


def _operator() -> Rule:
    fields = {
        "vendor": ref("相手方", "vendors", "相手方の鍵。", example="midori", needed=True),
        "role": choice("立場", OperatorRole, example="運用管理補助者", needed=True),
        "csps": rows(
            "受け持つクラウド",
            leaf("text", "クラウド", example="AWS", decided=IDENTITY),
            "クラウドが2つ以上あるときに書きます。書かなければすべて。",
        ),
        "scope": leaf("text", "範囲", example="本市のアカウント全体"),
    }
    return group(Operator, "事業者の立場", fields)


def _account() -> Rule:
    fields = {
        "name": leaf(
            "text",
            "名称",
            "アカウントやプロジェクトの名称。番号や鍵情報は書きません。",
            example="本番共通",
            needed=True,
        ),
        "csp": leaf("text", "クラウド", "上の名称と同じ語。", example="AWS"),
        "environment": leaf("text", "環境", example="本番"),
        "holder": ref("管理する相手方", "vendors", example="midori"),
    }
    return group(Account, "アカウント", fields)


def systems() -> Rule:
    """The systems, by key."""
    row = group(System, "システム", {**_what(), **_move(), **_facts()})
    return table(
        "システム",
        row,
        "業務システム。0件でも100件でも書けます。鍵は自由に付けられます。",
        used="契約、手順書、計画",
    )


def _what() -> dict[str, Rule]:
    names = "、".join(STANDARD_BUSINESSES)
    return {
        "name": leaf("text", "名称", example="住民記録システム", required=True, decided=IDENTITY),
        "business": leaf(
            "text",
            "業務",
            f"標準化対象の20業務は次の語で書きます：{names}。そのほかの業務は自由に書けます。",
            example="住民基本台帳",
            needed=True,
        ),
        "state": choice(
            "状態",
            SystemState,
            "作る手順書と計画が変わります。",
            example="移行済み",
            required=True,
            decided=STRUCTURE,
        ),
        "product": leaf("text", "製品", example="みどり住記クラウド"),
        "vendor": ref("相手方", "vendors", "相手方の鍵。", example="midori"),
        "csp": leaf("text", "クラウド", "クラウド利用に書いた名称と同じ語。", example="AWS"),
        "use_mode": choice("利用方式", UseMode, "団体全体と違うときに書きます。", example="共同利用方式"),
    }


def _move() -> dict[str, Rule]:
    return {
        "cut_over": leaf("date", "切替日", "本番の利用を始めた、または始める日。", example="令和8年1月5日"),
        "deadline": leaf(
            "date", "移行の期限", "特定移行支援システムについて定められた期限。", example="令和12年3月31日"
        ),
        "reason": leaf(
            "prose",
            "理由",
            "期限までに移行できない理由、または対象外とする理由。",
            example="事業者の要員不足",
        ),
        "former_vendor": ref("現行の相手方", "vendors", "移行前のシステムの事業者の鍵。", example="hibari"),
        "former_product": leaf("text", "現行の製品", example="ひばり住記V3"),
        "former_until": leaf("date", "現行契約の終わる日", example="令和9年3月31日"),
        "pia": _assessment(),
    }


def _assessment() -> Rule:
    fields = {
        "subjects": leaf(
            "count", "対象人数", "この事務の人数。団体の人口ではありません。", example="52,000人"
        ),
        "handlers": leaf("count", "取扱者数", "委託先の要員を含みます。", example="40人"),
        "incident": leaf("flag", "1年以内の重大事故", example="いいえ"),
        "level": choice("評価の区分", get_type_hints(Assessment)["level"], example="重点項目"),
        "published_on": leaf("date", "公表の日", example="令和8年6月30日"),
    }
    return group(Assessment, "特定個人情報保護評価", fields, "個人番号を取り扱う事務について書きます。")


def _facts() -> dict[str, Rule]:
    return {
        "data_gb": leaf("number", "データ量（GB）", example="120.5"),
        "growth_percent": leaf("percent", "年間の増加率", example="5%"),
        "service_hours": leaf("text", "提供時間", example="平日8時から20時まで"),
        "region": leaf("text", "本番のリージョン", "本番のデータがある場所。", example="東京"),
        "owner": leaf("text", "業務主管課", example="市民課"),
        "depends_on": rows(
            "依存するシステム",
            ref("システム", "systems", example="juki", decided=IDENTITY),
            "先に動いていなければならないシステムの鍵。",
        ),
        "confidentiality": choice("機密性", Confidentiality, example="自治体機密性3A"),
        "gaiji_count": leaf("count", "外字の数", example="312字"),
        "notes": leaf("prose", "備考", example="年度末に版上げの予定"),
    }
