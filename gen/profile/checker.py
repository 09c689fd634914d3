"""The schema's own check: cerberus with our kinds of value and our rules.

Hands out `check`, which gives the normalised facts and one error a place. Leans on cerberus,
imported on first use, and on `values` for every coercion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, TypeAlias

import cerberus
from cerberus import errors
from cerberus.schema import DefinitionSchema

from gen.profile.model_contracts import DayWord
from gen.profile.model_plans import Duration
from gen.profile.reader import Path
from gen.profile.schema import Schema, schema
from gen.profile.undecided import UNDECIDED_WORDS, Undecided
from gen.profile.values import READERS, UNKNOWN, is_undecided

__all__ = ["BAD_KEY", "DECIDED", "NO_SUCH_ROW", "Problem", "check", "keys_of"]

BAD_KEY = errors.ErrorDefinition(0x101, "row_key")
DECIDED = errors.ErrorDefinition(0x102, "decided")
NO_SUCH_ROW = errors.ErrorDefinition(0x103, "refers")

Problem: TypeAlias = Any
"""A cerberus ValidationError: `code`, `document_path`, `value`, `constraint`."""

_KEY = re.compile(r"\w[\w-]{0,59}")
_TYPES: dict[str, tuple[type, ...]] = {
    "count": (int,),
    "date": (date,),
    "day": (date, DayWord),
    "flag": (bool,),
    "length": (Duration,),
    "nendo": (int,),
    "number": (Decimal,),
    "percent": (Decimal,),
    "yen": (int,),
}


def _coercer(kind: str) -> Any:
    reader = READERS[kind]

    def coerce(self: object, value: object) -> object:
        if not isinstance(value, str):
            return value
        return UNKNOWN if is_undecided(value) else reader(value)

    return coerce


# Cerberus lists a class's coercers when the class is made, so they must be in its namespace.
_Coercing = type(
    "_Coercing", (cerberus.Validator,), {f"_normalize_coerce_{kind}": _coercer(kind) for kind in READERS}
)


class _Validator(_Coercing):  # type: ignore[misc, valid-type]
    """Cerberus with our kinds; 未定 passes every coercion and every list of words."""

    types_mapping: ClassVar[dict[str, cerberus.TypeDefinition]] = {
        **cerberus.Validator.types_mapping,
        **{
            kind: cerberus.TypeDefinition(kind, (*_TYPES.get(kind, (str,)), Undecided), ())
            for kind in READERS
        },
    }

    def _validate_allowed(self, allowed: list[str], field: str, value: object) -> None:
        """{'type': 'list'}"""
        if not isinstance(value, Undecided):
            super()._validate_allowed(allowed, field, value)

    def _validate_max(self, limit: int, field: str, value: object) -> None:
        """{'nullable': False}"""
        if not isinstance(value, Undecided):
            super()._validate_max(limit, field, value)

    def _validate_decided(self, reason: str, field: str, value: object) -> None:
        """{'type': 'string'}"""
        if isinstance(value, Undecided):
            self._error(field, DECIDED)

    def _validate_refers(self, table: str, field: str, value: object) -> None:
        """{'type': 'string'}"""
        if isinstance(value, str) and value not in keys_of(self.root_document, table):
            self._error(field, NO_SUCH_ROW)

    def _validate_row_key(self, wanted: bool, field: str, value: str) -> None:
        """{'type': 'boolean'}"""
        if not _KEY.fullmatch(value) or value in UNDECIDED_WORDS:
            self._error(field, BAD_KEY)

    def _normalize_coerce_penalty(self, value: object) -> object:
        """A rate alone, 年2.5%, stands for the mapping."""
        if not isinstance(value, str):
            return value
        return {"mode": value} if "法" in value or is_undecided(value) else {"mode": "率", "value": value}


class _CheckedSchema(DefinitionSchema):  # type: ignore[misc]
    """Our own schema, which a test holds against cerberus' rules; not again at every start."""

    def validate(self, schema: object = None) -> None:
        """Take the schema as it is."""


@cache
def _definition() -> DefinitionSchema:
    return _CheckedSchema(_Validator({}), _copied(schema()))


def _copied(fields: Schema) -> Schema:
    """Cerberus expands shorthands in place; our schema stays as it was written."""
    return {name: _copied_rule(rule) for name, rule in fields.items()}


def _copied_rule(rule: Any) -> Any:
    if isinstance(rule, dict):
        return {key: value if key == "meta" else _copied_rule(value) for key, value in rule.items()}
    return rule


def keys_of(document: Mapping[str, Any], table: str) -> list[str]:
    """The keys of a table of the profile, such as `vendors` or `city.signatories`."""
    found: Any = document
    for segment in table.split("."):
        found = found.get(segment) if isinstance(found, Mapping) else None
    return list(found) if isinstance(found, Mapping) else []


def check(document: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Coerce and check a profile whose shape is right.

    Args:
        document: mappings, lists and strings.

    Returns:
        The document with typed values (`Rejected` where a text could not be read), and the
        problems: the first one of each place, in the order of the document.
    """
    validator = _Validator(_definition())
    validator.validate(document)
    first: dict[Path, Problem] = {}
    for problem in _leaves(validator._errors):
        if problem.code == errors.COERCION_FAILED.code:
            raise RuntimeError(f"a reader raised instead of rejecting: {problem}")
        first.setdefault(problem.document_path, problem)
    return validator.document, list(first.values())


def _leaves(problems: list[Problem]) -> Iterator[Problem]:
    for problem in problems:
        if problem.is_group_error:
            yield from _leaves(problem.child_errors)
        else:
            yield problem
