"""The stories of whoever keeps the repository: who reviews what, and notes from the field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.assemble import today_from_environment
from generator.codeowners import list_unreachable, write_codeowners
from generator.commands import FINE, CannotRunError, Terminal
from generator.edition import today_in
from generator.intake import NoFormError, make_note, read_form
from generator.load import Loaded, load_strategy
from generator.manuscript import FOLDER, MAIN_FILE
from generator.model import Header, Key
from generator.repository import folder_in_repository
from generator.tree import FolderTree, OverlayTree


def codeowners(root: Path, output: Path | None, max_bytes: int, terminal: Terminal) -> int:
    """Say who is asked to review what, as a CODEOWNERS file."""
    loaded = _load(root, max_bytes)
    assert loaded.strategy is not None  # noqa: S101  # _load has seen to it
    text = write_codeowners(loaded.strategy, folder_in_repository(root))
    if output is None:
        terminal.say(text)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, "utf-8")
        for person in list_unreachable(loaded.strategy):
            terminal.say(
                f"{person.title} owns a part of the strategy, but has no accounts; nobody is asked there.\n"
            )
        terminal.say(f"Wrote {output}.\n")
    return FINE


def intake(root: Path, form: Path, day: date | None, max_bytes: int, terminal: Terminal) -> int:
    """Write the field note that a submitted form asks for, in a file of its own."""
    loaded = _load(root, max_bytes)
    assert loaded.strategy is not None  # noqa: S101  # _load has seen to it
    try:
        note = make_note(read_form(form.read_bytes()), loaded.strategy, _today(loaded.strategy.header, day))
    except NoFormError as error:
        raise CannotRunError(str(error)) from error
    path = f"{FOLDER}/field_notes/{note.id}.yaml"
    if loaded.strategy.find(Key("field_notes", note.id)) is not None or (root / path).exists():
        terminal.say(f"This form is a field note already: {note.id}.\n")
        return FINE
    tree = OverlayTree(_Added(root, path), {path: note.text})
    worse = [problem for problem in load_strategy(tree, max_bytes).problems if problem not in loaded.problems]
    if worse:
        raise CannotRunError(f"the form cannot become a field note: {worse[0].title}")
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(note.text, "utf-8")
    left_out = f" It names {', '.join(note.left_out)}, which the strategy does not have." if note.left_out else ""
    terminal.say(f"Wrote {path}.{left_out}\n")
    return FINE


class _Added(FolderTree):
    """The files of a folder, and one more that is not there yet."""

    def __init__(self, root: Path, path: str) -> None:
        super().__init__(root)
        self._path = path

    def list_files(self, folder: str) -> list[str]:
        more = [self._path] if self._path.startswith(f"{folder}/") else []
        return sorted({*super().list_files(folder), *more})


def _load(root: Path, max_bytes: int) -> Loaded:
    loaded = load_strategy(FolderTree(root), max_bytes)
    if loaded.strategy is None:
        raise CannotRunError(
            f"there is no {MAIN_FILE} in {root} that can be read; playbook check says what is wrong"
        )
    return loaded


def _today(header: Header, day: date | None) -> date:
    return day or today_from_environment() or today_in(header)
