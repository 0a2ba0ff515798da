"""Which modules are changed, which tests are to notice it, and which changes are none."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "generator"

LEAST_SHARE = 0.85
"""The share of changes that the tests must notice."""

_RULES = (
    "tests/checks/test_bad_examples.py::"
    "test_the_examples_of_a_rule_are_bad_and_good_by_just_that_rule"
)
ROOMS: dict[str, tuple[str, ...]] = {
    "model": ("tests/model",),
    "checks": ("tests/checks", _RULES),
    "changes": ("tests/changes",),
    "pages/call.py": ("tests/pages/test_call.py",),
    "pages/facets.py": ("tests/pages/test_facets.py", "tests/pages/test_call.py"),
    "site/csp.py": ("tests/site/test_csp.py",),
}
"""The rooms and files whose modules are changed, each with the tests that are run for all of them;
a module that is new is held by these.
"""

ROWS: dict[str, tuple[str, ...]] = {
    "model/ordering.py": ("tests/pages/test_registry.py",),
    "model/hidden_names.py": ("tests/checks/test_hidden_names.py",),
    "model/raw_html/allow_list.py": ("tests/site/test_raw_html.py",),
    "checks/own/installed.py": ("tests/checks/test_installed_checks.py",),
    "checks/own/rules.py": ("tests/checks/test_own_rules.py",),
    "model/insights/indicators.py": ("tests/pages/test_health.py",),
    "pages/facets.py": ("tests/pages/test_own_kinds.py",),
    "changes/missing_releases.py": ("tests/commands/review/test_release.py",),
    "changes/release_notes.py": ("tests/changes/test_release_history.py",),
}
"""Tests that are run for one module besides those of its room: they stand with the command or the
page that shows what it finds.
"""

LONG = frozenset(
    {
        "tests/changes/test_release_history.py",
        "tests/changes/test_snapshots.py",
        "tests/checks/test_bad_examples.py",
        "tests/checks/test_findings.py",
    }
)
"""Files that make repositories or check whole folders: they run only where they are named, or are
those of the module itself.
"""

NO_CHANGE = Path(__file__).with_name("no_change.txt")
"""Changes after which the program does the same as before, a line each with the reason."""


def list_modules() -> list[str]:
    """The modules that are changed, by their path below the package."""
    found = {
        path.relative_to(PACKAGE).as_posix()
        for room in ROOMS
        for path in [PACKAGE / room, *(PACKAGE / room).rglob("*.py")]
        if path.suffix == ".py"
    }
    return sorted(found)


def list_tests(module: str) -> list[str]:
    """The tests that are to notice a change to a module, those nearest to it first."""
    room = next(room for room in ROOMS if module == room or module.startswith(f"{room}/"))
    own = f"tests/{module.partition('/')[0]}/test_{module.rpartition('/')[2]}"
    nearest = [own] if (ROOT / own).is_file() else []
    listed = [*nearest, *ROWS.get(module, ()), *ROOMS[room]]
    files = dict.fromkeys(file for test in listed for file in _list_files(test))
    return [file for file in files if (ROOT / file.partition("::")[0]).is_file()]


def _list_files(test: str) -> list[str]:
    """The files of a folder with tests: given as a folder, pytest would sort the nearest in."""
    if not (ROOT / test).is_dir():
        return [test]
    files = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / test).glob("test_*.py"))]
    return [file for file in files if file not in LONG]


def read_no_change() -> dict[str, str]:
    """The changes that are none, by name, with the reason."""
    lines = NO_CHANGE.read_text("utf-8").splitlines() if NO_CHANGE.is_file() else []
    parted = (line.rsplit(" :: ", 1) for line in lines if line and not line.startswith("#"))
    return dict(parted)
