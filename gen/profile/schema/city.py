"""The schema of `city`, `people`, `roles` and `rules`.

Hands out one rule a section. Leans on `kinds` and `parts`; labels and help are the text of
the reference page.
"""

from __future__ import annotations

from typing import get_type_hints

from gen.profile.model import (
    City,
    CityKind,
    DepositRule,
    FormerBody,
    LongTermOrdinance,
    PenaltyRate,
    Person,
    Role,
    Rules,
    Signatory,
    Style,
    ZuikeiLimits,
)
from gen.profile.schema.kinds import IDENTITY, STRUCTURE, Rows, Rule, choice, group, leaf, ref, rows, table
from gen.profile.schema.parts import city_head, named_address, rule_text

__all__ = ["city", "people", "roles", "rules"]

SELF_WORDS = {
    "指定都市": "本市",
    "中核市": "本市",
    "市": "本市",
    "特別区": "本区",
    "町": "本町",
    "村": "本村",
    "一部事務組合": "本組合",
    "広域連合": "本広域連合",
}


def _self_word(around: Rows) -> object:
    """本市, 本町 …; a prefecture by the last character of its name."""
    row = around[-1]
    return SELF_WORDS.get(str(row.get("kind")), f"本{str(row.get('name', '県'))[-1]}")


def city() -> Rule:
    """The body that signs."""
    return group(
        City,
        "団体",
        {**_who(), **_where(), **_how()},
        "契約の一方となる団体。",
        required=True,
        always=True,
        prefix=False,
        used="すべての文書",
    )


def _who() -> dict[str, Rule]:
    return {
        "name": leaf(
            "text",
            "団体名",
            "契約書に印字する正式名称。",
            example="青葉台市",
            required=True,
            decided=STRUCTURE,
        ),
        "kind": choice(
            "団体の種別",
            CityKind,
            "種別によって「本市」「本町」などの言い方と、適用される限度額が変わります。",
            example="市",
            required=True,
            decided=STRUCTURE,
        ),
        "code": leaf(
            "municipality",
            "団体コード",
            "検査数字を含む6桁。コードのない団体では書きません。",
            example="991236",
        ),
        "prefecture": leaf("text", "都道府県名", example="青葉台県"),
        "fictional": leaf(
            "flag",
            "架空の団体",
            "見本や練習用の団体なら「はい」。",
            example="はい",
            absent=False,
            decided=STRUCTURE,
        ),
        **_persons(),
    }


def _persons() -> dict[str, Rule]:
    return {
        "head": city_head(),
        "signatories": _signatories(),
        "self_word": leaf(
            "text",
            "自分の団体の呼び方",
            "書かなければ種別から決まります（本市、本町、本組合など）。",
            example="本市",
            absent=_self_word,
            decided=STRUCTURE,
        ),
        "former": _former(),
        "population": leaf("count", "人口", example="50,123人"),
    }


def _signatories() -> Rule:
    return table(
        "委任を受けた署名者",
        group(
            Signatory,
            "署名者",
            {
                "title": leaf("text", "職名", example="総務局長", needed=True),
                "name": leaf("text", "氏名", example="架空　次郎", needed=True),
                "body": leaf("text", "署名の肩書", "団体名と職名の間に置く語。", example="契約担当者"),
                "basis": leaf(
                    "text", "委任の根拠", "委任規則の名称と条項。", example="湊北市契約事務委任規則第2条"
                ),
            },
        ),
        "長以外の人が契約に署名するときに書きます。",
    )


def _former() -> Rule:
    return rows(
        "旧団体",
        group(
            FormerBody,
            "旧団体",
            {
                "name": leaf("text", "名称", example="旧青葉町", needed=True),
                "code": leaf("municipality", "団体コード", "廃止された6桁のコード。", example="993018"),
                "until": leaf("date", "存続した最後の日", example="平成17年3月31日"),
                "note": leaf("prose", "備考", example="編入合併"),
            },
        ),
        "合併や改称の前の団体。古い契約を承継した注記に使います。",
    )


