"""The tests of a module, run with one change to it at a time.

The change never touches a file: each run is a process of its own, forked from one that has loaded
all that does not depend on the module, and gets the changed module when it imports it.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest

from tests.trials.mutation.changes import Change, apply_change
from tests.trials.mutation.tables import PACKAGE, ROOT

LEAST_CPU = 60
"""Seconds of processor time after which a run has no end; how busy the machine is plays no part."""
MOST_MEMORY = 4 * 2**30


class FailingWithout(Exception):
    """The tests of a module fail although nothing was changed."""


@dataclass(frozen=True)
class Outcome:
    """A change, and whether a test noticed it."""

    change: Change
    noticed: bool


def try_changes(
    module: str, changes: Sequence[Change], tests: Sequence[str]
) -> Iterator[Outcome]:
    """What becomes of each of these changes to one module, by its tests.

    Raises FailingWithout where the tests fail with no change at all.
    """
    text = (PACKAGE / module).read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        _load(_list_unconcerned(module))
        if not _passes(module, ast.parse(text), tests, Path(folder)):
            raise FailingWithout(f"{module}: " + " ".join(tests))
        for change in changes:
            passed = _passes(module, apply_change(text, change), tests, Path(folder))
            yield Outcome(change, not passed)


def _passes(module: str, tree: ast.Module, tests: Sequence[str], folder: Path) -> bool:
    """Whether the tests pass with this for the module, in a process of their own."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _limit()
            _be_silent(folder)
            sys.meta_path.insert(0, _Changed(module, tree))
            options = ["-x", "-q", "-p", "no:cacheprovider", "--basetemp", str(folder / "tests")]
            code = int(pytest.main([*options, *tests]))
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    shutil.rmtree(folder / "tests", ignore_errors=True)
    return status == 0


def _limit() -> None:
    """End what loops without end or fills the memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (LEAST_CPU, LEAST_CPU))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _be_silent(folder: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.chdir(ROOT)
    os.environ.update(
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
        XDG_CACHE_HOME=str(folder / "cache"),  # nothing a changed program made may be kept
        PYTHONDONTWRITEBYTECODE="1",
    )


class _Changed:
    """Finds the changed module in place of the one on disk."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        self._name = _name_of(module)
        self._path = str(PACKAGE / module)
        self._tree = tree

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        loader = _Loader(name, self._path)
        loader.tree = self._tree
        return importlib.util.spec_from_file_location(name, self._path, loader=loader)


class _Loader(SourceFileLoader):
    tree: ast.Module

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.tree, self.path, "exec", dont_inherit=True)


def _name_of(module: str) -> str:
    """`checks/focus.py` as Python imports it."""
    return ".".join(["generator", *module.removesuffix(".py").removesuffix("__init__").split("/")]).rstrip(".")


def _list_unconcerned(module: str) -> list[str]:
    """What can be loaded once for all changes to a module: libraries, and the modules that do not
    lead to it.
    """
    files = {_name_of(path.relative_to(PACKAGE).as_posix()): path for path in PACKAGE.rglob("*.py")}
    imports = {name: set(_list_imports(name, path)) for name, path in files.items()}
    concerned = {_name_of(module)}
    while more := {name for name, used in imports.items() if used & concerned} - concerned:
        concerned |= more
    libraries = {used for names in imports.values() for used in names if not used.startswith("generator")}
    return sorted(libraries) + sorted(files.keys() - concerned)


def _list_imports(name: str, path: Path) -> Iterator[str]:
    """The names that a module imports, its own packages among them."""
    yield from _list_packages(name)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from (alias.name, *_list_packages(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *_list_packages(node.module))
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _list_packages(name: str) -> Iterator[str]:
    parts = name.split(".")
    yield from (".".join(parts[:length]) for length in range(1, len(parts)))


def _load(names: Iterable[str]) -> None:
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # the name of a class or function; a library that is not installed here
