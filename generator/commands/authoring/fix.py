"""`playbook check --fix`: what a machine can safely mend."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.checks.project import check_project
from generator.commands.settings import Settings
from generator.commands.terminal import Terminal
from generator.files.tree import FolderTree
from generator.files.writing import write_all
from generator.problems.fixes import mend_texts
from generator.problems.problem import Problem


def mend_content(root: Path, settings: Settings, terminal: Terminal) -> None:
    """Mend what a machine can safely mend in the strategy and the hand-written pages, and show it."""
    tree = FolderTree(root)
    loaded, pages, _ = check_project(root, settings.max_bytes, settings.as_of)
    written = (*loaded.files, *(page.file for page in pages))
    texts = {file: text for file in written if (text := _text_of(tree, file)) is not None}

    def find_problems(changed: Mapping[str, str]) -> tuple[Problem, ...]:
        return check_project(root, settings.max_bytes, settings.as_of, changed)[2]

    mended = mend_texts(texts, find_problems)
    write_all(root, {change.file: change.after.encode() for change in mended})
    for change in mended:
        terminal.say(change.diff)
    count = len(mended)
    files = "1 file was" if count == 1 else f"{count} files were"
    terminal.say(
        f"{files} changed.\n\n"
        if count
        else "There was nothing that a machine can safely mend.\n\n"
    )


def _text_of(tree: FolderTree, file: str) -> str | None:
    """A file of the strategy as text, where it is sound UTF-8 without a byte-order mark."""
    try:
        return tree.read_bytes(file).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
