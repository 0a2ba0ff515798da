"""Which modules of the program lead to which."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.trials.mutation.tables import PACKAGE


def name_of(module: str) -> str:
    """A module as Python imports it: `checks/focus.py` is `generator.checks.focus`."""
    parts = [PACKAGE.name, *module.removesuffix(".py").split("/")]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def list_concerned(module: str) -> set[str]:
    """A module and all that import it, be it by way of others."""
    imports = _read_imports()
    concerned = {name_of(module)}
    while more := {name for name, used in imports.items() if used & concerned} - concerned:
        concerned |= more
    return concerned


def list_unconcerned(module: str) -> list[str]:
    """The modules that do not lead to this one."""
    return sorted(_read_imports().keys() - list_concerned(module))


@cache
def _read_imports() -> Mapping[str, frozenset[str]]:
    """For each module what it names in its imports, those within functions among them."""
    return {
        name_of(path.relative_to(PACKAGE).as_posix()): frozenset(_list_imports(path))
        for path in PACKAGE.rglob("*.py")
        if path.name != "__main__.py"
    }


def _list_imports(path: Path) -> Iterator[str]:
    yield from _list_packages(name_of(path.relative_to(PACKAGE).as_posix()))
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from (alias.name, *_list_packages(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *_list_packages(node.module))
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _list_packages(name: str) -> Iterator[str]:
    """The packages that are loaded before a module."""
    parts = name.split(".")
    yield from (".".join(parts[:length]) for length in range(1, len(parts)))
