"""One place, one circle: who may read what stands there, or ever stood there, and why others must
not be published beside it.

Whoever reads a place reads all of it, and of a branch its history as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from generator.model.entry import DEFAULT_AUDIENCE
from generator.site.versions.errors import PublishError
from generator.site.versions.version_list import VERSIONS, DamagedListError, VersionList

_MARK_OF_A_SITE = "entries.json"
_OF_OURS = {
    ".nojekyll",
    "404.html",
    "_headers",
    "_redirects",
    "index.html",
    "lost.js",
    "robots.txt",
    VERSIONS,
}
_MOST_NAMED = 12


@dataclass(frozen=True)
class Standing:
    """What stands in a place, and what stood there before as its history shows: versions with the
    circle that each was made for. `is_damaged`: the place has a list that nobody can read.
    """

    now: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_damaged: bool = False
    strange: frozenset[str] = frozenset()
    """Files at the root that publishing did not make."""
    is_new: bool = False
    """Nothing was ever published there, as far as anybody can tell."""

    def is_for(self, circle: str) -> bool:
        """Whether all of it was made for just this circle."""
        return not self.is_damaged and not self._list_others(circle)

    def refuse_others(self, circle: str, place: str, options: str) -> None:
        """Raise PublishError where a site for this circle must not stand there. `options` are those
        of the command that name the place.
        """
        if self.is_damaged:
            raise DamagedListError(place)
        others = self._list_others(circle)
        if others:
            now = any(version in self.now for version, _ in others)
            raise PublishError(
                f"{place} {'holds' if now else 'has in its history'} {_name(others)}, and whoever "
                f"reads a place reads all of it: versions for {circle} need another place "
                "(--branch NAME or --to-dir DIR), or this one begins anew with them alone: "
                f"playbook publish --audience {circle} --rebuild{options}"
            )

    def _list_others(self, circle: str) -> list[tuple[str, str]]:
        now = [(version, own) for version, own in self.now.items() if own != circle]
        before = [
            (version, own)
            for version, circles in self.before.items()
            for own in sorted(circles)
            if own != circle
        ]
        return now or before

    def name_all(self) -> str:
        """What stands there, in one line."""
        versions = [_name(list(self.now.items()))] if self.now else []
        return ", ".join([*versions, *sorted(self.strange)]) or "nothing that is listed"


def tell_standing(
    files: Iterable[str], listed: bytes | None, earlier: Iterable[bytes] = ()
) -> Standing:
    """What stands in a place, by its files, its `versions.json`, and those of its history."""
    parts = [path.partition("/") for path in files]
    sites = {folder for folder, _, rest in parts if rest == _MARK_OF_A_SITE}
    strange = frozenset(name for name, slash, _ in parts if not slash) - _OF_OURS
    before: dict[str, frozenset[str]] = {}
    for content in earlier:
        for version, circle in _read_circles(content).items():
            before[version] = before.get(version, frozenset()) | {circle}
    try:
        versions = VersionList(listed)
    except DamagedListError:
        return Standing(before=before, is_damaged=True, strange=strange)
    aliases = {name for names in versions.names.values() for name in names}
    unlisted = sites - versions.names.keys() - aliases
    return Standing(
        {**dict.fromkeys(sorted(unlisted), DEFAULT_AUDIENCE), **versions.circles},
        before,
        strange=strange,
        is_new=listed is None and not sites and not before,
    )


def _read_circles(content: bytes) -> Mapping[str, str]:
    try:
        return VersionList(content).circles
    except DamagedListError:
        return {}


def _name(versions: list[tuple[str, str]]) -> str:
    """Versions by their circle: `2, 1 (internal) and 3 (public)`."""
    by_circle = sorted(versions, key=lambda one: one[1])
    groups = []
    for circle, found in groupby(by_circle, key=lambda one: one[1]):
        names = [version for version, _ in found]
        more = [f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else []
        groups.append(f"{', '.join([*names[:_MOST_NAMED], *more])} ({circle})")
    return " and ".join(groups)


def join_standing(found: Iterable[Standing]) -> Standing:
    """What stands in either of several places that become one."""
    now: dict[str, str] = {}
    before: dict[str, frozenset[str]] = {}
    is_damaged, strange, is_new = False, frozenset[str](), True
    for one in found:
        before_too = {version: frozenset({circle}) for version, circle in one.now.items()}
        for version, circles in (*one.before.items(), *before_too.items()):
            before[version] = before.get(version, frozenset()) | circles
        now, is_damaged = {**one.now, **now}, is_damaged or one.is_damaged
        strange |= one.strange
        is_new = is_new and one.is_new
    return Standing(now, before, is_damaged, strange, is_new)
