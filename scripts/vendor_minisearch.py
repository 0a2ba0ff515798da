"""Fetch the search library the site ships, and make sure it is what we looked at.

    python scripts/vendor_minisearch.py           # fetch from npm, minify, write into generator/pages/finder/browser/
    python scripts/vendor_minisearch.py --check   # fetch and minify again, and compare with what is there

Needs npm. The package and the minifier are pinned by version; the package also by npm's own hash,
the result by ours. A new version: change the three constants after reading its changes.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "7.2.0"
PACKAGE_SHA512 = (
    "dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg=="
)
RESULT_SHA256 = "93f105d9adb70dd6044960a38522885facc1a6b26a212ff5fb028528dcaf4a02"
MINIFIER = "terser@5.51.2"

TARGET = Path(__file__).parent.parent / "generator" / "assets" / "finder"
BANNER = f"/*! MiniSearch {VERSION}, MIT licence (minisearch-licence.txt), https://github.com/lucaong/minisearch */\n"


def main() -> int:
    """Fetch, verify, and write or compare. Returns the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        script, licence = fetch(Path(folder))
    found = hashlib.sha256(script).hexdigest()
    if found != RESULT_SHA256:
        print(
            f"the minified file has the hash {found}, not the one written down here",
            file=sys.stderr,
        )
        return 1
    made = {"minisearch.js": script, "minisearch-licence.txt": licence}
    if "--check" in sys.argv[1:]:
        other = [name for name, content in made.items() if (TARGET / name).read_bytes() != content]
        print(
            f"not as fetched: {', '.join(other)}"
            if other
            else f"MiniSearch {VERSION} is as fetched"
        )
        return 1 if other else 0
    for name, content in made.items():
        (TARGET / name).write_bytes(content)
    print(f"MiniSearch {VERSION}: {len(script):,} bytes")
    return 0


def fetch(folder: Path) -> tuple[bytes, bytes]:
    """The minified library and its licence, from a package with the right hash."""
    run(folder, "npm", "pack", "--silent", f"minisearch@{VERSION}")
    package = folder / f"minisearch-{VERSION}.tgz"
    found = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if found != PACKAGE_SHA512:
        raise SystemExit(f"the package has the hash {found}, not the one written down here")
    with tarfile.open(package) as archive:
        for name in ("dist/es/index.js", "LICENSE.txt"):
            archive.extract(f"package/{name}", folder, filter="data")
    options = ("--module", "--compress", "--mangle", "--output", "minified.js")
    run(folder, "npx", "--yes", MINIFIER, "package/dist/es/index.js", *options)
    script = BANNER.encode() + (folder / "minified.js").read_bytes().strip() + b"\n"
    return script, (folder / "package/LICENSE.txt").read_bytes()


def run(folder: Path, *command: str) -> None:
    """Run a command that must succeed."""
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    raise SystemExit(main())
