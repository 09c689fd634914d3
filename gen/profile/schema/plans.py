"""The schema of `migration`, `backup`, `budget`, `confirmations` and `waivers`.

Hands out one rule a section. Leans on `kinds` and `parts`.
"""

from __future__ import annotations

from typing import get_args, get_type_hints

from gen.profile.model_plans import (
    Backup,
    BackupCopy,
    BackupCost,
    BackupPlan,
    BackupTarget,
    Budget,
    BudgetLine,
    Confirmation,
    DataExport,
    DebtBurden,
    DoneStep,
    Generations,
    Migration,
    Office,
    OutsideContact,
    PartnerLevel,
    Preparation,
    Rehearsal,
    RestoreTest,
    Subsidy,
    Waiver,
)
from gen.profile.schema.kinds import IDENTITY, Rule, choice, group, leaf, ref, rows, table
from gen.profile.schema.parts import milestone, window

__all__ = ["backup", "budget", "confirmations", "migration", "waivers"]

_ANSWERED = "理由と承認のない例外は認めないため"


def migration() -> Rule:
    """What the migration checklists need."""
    rehearsal = {
        "name": leaf("text", "名称", example="第1回リハーサル", needed=True),
        "on": leaf("date", "期日", example="令和8年9月5日", needed=True),
        "purpose": leaf("text", "目的", example="変換の確認"),
        "systems": rows(
            "対象システム",
            ref("システム", "systems", example="juki", decided=IDENTITY),
            "書かなければすべて。",
        ),
    }
    office = {
        "name": leaf("text", "名称", example="市民課窓口", needed=True),
        "address": leaf("text", "所在地", example="青葉台県青葉台市中央一丁目1番1号"),
        "counters": leaf("count", "窓口の数", example="6窓口"),
        "reopens": leaf("text", "再開の時刻", example="令和9年1月4日 8時30分"),
    }
    fields = {
        "freeze": rows("停止期間", window("停止期間"), "切替のために業務を止める期間。"),
        "busy": rows("繁忙期", window("繁忙期"), "切替を避ける期間（確定申告、当初課税、選挙など）。"),
        "rehearsals": rows(
            "リハーサル", group(Rehearsal, "リハーサル", rehearsal), "0回でも何回でも書けます。"
        ),
        "rehearsal_count": leaf("count", "リハーサルの予定回数", "日が決まっていないとき。", example="2回"),
        "parallel_months": leaf("count", "並行稼働の期間（月）", example="1か月"),
        "decisions": rows("判定の期日", milestone("判定"), "移行判定会議など。"),
        "offices": rows("窓口", group(Office, "窓口", office), "切替の影響を受ける窓口。"),
        "assembly": rows("議会の会期", window("会期"), "条例や予算を議決する会期。"),
        "extract_by": choice(
            "データを抽出する者", get_type_hints(Migration)["extract_by"], example="現行事業者"
        ),
        "point_of_no_return": leaf("text", "切戻しの限度", example="令和9年1月3日 12時"),
        "old_system_months": leaf("count", "現行システムを残す期間（月）", example="6か月"),
        "preparations": rows(
            "切替の前の準備", _preparation(), "条例や規則の施行、回線の開通、事業者の間の連携のテスト。"
        ),
        "done": rows(
            "済んだ作業",
            _done(),
            "書いた作業は、チェックリストに済みと印字し、期限経過に数えません。",
        ),
    }
    return group(
        Migration, "移行", fields, "移行の手順書に使う事実。", always=True, prefix=False, used="手順書"
    )


def _preparation() -> Rule:
    fields = {
        "name": leaf("text", "名称", example="住民票の様式を定める規則の改正", needed=True),
        "kind": choice("種類", get_type_hints(Preparation)["kind"], example="例規の施行", needed=True),
        "on": leaf("date", "期日", "施行、開通又はテストの日。", example="令和8年12月1日", needed=True),
        "systems": rows(
            "対象システム",
            ref("システム", "systems", example="juki", decided=IDENTITY),
            "書かなければすべて。",
        ),
    }
    return group(Preparation, "準備", fields)