def _where() -> dict[str, Rule]:
    return {
        "address": leaf(
            "text",
            "所在地",
            "契約書の署名欄に印字します。書いたとおり印字します。",
            example="青葉台県青葉台市中央一丁目1番1号",
            needed=True,
        ),
        "addresses": rows("その他の庁舎", named_address(), "庁舎や設置場所が2つ以上あるときに書きます。"),
        "wards": rows("行政区", leaf("text", "行政区名", example="港区", decided=IDENTITY), "指定都市の区。"),
        "court": leaf(
            "text",
            "管轄裁判所",
            "団体の所在地を管轄する裁判所の名称。",
            example="青葉台地方裁判所",
            needed=True,
            used="契約",
        ),
        "closed_days": rows(
            "独自の閉庁日",
            leaf("date", "閉庁日", example="令和8年11月2日", decided="日程を計算する項目のため"),
            "祝日と年末年始（12月29日から1月3日まで）のほかに休む日。",
        ),
    }


def _how() -> dict[str, Rule]:
    hints = get_type_hints(Style)

    def style(field: str, label: str, usual: str, help: str = "") -> Rule:
        return choice(label, hints[field], help, example=usual, absent=usual, decided=STRUCTURE)

    fields = {
        "parties": style("parties", "当事者の呼び方", "甲乙", "契約書の全文で使います。"),
        "comma": style("comma", "読点", "、"),
        "conjunction": style(
            "conjunction",
            "接続詞の表記",
            "漢字",
            "漢字なら「及び」「又は」、ひらがななら「および」「または」。",
        ),
        "digits": style("digits", "数字の表記", "混在", "混在は、1桁を全角、2桁以上を半角にします。"),
        "form": style(
            "form",
            "契約書の体裁",
            "約款",
            "約款は、頭書の後に契約約款を置きます。条文は、件名、期間、金額なども条に書きます。",
        ),
        "new_side": style("new_side", "新旧対照表の「改正後」の側", "左"),
        "remarks": style(
            "remarks",
            "新旧対照表の備考の欄",
            "なし",
            "ありなら、右の端に「新設」「変更」などを記します。A4の横になります。",
        ),
    }
    help = "文書の書き方。1つの文書の中で混ざりません。"
    return {"style": group(Style, "表記", fields, help, always=True, used="すべての文書")}


def people() -> Rule:
    """The staff, by key."""
    fields = {
        "name": leaf("text", "氏名", example="架空　三郎", needed=True),
        "title": leaf("text", "職名", example="係長"),
        "department": leaf("text", "所属", example="総務部情報政策課"),
        "email": leaf("email", "メールアドレス", "職場のもの。", example="joho@city.aobadai.example"),
        "telephone": leaf(
            "text",
            "電話番号",
            "職場の代表番号や内線。個人の番号はprivate.yamlに書きます。",
            example="内線 2345",
        ),
    }
    row = group(Person, "職員", fields)
    return table("職員", row, "文書に名前の出る職員。鍵は自由に付けられます。", used="手順書、計画")


def roles() -> Rule:
    """Who fills which role."""
    fields = {
        "person": ref("担当者", "people", "職員の鍵。", example="sato", needed=True),
        "deputy": ref("代理者", "people", "職員の鍵。いなければ書きません。", example="suzuki"),
    }
    row = group(Role, "役割", fields)
    return table(
        "役割",
        row,
        "鍵は役割の名前（cio、project_leader、security_manager、contract_officer、privacy_manager など）。1人が複数の役割を兼ねられます。",
        used="手順書、計画",
    )


