"""Fetch the stemmers the site ships, and make sure they are what we looked at.

    python scripts/vendor_stemmers.py           # fetch, minify, write into generator/pages/finder/browser/stemmers/
    python scripts/vendor_stemmers.py --check   # fetch and minify again, and compare with what is there

Snowball's algorithms as JavaScript, as its own compiler makes them; Sphinx has them in its package
on PyPI. They must be of the same version as the package `snowballstemmer`, which brings words to
their stems at build: a test holds the two equal. Needs pip and npm. Package and minifier are pinned
by version, the packages also by hash. A new version: change the constants after reading its changes.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from generator.pages.finder.tokenizer import LANGUAGES

SPHINX, SPHINX_SHA256 = (
    "9.0.4",
    "5bebc595a5e943ea248b99c13814c1c5e10b3ece718976824ffa7959ff95fffb",
)
SNOWBALL, SNOWBALL_SHA256 = (
    "3.0.1",
    "6cd7b3897da8d6c9ffb968a6781fa6532dce9c3618a4b127d920dab764a19064",
)
MINIFIER = "terser@5.51.2"
TARGET = Path(__file__).parent.parent / "generator/pages/finder/browser/stemmers"
BANNER = f"/*! Snowball {SNOWBALL}, BSD licence (licence.txt), https://snowballstem.org */\n"


def main() -> int:
    """Fetch, and write or compare. Returns the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        made = dict(make_files(Path(folder)))
    if "--check" in sys.argv[1:]:
        there = {path.name: path.read_bytes() for path in TARGET.iterdir()}
        other = sorted(name for name in made | there if made.get(name) != there.get(name))
        print(f"not as fetched: {', '.join(other)}" if other else "all stemmers are as fetched")
        return 1 if other else 0
    TARGET.mkdir(exist_ok=True)
    for name, content in made.items():
        (TARGET / name).write_bytes(content)
    print(f"{len(made) - 1} stemmers, {sum(map(len, made.values())):,} bytes")
    return 0


def make_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each stemmer as a module of its own, by the file's name, and their licence."""
    sphinx = fetch(folder, "sphinx", SPHINX, SPHINX_SHA256)
    scripts = "sphinx/search/non-minified-js"
    base = sphinx.read(f"{scripts}/base-stemmer.js").decode()
    for code, language in LANGUAGES.items():
        own = sphinx.read(f"{scripts}/{language}-stemmer.js").decode()
        if f"by Snowball {SNOWBALL} " not in own:
            raise SystemExit(f"the stemmer of {language} is not of Snowball {SNOWBALL}")
        module = (
            f"let BaseStemmer;\n{base}\n{own}\nconst stemmer = new {language.title()}Stemmer();\n"
            "export const stem = (word) => stemmer.stemWord(word);\n"
        )
        (folder / "module.js").write_text(module, encoding="utf-8")
        options = ("--module", "--compress", "--mangle", "--output", "minified.js")
        run(folder, "npx", "--yes", MINIFIER, "module.js", *options)
        yield f"{code}.js", BANNER.encode() + (folder / "minified.js").read_bytes().strip() + b"\n"
    package = fetch(folder, "snowballstemmer", SNOWBALL, SNOWBALL_SHA256)
    [licence] = [name for name in package.namelist() if name.endswith("/COPYING")]
    yield "licence.txt", package.read(licence)


def fetch(folder: Path, name: str, version: str, sha256: str) -> zipfile.ZipFile:
    """A package from PyPI, with the right hash."""
    wanted = ("--no-deps", "--only-binary", ":all:", "--quiet", "--dest", ".", f"{name}=={version}")
    run(folder, sys.executable, "-m", "pip", "download", *wanted)
    [wheel] = folder.glob(f"{name}-{version}-*.whl")
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != sha256:
        raise SystemExit(f"{wheel.name} has the hash {found}, not the one written down here")
    return zipfile.ZipFile(wheel)


def run(folder: Path, *command: str) -> None:
    """Run a command that must succeed."""
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    raise SystemExit(main())
