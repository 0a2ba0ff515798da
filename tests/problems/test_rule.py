"""A problem is made of a rule, and every rule is known, used, and told with its words."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from generator.checks import CHECKS
from generator.commands.rules import ALL_RULES
from generator.problems.problem import Place, Problem, Severity
from generator.problems.rule import Rule

PACKAGE = Path(__file__).parents[2] / "generator"
FILES = [path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]
MADE_AGAIN = {"loading/parse_cache.py"}
"""Where problems that were written down are read."""

RULE = Rule(id="too-cold", says="It is cold.", why="Nobody works.", fix="Heat.")
PLACE = Place("a.yaml", 1)


@cache
def read_trees() -> Mapping[str, ast.Module]:
    """Each file of the program, as Python reads it."""
    return {file: ast.parse((PACKAGE / file).read_text("utf-8")) for file in FILES}


def test_a_problem_says_why_and_how_to_mend_it_as_its_rule_does() -> None:
    assert RULE.problem(place=PLACE, title="it is 3 degrees") == Problem(
        rule="too-cold",
        severity=Severity.ERROR,
        place=PLACE,
        title="it is 3 degrees",
        why="Nobody works.",
        fix="Heat.",
    )


def test_a_problem_may_say_more_than_its_rule() -> None:
    found = RULE.problem(
        place=PLACE,
        title="it is 3 degrees",
        why="3 is little.",
        fix="Add 17.",
        severity=Severity.NOTICE,
    )
    assert (found.why, found.fix, found.severity) == ("3 is little.", "Add 17.", Severity.NOTICE)


def list_calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    """The calls of a function or class that is called by this name alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def test_problems_are_made_by_rules_alone() -> None:
    makers = {file for file, tree in read_trees().items() if any(list_calls(tree, "Problem"))}
    assert makers <= {"problems/rule.py", *MADE_AGAIN}


def test_the_words_of_a_problem_are_named_where_it_is_made() -> None:
    for file, tree in read_trees().items():
        for call in list_calls(tree, "Problem"):
            assert not call.args, f"{file}, line {call.lineno}"
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                is_maker = node.func.attr == "problem"  # of a file, it is given the rule
                assert not is_maker or len(node.args) <= 1, f"{file}, line {node.lineno}"


def _dotted(file: str) -> str:
    """The module in a file, as it is imported."""
    return ".".join(("generator", *Path(file).with_suffix("").parts)).removesuffix(".__init__")


def list_defined() -> dict[str, Rule]:
    """Every rule that a module of the package has a name for, by that name."""
    modules = (
        importlib.import_module(_dotted(file))
        for file, tree in read_trees().items()
        if any(list_calls(tree, "Rule"))
    )
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Rule)
    }


def test_every_rule_is_put_together_with_the_others() -> None:
    made = sum(
        not any(isinstance(one.value, ast.JoinedStr) for one in call.keywords if one.arg == "id")
        for tree in read_trees().values()
        for name in ("Rule", "Check", "_dated")
        for call in list_calls(tree, name)
    )  # a rule of the company's own has an id that is made
    assert {id(rule) for rule in (*list_defined().values(), *CHECKS.values())} == {
        id(rule) for rule in ALL_RULES.values()
    }
    assert len(ALL_RULES) == made  # no two share an id


def list_makers(node: ast.AST) -> Iterator[ast.expr]:
    """What may be a rule of which a problem or a finding is made: its maker, or what is passed on."""
    if isinstance(node, ast.Call):
        yield from node.args[:1]
    elif (isinstance(node, ast.keyword) and node.arg == "rule") or (
        isinstance(node, ast.Attribute) and node.attr == "problem"
    ):
        yield node.value


def test_every_rule_is_broken_by_something() -> None:
    used = {
        one.id
        for tree in read_trees().values()
        for node in ast.walk(tree)
        for one in list_makers(node)
        if isinstance(one, ast.Name)
    }
    assert list_defined().keys() - used == set()


def test_a_problem_that_does_not_say_how_to_mend_it_is_of_a_rule_that_does() -> None:
    defined, silent = list_defined(), set()
    for tree in read_trees().values():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            named = {word.arg: word.value for word in call.keywords}
            maker = call.func.value if isinstance(call.func, ast.Attribute) else None
            rules = [one for one in (maker, *call.args[:1], named.get("rule")) if one is not None]
            if "title" in named and "fix" not in named:
                silent |= {name for name in defined for one in rules if _is(name, one)}
    assert len(silent) > 10
    assert {name for name in silent if not defined[name].fix} == set()


def _is(name: str, node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == name


@pytest.mark.parametrize("rule", ALL_RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_has_an_id_of_words_and_says_whole_sentences(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.id)
    for text in filter(None, (rule.says, rule.why)):
        assert not text[0].islower()
        assert text.endswith((".", "…"))