def rules() -> Rule:
    """The city's own rules."""
    fields = {
        "contract_rule": rule_text(
            "契約規則", "契約の事務を定める規則。定めのない事項はこれによります。", "青葉台市契約規則"
        ),
        "longterm_ordinance": _longterm(),
        "deposit": _deposit(),
        "security_policy": rule_text(
            "情報セキュリティポリシー",
            "受託者に守らせる方針（地方自治法第244条の6）。",
            "青葉台市情報セキュリティポリシー",
        ),
        "bouhai_ordinance": rule_text("暴力団排除条例", "暴力団排除の特約の根拠。", "青葉台市暴力団排除条例"),
        "personal_info_rule": rule_text(
            "個人情報の規則",
            "個人情報の取扱いを定める条例や規則。",
            "青葉台市個人情報の保護に関する法律施行条例",
        ),
        "records_rule": rule_text("文書規程", "文書の保存を定める規程。", "青葉台市文書取扱規程"),
        "electronic_contract_rule": rule_text(
            "電子契約の規則", "電子契約を定める規則や要綱。", "青葉台市電子契約実施要綱"
        ),
        "delegation_rule": rule_text("委任規則", "契約の権限を委任する規則。", "青葉台市事務委任規則"),
        "penalty_rate": _penalty(),
        "dango_rate": leaf("percent", "談合等の賠償の率", "契約金額に対するパーセント。", example="10%"),
        "cancel_penalty": leaf(
            "percent",
            "解除に伴う違約金の率",
            "契約金額に対するパーセント。定めがないときは書きません。",
            example="10%",
        ),
        "zuikei": _zuikei(),
    }
    return group(
        Rules,
        "例規",
        fields,
        "契約書が引く、この団体自身の条例・規則・方針。",
        always=True,
        prefix=False,
        used="契約",
    )


def _longterm() -> Rule:
    fields = {
        "name": leaf(
            "text", "名称", example="青葉台市長期継続契約を締結することができる契約を定める条例", needed=True
        ),
        "number": leaf("text", "番号", example="平成17年青葉台市条例第40号"),
        "article": leaf("text", "条項", example="第2条第1号"),
        "years_cap": leaf("count", "年数の上限", example="5年"),
        "price_cap": leaf("yen", "額の上限", "条例に額の上限があるとき。", example="5,000万円"),
        "kinds": rows(
            "対象となる契約の種類",
            leaf("text", "種類", example="電子計算機の賃貸借", decided=IDENTITY),
            "条例が挙げる種類。",
        ),
    }
    return group(LongTermOrdinance, "長期継続契約の条例", fields, "地方自治法第234条の3の契約を定める条例。")


def _deposit() -> Rule:
    fields = {
        "article": leaf("text", "納付の条項", example="契約規則第28条"),
        "exempt_article": leaf("text", "免除の条項", example="契約規則第30条第3号"),
        "rate": leaf("percent", "率", "契約金額に対するパーセント。", example="10%"),
    }
    return group(DepositRule, "契約保証金の定め", fields, "契約保証金について規則が定めること。")


def _penalty() -> Rule:
    fields = {
        "mode": choice(
            "定め方",
            get_type_hints(PenaltyRate)["mode"],
            "政府契約の支払遅延防止等に関する法律の率によるか、率を書くか。",
            example="率",
            needed=True,
        ),
        "value": leaf("percent", "年率", "定め方が「率」のとき。", example="年2.5%"),
    }
    return group(
        PenaltyRate,
        "履行遅滞の違約金",
        fields,
        "受託者が遅れたときの違約金の率。「penalty_rate: 年2.5%」とも書けます。",
        coerce="penalty",
    )


def _zuikei() -> Rule:
    def limit(label: str, example: str) -> Rule:
        return leaf("yen", label, example=example)

    fields = {
        "construction": limit("工事又は製造の請負", "200万円"),
        "purchase": limit("財産の買入れ", "150万円"),
        "lease_in": limit("物件の借入れ", "80万円"),
        "sale": limit("財産の売払い", "50万円"),
        "lease_out": limit("物件の貸付け", "30万円"),
        "other": limit("その他（業務委託など）", "100万円"),
    }
    return group(
        ZuikeiLimits,
        "少額随意契約の限度額",
        fields,
        "規則が定める額（地方自治法施行令第167条の2第1項第1号）。",
    )
