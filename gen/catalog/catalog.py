"""All templates a city can use: the shipped ones, overlaid by the city's own.

Hands out `Catalog` and `shipped_catalog`. Leans on `manifest` and `shipped`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from gen.catalog.manifest import Manifest, read_manifest
from gen.errors import Place, UserError
from gen.shipped import shipped

__all__ = ["Catalog", "digest_of", "is_catalog_file", "shipped_catalog"]

_FAMILIES = ("contracts", "clauses", "attachments", "forms", "papers", "procedures", "plans")
_NAME = re.compile(rf"(?:{'|'.join(_FAMILIES)})/[a-z0-9]+(?:-[a-z0-9]+)*")
_LIMIT = 32 * 1024 * 1024


class Catalog:
    """Templates by name; the first folder that has one wins.

    Args:
        roots: folders. Names look like `contracts/operation-support`.
        frozen: files by name in place of folders, for reading an old revision.
        own: the city's own folder, which comes first.
    """

    def __init__(
        self, roots: Iterable[Path] = (), frozen: Mapping[str, bytes] | None = None, own: Path | None = None
    ) -> None:
        self._own = own
        self._roots = (*(() if own is None else (own,)), *roots)
        self._frozen = dict(frozen or {})
        self._read: dict[str, bytes | None] = dict(self._frozen)
        self._manifests: dict[str, Manifest] = {}

    def read(self, file: str) -> bytes | None:
        """A file of the catalog, such as `clauses/secrecy.docx`; None where there is none."""
        if file not in self._read:
            self._read[file] = self._from_roots(file)
        return self._read[file]

    def used(self) -> dict[str, bytes]:
        """Every file that was read so far."""
        return {file: data for file, data in self._read.items() if data is not None}

    def manifest(self, name: str) -> Manifest:
        """The manifest of a template.

        Raises:
            UserError: there is none, or it is wrong.
        """
        if name not in self._manifests:
            file = f"{name}.yaml"
            data = self.read(file) if _NAME.fullmatch(name) else None
            if data is None:
                raise UserError(
                    f"ひな形「{name}」の説明ファイル（{file}）がありません。",
                    place=Place(file),
                    hint="名前を確かめるか、ひな形と同じ名前の .yaml を同じフォルダに置いてください。",
                )
            self._manifests[name] = read_manifest(data, name, file)
        return self._manifests[name]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all templates that have a manifest."""
        found = {file.removesuffix(".yaml") for file in self._frozen if file.endswith(".yaml")}
        for root in self._roots:
            for family in _FAMILIES:
                found.update(f"{family}/{path.stem}" for path in (root / family).glob("*.yaml"))
        return tuple(sorted(name for name in found if _NAME.fullmatch(name)))

    def ending(self, name: str) -> str:
        """The ending of a template's file, `docx` or `md`; the first folder that has one wins."""
        for root in self._roots:
            for ending in ("docx", "md"):
                if (root / f"{name}.{ending}").is_file():
                    return ending
        return "md" if f"{name}.md" in self._frozen else "docx"

    def documents(self) -> tuple[Manifest, ...]:
        """The templates that make a document of their own, by name."""
        return tuple(
            self.manifest(name) for name in self.names if not name.startswith(("clauses/", "attachments/"))
        )

    def own_documents(self) -> tuple[Manifest, ...]:
        """Those of them that the city wrote or changed itself."""
        own = self._own
        return (
            ()
            if own is None
            else tuple(
                self.manifest(name)
                for name in self.names
                if not name.startswith(("clauses/", "attachments/")) and (own / f"{name}.yaml").is_file()
            )
        )

    def digest(self, files: Iterable[str]) -> str:
        """SHA-256 over files of the catalog, hexadecimal, in the manner of the fingerprint."""
        return digest_of({file: self.read(file) or b"" for file in files})

    @cached_property
    def whole_digest(self) -> str:
        """SHA-256 over every file of the catalog that a document may read."""
        endings = (".docx", ".yaml", ".md")
        found = {
            f"{family}/{path.name}"
            for root in self._roots
            for family in _FAMILIES
            for path in (root / family).glob("*")
            if path.suffix in endings
        }
        contents = {file: self._from_roots(file) or b"" for file in found}
        return digest_of({**contents, **self._frozen})

    def shown(self, file: str) -> str:
        """The path of a file in the workspace where it is the city's own, else its name."""
        own = self._own
        return file if own is None or not (own / file).is_file() else f"{own.name}/{file}"

    def own_files(self) -> dict[str, bytes]:
        """The city's own files among those that were read, by name."""
        own = self._own
        return (
            {}
            if own is None
            else {file: data for file, data in self.used().items() if (own / file).is_file()}
        )

    def _from_roots(self, file: str) -> bytes | None:
        if not is_catalog_file(file):
            return None
        for root in self._roots:
            path = root / file
            if not path.is_file():
                continue
            linked = path.is_symlink() or path.parent.is_symlink()
            if linked and not path.resolve().is_relative_to(root.resolve()):
                raise UserError(
                    f"ひな形「{file}」がフォルダの外を指すリンクです。",
                    place=Place(str(path)),
                    hint="リンクではなく、ファイルそのものを置いてください。",
                )
            if path.stat().st_size > _LIMIT:
                raise UserError(
                    f"ひな形「{file}」が大きすぎます（上限32MB）。",
                    place=Place(str(path)),
                    hint="画像を小さくするか、ひな形を分けてください。",
                )
            data: bytes = path.read_bytes()
            return data
        return None


def is_catalog_file(file: str) -> bool:
    """Whether a template can be read under this name, such as `clauses/secrecy.docx`."""
    name, _, ending = file.rpartition(".")
    return bool(_NAME.fullmatch(name)) and ending in ("docx", "yaml", "md")


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 over files by name, hexadecimal: each as length and name, length and content."""
    whole = hashlib.sha256()
    for file in sorted(files):
        name, data = file.encode(), files[file]
        whole.update(len(name).to_bytes(8, "big") + name + len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def shipped_catalog(own: Path | None = None) -> Catalog:
    """The shipped templates, overlaid by a city's own folder where it has one."""
    return Catalog([shipped("templates")], own=own if own is not None and own.is_dir() else None)