def _done() -> Rule:
    fields = {
        "step": leaf(
            "text",
            "作業",
            "チェックリストの作業の名前のとおり。リハーサルごとの作業は、済んだ回の順に1行ずつ書きます。",
            example="連携先への切替日の通知",
            required=True,
            decided=IDENTITY,
        ),
        "on": leaf(
            "date",
            "済んだ日",
            example="令和8年6月30日",
            required=True,
            decided="済んでいない作業は書かないため",
        ),
        "evidence": leaf("text", "証拠の場所", example="文書番号 情政第123号"),
        "systems": rows(
            "対象システム",
            ref("システム", "systems", example="juki", decided=IDENTITY),
            "書かなければ、移行するすべて。",
        ),
    }
    return group(DoneStep, "済んだ作業", fields)


def backup() -> Rule:
    """What the backup plan needs."""
    target = {
        "item": leaf("text", "項目", "非機能要件の標準の項目。", example="目標復旧時間（RTO）", needed=True),
        "standard": leaf("text", "標準の水準", example="12時間以内"),
        "chosen": leaf("text", "選んだ水準", example="12時間以内", needed=True),
        "hours": leaf(
            "text",
            "稼働率の分母",
            "稼働率の行に書きます。稼働率を求める時間。",
            example="平日8時から20時まで",
        ),
        "planned_stops": choice(
            "計画停止",
            get_type_hints(BackupTarget)["planned_stops"],
            "稼働率の行に書きます。計画停止を、停止の時間に含めるか。",
            example="含めない",
        ),
        "reason": leaf(
            "prose", "理由", "標準より下げるときは必ず書きます。", example="住基ネットから復元できるため"
        ),
        "approver": ref("承認者", "people", "職員の鍵。", example="sato"),
        "approved_on": leaf("date", "承認の日", example="令和8年2月10日"),
    }
    fields = {
        "targets": rows("目標", group(BackupTarget, "目標", target), "標準の水準と、選んだ水準。"),
        "systems": table(
            "システム別のバックアップ", _plan(), "鍵はシステムの鍵と同じにします。", keys="systems"
        ),
        "scope": rows(
            "バックアップの対象",
            choice("対象", get_args(get_type_hints(Backup)["scope"])[0], example="設定", decided=IDENTITY),
            "データのほかに、設定、構成情報、文書、この計画も対象とします。",
        ),
        "paper_copy": leaf("text", "計画の紙の控えの場所", example="防災倉庫の書庫"),
        "review_month": leaf("count", "毎年の見直しの月", example="4月", max=12),
        "cost": group(
            BackupCost,
            "バックアップの費用",
            {
                "yearly": leaf("yen", "年額", example="1,200千円", needed=True),
                "priced_on": leaf("date", "単価の日", example="令和8年2月1日"),
            },
        ),
        "outside_contact": _outside_contact(),
        "partners": rows("他団体の水準", _partner(), "共同利用方式のとき、相手団体が選んだ水準。"),
    }
    return group(
        Backup, "バックアップ", fields, "バックアップ計画に使う事実。", always=True, prefix=False, used="計画"
    )


def _outside_contact() -> Rule:
    fields = {
        "name": leaf("text", "名称", example="湊北市デジタル局（相互応援協定）", needed=True),
        "place": leaf("text", "所在地", "同じ災害に遭わない所。", example="湊北県湊北市"),
        "contact": leaf(
            "text",
            "連絡先",
            "職場のもの。個人の番号はprivate.yamlに書きます。",
            example="ouen@minatokita.example",
        ),
        "checked_on": leaf("date", "通じることを確かめた日", example="令和8年3月10日"),
    }
    help = "庁舎が被災したときに、団体の区域の外で連絡を受け継ぐ所。"
    return group(OutsideContact, "区域外の連絡先", fields, help)


def _partner() -> Rule:
    fields = {
        "body": leaf(
            "text", "団体名", "共同利用の相手団体に書いた名称と同じ語。", example="しらかば村", needed=True
        ),
        "system": ref(
            "システム", "systems", "この団体のシステムの鍵。", example="juki", required=True, decided=IDENTITY
        ),
        "rpo": leaf("length", "目標復旧時点", example="1営業日"),
        "rto": leaf("length", "目標復旧時間", example="12時間"),
    }
    return group(PartnerLevel, "他団体の水準", fields)


