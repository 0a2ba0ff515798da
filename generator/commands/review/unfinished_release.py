"""A release that was killed half-way is finished or undone by the next one.

Before anything else a release notes in git's own folder what it is about to write. The note goes
when all is done, or all is undone; where the next release finds one, it was killed in between:
- its commit is there: the tag is set, and the release is finished;
- its commit is not there: its files are as they were before, but for those that somebody has
  changed since, and the release is undone.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.editing.release_plan import Plan
from generator.files.git import Repository
from generator.files.workshop import sweep
from generator.files.writing import write_all, write_file

_NOTE = "playbook-release.json"


@dataclass(frozen=True)
class Release:
    """What a release writes: its version, tag and message; the commit it begins from; below the
    folder of the strategy each file with what it held before (None: there was none) and what it
    holds then.
    """

    version: str
    tag: str
    message: str
    head: str
    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes]


@dataclass(frozen=True)
class TakenUp:
    """What became of a release that was killed: whether it is finished now, and what is said."""

    version: str
    is_finished: bool
    said: str


def plan_writing(
    repository: Repository,
    plan: Plan,
    before: Mapping[str, bytes | None],
    after: Mapping[str, bytes],
) -> Release:
    """What carrying out a plan writes, from where the branch stands now."""
    return Release(plan.version, plan.tag, plan.message, repository.resolve("HEAD"), before, after)


def note(repository: Repository, release: Release) -> None:
    """Note that a release begins. Raises OSError."""
    file = _find_note(repository)
    content = {
        **asdict(release),
        "folder": repository.folder,
        "before": {path: _encode(old) for path, old in release.before.items()},
        "after": {path: _encode(new) for path, new in release.after.items()},
    }
    write_file(file, json.dumps(content).encode(), root=file.parent)


def forget(repository: Repository) -> None:
    """All is done, or undone."""
    _find_note(repository).unlink(missing_ok=True)


def find_unfinished(repository: Repository) -> Release | None:
    """The release of this strategy that was killed half-way, if there is one."""
    try:
        found = json.loads(_find_note(repository).read_bytes())
        if found.pop("folder") != repository.folder:  # of another strategy in this repository
            return None
        found["before"] = {path: _decode(old) for path, old in found["before"].items()}
        found["after"] = {path: _decode(new) or b"" for path, new in found["after"].items()}
        return Release(**found)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def take_up(root: Path, repository: Repository) -> TakenUp | None:
    """Finish or undo the release that was killed half-way; None where there is none.
    Raises GitError where git refuses; then the next release tries again.
    """
    release = find_unfinished(repository)
    if release is None:
        return None
    version, tag = release.version, release.tag
    done = f"The release of version {version}, which was ended half-way, is finished: "
    if _resolve(repository, f"refs/tags/{tag}") is not None:
        forget(repository)
        return TakenUp(version, True, f"{done}it has the tag {tag}.\n")
    made = _find_commit(repository, release)
    if made is not None:
        repository.run("tag", "--annotate", tag, "--message", release.message, made)
        forget(repository)
        return TakenUp(version, True, f"{done}its commit now has the tag {tag}.\n")
    undo(root, repository, release, keep_changed=True)
    kept = [path for path, new in release.after.items() if _differs(root / path, release, path)]
    forget(repository)
    rest = f" {', '.join(kept)} was changed since, and stays." if kept else ""
    return TakenUp(
        version,
        False,
        f"The release of version {version}, which was ended half-way, is undone.{rest}\n",
    )


def undo(
    root: Path, repository: Repository, release: Release, *, keep_changed: bool = False
) -> None:
    """Put the files of a release back as they were, on disk and in git's index; with
    `keep_changed`, those stay that hold something else by now. Raises GitError, OSError.
    """
    top = Path(repository.run("rev-parse", "--show-toplevel").rstrip("\n"))
    sweep(top)
    old = {}
    for path, new in release.after.items():
        before, file = release.before.get(path), root / path
        now = _read(file)
        if now == before or (keep_changed and now != new):
            continue
        if before is None:
            file.unlink()
        else:
            old[path] = before
    write_all(root, old, root=top)
    ours = [path for path in release.after if (root / path).resolve().is_relative_to(top.resolve())]
    if ours:  # what leads elsewhere was never written
        repository.run("reset", "--quiet", "--", *ours)


def _differs(file: Path, release: Release, path: str) -> bool:
    return _read(file) != release.before.get(path)


def _find_commit(repository: Repository, release: Release) -> str | None:
    """The commit of a release among those that came since it began."""
    since = repository.ask("rev-list", "--first-parent", f"{release.head}..HEAD")
    for commit in reversed((since or "").split()):
        told = repository.ask("show", "--no-patch", "--format=%P%n%B", commit) or ""
        parent, _, message = told.partition("\n")
        if parent == release.head and message.strip() == release.message:
            return commit
    return None


def _resolve(repository: Repository, ref: str) -> str | None:
    return repository.ask("rev-parse", "--verify", "--quiet", ref)


def _find_note(repository: Repository) -> Path:
    """In the folder that git keeps for this work tree: it is never committed nor copied."""
    return repository.root / repository.run("rev-parse", "--git-path", _NOTE).rstrip("\n")


def _read(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _encode(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode()


def _decode(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)
