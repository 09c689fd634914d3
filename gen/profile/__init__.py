"""The facts of one city: read with positions, checked, typed.

Hands out `Profile` and its parts, loading (`load_profile`), comparing (`changes`) and
未定 as a value (`Undecided`). Leans on `errors`, `report` and `japanese`.
"""

from gen.profile.loader import find_profile, load_profile, load_profile_bytes
from gen.profile.model import STANDARD_BUSINESSES, City, Cloud, Person, Role, Rules, System, Vendor
from gen.profile.model_contracts import Amount, Contract, DayWord, Period
from gen.profile.model_plans import Backup, Budget, Confirmation, Duration, Migration, Waiver
from gen.profile.profile import FieldChange, Loaded, Profile, changes
from gen.profile.reader import Tree, read_yaml
from gen.profile.undecided import PLACEHOLDER, Maybe, Open, Undecided, is_decided
from gen.profile.yaml_words import utf8_text, yaml_error

__all__ = [
    "PLACEHOLDER",
    "STANDARD_BUSINESSES",
    "Amount",
    "Backup",
    "Budget",
    "City",
    "Cloud",
    "Confirmation",
    "Contract",
    "DayWord",
    "Duration",
    "FieldChange",
    "Loaded",
    "Maybe",
    "Migration",
    "Open",
    "Period",
    "Person",
    "Profile",
    "Role",
    "Rules",
    "System",
    "Tree",
    "Undecided",
    "Vendor",
    "Waiver",
    "changes",
    "find_profile",
    "is_decided",
    "load_profile",
    "load_profile_bytes",
    "read_yaml",
    "utf8_text",
    "yaml_error",
]
