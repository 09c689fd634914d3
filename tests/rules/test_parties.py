from gen.report import Severity
from rules.scenario import breaks, keeps


def joint_venture(*shares: str) -> str:
    rows = "".join(
        f"  - {{name: 第{n}株式会社, lead: {'はい' if n == 1 else 'いいえ'}{share and f', share: {share}'}}}\n"
        for n, share in enumerate(shares, 1)
    )
    return f"kind: 共同企業体\nmembers:\n{rows}"


def three(first: str, second: str, third: str) -> str:
    return (
        "parties:\n"
        f"  - {{role: 甲, city: はい{first}}}\n"
        f"  - {{role: 乙, vendor: midori{second}}}\n"
        f"  - {{role: 丙, vendor: midori{third}}}\n"
    )


def test_nobody_contracts_alone() -> None:
    breaks("contract-parties", "parties:\n  - {role: 甲, city: はい}\n", "parties", "parties")
    keeps("contract-parties", three("", "", ""))
    keeps("contract-parties", "title: 二者契約\n")


def test_shares_of_the_parties() -> None:
    rule = "contract-party-shares"
    found = breaks(rule, three("", ", share: 60%", ", share: 30%"), "parties", "parties")
    assert "90%" in found.message and "60%、30%" in found.message
    keeps(rule, three("", ", share: 60%", ", share: 40%"))
    keeps(rule, three("", ", share: 60%", ", share: 未定"))
    keeps(rule, three("", "", ""))


def test_one_firm_is_no_joint_venture() -> None:
    breaks("vendor-members", "title: 業務\n", "vendors.midori.members", "members", vendor=joint_venture(""))
    keeps("vendor-members", "title: 業務\n", vendor=joint_venture("", ""))


def test_shares_of_a_joint_venture() -> None:
    def broken(*shares: str) -> str:
        vendor = joint_venture(*shares)
        return breaks(
            "vendor-shares", "title: 業務\n", "vendors.midori.members", "members", vendor=vendor
        ).message

    assert "99.9%" in broken("33.3%", "33.3%", "33.3%")
    assert "2者のうち1者" in broken("70%", "")
    for shares in (("70%", "30%"), ("33.4%", "33.3%", "33.3%"), ("", ""), ("70%", "未定")):
        keeps("vendor-shares", "title: 業務\n", vendor=joint_venture(*shares))


def test_my_number_is_personal_data() -> None:
    contract = "personal_data: {}\nmy_number: {}\n"
    breaks("contract-my-number", contract.format("いいえ", "はい"), "personal_data", "personal_data: いいえ")
    for personal, number in (
        ("はい", "はい"),
        ("はい", "いいえ"),
        ("いいえ", "いいえ"),
        ("未定", "はい"),
        ("いいえ", "未定"),
    ):
        keeps("contract-my-number", contract.format(personal, number))


def test_electronic_contracts_have_a_rule() -> None:
    breaks("contract-electronic-rule", "sign_mode: 電子\n", "sign_mode", "電子", severity=Severity.INFO)
    keeps("contract-electronic-rule", "sign_mode: 紙\n")
    keeps(
        "contract-electronic-rule",
        "sign_mode: 電子\n",
        rules="electronic_contract_rule: {name: 青葉台市電子契約実施要綱}",
    )


def test_a_note_on_former_bodies_names_them() -> None:
    rule = "contract-former-note"
    breaks(rule, "former_note: はい\n", "former_note", "former_note")
    keeps(rule, "former_note: いいえ\n")
