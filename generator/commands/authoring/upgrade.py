"""`playbook upgrade`: the strategy in the current format, and the copies that `init` made renewed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from generator.commands.options import alone, with_settings
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.editing.format_upgrade import FormatUpgradeError, upgrade_format
from generator.editing.own_fields import OwnFieldError, plan_conversion
from generator.files.tree import FolderTree, OverlayTree
from generator.files.writing import write_all
from generator.loading.loader import load_strategy
from generator.loading.manuscript import MAIN_FILE
from generator.problems.phrases import count_of
from generator.schema.custom_fields import CUSTOM_SCHEMA
from generator.schema.migrations import FORMAT
from generator.schema.own_description import DESCRIPTION
from generator.starter import (
    MANIFEST,
    VENDOR,
    WITHDRAWN,
    digest,
    find_own_wheel,
    guess_company,
    make_manifest,
    make_starter,
    read_choices,
    read_manifest,
)


@click.command("upgrade")
@click.option(
    "--convert",
    is_flag=True,
    help="Turn a schema/custom.schema.json that was written by hand into schema/custom.yaml.",
)
@click.option(
    "--rename-own",
    is_flag=True,
    help="Give a field or kind of your own another name where the new format has taken its name.",
)
@with_settings
@alone
def upgrade(settings: Settings, terminal: Terminal, convert: bool, rename_own: bool) -> int:
    """Bring the strategy to the current format, and renew the files that init copied: schema for
    the editor, editor settings, CI files.
    """
    root = settings.root
    manifest = read_manifest(FolderTree(root))
    written, said = _raise_format(settings, rename_own=rename_own)
    described, told = _convert_own(settings, convert=convert)
    written, said = {**described, **written}, [*said, *told]
    if manifest is None and written:
        write_all(root, written)
        terminal.say("".join(said))
        return FINE
    if manifest is None:
        raise CannotRunError(
            f"{root / MANIFEST} is missing; this playbook did not begin with playbook init"
        )
    choices = read_choices(manifest)
    starter = make_starter(guess_company(root), datetime.now(UTC).date(), choices)
    managed = {**starter.managed, **find_own_wheel()}
    kept = 0
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
            continue
        kept += 1  # somebody changed it: it is kept, with the new one beside it
        if _is_taken(root / f"{path}.new", content):
            said.append(
                f"kept     {path} and {path}.new, which were changed here; to get the new one, take "
                f"{path}.new away and upgrade again\n"
            )
        else:
            written[f"{path}.new"] = content
            said.append(f"kept     {path}, which was changed here; the new one is {path}.new\n")
    outdated = [path for path in manifest["files"] if _is_outdated(root, path, manifest, managed)]
    said += [f"removed  {path}, which this version has no use for\n" for path in outdated]
    said += [
        f"kept     {path}, which was changed here; this version has no use for it: take it away\n"
        for path in sorted(WITHDRAWN - set(outdated))
        if (root / path).is_file()
    ]
    gone = dict.fromkeys(outdated)
    write_all(root, {**written, **gone, MANIFEST: make_manifest(managed, choices)})
    said.append(f"All {'other ' if kept else ''}copies are those of this version.\n")
    terminal.say("".join(said))
    return FINE


def _is_outdated(
    root: Path, path: str, manifest: Mapping[str, Any], managed: Mapping[str, bytes]
) -> bool:
    """Whether a file is of no use any more, and as it was handed out: one that was withdrawn, or a wheel
    of ours beside the new one, since an installer takes all that are there.
    """
    is_wheel = path.startswith(f"{VENDOR}/") and path.endswith(".whl") and path not in managed
    has_new = any(name.startswith(VENDOR) for name in managed)
    if path not in WITHDRAWN and not (is_wheel and has_new):
        return False
    file = root / path
    return file.is_file() and digest(file.read_bytes()) == manifest["files"][path]


def _is_taken(file: Path, content: bytes) -> bool:
    """Whether something else stands there, such as what somebody has merged by hand."""
    if file.is_symlink() or (file.exists() and not file.is_file()):
        return True
    return file.exists() and digest(file.read_bytes()) != digest(content)


def _raise_format(
    settings: Settings, *, rename_own: bool
) -> tuple[dict[str, bytes | None], list[str]]:
    """Of a strategy in an older format, the files that change, and what is said of them."""
    tree = FolderTree(settings.root)
    try:
        upgraded = upgrade_format(
            tree, settings.max_bytes, rename_own=rename_own, site=settings.config.name
        )
    except FormatUpgradeError as error:
        raise CannotRunError(str(error)) from None
    if upgraded is None:
        return {}, []
    said = [
        f"renamed  the kind {one.name}, which is {one.new_name} from now on\n"
        for one in upgraded.kinds
    ]
    said += [
        f"renamed  {one.name} of {one.kind}, which is {one.new_name} from now on\n"
        for one in upgraded.renamed
    ]
    gone = [file for file, text in upgraded.files.items() if text is None]
    others = [file for file in upgraded.files if file not in (MAIN_FILE, *gone)]
    said += [f"changed  {file}: the new names\n" for file in others]
    said += [f"removed  {file}, which has another name now\n" for file in gone]
    is_renamed = upgraded.renamed or upgraded.kinds
    more = "" if is_renamed else "; nothing else in it changed"
    said.append(f"changed  {MAIN_FILE}: format {upgraded.before} is now format {FORMAT}{more}\n")
    written = {
        file: None if text is None else text.encode() for file, text in upgraded.files.items()
    }
    return written, said


def _convert_own(settings: Settings, *, convert: bool) -> tuple[dict[str, bytes], list[str]]:
    """Own fields in JSON Schema as a `custom.yaml`, or what is said of that this can be done."""
    tree = FolderTree(settings.root)
    try:
        loaded = load_strategy(tree, settings.max_bytes)
        planned = plan_conversion(
            tree, loaded.strategy.header.format if loaded.strategy else FORMAT
        )
    except OwnFieldError as error:
        if convert:
            raise CannotRunError(str(error)) from None
        return {}, []
    if planned is None:
        if convert:
            raise CannotRunError(f"there is no {CUSTOM_SCHEMA} that was written by hand")
        return {}, []
    files, count = planned
    fields = count_of(count, "field")
    if not convert:
        offer = f"{fields} of your own can be read more easily: playbook upgrade --convert\n"
        return {}, [f"kept     {CUSTOM_SCHEMA}; its {offer}"]
    after = OverlayTree(tree, {path: text.decode() for path, text in files.items()})
    if loaded.strategy is not None and load_strategy(after).strategy != loaded.strategy:
        raise CannotRunError(
            f"{CUSTOM_SCHEMA} cannot be converted without changing what entries say"
        )
    said = f"wrote    {DESCRIPTION} with {fields}; {CUSTOM_SCHEMA} is made from it now\n"
    return dict(files), [said]
