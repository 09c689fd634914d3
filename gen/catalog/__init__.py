"""The catalog: every template that a city can use, and why it is in or out.

Hands out `Catalog`, `Manifest`, `Basis`, `Verdict` and `SUBJECTS`. Leans on `errors` and `report`.
"""

from gen.catalog.catalog import Catalog, digest_of, is_catalog_file, shipped_catalog
from gen.catalog.conditions import Fact, Reason, Verdict, judge
from gen.catalog.manifest import FEE, SUBJECTS, Basis, Confirm, Manifest, Source

__all__ = [
    "FEE",
    "SUBJECTS",
    "Basis",
    "Catalog",
    "Confirm",
    "Fact",
    "Manifest",
    "Reason",
    "Source",
    "Verdict",
    "digest_of",
    "is_catalog_file",
    "judge",
    "shipped_catalog",
]
