"""Whether the distributions in a folder are what is to be published: `check_wheel.py FOLDER`."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from pathlib import Path
from typing import List

NEEDED = (
    "minilua/py.typed",
    "minilua/syntax/lua.lalr",
    "minilua/syntax/lua.lark",
    "sentry_integration/py.typed",
    "sentry_integration/reference.md",
    "sentry_integration/demo/data/default.json",
)
PACKAGES = ("minilua/", "sentry_integration/")


def problems(folder: Path) -> List[str]:
    wheels, archives = list(folder.glob("*.whl")), list(folder.glob("*.tar.gz"))
    if len(wheels) != 1 or len(archives) != 1:
        return [f"{len(wheels)} wheels and {len(archives)} source archives"]
    found = []
    if not wheels[0].name.startswith("minilua_runtime-") or not wheels[0].name.endswith("-py3-none-any.whl"):
        found.append(f"the wheel is called {wheels[0].name}")
    with zipfile.ZipFile(wheels[0]) as wheel:
        names = wheel.namelist()
    found += [f"the wheel lacks {name}" for name in NEEDED if name not in names]
    found += [
        f"{name} is in the wheel" for name in names if not name.startswith(PACKAGES) and ".dist-info/" not in name
    ]
    found += [f"{name} is in the wheel" for name in names if "__pycache__" in name or "cache/" in name]
    with tarfile.open(archives[0]) as archive:
        members = [name.partition("/")[2] for name in archive.getnames()]
    found += [f"the source archive lacks {name}" for name in (*NEEDED, "README.md", "LICENSE") if name not in members]
    return found


if __name__ == "__main__":
    said = problems(Path(sys.argv[1]))
    print("\n".join(said) or "the wheel and the source archive hold what they should")
    sys.exit(bool(said))
