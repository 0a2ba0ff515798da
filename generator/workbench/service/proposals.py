"""The edits of one person as a branch that is proposed: made from the default branch as it is now, and
pushed. What is told of it comes of the edition; what the whole strategy has to say to it is told by the
check of the pull request, to those who may read it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.editing.edit_notes import EditNote, NotePlan, plan_notes
from generator.files.git import GitError
from generator.files.git_branches import say_why
from generator.loading.loader import Loaded
from generator.model.edition import Reach
from generator.pages.suggest_form.entry_values import describe_entry
from generator.starter.hosts import find_change_page
from generator.workbench.edits import Sitting
from generator.workbench.looking import Telling
from generator.workbench.proposing import NO_NAME, name_branches
from generator.workbench.saving import refuse
from generator.workbench.service.house import Base, House
from generator.workbench.service.permission import find_forbidden, free_names
from generator.workbench.service.person import Person, write_message

_CHANGED = "Something was changed meanwhile. Say below whose it shall be."
_UNSOUND = "With these edits something would be wrong. See below what to mend."
_NOT_WRITTEN = (
    "The program cannot write this into the files by itself. Tell whoever keeps the playbook; what you "
    "typed is kept."
)
_NOT_TAKEN = "The repository did not take the branch. What you typed is kept; try again later."


def propose(
    house: House, person: Person, tell: Telling, sitting: Sitting, reason: str
) -> dict[str, Any]:
    """Make a branch of all edits that wait, and push it. Whatever is in the way, they go on waiting."""
    notes = sitting.now.notes
    if not notes:
        return {"refused": "Nothing has been changed yet."}
    message = write_message(reason)
    if not message:
        return {"refused": "Say why, in a sentence: it is what whoever decides reads first."}
    house.follow()
    if house.fault:
        return {"refused": house.fault}
    base = house.base
    notes = [_find_renamed(base, one) for one in notes]
    refused = _refuse(base, notes, tell)
    if refused:
        return refused
    try:
        plan = _plan(base, notes)
        if not (plan.is_whole and plan.files):
            house.note(f"{person.name}: a proposal cannot be written into the files")
            return {"refused": _NOT_WRITTEN}
        made = house.clone.commit(base.commit, plan, message, person)
    except (GitError, OSError) as error:
        house.note(f"{person.name}: no commit could be made: {error}")
        return {"refused": _NOT_WRITTEN}
    try:
        branch = next((name for name in name_branches(message) if house.clone.push(name, made)), "")
    except GitError as error:
        cause = error.__cause__ if isinstance(error.__cause__, GitError) else error
        house.note(f"{person.name}: the repository did not take a branch: {say_why(cause)}")
        return {"refused": _NOT_TAKEN}
    if not branch:
        return {"refused": f"{NO_NAME[0].upper()}{NO_NAME[1:]}."}
    house.note(f"{person.name}: proposed {branch} ({made[:10]})")
    sitting.note_proposed()
    page = find_change_page(house.clone.address, branch)
    if not base.edition.shows(Reach.INSIDE):
        page = ""  # where it is kept is nothing for those outside
    return {"branch": branch, "says": "pushed", "page": page}


def _find_renamed(base: Base, note: EditNote) -> EditNote:
    """A note under the name that its entry has by now."""
    strategy, key = base.edition.strategy, note.key
    if note.is_new or key is None or strategy.find(key) is not None:
        return note
    found = [one.key for one in strategy.of(key.kind) if key.id in one.former_ids]
    return replace(note, key=found[0]) if found else note


def _refuse(base: Base, notes: list[EditNote], tell: Telling) -> dict[str, Any]:
    """What speaks against it, as far as the edition knows; empty where nothing does."""
    now = base.shown
    for note in notes:
        entry = base.edition.strategy.find(note.key) if note.key else None
        values = describe_entry(entry, base.edition)["values"] if entry is not None else None
        why = find_forbidden(note, base.edition, values)
        if why:
            return {"refused": why}
    plan = plan_notes(now.tree, now.loaded, notes, now.ground.max_bytes)
    refused = refuse(tell, plan, now, now.lay_over(plan.files))
    if refused:
        return {"refused": _CHANGED if "in_the_way" in refused else _UNSOUND, **refused}
    if not plan.files:
        return {"refused": "All of this is in the strategy already."}
    return {}


def _plan(base: Base, notes: list[EditNote]) -> NotePlan:
    """The edits as exact edits of the files of the whole strategy."""
    whole: Loaded = base.whole
    named = free_names(notes, base.taken, whole.vocabulary)
    max_bytes = base.shown.ground.max_bytes
    return plan_notes(base.tree, whole, named, max_bytes)
