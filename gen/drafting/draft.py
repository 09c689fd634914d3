"""A document that could be made.

Hands out `Draft`. Leans on `catalog`.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.catalog import Manifest, Verdict

__all__ = ["Draft"]

_FOLDERS = {"procedures": "procedures", "plans": "plans"}


@dataclass(frozen=True)
class Draft:
    """A document that could be made.

    Attributes:
        id: `family/template@subject`, without `@subject` where there is one a city.
        manifest: of its template.
        subject: key of the profile row that it serves, "" for the whole city.
        title: as a list shows it.
        verdict: whether it applies.
        of: id of the draft that a 確認票 goes with.
        ending: of its template: `docx` or `md`.
        because: Japanese: what calls for it before any condition is asked, "" where nothing does.
        on_call: whether it is made only when it is named, because its event has not come.
        part_of: id of the contract of which it is an attachment, printed apart when named.
    """

    id: str
    manifest: Manifest
    subject: str
    title: str
    verdict: Verdict
    of: str = ""
    ending: str = "docx"
    because: str = ""
    part_of: str = ""
    on_call: bool = False

    @property
    def applies(self) -> bool:
        """True unless a fact speaks against it."""
        return self.verdict.value is not False

    @property
    def template(self) -> str:
        """File of its template."""
        return f"{self.manifest.name}.{self.ending}"

    @property
    def path(self) -> str:
        """Where its files lie in a workspace, without ending."""
        family, name = self.manifest.name.split("/", 1)
        at = f"@{self.subject}" if self.subject else ""
        return f"documents/{_FOLDERS.get(family, 'contracts')}/{name}{at}"

    def why(self) -> list[str]:
        """The facts that decided, in Japanese."""
        called = [self.because] if self.because else []
        return [*called, *map(str, self.verdict.reasons)] or ["常に適用"]
