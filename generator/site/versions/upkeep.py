"""What stands published, kept in order after each publication."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.model.addresses import PLAIN, Delivery
from generator.schema.words import Words, read_words
from generator.site.builder import Publishing
from generator.site.versions.banner import mark_older, unmark
from generator.site.versions.root_files import make_root_files
from generator.site.versions.store import Shelf
from generator.site.versions.version_list import CURRENT, LATEST


def tidy_versions(
    root: Path, shelf: Shelf, publishing: Publishing, delivery: Delivery = PLAIN
) -> None:
    """Take away versions beyond those to keep, mark the older ones, and write what stands at the
    root.
    """
    versions = shelf.list_versions()
    released = [version for version in versions if version != CURRENT]
    gone = (
        [version for version in released[publishing.keep :] if LATEST not in versions[version]]
        if publishing.keep
        else []
    )
    if gone:
        shelf.change({}, gone)
    left = {version: names for version, names in versions.items() if version not in gone}
    loaded = load_strategy(FolderTree(root))
    words = read_words(loaded.strategy.header.language if loaded.strategy else "en")
    files = dict(_mark_versions(shelf, left, words, delivery))
    files |= make_root_files(shelf, left, publishing, words, delivery)
    present = set(shelf.list_files())
    before = shelf.read_all(path for path in files if path in present)
    changed = {path: content for path, content in files.items() if before.get(path) != content}
    if changed:
        shelf.change(changed)


def _mark_versions(
    shelf: Shelf, versions: Mapping[str, frozenset[str]], words: Words, delivery: Delivery
) -> Iterator[tuple[str, bytes]]:
    """Every page that has to say that it is old, or has to say so no more."""
    files = [path for path in shelf.list_files() if path.endswith(".html") and "/" in path]
    present = set(files)
    pages = shelf.read_all(path for path in files if path.partition("/")[0] in versions)
    for path, content in pages.items():
        version, _, rest = path.partition("/")
        html = content.decode("utf-8")
        if LATEST in versions[version]:
            marked = unmark(html)
        else:
            marked = mark_older(
                html,
                rest,
                version,
                LATEST,
                lambda page: f"{LATEST}/{page}" in present,
                words,
                delivery,
            )
        if marked != html:
            yield path, marked.encode()
