"""The tests of a module, run with one change to it at a time.

The change never touches a file. What happens inside a function is exchanged in a process that has
already loaded the program and its tests, just before it runs them; for what happens while the
module is loaded, a process that has not loaded it yet gets the changed one. Each run is a process
of its own either way.
"""

from __future__ import annotations

import ast
import functools
import gc
import importlib
import importlib.util
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from tests.trials.mutation.changes import Change, apply_change
from tests.trials.mutation.imports import list_concerned, list_unconcerned, name_of
from tests.trials.mutation.tables import PACKAGE, ROOT

LEAST_SECONDS, MOST_TIMES = 10, 5
"""A run has no end when it takes so many times as much of the processor's time as it does without a
change, and this at the least; how busy the machine is plays no part.
"""
MOST_MEMORY = 4 * 2**30

Try = Callable[[Change | None], bool]
"""Whether the tests pass with a change, or without any."""


class UnchangedFailsError(Exception):
    """The tests of a module fail although nothing was changed."""


@dataclass(frozen=True)
class Outcome:
    """A change, and whether a test noticed it."""

    change: Change
    noticed: bool


def try_changes(module: str, changes: Sequence[Change], tests: Sequence[str]) -> list[Outcome]:
    """What becomes of each of these changes to one module, by its tests.

    Raises UnchangedFailsError where the tests fail with no change at all.
    """
    noticed: dict[Change, bool] = {}
    for inside, serve in ((True, _exchange_each), (False, _load_each)):
        chosen = [change for change in changes if change.inside == inside]
        if chosen:
            noticed |= _ask(functools.partial(serve, module, tests), chosen)
    return [Outcome(change, noticed[change]) for change in changes]


def _ask(
    serve: Callable[[Sequence[Change], int, Path], None], changes: Sequence[Change]
) -> dict[Change, bool]:
    """What a process of its own finds about these changes: a sign for none, then one for each."""
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        child = os.fork()
        if child == 0:
            try:
                _be_silent(Path(folder))
                serve(changes, writing, Path(folder))
            finally:
                os._exit(1)
        os.close(writing)
        with os.fdopen(reading, "rb") as answers:
            said = answers.read().decode()
        os.waitpid(child, 0)
    if not said.startswith("+") or len(said) != len(changes) + 1:
        raise UnchangedFailsError(changes[0].file)
    return {change: sign == "-" for change, sign in zip(changes, said[1:], strict=True)}


def _be_silent(folder: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.chdir(ROOT)
    os.environ.update(
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
        PYTHONDONTWRITEBYTECODE="1",
        XDG_CACHE_HOME=str(folder / "cache"),  # nothing a changed program made may be kept
    )


def _run_tests(tests: Sequence[str], folder: Path, plugins: Sequence[object] = ()) -> int:
    options = ["-x", "-q", "--tb=no", f"--basetemp={folder / 'tests'}"]
    left_out = ["-p", "no:cacheprovider", "-p", "no:unraisableexception"]  # it looks for rubbish
    return int(pytest.main([*options, *left_out, *tests], plugins=list(plugins)))


class _Report:
    """Waits for runs, the one without a change first, and passes on whether their tests passed."""

    def __init__(self, writing: int) -> None:
        self._writing = writing
        self.limit = resource.RLIM_INFINITY

    def wait(self, child: int) -> bool:
        """Whether the tests of this run passed."""
        _, status, used = os.wait4(child, 0)
        os.write(self._writing, b"-" if status else b"+")
        if self.limit == resource.RLIM_INFINITY:
            self.limit = max(LEAST_SECONDS, round(MOST_TIMES * (used.ru_utime + used.ru_stime)))
        return status == 0


def _limit(seconds: int) -> None:
    """End what loops without end or fills the memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _exchange_each(
    module: str, tests: Sequence[str], changes: Sequence[Change], writing: int, folder: Path
) -> None:
    """Load the tests once, then run them with the inside of a function exchanged."""
    os._exit(_run_tests(tests, folder, [_Exchange(module, changes, writing)]))


class _Exchange:
    """Takes part in a run of pytest: between loading the tests and running them it makes a process
    for each change.
    """

    def __init__(self, module: str, changes: Sequence[Change], writing: int) -> None:
        self._path = PACKAGE / module
        self._module = module
        self._changes = changes
        self._writing = writing

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """In a process for a change, run the tests; in the first one, make those processes."""
        if session.testsfailed:
            return True
        functions = [
            one
            for one in gc.get_objects()
            if isinstance(one, FunctionType) and one.__code__.co_filename == str(self._path)
        ]
        concerned = list_concerned(self._module)
        caches = [
            one
            for one in gc.get_objects()
            if isinstance(one, functools._lru_cache_wrapper) and one.__module__ in concerned
        ]
        text = self._path.read_text("utf-8")
        gc.freeze()  # what is loaded stays as it is, in this process and in those it makes
        report = _Report(self._writing)
        for change in (None, *self._changes):
            child = os.fork()
            if child == 0:
                _limit(report.limit)
                for cache in caches:
                    cache.cache_clear()
                if change is not None:
                    _exchange(functions, _compile(apply_change(text, change), self._path))
                return None
            if not report.wait(child) and change is None:
                break
        return True


def _compile(tree: ast.Module, path: Path) -> CodeType:
    return compile(tree, str(path), "exec", dont_inherit=True)


def _exchange(functions: Sequence[FunctionType], module: CodeType) -> None:
    """Give the functions that are loaded the code that a changed module has for them."""
    codes = {_place_of(code): code for code in _list_codes(module)}
    for function in functions:
        function.__code__ = codes[_place_of(function.__code__)]


def _place_of(code: CodeType) -> tuple[str, int, tuple[str, ...]]:
    return code.co_qualname, code.co_firstlineno, code.co_varnames


def _list_codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _list_codes(inner)


def _load_each(
    module: str, tests: Sequence[str], changes: Sequence[Change], writing: int, folder: Path
) -> None:
    """Load all that does not lead to the module, then run the tests, which load the changed one."""
    text = (PACKAGE / module).read_text("utf-8")
    for name in list_unconcerned(module):
        importlib.import_module(name)
    report = _Report(writing)
    for change in (None, *changes):
        child = os.fork()
        if child == 0:
            _limit(report.limit)
            tree = ast.parse(text) if change is None else apply_change(text, change)
            sys.meta_path.insert(0, _Finder(module, tree))
            os._exit(_run_tests(tests, folder))
        if not report.wait(child) and change is None:
            break
    os._exit(0)


class _Finder:
    """Finds the changed module in place of the one on disk."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        self._name = name_of(module)
        self._path = PACKAGE / module
        self._tree = tree

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """What the import system asks each finder."""
        if name != self._name:
            return None
        loader = _Loader(name, str(self._path))
        loader.code = _compile(self._tree, self._path)
        return importlib.util.spec_from_file_location(name, self._path, loader=loader)


class _Loader(SourceFileLoader):
    code: CodeType

    def get_code(self, fullname: str) -> CodeType:
        """The code of the changed module."""
        return self.code
