"""What a release writes: the version and its date in the header, a section in the changelog."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from generator.changes.missing_releases import RELEASE_MESSAGE, read_traces
from generator.changes.release_notes import make_notes, write_markdown
from generator.changes.snapshots import TAG_PREFIX, Release
from generator.editing.value_changes import Put
from generator.editing.value_edits import EditError, edit_entries
from generator.files.tree import OverlayTree, Tree
from generator.loading.loader import Loaded, load_strategy
from generator.loading.manuscript import MAIN_FILE
from generator.problems.fixes import Mended

_HEADING = re.compile(r"^## ", re.MULTILINE)


class ReleaseError(Exception):
    """The files cannot be made ready for a release. The text is one line for the terminal."""


@dataclass(frozen=True)
class Changelog:
    """The file that gets a section for the version: its path, and its text so far (empty where
    there is none yet).
    """

    file: str
    text: str


@dataclass(frozen=True)
class Previous:
    """The version released last, and the strategy as it was then."""

    release: Release
    loaded: Loaded


@dataclass(frozen=True)
class Plan:
    """Everything a release will do: the files as they will be, the message of the commit, the tag.

    `notes` is the new section of the changelog.
    """

    version: str
    files: tuple[Mended, ...]
    message: str
    notes: str

    @property
    def tag(self) -> str:
        """The name of the tag."""
        return f"{TAG_PREFIX}{self.version}"


def plan_release(
    tree: Tree, version: str, day: date, log: Changelog, previous: Previous | None, max_bytes: int
) -> Plan:
    """What releasing the strategy in a tree as `version` on `day` writes. Nothing is written here.

    Raises ReleaseError where the changelog has the version already, or the header is not written
    so that version and date can be replaced.
    """
    header = _write_header(tree, version, day, max_bytes)
    after = load_strategy(OverlayTree(tree, {MAIN_FILE: header.after}), max_bytes)
    notes = make_notes(
        version,
        day.isoformat(),
        after,
        previous.release.version if previous else "",
        previous.loaded if previous else None,
        previous.release.day if previous else "",
        follows_unknown=bool(read_traces(after, log.text).sections),
    )
    assert notes is not None  # noqa: S101  # it was read just now
    section = write_markdown(notes)
    if re.search(rf"^## {re.escape(version)}\b(?![.-])", log.text, re.MULTILINE):
        raise ReleaseError(f"version {version} exists already: {log.file} has a section of it")
    changed = Mended(log.file, log.text, _insert(log.text, section, after))
    files = tuple(file for file in (header, changed) if file.before != file.after)
    return Plan(version, files, f"{RELEASE_MESSAGE} {version}", section)


def _write_header(tree: Tree, version: str, day: date, max_bytes: int) -> Mended:
    """strategy.yaml with the version and the date, and not another letter changed."""
    text = tree.read_bytes(MAIN_FILE).decode("utf-8-sig")
    changes = [(None, Put(("version",), version)), (None, Put(("effective_from",), day))]
    try:
        changed = edit_entries(tree, changes, max_bytes)
    except EditError as error:
        raise ReleaseError(str(error)) from error
    after = changed.get(MAIN_FILE, text).removeprefix("\ufeff")
    return Mended(MAIN_FILE, text, after)


def _insert(log: str, section: str, after: Loaded) -> str:
    """The changelog with a section before the older ones; begun where there is none."""
    end = "\r\n" if "\r\n" in log else "\n"
    section = section.replace("\n", end)
    if not log.strip():
        company = after.strategy.header.company if after.strategy else ""
        return f"# Changes of the strategy{f' of {company}' if company else ''}{end}{end}{section}"
    first = _HEADING.search(log)
    if first is None:
        return f"{log.rstrip()}{end}{end}{section}"
    return f"{log[: first.start()]}{section}{end}{log[first.start() :]}"
