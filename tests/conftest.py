"""What holds for every test: no test fails because the machine is slow."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("kian", deadline=None)
settings.load_profile("kian")
