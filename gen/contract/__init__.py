"""What a contract needs to know beyond the profile: its facts, sums, parties and tables.

Hands out `contract_context`, `contract_facts` and `wording_of`. Leans on `profile`,
`japanese`, `law`, `catalog` and the value types of `word`.
"""

from typing import TYPE_CHECKING

from gen.lazy import lazy

if TYPE_CHECKING:
    from gen.contract.context import contract_context, terms_of, wording_of
    from gen.contract.facts import contract_facts
    from gen.contract.sheet import ConfirmRow, SheetInput, confirm_rows, in_terms, sheet_context

__all__ = [
    "ConfirmRow",
    "SheetInput",
    "confirm_rows",
    "contract_context",
    "contract_facts",
    "in_terms",
    "sheet_context",
    "terms_of",
    "wording_of",
]

__getattr__ = lazy(
    __name__,
    {
        "context": "contract_context terms_of wording_of",
        "facts": "contract_facts",
        "sheet": "ConfirmRow SheetInput confirm_rows in_terms sheet_context",
    },
)
