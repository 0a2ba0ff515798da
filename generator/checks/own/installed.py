"""Checks in Python, from packages that are installed beside the playbook and named in mkdocs.yml.

A package gives them under the entry point group `playbook.checks`: a `Check`, or several, made with
the same `Context`, `Finding` and `Spot` as ours. A file of the strategy is never run: neither the
package nor its code may lie in the folder of the playbook, unless in the environment of this Python.
What a check does wrong is said as its own finding.
"""

from __future__ import annotations

import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.checks.context import Check, Context, Find, Finding
from generator.checks.own.rules import OWN
from generator.files.tree import Tree
from generator.loading.locator import Spot
from generator.problems.phrases import shorten
from generator.problems.problem import Place, Problem, Severity
from generator.problems.rule import Rule
from generator.problems.suggestions import suggest
from generator.schema.vocabulary import is_id
from generator.syntax.document import MAX_BYTES, Route, read_document

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "playbook.checks"
CONFIG = "mkdocs.yml"
MISSING_CHECK = Rule(
    id="missing-own-check",
    says="Checks of your own that mkdocs.yml names cannot be used.",
    why="They would be taken for passed, and nobody would look.",
    file=CONFIG,
)
_MOST = 1000
"""So many findings of one check are enough."""


@dataclass(frozen=True)
class Installed:
    """The checks that mkdocs.yml names, and why some of them cannot be used."""

    checks: tuple[Check, ...] = ()
    problems: tuple[Problem, ...] = ()


def load_installed(root: Path, tree: Tree) -> Installed:
    """The checks that the mkdocs.yml in `tree`, which shows the folder `root`, names."""
    checks: list[Check] = []
    problems = []
    for name, place in _list_named(tree):
        try:
            checks += _load(name, root)
        except _CheckError as error:
            problems.append(
                MISSING_CHECK.problem(place=place, title=str(error), fix=error.fix, is_cause=True)
            )
    return Installed(tuple(checks), tuple(problems))


class _CheckError(Exception):
    """Checks that cannot be used: why, and what to do."""

    def __init__(self, title: str, fix: str) -> None:
        super().__init__(title)
        self.fix = fix


def _list_named(tree: Tree) -> Iterator[tuple[str, Place]]:
    """What stands under `plugins: - playbook: {checks: [...]}`, with its place. MkDocs says what is
    wrong with the rest of the file.
    """
    try:
        raw = tree.read_bytes(CONFIG)
    except OSError:
        return
    if b"checks" not in raw:
        return
    document = read_document(CONFIG, raw, MAX_BYTES).document
    plugins = document.data.get("plugins") if isinstance(document.data, dict) else None
    listed = enumerate(plugins) if isinstance(plugins, list) else ()
    groups: list[tuple[Route, Any]] = [
        (("plugins", at), one) for at, one in listed if isinstance(one, dict)
    ]
    groups += [(("plugins",), plugins)] if isinstance(plugins, dict) else []
    for route, group in groups:
        options = group.get("playbook")
        names = options.get("checks") if isinstance(options, dict) else None
        for at, name in enumerate(names if isinstance(names, list) else ()):
            yield str(name), document.value_place((*route, "playbook", "checks", at))


def _load(name: str, root: Path) -> list[Check]:
    """The checks of an entry point. Raises _CheckError."""
    from importlib.metadata import entry_points  # few have checks of their own

    found = {one.name: one for one in entry_points(group=GROUP) if _is_outside(one, root)}
    if name not in found:
        near = suggest(name, list(found))
        raise _CheckError(
            f'no installed package has checks called "{shorten(name)}"',
            f'Did you mean "{near}"?'
            if near
            else "Install the package with pip, where the playbook is installed, or take the name out.",
        )
    dist = found[name].dist
    package = dist.name if dist else name
    try:
        given = found[name].load()
        checks = [given] if isinstance(given, Check) else list(given)
        made = [_adopt(check, package) for check in checks]
    except Exception as error:  # whatever a package does, the rest goes on
        said = shorten(" ".join(str(error).split())) or "without a word"
        raise _CheckError(
            f'the checks "{shorten(name)}" of {package} cannot be loaded: {said}',
            f"Tell whoever keeps {package}; until it is mended, take the name out.",
        ) from None
    return made


def _is_outside(one: EntryPoint, root: Path) -> bool:
    """Whether an entry point belongs to an installed package, and its code is no file of the
    strategy. Nothing of it is run.
    """
    top = one.module.partition(".")[0]
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return False
    places = [] if spec is None else [*(spec.submodule_search_locations or ()), spec.origin]
    record = one.dist.locate_file("") if one.dist else None
    found = [Path(str(place)) for place in (*places, record) if place]
    return bool(places) and all(
        _is_installed(place) or not place.resolve().is_relative_to(root.resolve())
        for place in found
    )


def _is_installed(place: Path) -> bool:
    homes = {Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib")}
    return any(place.resolve().is_relative_to(home) for home in homes)


def _adopt(check: Any, package: str) -> Check:
    """A check of a package as one of ours: its findings stand behind `own/`, and an error in it is
    one of them.
    """
    if not isinstance(check, Check):
        raise TypeError(f"it gives {shorten(repr(check))}, which is no Check")
    if not is_id(check.id):
        raise ValueError(f'"{shorten(str(check.id))}" is no id')
    severity = Severity.NOTICE if check.dated else Severity(check.severity)
    return replace(
        check,
        id=f"{OWN}/{check.id}",
        family=OWN,
        severity=severity,
        close=False,
        find=partial(_find_safely, check.find, package),
    )


def _find_safely(find: Find, package: str, context: Context) -> Iterator[Finding]:
    """What a check finds; where it ends in an error, that alone."""
    found: list[Finding] = []
    try:
        for one in find(context):
            if not isinstance(one, Finding) or not isinstance(one.title, str):
                raise TypeError(f"it gives {shorten(repr(one))}, which is no Finding")
            found.append(one)
            if len(found) == _MOST:
                break
    except Exception as error:  # whatever a check does, the rest goes on
        said = shorten(" ".join(str(error).split())) or "without a word"
        found = [
            Finding(
                entry=None,
                spot=Spot(None),
                title=f"this check of {package} could not be finished: {said}",
                why="What it looks for is not known.",
                fix=f"Tell whoever keeps {package}; until it is mended, take it out of {CONFIG}.",
            )
        ]
    yield from found
