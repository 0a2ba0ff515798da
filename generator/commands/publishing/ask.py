"""`playbook publish --ask`: whether the site may be put where it may be public."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.settings import Settings
from generator.commands.terminal import FINE, PROBLEMS, CannotRunError, Terminal
from generator.files.writing import append_text

if TYPE_CHECKING:
    from generator.site.builder import Publishing


def say_permission(settings: Settings, terminal: Terminal) -> int:
    """Say whether the site may be published, and why; CI reads it from the file that it names."""
    publishing = read_permission(settings.config)
    terminal.say(publishing.reason[:1].upper() + publishing.reason[1:] + "\n")
    output = settings.environment.get("GITHUB_OUTPUT")
    if output:
        append_text(Path(output), f"allowed={'true' if publishing.is_allowed else 'false'}\n")
    return FINE if publishing.is_allowed else PROBLEMS


def read_permission(config: Path) -> Publishing:
    """What a mkdocs.yml says about publishing."""
    from generator.site.builder import (  # MkDocs takes a second to import
        SiteError,
        read_config,
        read_publishing,
    )

    try:
        return read_publishing(read_config(config))
    except SiteError as error:
        raise CannotRunError(str(error)) from error
