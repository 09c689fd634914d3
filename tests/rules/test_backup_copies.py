"""Where copies lie, who can change them, who holds the keys."""

import pytest

from gen.report import Severity
from gen.rules.regions import Where, region_of
from rules.backup_scenario import REMOTE, a_city, a_plan, broken, kept
from rules.scenario import Scene

WARNING = Severity.WARNING
PLAN = "backup.systems.juki"
SECRET = "confidentiality: 自治体機密性3B"


def copies(*rows: str, system: str = "", rest: str = "") -> Scene:
    return a_plan("copies:\n" + "".join(f"  - {row}\n" for row in rows) + rest, system=system)


def test_a_copy_lies_elsewhere() -> None:
    rule = "backup-remote"
    near = "{place: 東京の別区画, kind: 別領域の写し, region: 東京}"
    broken(rule, copies(near), f"{PLAN}.copies", "copies")
    broken(rule, a_plan("rto: 12時間"), PLAN, "juki", WARNING)
    kept(rule, copies(near, REMOTE))
    kept(rule, copies("{place: 金庫, kind: オフライン}"))
    kept(rule, copies("{place: 写し, kind: 未定}"))
    same = copies(REMOTE, system="region: ap-northeast-3")
    broken(rule, same, f"{PLAN}.copies.0.region", "大阪")
    kept(rule, copies(REMOTE, system="region: 東京"))


def test_one_disaster_does_not_hit_both() -> None:
    rule = "backup-hazard"
    found = broken(rule, copies(REMOTE, system="region: 名古屋"), f"{PLAN}.copies.0.region", "大阪", WARNING)
    assert "南海トラフ地震" in found.message and "要確認" in found.hint
    kept(rule, copies(REMOTE, system="region: 東京"))
    kept(rule, copies(REMOTE))


def test_everything_stays_in_japan() -> None:
    rule = "backup-japan"
    abroad = copies("{place: 写し, region: us-east-1}")
    broken(rule, abroad, f"{PLAN}.copies.0.region", "us-east-1")
    found = broken(
        rule, copies("{place: 写し, region: 第2センター}"), f"{PLAN}.copies.0.region", "第2センター", WARNING
    )
    assert found.message.startswith("要確認")
    kept(rule, copies(REMOTE, system="region: ap-northeast-1"))
    cloud = a_city(
        "city: {name: 青葉台市, kind: 市}\ncloud:\n  csps:\n    - {name: AWS, regions: [東京, シンガポール]}\n"
    )
    broken(rule, cloud, "cloud.csps.0.regions.1", "シンガポール")


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("東京リージョン", Where.JAPAN),
        ("ＡＰ－ｎｏｒｔｈｅａｓｔ－１", Where.JAPAN),
        ("Japan East", Where.JAPAN),
        ("asia-northeast2", Where.JAPAN),
        ("asia-east1", Where.ABROAD),
        ("US East (バージニア)", Where.ABROAD),
        ("どこか", Where.UNKNOWN),
    ],
)
def test_where_a_region_lies(name: str, where: Where) -> None:
    assert region_of(name).where is where


def test_one_copy_that_nobody_can_change() -> None:
    rule = "backup-locked"
    broken(rule, copies(REMOTE), f"{PLAN}.copies", "copies")
    kept(rule, copies(REMOTE, "{place: 東京, locked: はい}"))
    kept(rule, copies("{place: 金庫, kind: オフライン}"))
    kept(rule, copies("{place: 東京, locked: 未定}"))
    broken(rule, copies(REMOTE, "{place: 複製先, kind: 複製, locked: はい}"), f"{PLAN}.copies", "copies")


def test_three_two_one() -> None:
    rule = "backup-copies"
    broken(rule, copies(REMOTE), f"{PLAN}.copies", "copies", WARNING)
    found = broken(rule, copies(REMOTE, REMOTE), f"{PLAN}.copies", "copies", WARNING)
    assert "全て同じ" in found.message
    kept(rule, copies(REMOTE, "{place: 東京, kind: 別領域の写し, region: 東京}"))


def test_a_replica_is_no_backup() -> None:
    replica = "{place: 複製先, kind: 複製}"
    broken("backup-replica", copies(replica, replica), f"{PLAN}.copies", "copies")
    kept("backup-replica", copies(replica, REMOTE))


def test_who_runs_the_system_cannot_delete_every_copy() -> None:
    def held(holder: str) -> Scene:
        return a_city(
            "city: {name: 青葉台市, kind: 市}\nvendors:\n  a: {name: 株式会社甲}\n  b: {name: 株式会社乙}\n"
            f"cloud:\n  accounts:\n    - {{name: 写し, holder: {holder}}}\n"
            "systems:\n  juki: {name: 住記, business: 住民基本台帳, state: 移行済み, vendor: a}\n"
            "backup:\n  systems:\n    juki:\n      copies:\n        - {place: 大阪, account: 写し}\n"
        )

    broken("backup-separation", held("a"), f"{PLAN}.copies", "copies", WARNING)
    kept("backup-separation", held("b"))
    kept("backup-separation", copies(REMOTE))


