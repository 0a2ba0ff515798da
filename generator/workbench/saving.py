"""The edits that wait, written into the folder: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.editing.edit_notes import NotePlan, plan_notes
from generator.editing.edit_notes.meanwhile import find_brought
from generator.files.locks import hold
from generator.files.tree import FolderTree
from generator.files.workshop import sweep
from generator.files.writing import write_all
from generator.workbench.edits import Sitting, Step
from generator.workbench.looking import Telling, list_errors, list_in_the_way
from generator.workbench.reading import Folder, Reader, Reading


def save(folder: Folder, tell: Telling, reader: Reader, sitting: Sitting) -> dict[str, Any]:
    """Write the edits: `saved` are the files that changed. Nothing is written where somebody else has
    changed the same (`in_the_way`), or where the strategy would no longer be sound (`brought`).
    """
    with hold(folder.root):
        sweep(folder.root)
        reader.refresh()
        now = reader.now
        plan = plan_notes(now.tree, now.loaded, sitting.now.notes, folder.max_bytes)
        refused = refuse(tell, plan, now, reader.read_with(plan.files))
        if refused:
            return refused
        was = {path: _read_text(folder, path) for path in plan.files}
        _write(folder, reader, plan.files)
        sitting.note_saved(was, plan.files)
    return {"saved": sorted(plan.files)}


def refuse(tell: Telling, plan: NotePlan, before: Reading, after: Reading) -> dict[str, Any]:
    """Why a plan is not carried out; empty where nothing speaks against it."""
    in_the_way = list_in_the_way(plan)
    if in_the_way:
        return {"in_the_way": [tell.outcome(one) for one in in_the_way]}
    brought = list_errors(find_brought(before.problems, after.problems))
    return {"brought": [tell.say_problem(one) for one in brought]} if brought else {}


def undo(folder: Folder, reader: Reader, sitting: Sitting) -> dict[str, Any]:
    """Go back one step. What it had written is taken back, where nobody has changed that since;
    else the step stays (`changed` are those files).
    """
    step = sitting.steps[-1] if sitting.steps else None
    if step is None:
        return {}
    with hold(folder.root):
        changed = [path for path in step.became if _differs(folder, path, step)]
        if changed:
            return {"changed": sorted(changed)}
        if step.became:
            _write(folder, reader, step.was)
    sitting.undo()
    return {}


def _write(folder: Folder, reader: Reader, files: Mapping[str, str | None]) -> None:
    contents = {path: None if text is None else text.encode() for path, text in files.items()}
    write_all(folder.root, contents)
    reader.refresh()
    folder.when_written(reader.now.loaded)


def _read_text(folder: Folder, path: str) -> str | None:
    try:
        return FolderTree(folder.root).read_bytes(path).decode()
    except FileNotFoundError:
        return None


def _differs(folder: Folder, path: str, step: Step) -> bool:
    return _read_text(folder, path) != step.became[path]
