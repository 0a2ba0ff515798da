"""How sellers become good at it: skills, and the ways into the job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.model.entry import Entry


@dataclass(frozen=True, kw_only=True)
class Level:
    """How far somebody has come with a skill, and how one sees it."""

    name: str
    what_good_looks_like: str


@dataclass(frozen=True, kw_only=True)
class Skill(Entry):
    """Something a seller must be able to do."""

    KIND: ClassVar[str] = "skills"
    name: str
    why: str | None = None
    levels: tuple[Level, ...] = ()
    practise: tuple[str, ...] = ()
    plays: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PathStep:
    """What a newcomer does by when, what to read for it, and how one sees that it has sunk in."""

    when: str
    do: str
    read: tuple[str, ...] = ()
    prove: str | None = None


@dataclass(frozen=True, kw_only=True)
class LearningPath(Entry):
    """A way into the job, for one role."""

    KIND: ClassVar[str] = "paths"
    name: str
    role: str
    steps: tuple[PathStep, ...] = ()
