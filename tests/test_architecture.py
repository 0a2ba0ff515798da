"""The floors of the house, as data: a module imports only from floors below its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"

FLOORS = {
    "alignment": 1,
    "cache": 1,
    "icon": 1,
    "layer": 1,
    "lettering": 1,
    "line": 1,
    "memory": 1,
    "placeholder": 1,
    "preview": 1,
    "problem": 1,
    "prose": 1,
    "repository": 1,
    "rule": 1,
    "shell": 1,
    "suggestion": 1,
    "tell": 1,
    "terms": 1,
    "tree": 1,
    "vocabulary": 1,
    "watch": 1,
    "wording": 1,
    "words": 1,
    "banner": 2,
    "draft": 2,
    "edit": 2,
    "guess": 2,
    "misalignment": 2,
    "model": 2,
    "page": 2,
    "postings": 2,
    "report": 2,
    "shelf": 2,
    "stamp": 2,
    "starter": 2,
    "strategy_map": 2,
    "templates": 2,
    "text": 2,
    "translation": 2,
    "address": 3,
    "change": 3,
    "completeness": 3,
    "csp": 3,
    "diagnosis": 3,
    "feed": 3,
    "freshness": 3,
    "listing": 3,
    "loss": 3,
    "scope": 3,
    "scorecard": 3,
    "trace": 3,
    "value": 3,
    "question": 4,
    "reader": 4,
    "slip": 4,
    "touch": 4,
    "source": 5,
    "ending": 6,
    "entry": 6,
    "explanation": 6,
    "migration": 6,
    "diff": 7,
    "edition": 7,
    "field": 7,
    "intake": 7,
    "reference": 7,
    "schema": 7,
    "written": 7,
    "account": 8,
    "custom": 8,
    "location": 8,
    "view": 8,
    "call": 9,
    "changelog": 9,
    "facet": 9,
    "manuscript": 9,
    "search": 9,
    "codeowners": 10,
    "hand_written": 10,
    "load": 10,
    "navigation": 10,
    "notebook": 10,
    "theme": 10,
    "agenda": 11,
    "checks": 11,
    "history": 11,
    "notes": 11,
    "verification": 11,
    "attachment": 12,
    "content": 12,
    "gauge": 12,
    "chronicle": 13,
    "health": 13,
    "choice": 14,
    "pages": 14,
    "assemble": 15,
    "options": 15,
    "menu": 16,
    "withhold": 16,
    "mkdocs_plugin": 17,
    "site": 18,
    "commands": 19,
    "desk": 20,
    "publish": 20,
    "release": 20,
    "review": 20,
    "cli": 21,
    "__main__": 22,
}
"""Every module of the package, and how high it stands. `__init__` stands on the ground and imports none of them."""

ONLY_THESE_IMPORT = {
    "mkdocs": {"site", "mkdocs_plugin", "options", "publish", "preview", "shell", "theme", "withhold"},
    "watchdog": {"watch"},
    "yaml": {"reader", "source", "hand_written"},
    "markdown_it": {"prose"},
    "click": {"cli"},
    "jsonschema": {"schema", "explanation"},
    "jsonschema_rs": {"schema"},
    "mike": {"shelf"},
    "rapidfuzz": {"checks"},
    "readability": {"checks"},
    "subprocess": {"repository"},
    "requests": set(),
    "urllib.request": set(),
    "socket": set(),
}
"""Who may know what of the world outside: `hand_written` reads front matter as YAML."""

LONGEST_FUNCTION = 60
LONGEST_FILE = 500
LONG_FILES = {"model"}


def list_modules() -> dict[str, Path]:
    """Every module and package directly below `generator/`, by name."""
    found = {path.stem: path for path in PACKAGE.glob("*.py") if path.stem != "__init__"}
    found |= {path.parent.name: path for path in PACKAGE.glob("*/__init__.py")}
    return dict(sorted(found.items()))


MODULES = list_modules()


def read_tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def list_imports(path: Path) -> Iterator[str]:
    """The dotted names a file imports, those inside functions too; a relative import counts as one of ours."""
    for node in ast.walk(read_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = ".".join(filter(None, ["generator" if node.level else "", node.module]))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def list_own_imports(path: Path) -> set[str]:
    """The modules of the package that a file imports, or all files of a package in it but from each other."""
    files = sorted(path.parent.glob("*.py")) if path.name == "__init__.py" and path.parent != PACKAGE else [path]
    parts = [name.split(".") for file in files for name in list_imports(file)]
    own = {names[1] for names in parts if names[0] == "generator" and len(names) > 1 and names[1] in MODULES}
    return own - ({path.parent.name} if len(files) > 1 else set())


def test_every_module_has_a_floor():
    assert set(MODULES) <= set(FLOORS)


def test_every_floor_has_its_module():
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    assert set(FLOORS) <= set(MODULES) | folders


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_floors_below_its_own(module):
    floor = FLOORS[module]
    above = {other: FLOORS[other] for other in list_own_imports(MODULES[module]) if FLOORS[other] >= floor}
    assert above == {}, f"{module} stands on floor {floor}"


def test_the_package_itself_imports_none_of_its_modules():
    assert list_own_imports(PACKAGE / "__init__.py") == set()


@pytest.mark.parametrize("library", ONLY_THESE_IMPORT)
def test_only_those_named_know_a_part_of_the_world_outside(library):
    def knows(path: Path) -> bool:
        return any(name == library or name.startswith(f"{library}.") for name in list_imports(path))

    packages = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in list_files() if knows(path)}
    assert packages <= ONLY_THESE_IMPORT[library]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_named_after_what_it_is(module):
    for word in ("util", "utils", "helper", "helpers", "common", "base", "core", "misc", "shared", "manager"):
        assert word not in module.split("_")


def list_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", list_files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_function_is_longer_than_a_page(path):
    functions = [
        node for node in ast.walk(read_tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lengths = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", list_files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_file_is_too_long_to_read(path):
    length = len(path.read_text("utf-8").splitlines())
    assert length <= LONGEST_FILE or path.stem in LONG_FILES


@pytest.mark.parametrize("path", list_files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_exception_is_swallowed_without_being_named(path):
    for node in ast.walk(read_tree(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}"
            takes_all = isinstance(node.type, ast.Name) and node.type.id == "BaseException"
            assert not takes_all or isinstance(node.body[-1], ast.Raise), f"line {node.lineno}"
