"""Beginning: a workspace from a profile, and a workspace's facts loaded and checked.

Hands out `initialise`, `load_workspace`, `open_facts`, `City` and `profile_at`. Leans on `profile`,
`rules`, `ledger` and `catalog`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from gen.catalog import SUBJECTS, Catalog, shipped_catalog
from gen.errors import Place, UserError
from gen.ledger import Identity, Workspace, list_files, read_files, trailers_for, write_by_rename
from gen.profile import Loaded, Profile, find_profile, load_profile, load_profile_bytes
from gen.profile.private import PRIVATE_FILE, private_example
from gen.report import Finding, FindingsError, Report, Severity
from gen.shipped import shipped

__all__ = [
    "City",
    "check",
    "check_facts",
    "initialise",
    "is_profile",
    "load_workspace",
    "open_facts",
    "profile_at",
    "profile_files",
]

_CONTRACTS = "contracts/"
_SHOWN = 5

_README = """\
# {name}　ガバメントクラウド移行文書

Kian（起案）が作った作業場所です。

- `profile.yaml`（又は `profile/`）：団体の事実。ここを直して `kian generate` を実行すると、文書が作り直されます。
- `templates/`：団体独自のひな形（任意）。同じ名前の同梱ひな形より優先されます。
- `documents/`：できあがった文書（.docx）と、その文面（.txt）。
- `private.yaml`：記録してはならない連絡先など。git には入りません。`kian print` の紙にだけ印字します。
- `private/`：`kian print` が作った紙。git には入りません。用が済んだら消してください。
- `kian.lock` と `.kian/`：Kian が使う記録。手で直さないでください。

履歴は `kian history`、文書の状態は `kian status` で分かります。
"""


@dataclass(frozen=True)
class City:
    """A workspace with its facts, checked.

    Attributes:
        workspace: the repository.
        loaded: the profile and its files.
        report: findings of profile and rules.
        catalog: the shipped templates, overlaid by the city's own.
        notes: what is told of the city's own templates; never an error.
    """

    workspace: Workspace
    loaded: Loaded
    report: Report
    catalog: Catalog
    notes: Report = field(default_factory=Report)

    @property
    def profile(self) -> Profile:
        """The facts.

        Raises:
            FindingsError: they hold errors.
        """
        if self.loaded.profile is None or not self.report.is_ok:
            raise FindingsError(self.report)
        return self.loaded.profile

    @property
    def as_read(self) -> Profile:
        """The facts with whatever the rules find in them, for a paper that tells of these findings.

        Raises:
            FindingsError: they could not be read.
        """
        if self.loaded.profile is None:
            raise FindingsError(self.report)
        return self.loaded.profile


def check(loaded: Loaded, on: date) -> Report:
    """Everything that is found wrong with the facts: form, relations and rules."""
    if loaded.profile is None:
        return loaded.report
    from gen.rules import check as check_rules

    return loaded.report + check_rules(loaded.profile, on)


def check_facts(loaded: Loaded, on: date, catalog: Catalog) -> Report:
    """What is found of a city's facts and of the contracts that no template makes."""
    report = check(loaded, on)
    return report + Report.of(_no_template(loaded.profile, catalog)) if loaded.profile else report


def load_workspace(workspace: Workspace, on: date) -> City:
    """Load and check a workspace's facts; findings are in the report, not raised."""
    source = find_profile(workspace.root)
    for name in (source.name, *(f"profile/{one.name}" for one in _inside(source)), "templates"):
        workspace.refuse_link(name)
    loaded = load_profile(source)
    catalog = shipped_catalog(workspace.root / "templates")
    report = check_facts(loaded, on, catalog)
    return City(workspace, loaded, report, catalog, Report.of(_no_subject(catalog)))


def _inside(source: Path) -> list[Path]:
    return sorted(source.iterdir()) if source.is_dir() else []


def _no_subject(catalog: Catalog) -> Iterator[Finding]:
    """The city's own templates that serve nothing that there is; they are left out, the rest goes on."""
    for manifest in catalog.own_documents():
        if manifest.subject not in SUBJECTS:
            yield Finding(
                "template-subject",
                Severity.WARNING,
                f"ひな形「{manifest.name}」の subject「{manifest.subject[:40]}」は使えないため、このひな形の文書は作りません。",
                Place(f"templates/{manifest.name}.yaml"),
                hint=f"subject を {'、'.join(SUBJECTS)} のどれかにしてください。",
            )