def _plan() -> Rule:
    generations = {
        "daily": leaf("count", "日次", example="35世代"),
        "weekly": leaf("count", "週次", example="5世代"),
        "monthly": leaf("count", "月次", example="12世代"),
        "yearly": leaf("count", "年次", example="3世代"),
    }
    test = {
        "on": leaf("date", "実施の日", example="令和8年6月20日", needed=True),
        "copy": leaf("text", "使った写し", example="大阪リージョンの写し"),
        "hours": leaf("number", "かかった時間", example="5.5"),
        "result": choice("結果", get_type_hints(RestoreTest)["result"], example="成功"),
        "note": leaf("prose", "備考", example="件数の照合まで実施"),
    }
    fields = {
        "rpo": leaf("length", "目標復旧時点", example="1営業日", needed=True),
        "rto": leaf("length", "目標復旧時間", example="12時間", needed=True),
        "method": leaf("text", "方式", example="データベースの世代バックアップ"),
        "interval": leaf("length", "取得の間隔", example="1日", needed=True),
        "job_hours": leaf("number", "取得にかかる時間", example="1.5"),
        "window": leaf("text", "取得の時間帯", example="1時から3時まで"),
        "generations": group(Generations, "世代", generations, always=True),
        "retention": leaf("length", "保存期間", example="1年", needed=True),
        "legal_years": leaf("count", "法定の保存年数", example="150年"),
        "archive": leaf(
            "text",
            "長期の保存先",
            "法定の保存年数がバックアップの保存期間より長いとき、そのデータを残す所。",
            example="本番のデータベースの除票の表",
        ),
        "copies": rows("写し", _copy(), "本番のほかに置く写し。"),
        "restore_hours": leaf("number", "復元の見込み時間", example="6"),
        "restore_tests": rows("復元テスト", group(RestoreTest, "復元テスト", test)),
        "safety": leaf(
            "flag",
            "安否確認に要るデータ",
            "大規模災害時に72時間以内の提供が要るもの。",
            example="はい",
            absent=False,
        ),
        "export": _export(),
        "manual": leaf("prose", "止まったときの手作業", example="紙の台帳で受け付ける"),
    }
    return group(BackupPlan, "バックアップ", fields)


def _export() -> Rule:
    fields = {
        "method": leaf("text", "方法", example="月次の一覧を暗号化して庁内に置く", needed=True),
        "tested_on": leaf("date", "訓練の日", example="令和8年2月5日"),
        "hours": leaf("number", "訓練でかかった時間", example="8"),
    }
    help = "大規模災害のときに、安否確認に要るデータを取り出す方法。"
    return group(DataExport, "安否確認のデータの抽出", fields, help)


def _copy() -> Rule:
    fields = {
        "place": leaf("text", "場所", example="大阪リージョン", needed=True),
        "kind": choice(
            "種類",
            get_type_hints(BackupCopy)["kind"],
            "「複製」は世代を持たない同期で、バックアップには数えません。",
            example="遠隔地の写し",
        ),
        "csp": leaf("text", "クラウド", example="AWS"),
        "region": leaf("text", "リージョン", example="大阪"),
        "account": leaf("text", "アカウント", example="バックアップ専用"),
        "locked": leaf("flag", "変更・削除の禁止", example="はい"),
        "lock_days": leaf("count", "禁止の日数", example="90日"),
        "encrypted": leaf("flag", "暗号化", example="はい"),
        "encrypted_in_transit": leaf("flag", "送るときの暗号化", example="はい"),
        "encryption": leaf("text", "暗号化の方式", example="AES-256"),
        "key_holder": leaf("text", "鍵の管理者", example="情報政策課"),
        "key_deputy": leaf(
            "text", "鍵のもう1人の管理者", "鍵の管理者が1人のときに書きます。", example="会計課長"
        ),
        "key_region": leaf("text", "鍵を使えるリージョン", "復元する所で使えること。", example="大阪"),
        "key_until": leaf("date", "鍵の有効期限", "期限のない鍵では書きません。", example="令和11年3月31日"),
    }
    return group(BackupCopy, "写し", fields)


