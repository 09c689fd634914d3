"""Loading a profile: read, shape, check, relate, build; all findings at once.

Hands out `load_profile`, `load_profile_bytes`, `find_profile` and `beginning`. Leans on every other
module of this room; cerberus and PyYAML are imported on first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any

from gen.errors import Place, UserError, explain
from gen.profile.profile import Loaded
from gen.profile.reader import MAX_BYTES, Path, Tree, read_yaml
from gen.report import Finding, Report, Severity

__all__ = ["beginning", "find_profile", "load_profile", "load_profile_bytes"]

_MAX_FILES = 100
_ENDINGS = (".yaml", ".yml")


def find_profile(workspace: FilePath) -> FilePath:
    """The profile of a workspace: `profile.yaml` or the folder `profile`.

    Raises:
        UserError: there is none, or there are both.
    """
    found = [path for path in (workspace / "profile.yaml", workspace / "profile") if path.exists()]
    if not found:
        hint = "「kian init」で作るか、「-C」で作業場所を指定してください。"
        raise UserError("プロファイル（profile.yaml または profile フォルダ）がありません。", hint=hint)
    if len(found) > 1:
        message = "profile.yaml と profile フォルダの両方があります。どちらが正しいか決められません。"
        raise UserError(message, place=Place("profile.yaml"), hint="どちらか一方にしてください。")
    return found[0]


def load_profile(path: FilePath) -> Loaded:
    """Load a YAML file, or a folder with one YAML file a section.

    Findings name files as `profile.yaml` or `profile/city.yaml`, without the folders above.

    Args:
        path: the file or folder.
    """
    try:
        if path.is_dir():
            inside = sorted(entry for entry in path.iterdir() if entry.suffix in _ENDINGS and entry.is_file())
            if len(inside) > _MAX_FILES:
                message = f"フォルダ「{path.name}」のYAMLファイルが多すぎます（上限{_MAX_FILES}個）。"
                return _unread(path, message, "ファイルをまとめてください。")
            files = {f"{path.name}/{entry.name}": beginning(entry) for entry in inside}
        elif path.is_file():
            files = {path.name: beginning(path)}
        else:  # a pipe would keep us waiting, a device would never end
            message = f"プロファイル「{path.name}」はファイルではありません。"
            return _unread(path, message, "場所と名前を確かめてください。")
    except OSError as error:
        message = f"プロファイル「{path.name}」を読めません。{explain(error).message}"
        return _unread(path, message, "場所と名前を確かめてください。")
    if not files:
        message = f"フォルダ「{path.name}」にYAMLファイルがありません。"
        return _unread(path, message, "city.yaml などを置いてください。")
    return load_profile_bytes(files)


def beginning(path: FilePath) -> bytes:
    """A file of a person's, of one that is too large only as much as tells so."""
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _unread(path: FilePath, message: str, hint: str) -> Loaded:
    finding = Finding("profile-file", Severity.ERROR, message, Place(path.name), hint=hint)
    return Loaded(None, Report.of([finding]), {})


def load_profile_bytes(files: Mapping[str, bytes]) -> Loaded:
    """Load a profile from bytes by file name, as a revision in git holds them."""
    whole, findings, complete = Tree(), list[Finding](), True
    for name in sorted(files):
        tree, found = read_yaml(name, files[name])
        findings += found
        complete = complete and tree is not None
        if tree is not None:
            findings += _merge(whole, tree)
    first = min(files, default="profile.yaml")
    document, more = _examine(whole, first, complete)
    findings += more
    report = Report.of(findings)
    if not report.is_ok:
        return Loaded(None, report, dict(files))
    from gen.profile.build import build

    return Loaded(build(document, _places(whole)), report, dict(files))


def _merge(whole: Tree, tree: Tree) -> list[Finding]:
    """Add the sections of one file; a section that another file has already is a finding."""
    findings = []
    for section, value in tree.value.items():
        if section in whole.value:
            first = whole.keys[(section,)]
            message = f"「{section}」が2つのファイルにあります（もう1つは{first}）。"
            place = tree.keys[(section,)]
            findings.append(
                Finding(
                    "profile-section-twice",
                    Severity.ERROR,
                    message,
                    place,
                    section,
                    hint="1つのファイルにまとめてください。",
                )
            )
        else:
            whole.value[section] = value
    for source, target in ((tree.keys, whole.keys), (tree.values, whole.values)):
        for path, place in source.items():
            target.setdefault(path, place)
    return findings


def _examine(tree: Tree, first: str, complete: bool) -> tuple[dict[str, Any], list[Finding]]:
    """Everything that is wrong with what was read, and the coerced document."""
    from gen.profile.checker import check
    from gen.profile.facts import root
    from gen.profile.messages import dotted, finding_of
    from gen.profile.relations import relations
    from gen.profile.remarks import remarks
    from gen.profile.shape import prune

    findings: list[Finding] = []

    def complain(rule: str, path: Path, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        place = tree.place(path) or Place(first, 1, 1)
        findings.append(Finding(rule, severity, message, place, dotted(path), hint=hint))

    typed = prune(root(), tree.value, complain)
    document, problems = check(typed)
    findings += [finding_of(problem, tree, document, first) for problem in problems]
    for trouble in relations(document):
        complain(*trouble)
    for rule, severity, path, message, hint in remarks(typed, document):
        complain(rule, path, message, hint, severity)
    if not complete:
        findings = [finding for finding in findings if not _follows_from_a_gap(finding)]
    return document, findings


def _follows_from_a_gap(finding: Finding) -> bool:
    """True for what may only seem wrong because another file could not be read."""
    return finding.rule == "profile-reference" or (
        finding.rule == "profile-missing" and "." not in finding.field
    )


def _places(tree: Tree) -> dict[str, Place]:
    from gen.profile.messages import dotted

    return {dotted(path): place for path, place in {**tree.keys, **tree.values}.items()}
