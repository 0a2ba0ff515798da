"""`versions.json`: which versions stand in a place, and for whom each was made.

The theme's selector reads it, in the format of mike, of which this is the only use: `Versions` of
mike 2.2.0 gives `latest` to one version at a time. The order is ours, since a company names its
versions as it likes: the newest stands first in the file. The audience of a version is one of its
`properties`, which that format has for what others want to keep. The theme finds the version that
a page belongs to by its address: where that is written in another way, it is one more alias.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from mike.versions import Versions

from generator.model.entry import DEFAULT_AUDIENCE
from generator.site.versions.errors import PublishError

LATEST = "latest"
CURRENT = "current"
"""What is merged after a release stands under this name until the next one."""
VERSIONS = "versions.json"
_AUDIENCE = "audience"


class DamagedListError(PublishError):
    """A `versions.json` that is none: nobody knows what stands there."""

    def __init__(self, place: str = "there") -> None:
        super().__init__(
            f"{VERSIONS} in {place} is damaged, so that nobody can tell what stands there; put an "
            "earlier one back, name another place, or begin this one anew with --rebuild"
        )


class VersionList:
    """The versions of a place, the newest first."""

    def __init__(self, content: bytes | None = None) -> None:
        """Read a `versions.json`; None is a place without one. Raises DamagedListError."""
        self._versions = Versions()
        self._order: list[str] = []
        if content is None:
            return
        try:
            found = json.loads(content)
            self._versions = Versions.from_json(found)
            wrong = not isinstance(found, list) or any(
                not isinstance(one.get("properties") or {}, dict) for one in found
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise DamagedListError from error
        if wrong:
            raise DamagedListError
        self._order = list(dict.fromkeys(str(one["version"]) for one in found))

    @property
    def names(self) -> Mapping[str, frozenset[str]]:
        """Each version with its other names, the newest first."""
        return {name: frozenset(self._versions[name].aliases) for name in self._order}

    @property
    def circles(self) -> Mapping[str, str]:
        """For whom each version was made. One that does not say was made for those inside."""
        properties = {name: self._versions[name].properties or {} for name in self._order}
        return {name: str(own.get(_AUDIENCE, DEFAULT_AUDIENCE)) for name, own in properties.items()}

    def describe(self, version: str) -> tuple[str, str]:
        """The title of a version, and for whom it was made."""
        return str(self._versions[version].title), self.circles[version]

    def add(self, version: str, title: str, circle: str, position: int, *, latest: bool) -> None:
        """Put a version in, before which so many others stand, or renew what is said of it."""
        written = quote(version)
        aliases = [*([LATEST] if latest else []), *([written] if written != version else [])]
        one = self._versions.add(version, title, aliases, update_aliases=True)
        one.properties = {**(one.properties or {}), _AUDIENCE: circle}
        others = [name for name in self._order if name != version]
        self._order = [*others[:position], version, *others[position:]]

    def remove(self, versions: Iterable[str]) -> list[str]:
        """Take versions out; those that were there."""
        gone = [version for version in versions if version in self.names]
        self._versions.difference_update(gone)
        self._order = [version for version in self._order if version not in gone]
        return gone

    def write(self) -> bytes:
        """The file."""
        rows = [self._versions[name].to_json() for name in self._order]
        for row in rows:
            row["aliases"].sort()
        return f"{json.dumps(rows, indent=2)}\n".encode()
