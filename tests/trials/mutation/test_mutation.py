"""Single changes to the program: the fixed part, with every run of the tests, and the tool itself."""

import ast
import re
import subprocess
import sys

import pytest

from tests.trials.amount import choose
from tests.trials.mutation.changes import apply_change, list_changes
from tests.trials.mutation.fixed import FIXED
from tests.trials.mutation.tables import PACKAGE, ROOT, ROWS, list_modules, list_tests

FEW = choose(2, len(FIXED))


@pytest.mark.long
def test_what_once_went_unnoticed_is_noticed():
    """In a process of its own, since it makes further ones; ended by the processor's time alone."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.trials.mutation", "--fixed", str(FEW)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    count = len(FIXED[:: len(FIXED) // FEW])
    assert re.search(rf"\b{count} of +{count} noticed", done.stdout), done.stdout


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a < b", ["a >= b", "a <= b"]),
        ("a == b", ["a != b"]),
        ("a is not None", ["a is None"]),
        ("a in b", ["a not in b"]),
        ("a and b", ["a or b"]),
        ("not a", ["a"]),
        ("a + b", ["a - b"]),
        ("a + 'text'", []),
        ("7", ["8"]),
        ("0.1", ["0.2"]),
        ("True", ["False"]),
        ("any(a)", ["all(a)"]),
        ("b if a else c", ["b if not a else c"]),
        ("[a for a in b if a]", ["[a for a in b if not a]"]),
        ("a", []),
        ("'text'", []),
    ],
)
def test_what_decides_something_is_changed(before, after):
    text = f"def decide(a, b, c):\n    use({before})\n"
    changed = [ast.unparse(apply_change(text, one)) for one in list_changes("x.py", text)]
    assert changed == [f"def decide(a, b, c):\n    use({one})" for one in after]


@pytest.mark.parametrize(
    "text",
    [
        "assert a < b",
        "if TYPE_CHECKING:\n    a = 1",
        "@dataclass(frozen=True)\nclass A:\n    a: Literal[1]",
        "a = field(compare=False)",
        "zip(a, b, strict=True)",
    ],
)
def test_what_holds_the_program_to_its_promises_is_left_alone(text):
    assert list_changes("x.py", text) == []


def test_a_change_is_named_by_its_place_and_not_by_its_line():
    text = "class A:\n    def b(self):\n        return self.c < 1 or self.c < 1\n"
    names = [one.name for one in list_changes("x.py", text)]
    assert "x.py :: A.b :: self.c < 1 => self.c <= 1" in names
    assert "x.py :: A.b :: self.c < 1 => self.c <= 1 (2)" in names
    assert len(set(names)) == len(names)
    assert [one.name for one in list_changes("x.py", "\n\n" + text)] == names


def test_an_answer_of_yes_or_no_is_denied_and_a_loop_goes_on():
    text = "def f(a) -> bool:\n    for b in a:\n        break\n    return g(a)\n"
    found = [one.what for one in list_changes("x.py", text)]
    assert found == ["g(a) => not g(a)", "break => continue"]


def test_every_change_of_the_program_can_be_made():
    for module in list_modules():
        text = (PACKAGE / module).read_text("utf-8")
        for change in list_changes(module, text)[::25]:
            compile(apply_change(text, change), module, "exec")


@pytest.mark.parametrize("module", list_modules())
def test_every_module_has_tests_that_are_to_notice(module):
    assert list_tests(module)


def test_the_table_names_modules_and_tests_that_are_there():
    assert set(ROWS) <= set(list_modules())
    assert all((ROOT / test).is_file() for tests in ROWS.values() for test in tests)
