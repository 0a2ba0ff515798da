"""Files below `strategy/` that are not read for their names, or because they are links to folders.

A name tells what was meant: `objections.yaml.txt` would hold objections, `README.md` nothing of the
strategy. What would hold entries is an error, for a part of the strategy is missing; the rest is a
warning, or nobody's concern.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Set
from dataclasses import dataclass

from generator.loading.manuscript import FOLDER
from generator.loading.rules import COPIED_FILE, STRAY_FILE
from generator.problems.problem import Place, Problem, Severity
from generator.problems.suggestions import suggest
from generator.schema.vocabulary import KINDS, is_id, standard_vocabulary

YAML = (".yaml", ".yml")
_NAMED_YAML = re.compile(r"\.?(.+?)\.ya?ml(?![a-z0-9]).*", re.IGNORECASE)
_TEXTS = (".txt", ".md", ".markdown", ".text", "")
_TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xls", ".xlsm", ".ods", ".numbers"})
_DOCUMENTS = frozenset({".docx", ".doc", ".odt", ".rtf", ".pages", ".pdf", ".pptx", ".ppt", ".odp"})
_ENTRY = re.compile(rb"^(?:- )?id:[ \t]*[\"']?[a-z0-9][a-z0-9-]*[\"']?[ \t\r]*$", re.MULTILINE)
_FIELD = re.compile(rb"^ {0,2}[a-z_]+:(?:[ \t]|$)", re.MULTILINE)
_FEWEST = 2
"""So many fields besides its id make an entry."""
_HEAD = 20_000


@dataclass(frozen=True)
class Stray:
    """What is said of a file that is not read, and what may be missing for its sake: a whole kind, or
    the entry of an id.
    """

    problem: Problem
    kind: str = ""
    entry_id: str = ""


def is_read(file: str) -> bool:
    """Whether a file below `strategy/` is read for its name."""
    name = posixpath.basename(file)
    return name.endswith(YAML) and not name.startswith(".")


def judge_stray(file: str, raw: bytes, files: Set[str], kinds: Set[str]) -> Stray | None:
    """What is said of a file that is not read; None where it is nobody's concern. `files` are all that
    lie there, `kinds` those that have entries elsewhere.
    """
    folder, name = posixpath.split(file)
    stem, ending = posixpath.splitext(name)
    named = _NAMED_YAML.fullmatch(name)
    is_document = ending.lower() in _TABLES | _DOCUMENTS
    if not named and suggest(ending.lower(), list(YAML)):
        named = re.fullmatch(r"\.?(.+)\.[^.]*", name)  # an ending that was mistyped
    if named and not is_document:
        return _say_named(file, f"{folder}/{named[1]}.yaml", files)
    if ending.lower() in _TEXTS:
        in_place = stem in KINDS if folder == FOLDER else is_id(stem)
        if in_place and _holds_entry(raw[:_HEAD]):
            return _say_named(file, f"{folder}/{stem}.yaml", files)
        return None if ending else Stray(_warn(file, "Rename it, or move it elsewhere."))
    if ending.lower() == ".json" and (stem in KINDS or folder != FOLDER):
        return _say_named(file, f"{folder}/{stem}.yaml", files)
    if is_document:
        stem = stem.removesuffix(".yaml").removesuffix(".yml")
        what, parts = ("a table", "rows") if ending.lower() in _TABLES else ("a document", "texts")
        is_alone = folder == FOLDER and stem in KINDS and stem not in kinds
        return Stray(
            _warn(file, _say_copy_out(stem, what, parts), is_cause=is_alone),
            stem if is_alone else "",
        )
    return Stray(_warn(file, "Move it elsewhere; if it holds entries, let its name end in .yaml."))


def _holds_entry(text: bytes) -> bool:
    """Whether a text holds an entry, and not merely shows what one looks like."""
    return (
        _ENTRY.search(text) is not None
        and len(_FIELD.findall(text)) >= _FEWEST
        and b"```" not in text
    )


def judge_linked_folder(file: str) -> Stray:
    """What is said of a link to a folder."""
    kind = posixpath.basename(file) if posixpath.dirname(file) == FOLDER else ""
    problem = STRAY_FILE.problem(
        place=Place(file),
        title="this is a link to a folder, which is not followed",
        why="Else the same entries might be read twice, or from another place on each machine.",
        fix="Put the folder itself here.",
        severity=Severity.ERROR,
        is_cause=True,
    )
    return Stray(problem, kind if kind in KINDS else "")


def find_original(file: str, files: Set[str]) -> str:
    """The file that one at the top of `strategy/` seems to be a copy of: `glossary.yaml` for
    `glossary (1).yaml`. Empty where there is none.
    """
    folder, name = posixpath.split(file)
    stem = posixpath.splitext(name)[0]
    for kind in KINDS:
        rest = stem[len(kind) :]
        if stem.startswith(kind) and rest and not rest[0].isalnum():
            found = [f"{folder}/{kind}{ending}" for ending in YAML]
            return next((one for one in found if one in files), "")
    return ""


def say_copy(file: str, original: str) -> Problem:
    """A file that is read as well as the one it is a copy of."""
    return COPIED_FILE.problem(
        place=Place(file),
        title=f"this looks like a copy of {original}, which is there too",
        is_cause=True,
    )


def _say_named(file: str, meant: str, files: Set[str]) -> Stray:
    """A file that would be read if it had the name `meant`."""
    folder, name = posixpath.split(meant)
    stem = posixpath.splitext(name)[0]
    if meant in files or f"{folder}/{stem}.yml" in files:
        return Stray(
            STRAY_FILE.problem(
                place=Place(file),
                title=f"this file is not read; {name} beside it is",
                why="Whoever changes this one changes nothing.",
                fix=f"Compare it with {name}, then delete it or move it out of the folder {FOLDER}.",
            )
        )
    kind, entry_id = "", ""
    if folder == FOLDER:
        near = stem if stem in KINDS else suggest(stem, standard_vocabulary().names_of_kinds)
        kind, meant = near or "", f"{folder}/{near or stem}.yaml"
    else:
        entry_id = stem if is_id(stem) else ""
    problem = STRAY_FILE.problem(
        place=Place(file),
        title="this file is not read, for its name does not end in .yaml"
        if not posixpath.basename(file).endswith(YAML)
        else "this file is not read, for its name begins with a dot",
        why="Its entries are missing in the strategy; references to them are not told.",
        fix=f"Rename it to {posixpath.basename(meant)}, or move it out of the folder {FOLDER}.",
        severity=Severity.ERROR,
        is_cause=True,
        renamed_to=meant,
    )
    return Stray(problem, kind, entry_id)


def _say_copy_out(stem: str, what: str, parts: str) -> str:
    where = f"{FOLDER}/{stem}.yaml" if stem in KINDS else f"a file such as {FOLDER}/{KINDS[0]}.yaml"
    return (
        f"{what[:1].upper()}{what[1:]} is not read: copy its {parts} into {where}, an entry each, and move "
        f"the file out of the folder {FOLDER}."
    )


def _warn(file: str, fix: str, *, is_cause: bool = False) -> Problem:
    return STRAY_FILE.problem(
        place=Place(file),
        title=f"this file in the folder {FOLDER} is not read",
        fix=fix,
        severity=Severity.ERROR if is_cause else None,
        is_cause=is_cause,
    )
