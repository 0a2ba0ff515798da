"""What a build costs beside stock MkDocs and Hugo on the same pages, side by side in one run.

    python -m benchmarks.build_speed [--pages 100 1000 5000] [--runs 3] [--quick] [--without MkDocs]

For each size a strategy is grown from the repository's own; `playbook render` writes its pages,
which stock MkDocs with Material (pruned navigation; with navigation sections) and Hugo (where it is
installed, with a small theme) build as well. Printed: medians of CPU seconds (user and system, of
the process and its children), wall seconds and peak memory, and each as a ratio to `playbook build`
in the same run; the CPU per page from one size to the next; a second build with nothing changed;
and the very first one after installing, which compiles the templates. All programs are compiled as
pip leaves them. `--quick` leaves out navigation sections, which take minutes; `--without` leaves
out all ways that begin with a word.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.grow_strategy import grow_strategy

STOCK = """site_name: Stock
docs_dir: pages
site_dir: site-{name}
theme: {{name: material, font: false, features: [{features}]}}
plugins: [search]
markdown_extensions: [tables]
"""
WAYS = {
    "MkDocs, prune": "navigation.tabs, navigation.indexes, navigation.prune",
    "MkDocs, sections": "navigation.tabs, navigation.indexes, navigation.sections",
}
HUGO = {
    "hugo.toml": 'baseURL = "https://example.com/"\ntitle = "Hugo"\ndisableKinds = ["taxonomy", "term"]\n'
    "[markup.goldmark.renderer]\nunsafe = true\n",
    "layouts/_default/baseof.html": """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}"></head><body>
