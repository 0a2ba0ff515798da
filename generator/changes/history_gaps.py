"""What is missing in the history of a strategy as this clone has it: damaged or missing objects of
git, older commits, tags. Each is a notice with how to get it, so that no version is passed over in
silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.changes.missing_releases import CHANGELOG, SECTION
from generator.changes.release_history import MOST, Past, load_release
from generator.changes.snapshots import TAG_PREFIX, list_releases
from generator.files.git import GitError
from generator.loading.manuscript import MAIN_FILE
from generator.loading.rules import UNREADABLE_FILE
from generator.problems.problem import Place, Problem, Severity
from generator.schema.version_names import is_version
from generator.syntax.document import MAX_BYTES

_WHY = "What's new, the changelog and the figures of the versions pass over what cannot be read."
_FETCH = "git fetch --unshallow --tags (in CI: fetch-depth: 0, or GIT_DEPTH: 0)"
_MEND = (
    "Clone the repository once more; git fsck says what is damaged. Where the host's copy is "
    "damaged, too, fetch from a clone of somebody else."
)


def find_gaps(
    past: Past | None, root: Path, version: str, max_bytes: int = MAX_BYTES
) -> list[Problem]:
    """A notice for each released version that cannot be read, one for a clone without its older
    history, and one for a clone without tags: where `version`, that of the header, was released as
    CHANGELOG.md says. Nothing where there is no history at all.
    """
    if past is None:
        return []
    found = list(_find_damaged(past, max_bytes))
    if past.repository.is_shallow:
        found.append(
            _notice("this clone lacks the older history, and the versions released in it", _FETCH)
        )
    elif not past.repository.list_tag_names():
        found += _find_untagged(root, version)
    return found


def _find_damaged(past: Past, max_bytes: int) -> Iterator[Problem]:
    repository = past.repository
    releases = list_releases(repository, past.commit)
    listed, told = {one.version: one for one in releases}, releases[-MOST - 1 :]
    names = [name.removeprefix(TAG_PREFIX) for name in repository.list_tag_names(TAG_PREFIX)]
    is_whole = repository.ask("rev-list", "--count", past.commit) is not None
    for version in sorted(filter(is_version, names)):
        commit = repository.ask(
            "rev-parse", "--verify", "--quiet", f"refs/tags/{TAG_PREFIX}{version}^{{commit}}"
        )
        if commit is None or (version not in listed and not is_whole):
            reason = "its tag" if is_whole else "a commit before it, or its own,"
            yield _say_damaged(version, f"{reason} is damaged or missing in this clone")
            continue
        if version in listed and listed[version] not in told:
            continue  # nothing is said of those that are older
        if version not in listed and not _is_before(past, commit):
            continue  # it merely leads to another line of history
        try:
            loaded = load_release(repository, commit, max_bytes)
        except GitError as error:
            yield _say_damaged(version, str(error))
            continue
        lost = [one for one in loaded.problems if one.rule == UNREADABLE_FILE.id]
        if lost:
            yield _say_damaged(version, f"{lost[0].place.file}: {lost[0].title}")


def _is_before(past: Past, commit: str) -> bool:
    return past.repository.ask("merge-base", "--is-ancestor", commit, past.commit) is not None


def _find_untagged(root: Path, version: str) -> Iterator[Problem]:
    with suppress(OSError, ValueError):
        if version in SECTION.findall((root / CHANGELOG).read_text("utf-8")):
            yield _notice(
                f"{CHANGELOG} tells of {version}, but this clone has no tag {TAG_PREFIX}{version}, "
                "nor any other",
                "git fetch --tags",
            )


def _say_damaged(version: str, reason: str) -> Problem:
    return _notice(f"version {version} cannot be read from git: {reason}", _MEND)


def _notice(title: str, fix: str) -> Problem:
    return UNREADABLE_FILE.problem(
        place=Place(MAIN_FILE),
        title=title,
        why=_WHY,
        fix=f"Get it with: {fix}" if fix.startswith("git") else fix,
        severity=Severity.NOTICE,
    )
