"""Links that would bring onto the site what does not belong to the playbook, or is not for all who
read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from shlex import quote

from generator.files.tree import (
    OutsideError,
    StrayLink,
    list_nested_repositories,
    list_stray_links,
)
from generator.loading.manuscript import FOLDER, MAIN_FILE
from generator.loading.rules import LINK_OUTSIDE, NESTED_REPOSITORY
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


def find_nested(root: Path) -> list[Problem]:
    """What is wrong with folders of the playbook that belong to another repository."""
    return [
        NESTED_REPOSITORY.problem(
            place=Place(path),
            title="this folder is a repository of its own; a playbook is read from its own repository only",
            fix=f"Take {path}/.git away, and its lines in .gitmodules where there are any; then: "
            f"git rm -r --cached --ignore-unmatch {quote(path)} && git add {quote(path)}",
        )
        for path in list_nested_repositories(root, (FOLDER, *SITE_FOLDERS))
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