<header><a href="/">{{ .Site.Title }}</a></header><nav><ul>{{ range .Site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}
</a></li>{{ end }}</ul></nav><main>{{ block "main" . }}{{ end }}</main><footer>Small theme</footer></body></html>""",
    "layouts/_default/single.html": '{{ define "main" }}<aside>{{ .TableOfContents }}</aside>{{ .Content }}{{ end }}',
    "layouts/_default/list.html": '{{ define "main" }}{{ .Content }}{{ end }}',
}


@dataclass(frozen=True)
class Cost:
    """What a command cost: CPU and wall seconds, peak memory in megabytes."""

    cpu: float
    wall: float
    megabytes: float


def main() -> None:
    """Grow, build each way in turn, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1000, 5000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--without", default="-")
    options = parser.parse_args()
    measured: dict[str, list[tuple[int, Cost]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
        for wanted in options.pages:
            place = Path(folder) / str(wanted)
            place.mkdir()
            pages = lay_out(place, wanted)
            ways = list_ways(place, quick=options.quick)
            kept = {name: way for name, way in ways.items() if not name.startswith(options.without)}
            costs = take_turns(kept, options.runs)
            print_table(pages, costs)
            for name, cost in costs.items():
                measured.setdefault(name, []).append((pages, cost))
    print_slopes(measured)


def lay_out(place: Path, wanted: int) -> int:
    """Everything that is built: the strategy, its pages for MkDocs, the same for Hugo. Returns how
    many pages there are.
    """
    grow_strategy(place / "strategy", wanted)
    run(
        [sys.executable, "-m", "generator", "render", "pages", "--config", "strategy/mkdocs.yml"],
        place,
    )
    for name, features in WAYS.items():
        file = f"{_short(name)}.yml"
        (place / file).write_text(STOCK.format(name=_short(name), features=features), "utf-8")
    for path, text in HUGO.items():
        (place / "hugo" / path).parent.mkdir(parents=True, exist_ok=True)
        (place / "hugo" / path).write_text(text, "utf-8")
    pages = sorted((place / "pages").rglob("*.md"))
    for page in pages:
        is_branch = any(child.is_dir() for child in page.parent.iterdir())
        target = (
            place
            / "hugo/content"
            / page.relative_to(place / "pages").with_name("_index.md" if is_branch else "index.md")
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, target)
    return len(pages)


def list_ways(place: Path, *, quick: bool) -> dict[str, Callable[[], Cost]]:
    """The ways to build, each from nothing but for the one that says so."""
    own = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--config",
        "strategy/mkdocs.yml",
        "--site-dir",
    ]
    cache = place / "cache"
    cold = {"XDG_CACHE_HOME": str(cache)}

    def build_first() -> Cost:
        shutil.rmtree(cache, ignore_errors=True)
        return run([*own, "site-first"], place, **cold)

    def build_cold() -> Cost:
        for kept in cache.glob("*/*"):
            if not kept.name.startswith("templates-"):
                shutil.rmtree(kept)
        shutil.rmtree(place / "site-cold", ignore_errors=True)
        return run([*own, "site-cold"], place, **cold)

    ways: dict[str, Callable[[], Cost]] = {
        "playbook build, the first after installing": build_first,
        "playbook build": build_cold,
        "playbook build, again": lambda: run([*own, "site-cold"], place, **cold),
    }
    for name in list(WAYS)[: 1 if quick else None]:
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", f"{_short(name)}.yml"]
        ways[name] = lambda command=command: run(command, place, NO_MKDOCS_2_WARNING="1")  # type: ignore[misc]
    hugo = shutil.which("hugo")
    if hugo:
        ways["Hugo, small theme"] = lambda: run(
            [hugo, "--quiet", "--source", "hugo", "--cleanDestinationDir"], place
        )
    ways["python -c 'import material, mkdocs'"] = lambda: run(
        [sys.executable, "-c", "import mkdocs.commands.build, material"], place
    )
    return ways


def take_turns(ways: dict[str, Callable[[], Cost]], runs: int) -> dict[str, Cost]:
    """The median costs of each way; all take turns, so that what else the machine does falls on
    all.
    """
    taken: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, way in ways.items():
            taken[name].append(way())
    return {name: _median(costs) for name, costs in taken.items()}


def run(command: Sequence[str | Path], place: Path, **environment: str) -> Cost:
    """Run a command to its end and say what it cost. Ends the program where the command fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=place, stdout=said, stderr=said, env={**os.environ, **environment}
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(map(str, command))} failed:\n{said.read().decode()}")
    return Cost(
        usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024
    )


def print_table(pages: int, costs: dict[str, Cost]) -> None:
    """One size, a line a way."""
    base = costs["playbook build"]
    print(
        f"\n{pages:,} pages\n| way | CPU s | ratio | wall s | ratio | MB |\n| --- | --- | --- | --- | --- | --- |"
    )
    for name, cost in costs.items():
        print(
            f"| {name} | {cost.cpu:.2f} | {cost.cpu / base.cpu:.2f} | {cost.wall:.2f} | {cost.wall / base.wall:.2f} "
            f"| {cost.megabytes:.0f} |",
            flush=True,
        )


def print_slopes(measured: dict[str, list[tuple[int, Cost]]]) -> None:
    """What each further page costs, from one size to the next."""
    for number in range(1, max(len(one) for one in measured.values())):
        print(
            "\n| way | from | to | CPU ms per further page | ratio |\n| --- | --- | --- | --- | --- |"
        )
        base = _slope(measured["playbook build"], number)
        for name, sizes in measured.items():
            slope = _slope(sizes, number)
            print(
                f"| {name} | {sizes[number - 1][0]:,} | {sizes[number][0]:,} | {slope:.2f} | {slope / base:.2f} |"
            )


def _slope(sizes: list[tuple[int, Cost]], number: int) -> float:
    (few, less), (many, more) = sizes[number - 1], sizes[number]
    return (more.cpu - less.cpu) / (many - few) * 1000


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        *(
            statistics.median(getattr(cost, name) for cost in costs)
            for name in ("cpu", "wall", "megabytes")
        )
    )


def _short(name: str) -> str:
    return name.lower().replace(", ", "-")


if __name__ == "__main__":
    main()
