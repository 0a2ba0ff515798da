"""`versions.json`: which versions stand in a place, and for whom each was made.

The theme's selector reads it, in the format of mike, of which this is the only use: `Versions` of
mike 2.2.0 keeps the order of versions, and gives `latest` to one of them at a time. The audience of
a version is one of its `properties`, which that format has for what others want to keep.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from mike.versions import Versions

from generator.model.entry import DEFAULT_AUDIENCE
from generator.site.versions.errors import PublishError

LATEST = "latest"
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

    @property
    def names(self) -> Mapping[str, frozenset[str]]:
        """Each version with its other names."""
        return {str(one.version): frozenset(one.aliases) for one in self._versions}

    @property
    def circles(self) -> Mapping[str, str]:
        """For whom each version was made. One that does not say was made for those inside."""
        return {
            str(one.version): str((one.properties or {}).get(_AUDIENCE, DEFAULT_AUDIENCE))
            for one in self._versions
        }

    def describe(self, version: str) -> tuple[str, str]:
        """The title of a version, and for whom it was made."""
        return str(self._versions[version].title), self.circles[version]

    def add(self, version: str, title: str, circle: str, *, latest: bool) -> None:
        """Put a version in, or renew what is said of it."""
        one = self._versions.add(version, title, [LATEST] if latest else [], update_aliases=True)
        one.properties = {**(one.properties or {}), _AUDIENCE: circle}

    def remove(self, versions: Iterable[str]) -> list[str]:
        """Take versions out; those that were there."""
        gone = [version for version in versions if version in self.names]
        self._versions.difference_update(gone)
        return gone

    def write(self) -> bytes:
        """The file."""
        text: str = self._versions.dumps()
        return f"{text}\n".encode()