def _no_template(profile: Profile, catalog: Catalog) -> Iterator[Finding]:
    """The contracts whose template neither the city nor Kian has."""
    names = [name.removeprefix(_CONTRACTS) for name in catalog.names if name.startswith(_CONTRACTS)]
    for key, contract in profile.contracts.items():
        if contract.template in names:
            continue
        near = difflib.get_close_matches(contract.template, names, n=1)
        path = f"contracts.{key}.template"
        yield Finding(
            "profile-template",
            Severity.ERROR,
            f"ひな形「{contract.template}」はありません。使えるひな形：{'、'.join(names)}",
            profile.place(path),
            path,
            hint=(f"「{near[0]}」ではありませんか。" if near else "")
            + f"団体独自のひな形は、作業場所の templates/{_CONTRACTS} に置きます。",
        )


def open_facts(profile: Profile, *, each: bool) -> Report:
    """What the profile leaves 未定: one finding over all of it, or one a field.

    Args:
        profile: the facts.
        each: one finding a field.
    """
    found = profile.undecided()
    if each:
        return Report.of(
            Finding("undecided", Severity.INFO, f"{one.label}が未定です。", profile.place(one.path), one.path)
            for one in found
        )
    if not found:
        return Report()
    first = "、".join(one.label for one in found[:_SHOWN])
    return Report.of(
        [
            Finding(
                "undecided",
                Severity.INFO,
                f"未定の項目が{len(found)}件あります（{first}{'など' if len(found) > _SHOWN else ''}）。",
                hint="全ての項目とその行は、kian check --undecided で分かります。",
            )
        ]
    )


def is_profile(name: str) -> bool:
    """Whether a file of a workspace holds facts."""
    return name == "profile.yaml" or (name.startswith("profile/") and name.endswith((".yaml", ".yml")))


def profile_at(workspace: Workspace, revision: str) -> Profile | None:
    """The facts as a revision has them; None where it has none that can be read."""
    files = profile_files(workspace, revision)
    return load_profile_bytes(files).profile if files else None


def profile_files(workspace: Workspace, revision: str) -> dict[str, bytes]:
    """The files of the profile as a revision has them."""
    names = [name for name in list_files(workspace, revision) if is_profile(name)]
    return {name: data for name, data in read_files(workspace, revision, names).items() if data is not None}


def initialise(folder: Path, source: Path, *, identity: Identity, when: datetime, on: date) -> Workspace:
    """Make a workspace from a profile.

    Args:
        folder: of the workspace; empty or not there yet.
        source: a profile, one file or a folder; or the name of a shipped one.
        identity: who records.
        when: of the first revision.
        on: 基準日 for the rules.

    Raises:
        FindingsError: the profile holds errors; nothing is written.
        UserError: there is no such profile.
    """
    source = _found(source)
    loaded = load_profile(source)
    report = check(loaded, on)
    if loaded.profile is None or not report.is_ok:
        raise FindingsError(report)
    files = {
        **_placed(loaded.files, source.is_dir()),
        "README.md": _README.format(name=loaded.profile.city.name).encode(),
    }
    trailers = trailers_for((), profile=loaded.profile.digest)
    workspace = Workspace.create(
        folder, files, identity=identity, when=when, reason="作業場所を作成", trailers=trailers
    )
    if not (workspace.root / PRIVATE_FILE).exists():
        write_by_rename(workspace.root / PRIVATE_FILE, private_example(loaded.profile))
    return workspace


def _found(source: Path) -> Path:
    """The profile itself; a bare name that is no file here is one of the shipped profiles."""
    if source.exists():
        return source
    known = {path.stem: path for path in sorted(shipped("profiles").glob("*.yaml"))}
    if str(source) in known:
        return known[str(source)]
    raise UserError(
        f"プロファイル「{source}」がありません。",
        hint="--profile に、プロファイルのファイル（.yaml）又はフォルダを指定してください。"
        f"同梱のプロファイルは、名前（{'、'.join(known)}）で指定できます。",
    )


def _placed(files: Mapping[str, bytes], is_folder: bool) -> dict[str, bytes]:
    """A profile's files by their place in a workspace."""
    if not is_folder:
        return {"profile.yaml": next(iter(files.values()))}
    return {f"profile/{name.rpartition('/')[2]}": data for name, data in files.items()}
