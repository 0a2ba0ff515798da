"""`playbook upgrade`: the copies that `init` made, renewed."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from generator.commands.options import with_settings
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.files.tree import FolderTree
from generator.files.writing import write_all
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
    """Renew the files that init copied: schema for the editor, editor settings, CI files."""
    root = settings.root
    manifest = read_manifest(FolderTree(root))
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
