"""What a change leaves as it was: the sites of the strategies here and of a grown one, and what
`check` says of every bad example.

`python scripts/compare_output.py REV` builds them all with the program at REV and with the program
here, and lists the files that differ. Exits with 0 where none does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
AS_OF = "2026-11-23"
SITES = {
    "root": ".",
    "posthog": "examples/posthog",
    "sourcegraph": "examples/sourcegraph",
    "parcel-post": "examples/parcel-post",
}
GROWN_PAGES = 400


def main() -> int:
    """Compare with the revision that is named."""
    if len(sys.argv) != 2:
        print("usage: python scripts/compare_output.py REV", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="playbook-compare-") as name:
        place = Path(name)
        before = place / "program"
        subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", before, sys.argv[1]],
            cwd=ROOT,
            check=True,
        )
        try:
            grown = place / "grown"
            _grow(grown)
            old, new = place / "old", place / "new"
            for program, target in ((before, old), (ROOT, new)):
                _write_all(program, grown, target)
            found = list(_list_differences(old, new))
            files, said = (
                sum(file.is_file() for file in new.rglob("*")),
                len((new / "said.txt").read_text("utf-8").splitlines()),
            )
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", before], cwd=ROOT, check=True)
    count = len(found)
    print(
        "\n".join(
            [
                *found[:40],
                *(["…"] if count > 40 else []),
                f"{count} of {files} files differ; check said {said} lines",
            ]
        )
    )
    return 1 if found else 0


def _grow(target: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "benchmarks.grow_strategy",
        str(target),
        "--pages",
        str(GROWN_PAGES),
    ]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _write_all(program: Path, grown: Path, target: Path) -> None:
    """Build every site and check every bad example with one version of the program, on the same
    inputs.
    """
    for name, folder in SITES.items():
        _build(program, ROOT / folder / "mkdocs.yml", target / name)
    _build(program, grown / "mkdocs.yml", target / "grown")
    (target / "said.txt").write_text(
        _run(program, _CHECK_ALL, ROOT / "tests" / "examples" / "bad", AS_OF), "utf-8"
    )


def _build(program: Path, config: Path, site: Path) -> None:
    _run(
        program,
        "-m",
        "generator",
        "build",
        "--config",
        config,
        "--site-dir",
        site,
        "--as-of",
        AS_OF,
    )


_CHECK_ALL = """
import sys
from pathlib import Path
from generator.__main__ import main
folder, day = sys.argv[1:]
for example in sorted(Path(folder).iterdir()):
    for form in ("terminal", "json"):
        print("###", example.name, form)
        sys.argv = ["playbook", "check", str(example), "--format", form, "--as-of", day]
        try:
            main()
        except SystemExit as end:
            print(end.code, flush=True)
"""


def _run(program: Path, *arguments: str | Path) -> str:
    """What Python prints with this version of the program, which keeps what it keeps in a cache of
    its own.
    """
    with tempfile.TemporaryDirectory(prefix="playbook-compare-") as name:
        _announce(program, Path(name))
        environment = {
            **os.environ,
            "PYTHONPATH": f"{program}{os.pathsep}{name}",
            "XDG_CACHE_HOME": name,
        }
        first = ["-c"] if arguments[0] == _CHECK_ALL else []
        done = subprocess.run(
            [sys.executable, *first, *map(str, arguments)],
            cwd=program,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode == 2 or "Traceback" in done.stderr:
        sys.exit(f"{program}: {done.stderr}")
    return done.stdout


def _announce(program: Path, place: Path) -> None:
    """Tell MkDocs where this version has its plugin, in place of what is installed."""
    project = tomllib.loads((program / "pyproject.toml").read_text("utf-8"))["project"]
    folder = place / f"{project['name'].replace('-', '_')}-0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 0\n", "utf-8"
    )
    plugin = project["entry-points"]["mkdocs.plugins"]["playbook"]
    (folder / "entry_points.txt").write_text(f"[mkdocs.plugins]\nplaybook = {plugin}\n", "utf-8")


def _list_differences(old: Path, new: Path) -> Iterator[str]:
    names = sorted(
        {
            file.relative_to(side)
            for side in (old, new)
            for file in side.rglob("*")
            if file.is_file()
        }
    )
    for name in names:
        one, other = old / name, new / name
        if not one.is_file() or not other.is_file():
            yield f"only {'after' if other.is_file() else 'before'}: {name}"
        elif one.read_bytes() != other.read_bytes():
            yield f"differs: {name}"


if __name__ == "__main__":
    sys.exit(main())