def test_copies_of_residents_data_are_encrypted() -> None:
    rule = "backup-encryption"
    broken(
        rule,
        copies("{place: 大阪, encrypted: いいえ}", system=SECRET),
        f"{PLAN}.copies.0.encrypted",
        "いいえ",
    )
    broken(rule, copies(REMOTE, system=SECRET), f"{PLAN}.copies.0", "{place", WARNING)
    kept(rule, copies("{place: 大阪, encrypted: はい}", system=SECRET))
    kept(rule, copies("{place: 大阪, encrypted: 未定}", system=SECRET))
    kept(rule, copies(REMOTE, system="confidentiality: 自治体機密性2"))


def test_a_key_has_a_holder_and_not_one_person() -> None:
    rule = "backup-key"
    broken(rule, copies("{place: 大阪, encrypted: はい}"), f"{PLAN}.copies.0", "{place", WARNING)
    kept(rule, copies("{place: 大阪, encrypted: はい, key_holder: 情報政策課}"))
    kept(rule, copies("{place: 大阪, encrypted: はい, key_holder: 未定}"))
    person = a_city(
        "city: {name: 青葉台市, kind: 市}\npeople:\n  sato: {name: 佐藤　花}\n"
        "systems:\n  juki: {name: 住記, business: 住民基本台帳, state: 移行済み}\n"
        "backup:\n  systems:\n    juki:\n      copies:\n"
        "        - {place: 大阪, encrypted: はい, key_holder: 佐藤　花}\n"
    )
    broken(rule, person, f"{PLAN}.copies.0.key_holder", "佐藤　花", WARNING)


def test_residents_data_are_encrypted_on_their_way() -> None:
    rule = "backup-encryption"
    row = "{place: 大阪, encrypted: はい, encrypted_in_transit: いいえ}"
    broken(rule, copies(row, system=SECRET), f"{PLAN}.copies.0.encrypted_in_transit", "いいえ")
    kept(rule, copies(row))
    kept(rule, copies(row.replace("いいえ", "未定"), system=SECRET))


def test_how_residents_data_are_encrypted_is_written() -> None:
    rule = "backup-encryption-method"
    bare, whole = "encrypted: はい", "encrypted: はい, encrypted_in_transit: はい, encryption: AES-256"
    found = broken(
        rule, copies(f"{{place: 大阪, {bare}}}", system=SECRET), f"{PLAN}.copies.0", "{place", WARNING
    )
    assert "encryption" in found.message and "encrypted_in_transit" in found.message
    kept(rule, copies(f"{{place: 大阪, {whole}}}", system=SECRET))
    kept(rule, copies(f"{{place: 大阪, {bare}}}"))
    kept(rule, copies("{place: 金庫, kind: オフライン, encrypted: はい, encryption: AES-256}", system=SECRET))
    kept(rule, copies("{place: 大阪, encrypted: いいえ}", system=SECRET))
    kept(
        rule, copies(f"{{place: 大阪, {bare}, encrypted_in_transit: 未定, encryption: 未定}}", system=SECRET)
    )


def test_two_persons_hold_a_key() -> None:
    rule = "backup-key"
    city = (
        "city: {{name: 青葉台市, kind: 市}}\npeople:\n  sato: {{name: 佐藤　花}}\n"
        "systems:\n  juki: {{name: 住記, business: 住民基本台帳, state: 移行済み}}\n"
        "backup:\n  systems:\n    juki:\n      copies:\n"
        "        - {{place: 大阪, encrypted: はい, key_holder: 佐藤　花{deputy}}}\n"
    )
    same = a_city(city.format(deputy=", key_deputy: 佐藤　花"))
    broken(rule, same, f"{PLAN}.copies.0.key_deputy", "佐藤　花", WARNING)
    kept(rule, a_city(city.format(deputy=", key_deputy: 会計課長")))
    kept(rule, a_city(city.format(deputy=", key_deputy: 未定")))


def test_a_key_serves_where_the_copy_is_and_as_long_as_it_is_kept() -> None:
    rule, row = "backup-key-use", "{{place: 写し, region: 大阪, encrypted: はい, {key}}}"
    year = "retention: 1年\n"
    far = copies(row.format(key="key_region: 東京"))
    broken(rule, far, f"{PLAN}.copies.0.key_region", "東京", WARNING)
    kept(rule, copies(row.format(key="key_region: ap-northeast-3")))
    short = copies(row.format(key="key_until: 令和9年3月31日"), rest=year)
    broken(rule, short, f"{PLAN}.copies.0.key_until", "令和9年3月31日", WARNING)
    kept(rule, copies(row.format(key="key_until: 令和9年4月1日"), rest=year))
    kept(rule, copies(row.format(key="key_until: 未定, key_region: 未定"), rest=year))
