"""Links that would bring onto the site what does not belong to the playbook, or is not for all who
read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.files.tree import OutsideError, StrayLink, list_stray_links
from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.loading.rules import LINK_OUTSIDE
from generator.loading.strategy_files import unreadable
from generator.problems.problem import Place, Problem

SITE_FOLDERS = ("playbook", "schema")
_PRIVATE = (MAIN_FILE, FOLDER, ".git")
"""From these a site is made for a reader, but nothing of them is shown as it is."""


def find_stray_links(root: Path, folders: Iterable[str] = SITE_FOLDERS) -> list[Problem]:
    """What is wrong with links in these folders below `root`, which a site shows or is made with."""
    return [
        _say_stray(link) for folder in folders for link in list_stray_links(root, folder, _PRIVATE)
    ]


def _say_stray(link: StrayLink) -> Problem:
    if not link.inside:
        return unreadable(link.path, OutsideError())
    return LINK_OUTSIDE.problem(
        place=Place(link.path),
        title=f"this is a link to {link.inside}, which no site may show",
        why="It holds what only some may read, and every reader of the site would get all of it.",
        fix="Put a file of its own here, with what readers may see.",
    )