def budget() -> Rule:
    """The money side."""
    line = {
        "year": leaf("nendo", "年度", example="令和8年度", required=True, decided=IDENTITY),
        "label": leaf("text", "内容", example="クラウド利用料", needed=True),
        "account": leaf("text", "会計", example="一般会計"),
        "amount": leaf("yen", "額", example="24,000千円", needed=True),
        "source": leaf("text", "財源", example="一般財源"),
    }
    subsidy = {
        "name": leaf("text", "名称", example="デジタル基盤改革支援補助金", needed=True),
        "year": leaf("nendo", "年度", example="令和8年度"),
        "amount": leaf("yen", "額", example="10,000千円"),
        "limit": leaf("yen", "上限額", example="12,000千円"),
    }
    debt = {
        "title": leaf("text", "事項", example="ガバメントクラウド運用管理補助業務委託", needed=True),
        "start_year": leaf("nendo", "始まりの年度", example="令和8年度"),
        "end_year": leaf("nendo", "終わりの年度", example="令和10年度"),
        "limit": leaf("yen", "限度額", example="40,000千円", needed=True),
        "decided_on": leaf("date", "議決の日", example="令和8年3月19日"),
    }
    fields = {
        "accounts": rows(
            "会計", leaf("text", "会計名", example="国民健康保険特別会計", decided=IDENTITY), "関係する会計。"
        ),
        "lines": rows("予算", group(BudgetLine, "予算", line)),
        "subsidies": rows("補助金", group(Subsidy, "補助金", subsidy)),
        "debt": rows("債務負担行為", group(DebtBurden, "債務負担行為", debt), "地方自治法第214条。"),
    }
    return group(Budget, "予算", fields, "予算と財源。", always=True, prefix=False, used="契約、手順書")


def confirmations() -> Rule:
    """What somebody settled."""
    fields = {
        "id": leaf(
            "text",
            "確認票の番号",
            "確認票の行の識別名。",
            example="default:inspect_days",
            required=True,
            decided=IDENTITY,
        ),
        "by": leaf("text", "確認した人", example="法務担当 架空　四郎", needed=True),
        "date": leaf("date", "確認した日", example="令和8年2月20日", needed=True),
        "note": leaf("prose", "結果", example="規則どおり10日とする"),
    }
    row = group(Confirmation, "確認", fields)
    return rows("確認", row, "確認票の行を済みにします。", used="確認票")


def waivers() -> Rule:
    """Rules that the city lowers or leaves out."""
    fields = {
        "rule": leaf(
            "text",
            "規則",
            "`kian check` が [ ] の中に示す id。",
            example="contract-signed-early",
            required=True,
            decided=IDENTITY,
        ),
        "level": choice(
            "区分",
            get_type_hints(Waiver)["level"],
            "誤りの規則は「注意」までしか下げられません。",
            example="情報",
            required=True,
            decided=IDENTITY,
        ),
        "field": leaf(
            "text",
            "項目",
            "一部の項目の指摘だけを下げるときに、その項目の名前を書きます。",
            example="contracts.ops",
            decided=IDENTITY,
        ),
        "reason": leaf(
            "prose",
            "理由",
            "確認票に印字します。",
            example="令和8年度当初予算の議決を条件として準備するため",
            required=True,
            decided=_ANSWERED,
        ),
        "approver": ref("承認者", "people", "職員の鍵。", example="sato", required=True, decided=_ANSWERED),
        "on": leaf("date", "承認の日", example="令和8年2月10日", required=True, decided=_ANSWERED),
        "until": leaf(
            "date",
            "期限",
            "この日を過ぎると、例外はなかったものとします。",
            example="令和9年3月31日",
            decided=_ANSWERED,
        ),
    }
    row = group(Waiver, "点検の例外", fields)
    return rows("点検の例外", row, "規則の区分を下げるか、指摘を示さないことにします。", used="点検、確認票")
