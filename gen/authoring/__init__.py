"""The kit for those who write templates: build them, lint them, see one filled.

Hands out what `kian template` calls; each name is loaded when it is first asked for.
Stands behind `drafting`, which knows what each kind of paper can print.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gen.authoring.building import BuiltTemplate, build_templates, save_text, template_text
    from gen.authoring.linting import RULES, lint, rules
    from gen.authoring.previewing import Preview, preview, save_preview

__all__ = [
    "RULES",
    "BuiltTemplate",
    "Preview",
    "build_templates",
    "lint",
    "preview",
    "rules",
    "save_preview",
    "save_text",
    "template_text",
]

_HOMES = {
    "RULES": "linting",
    "BuiltTemplate": "building",
    "Preview": "previewing",
    "build_templates": "building",
    "lint": "linting",
    "preview": "previewing",
    "rules": "linting",
    "save_preview": "previewing",
    "save_text": "building",
    "template_text": "building",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
