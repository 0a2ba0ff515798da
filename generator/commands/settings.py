"""What every command on a strategy is told in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Made once, by the command line, from the options that all these commands share.

    `config` is the mkdocs.yml; the strategy lies beside it. `as_of` is the day that counts as
    today (None: today where the strategy counts its days). A file of more than `max_bytes` is
    refused. `environment` are the variables of the run, by which CI says where it runs.
    """

    config: Path
    as_of: date | None
    max_bytes: int
    environment: Mapping[str, str]

    @property
    def root(self) -> Path:
        """The folder of the strategy."""
        return self.config.parent
