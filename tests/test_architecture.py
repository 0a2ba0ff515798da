"""The rooms of the house, in their order: a room imports only from those that stand above it here."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"

ROOMS = {
    "files": "what touches a disk or git",
    "problems": "what can be wrong, and how it is said",
    "syntax": "one YAML file, with positions",
    "schema": "shape and words",
    "starter": "what another company's playbook begins with",
    "model": "the frozen strategy, and what follows from it by thought alone",
    "loading": "files to a strategy",
    "checks": "what it means",
    "changes": "two versions",
    "editing": "the way back to YAML",
    "pages": "an edition as pages",
    "site": "MkDocs, and only here",
    "workbench": "the strategy in a form, for whoever has its files",
    "commands": "one story a file",
}
"""Every room of the package with what it is for, each below those that it may import from."""

DOORS = {
    "files": ("Tree",),
    "problems": ("Problem",),
    "syntax": ("read_document",),
    "schema": ("standard_vocabulary",),
    "starter": ("make_starter",),
    "model": ("Strategy",),
    "loading": ("load_strategy",),
    "checks": ("check_project",),
    "changes": ("compare",),
    "editing": ("draft_entry", "edit_entries", "make_note", "verify_entries"),
    "pages": ("render_pages",),
    "site": ("build_site",),
    "workbench": ("open_workbench",),
    "commands": ("run",),
}
"""What a stranger asks of a room, without knowing its files."""

MOST_FILES = 15
"""A room that grows past this gets a sub-room."""

LONGEST_FUNCTION = 60
LONGEST_FILE = 500

ONLY_HERE = {
    "mkdocs": {"site"},
    "mkdocs.commands": {"site/mkdocs_internals"},
    "mkdocs.livereload": {"site/mkdocs_internals"},
    "mkdocs.structure.toc": {"site/mkdocs_internals"},
    "mkdocs.utils": {"site/mkdocs_internals"},
    "watchdog": {"site/serve/watcher"},
    "yaml": {"syntax", "loading/page_audience"},
    "markdown_it": {"model/markdown"},
    "click": {"commands"},
    "jsonschema": {"schema/validator", "schema/errors"},
    "jsonschema_rs": {"schema/validator", "schema/patterns"},
    "mike": {"site/versions/version_list"},
    "rapidfuzz": {"checks", "problems/suggestions"},
    "readability": {"checks"},
    "subprocess": {"files/git_process"},
    "platformdirs": {"files/cache"},
    "openpyxl": {"editing/tables/workbook"},
    "defusedxml": {"editing/tables/workbook"},
    "requests": set(),
    "urllib.request": set(),
    "socket": {"workbench/server"},
    "starlette": {"workbench"},
    "uvicorn": {"workbench/server"},
}
"""Who may know what of the world outside: a room, or one file of it. `loading/page_audience`
reads front matter as YAML.
"""


MAY_WRITE = {
    "files/git_branches": "what git is to keep lies in a folder of its own",
    "files/writing": "the door",
    "files/locks": "it opens folders to lock them, and writes nothing",
    "files/workshop": "the door's folders, and what is put back from them",
    "files/renaming": "the door's two ways to rename that Python does not offer",
    "site/building": "headers go into the folder that MkDocs builds",
    "site/leaks/written": "the last site is kept until the new one is found to be good",
    "site/serve/on_demand": "pages go into the folder that MkDocs serves",
    "site/versions/folder_shelf": "a version is laid into a copy of the folder, which takes its place whole",
    "site/versions/tagged": "a released version is laid out in a folder of its own",
    "commands/cli": "what a closed pipe would get goes nowhere",
}
"""The files that write on their own, and why they need not go through `files/writing`: it writes
single files for a user.
"""

_WRITING = {
    "os": {"open", "fdopen", "replace", "rename", "renames", "link", "symlink", "truncate"},
    "shutil": {"copy", "copy2", "copyfile", "copytree", "move"},
    "tempfile": {
        "mkstemp",
        "mkdtemp",
        "NamedTemporaryFile",
        "TemporaryFile",
        "TemporaryDirectory",
    },
}
_WRITING_PATHS = {"write_text", "write_bytes", "touch", "rename", "symlink_to", "hardlink_to"}

UNDOCUMENTED = {
    "_title_from_render",
    "builder",
    "dirs.insert",
    "events",
    "links_to_anchors",
    "mount_path",
    "observer",
    "present_anchor_ids",
    "serve_request",
}
"""What our plugin uses of MkDocs although no documentation promises it."""

WHO_COMPARES_CIRCLES = {"model/edition", "loading/mishaps/audiences", "site/versions/circles"}
"""Who decides what a reader gets; `loading/mishaps/audiences` says what is wrong with the circles themselves,
`site/versions/circles` which sites may stand in one place.
"""


def list_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """A file as the tables here name it: `files/git`."""
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def leave_out_empty(found: Mapping[str, Collection[str]]) -> dict[str, Collection[str]]:
    """The files in which something was found."""
    return {name: what for name, what in found.items() if what}


def read_tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def list_imports(path: Path) -> frozenset[str]:
    """The dotted names a file imports, those inside functions too; a relative import counts as one
    of ours.
    """
    return frozenset(_walk_imports(path))


def _walk_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(read_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = ".".join(filter(None, ["generator" if node.level else "", node.module]))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def list_rooms_used(path: Path) -> set[str]:
    """The rooms from which a file imports something."""
    parts = (name.split(".") for name in list_imports(path))
    return {
        names[1]
        for names in parts
        if names[0] == "generator" and len(names) > 1 and names[1] in ROOMS
    }


def list_calls(path: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """Every call in a file, with what the function is taken from (empty for a name alone) and what
    it is called.
    """
    for node in ast.walk(read_tree(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                owner = node.func.value
                yield node, owner.id if isinstance(owner, ast.Name) else "?", node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, "", node.func.id


def is_writing(call: ast.Call, owner: str, name: str) -> bool:
    """Whether a call writes a file, or puts one in place. `text.replace` has two arguments, that
    of a path has one.
    """
    if owner in _WRITING:
        return name in _WRITING[owner]
    if name == "open":
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        modes = [one.value for one in given if isinstance(one, ast.Constant)]
        return any(isinstance(mode, str) and set(mode) & set("wax+") for mode in modes)
    if name == "replace":
        return owner != "" and len(call.args) == 1 and not call.keywords
    return owner != "" and name in _WRITING_PATHS


def test_every_folder_of_the_package_is_a_room_that_is_named_here():
    folders = {
        path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    assert folders == set(ROOMS)


def test_beside_the_rooms_stands_only_the_way_in():
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py"}


def test_a_room_imports_only_from_rooms_above_it():
    order = list(ROOMS)
    below = {}
    for path in list_files():
        room = path.relative_to(PACKAGE).parts[0]
        allowed = set(order[: order.index(room) + 1]) if room in ROOMS else {"commands"}
        below[name_of(path)] = list_rooms_used(path) - allowed
    assert leave_out_empty(below) == {}


def test_the_package_itself_imports_none_of_its_rooms():
    assert list_rooms_used(PACKAGE / "__init__.py") == set()


@pytest.mark.parametrize("room", ROOMS)
def test_the_door_of_a_room_says_what_it_is_for(room):
    assert ast.get_docstring(read_tree(PACKAGE / room / "__init__.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_gives_out_its_door_and_names_it(room):
    module = importlib.import_module(f"generator.{room}")
    for door in DOORS[room]:
        assert door in module.__all__
        assert callable(getattr(module, door))
        assert f"`{door}`" in module.__doc__


@pytest.mark.parametrize(
    ("module", "unneeded"),
    [
        ("generator.commands.cli", ("mkdocs", "generator.pages")),
        ("generator.site.choice", ("mkdocs", "jinja2", "generator.site.builder")),
        ("generator.pages.page", ("jinja2", "generator.pages.registry")),
        ("generator.editing.tables", ("openpyxl", "defusedxml")),
    ],
)
def test_who_looks_at_a_room_does_not_import_what_lies_behind_its_door(module, unneeded):
    say = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", say], capture_output=True, text=True, check=True)
    assert not set(unneeded) & set(done.stdout.split())


def test_no_room_holds_more_files_than_one_looks_through():
    folders = {path.parent for path in list_files()}
    counts = {
        folder.relative_to(PACKAGE).as_posix(): len(list(folder.glob("*.py"))) - 1
        for folder in folders
    }
    assert {folder: count for folder, count in counts.items() if count > MOST_FILES} == {}


@pytest.mark.parametrize("library", ONLY_HERE)
def test_only_those_named_know_a_part_of_the_world_outside(library):
    def knows(path: Path) -> bool:
        return any(name == library or name.startswith(f"{library}.") for name in list_imports(path))

    found = {name_of(path) for path in list_files() if knows(path)}
    places = ONLY_HERE[library]
    assert {
        name for name in found if name not in places and name.partition("/")[0] not in places
    } == set()


def test_a_module_is_named_after_what_it_is():
    vague = {
        "util",
        "utils",
        "helper",
        "helpers",
        "common",
        "base",
        "core",
        "misc",
        "shared",
        "manager",
    }
    assert [name_of(path) for path in list_files() if vague & set(path.stem.split("_"))] == []


def test_no_function_is_longer_than_a_page():
    lengths = {
        (name_of(path), node.name): (node.end_lineno or node.lineno) - node.lineno + 1
        for path in list_files()
        for node in ast.walk(read_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_file_is_too_long_to_read():
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in list_files()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_exception_is_swallowed_without_being_named():
    def swallows(handler: ast.ExceptHandler) -> bool:
        takes_all = isinstance(handler.type, ast.Name) and handler.type.id == "BaseException"
        return handler.type is None or (takes_all and not isinstance(handler.body[-1], ast.Raise))

    assert [
        f"{name_of(path)}, line {node.lineno}"
        for path in list_files()
        for node in ast.walk(read_tree(path))
        if isinstance(node, ast.ExceptHandler) and swallows(node)
    ] == []


def test_files_are_written_only_by_the_one_door_and_those_named_here():
    writing = {
        name_of(path)
        for path in list_files()
        if any(is_writing(*call) for call in list_calls(path))
    }
    assert writing == set(MAY_WRITE)


def test_yaml_is_written_as_text_by_the_one_door_and_by_no_writer_of_a_library():
    writers = {"dump", "dump_all", "safe_dump", "safe_dump_all", "emit", "serialize"}
    using = {
        name_of(path)
        for path in list_files()
        if any(owner == "yaml" and name in writers for _, owner, name in list_calls(path))
        or {f"yaml.{name}" for name in writers} & set(list_imports(path))
    }
    assert using == {"loading/page_audience"}  # which quotes a value in a message


@pytest.mark.parametrize(
    ("text", "writes"),
    [
        ("path.write_text('x')", True),
        ("(folder / 'a').write_bytes(b'x')", True),
        ("open(path, 'wb')", True),
        ("path.open('a', encoding='utf-8')", True),
        ("path.open(mode='w')", True),
        ("os.replace(one, other)", True),
        ("fresh.replace(path)", True),
        ("shutil.copy(one, other)", True),
        ("open(path, 'rb', buffering=0)", False),
        ("path.open()", False),
        ("text.replace('a', 'b')", False),
        ("replace(entry, id='x')", False),
        ("notes.write_text", False),
        ("write_text(notes)", False),
    ],
)
def test_a_call_that_writes_is_known_by_its_form(tmp_path, text, writes):
    (tmp_path / "a.py").write_text(text)
    assert any(is_writing(*call) for call in list_calls(tmp_path / "a.py")) is writes


def list_private_names(path: Path) -> Iterator[str]:
    """The attributes with a leading underscore that a file asks of others than itself; those of
    named tuples are documented.
    """
    for node in ast.walk(read_tree(path)):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not is_own and not node.attr.startswith("__") and node.attr != "_replace":
                yield node.attr


def test_nobody_reaches_for_the_private_parts_of_another_object():
    private = {name_of(path): list(list_private_names(path)) for path in list_files()}
    assert leave_out_empty(private) == {}


def test_what_mkdocs_does_not_promise_is_used_in_one_module():
    found = {}
    for path in (PACKAGE / "site").rglob("*.py"):
        tree = ast.walk(read_tree(path))
        used = {ast.unparse(node) for node in tree if isinstance(node, ast.Attribute)}
        found[name_of(path)] = {
            name for name in UNDOCUMENTED for one in used if one.endswith(f".{name}")
        }
    assert set(leave_out_empty(found)) == {"site/mkdocs_internals"}


def compares_circles(node: ast.AST) -> bool:
    """Whether audiences are put in order here, or held equal; to ask whether the header knows one is
    neither.
    """

    def is_circle(part: ast.expr) -> bool:
        name = part.attr if isinstance(part, ast.Attribute) else getattr(part, "id", "")
        return name in ("audience", "audiences", "circles", "circle", "DEFAULT_AUDIENCE")

    if isinstance(node, ast.Attribute):
        return node.attr == "index" and is_circle(node.value)
    if isinstance(node, ast.Compare):
        is_membership = all(
            isinstance(sign, ast.In | ast.NotIn | ast.Is | ast.IsNot) for sign in node.ops
        )
        return not is_membership and any(is_circle(part) for part in (node.left, *node.comparators))
    return False


def test_only_the_edition_compares_circles_of_readers():
    found = {
        name_of(path)
        for path in list_files()
        if any(compares_circles(node) for node in ast.walk(read_tree(path)))
    }
    assert found <= WHO_COMPARES_CIRCLES
    assert "model/edition" in found
