"""Would pip install Kian from this folder on an offline Windows machine?

    python tests/foundation/check_wheels.py FOLDER VERSION...

Follows every `Requires-Dist` as that machine would weigh it, for each Python version named, and
ends with 1 where no wheel in the folder serves. pip itself weighs markers by the machine that it
runs on, so it cannot answer this on Linux. Needs `packaging`, which the dev extra brings.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename


def windows(version: str) -> tuple[dict[str, str], frozenset[Tag]]:
    """What markers see on 64-bit Windows, and the wheels that fit."""
    pair = tuple(int(part) for part in version.split("."))
    markers = {
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "python_version": version,
        "python_full_version": f"{version}.0",
        "implementation_version": f"{version}.0",
    }
    tags = [*cpython_tags(pair, platforms=["win_amd64"]), *compatible_tags(pair, platforms=["win_amd64"])]
    return markers, frozenset(tags)


def missing(folder: Path, version: str, wanted: str = "kian-gen") -> list[str]:
    """The requirements that no wheel of the folder meets."""
    markers, fitting = windows(version)
    wheels = [(path, *parse_wheel_filename(path.name)) for path in sorted(folder.glob("*.whl"))]
    lacking: list[str] = []
    open_ones = [Requirement(wanted)]
    met: set[str] = set()
    while open_ones:
        one = open_ones.pop()
        name = canonicalize_name(one.name)
        serving = [
            path
            for path, other, number, _, tags in wheels
            if other == name and one.specifier.contains(number, prereleases=True) and tags & fitting
        ]
        if not serving:
            lacking.append(f"Python {version}: {one}")
        elif name not in met:
            met.add(name)
            open_ones.extend(_needs(serving[-1], markers))
    return lacking


def _needs(wheel: Path, markers: dict[str, str]) -> Iterator[Requirement]:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        headers = HeaderParser().parsestr(archive.read(name).decode())
    for line in headers.get_all("Requires-Dist", []):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({**markers, "extra": ""}):
            yield requirement


def main() -> int:
    """See the module."""
    folder, versions = Path(sys.argv[1]), sys.argv[2:]
    lacking = [line for version in versions for line in missing(folder, version)]
    print("\n".join(lacking) or f"{folder}: complete for Windows, Python {', '.join(versions)}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
