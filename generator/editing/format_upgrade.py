"""A strategy of an older format, brought to the current one where it is written: only the lines
that must change do, and comments and layout stay.
"""

from __future__ import annotations

from generator.editing.value_edits import EditError, Put, edit_text
from generator.files.tree import OverlayTree, Tree
from generator.loading.loader import load_strategy
from generator.loading.manuscript import MAIN_FILE
from generator.schema.migrations import FORMAT, read_format
from generator.syntax.document import MAX_BYTES, read_document

_FORMAT = ("strategy", "format")


class FormatUpgradeError(Exception):
    """A strategy cannot be brought to the current format. The text is one line for the terminal."""


def upgrade_format(tree: Tree, max_bytes: int = MAX_BYTES) -> tuple[int, str] | None:
    """The format that `strategy.yaml` is written in, and its text in the current one; None where
    there is nothing to do: it is current, newer, or says no format.

    Raises FormatUpgradeError rather than write what reads otherwise than before.
    """
    try:
        raw = tree.read_bytes(MAIN_FILE)
        text = raw.decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise FormatUpgradeError(f"{MAIN_FILE} cannot be read; playbook check says why") from None
    document = read_document(MAIN_FILE, raw, max_bytes).document
    written = read_format(document)
    if written >= FORMAT:
        return None
    try:
        changed = edit_text(MAIN_FILE, text, [Put(_FORMAT, FORMAT)])
    except EditError as error:
        raise FormatUpgradeError(str(error)) from error
    _refuse_other_meaning(tree, changed, max_bytes)
    return written, changed


def _refuse_other_meaning(tree: Tree, changed: str, max_bytes: int) -> None:
    """What was sound must read as before; only what the older format did not know may be new."""
    before = load_strategy(tree, max_bytes).strategy
    after = load_strategy(OverlayTree(tree, {MAIN_FILE: changed}), max_bytes).strategy
    kept = before is None or (
        after is not None
        and after.header.format == FORMAT
        and all(after.find(entry.key) == entry for entry in before)
    )
    if not kept:
        raise FormatUpgradeError(
            f"the format cannot be changed safely; write format: {FORMAT} in {MAIN_FILE} by hand"
        )
