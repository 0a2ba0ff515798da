"""What a finished site was made of: where nothing of that has changed, and the site is as it was
left, it stays.

Stamps lie in the user's cache folder, one for each site; without them the site is only built anew.
A stamp counts until midnight where the strategy is at home, since a site depends on the date there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.files.cache import open_cache
from generator.files.git import GitError, find_repository
from generator.files.program import describe_files, describe_program
from generator.files.tree import FolderTree
from generator.files.writing import write_file
from generator.loading.guides import PLAYBOOK, find_folder


@dataclass(frozen=True)
class Stamp:
    """What was made of which inputs, how the site was left, and the line that was said at the end.

    `day` is the date it was made for, in the time zone `zone`; without a zone the inputs fix the
    date.
    """

    inputs: str
    site: str
    said: str
    day: str
    zone: str

    @property
    def is_of_today(self) -> bool:
        """Whether it is still that day there."""
        try:
            return not self.zone or datetime.now(ZoneInfo(self.zone)).date().isoformat() == self.day
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return False


def read_inputs(config: Path, choice: object) -> str:
    """A digest of all that a site is made of: the configuration and the files beside it, the
    choice, the history, the day.

    Empty where a file cannot be read: whoever reads the strategy will say so.
    """
    try:
        return _digest_inputs(config, choice)
    except OSError:
        return ""


def _digest_inputs(config: Path, choice: object) -> str:
    root = config.resolve().parent
    parts = hashlib.sha256(config.read_bytes())
    for part in (
        *describe_program(),
        repr(choice),
        os.environ.get("SOURCE_DATE_EPOCH", ""),
        *_describe_history(root),
    ):
        parts.update(os.fsencode(part) + b"\0")
    for path in _list_sources(root):
        parts.update(os.fsencode(path.relative_to(root)) + b"\0")
        if path.is_symlink():
            parts.update(os.fsencode(os.readlink(path)) + b"\0")
        if path.is_file():
            parts.update(hashlib.sha256(path.read_bytes()).digest())
    return parts.hexdigest()


def recall(site: Path, inputs: str) -> str | None:
    """What was said when this site was made of these inputs; None where it was not, or is no longer
    as it was left.
    """
    file = _stamp_of(site)
    if file is None:
        return None
    try:
        stamp = Stamp(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    is_same = stamp.inputs == inputs and stamp.is_of_today and stamp.site == _describe_site(site)
    return stamp.said if is_same else None


def remember(site: Path, inputs: str, said: str, today: date, zone: str) -> None:
    """Note what a site was made of, and for which day in which time zone (empty where the inputs
    fix the day).

    Where the cache cannot be written, nothing is noted.
    """
    file = _stamp_of(site)
    if file is not None:
        stamp = Stamp(inputs, _describe_site(site), said, today.isoformat(), zone)
        with contextlib.suppress(OSError):
            write_file(file, json.dumps(vars(stamp)).encode(), durable=False)


def _stamp_of(site: Path) -> Path | None:
    folder = open_cache("sites")
    return (
        folder / f"{hashlib.sha256(str(site.resolve()).encode()).hexdigest()[:32]}.json"
        if folder
        else None
    )


def _list_sources(root: Path) -> Iterator[Path]:
    for name in ("strategy.yaml", ".playbook.json"):
        if (root / name).is_file():
            yield root / name
    for folder in dict.fromkeys(("strategy", "schema", PLAYBOOK, find_folder(FolderTree(root)))):
        found = [root / folder, *(root / folder).rglob("*")]
        yield from sorted(path for path in found if path.is_file() or path.is_symlink())


def _describe_history(root: Path) -> Iterable[str]:
    try:
        repository = find_repository(root)
    except GitError:
        return
    for question in (("rev-parse", "HEAD"), ("show-ref", "--tags")):
        yield (repository.ask(*question) if repository else "") or ""


def _describe_site(site: Path) -> str:
    return hashlib.sha256(os.fsencode("\0".join(describe_files(site)))).hexdigest()
