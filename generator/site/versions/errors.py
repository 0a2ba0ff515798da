"""Why nothing is published."""

from __future__ import annotations

from generator.problems.problem import Problem


class PublishError(Exception):
    """Nothing can be published there, or under that version. The text is one line for the terminal."""


class FaultyError(Exception):
    """The strategy or the site has problems; nothing is published."""

    def __init__(self, problems: tuple[Problem, ...], files: int) -> None:
        super().__init__()
        self.problems, self.files = problems, files
