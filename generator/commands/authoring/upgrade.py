"""`playbook upgrade`: the strategy in the current format, and the copies that `init` made renewed."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from generator.commands.options import with_settings
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.editing.format_upgrade import FormatUpgradeError, upgrade_format
from generator.files.tree import FolderTree
from generator.files.writing import write_all
from generator.loading.manuscript import MAIN_FILE
from generator.schema.migrations import FORMAT
from generator.starter import (
    MANIFEST,
    digest,
    guess_company,
    make_manifest,
    make_starter,
    read_manifest,
)


@click.command("upgrade")
@with_settings
def upgrade(settings: Settings, terminal: Terminal) -> int:
    """Bring the strategy to the current format, and renew the files that init copied: schema for
    the editor, editor settings, CI files.
    """
    root = settings.root
    manifest = read_manifest(FolderTree(root))
    raised = _raise_format(settings, terminal)
    if manifest is None and raised:
        return FINE
    if manifest is None:
        raise CannotRunError(
            f"{root / MANIFEST} is missing; this playbook did not begin with playbook init"
        )
    managed = make_starter(guess_company(root), datetime.now(UTC).date()).managed
    written, said, kept = {}, [], 0
    for path, content in managed.items():
        target = root / path
        now = target.read_bytes() if target.exists() else None
        if now is not None and digest(now) == digest(content):
            continue
        if now is None and path in manifest["files"]:
            said.append(f"left out {path}, which was deleted here\n")
            continue
        if now is None or digest(now) == manifest["files"].get(path):
            written[path] = content
            said.append(f"renewed  {path}\n")
        else:  # somebody changed it: it is kept, with the new one beside it
            kept += 1
            written[f"{path}.new"] = content
            said.append(f"kept     {path}, which was changed here; the new one is {path}.new\n")
    write_all(root, {**written, MANIFEST: make_manifest(managed)})
    said.append(f"All {'other ' if kept else ''}copies are those of this version.\n")
    terminal.say("".join(said))
    return FINE


def _raise_format(settings: Settings, terminal: Terminal) -> bool:
    """Whether the strategy was in an older format; then its one line is changed, and that is said."""
    try:
        upgraded = upgrade_format(FolderTree(settings.root), settings.max_bytes)
    except FormatUpgradeError as error:
        raise CannotRunError(str(error)) from None
    if upgraded is None:
        return False
    written, text = upgraded
    write_all(settings.root, {MAIN_FILE: text.encode()})
    terminal.say(
        f"changed  {MAIN_FILE}: format {written} is now format {FORMAT}; nothing else in it changed\n"
    )
    return True
