"""Every single change that can be made to a module: which there are, what they are called, and the
module with one of them in it.

Only what decides something is changed: comparisons, conditions, numbers and truth values. Texts,
annotations, decorators, assertions and what runs for the type checker alone stay as they are.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

TURNED_ROUND: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
BOUNDARY: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
SIGN: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
OTHER_CALL = {"any": "all", "all": "any", "min": "max", "max": "min"}
_LONGEST = 100
_NOT_FOR_RUNNING = ("TYPE_CHECKING",)
_GUARDS = ("strict", "frozen", "slots", "kw_only", "compare")
"""Keywords that hold the program to its promises and decide nothing in one that keeps them."""


class Swap(NamedTuple):
    """A node of a module and what stands in its place after a change, with the dotted name of the
    function or class it stands in.
    """

    where: str
    inside: bool
    before: ast.AST
    after: ast.AST


@dataclass(frozen=True)
class Change:
    """One change to one module.

    `file` is the path below the package, `where` the function or class it stands in (`-` at the
    top), `what` the expression before and after. These three name it for good: lines may move, and
    equal changes within one function bear a number. `position` counts the changes of the module.
    One that is `inside` a function does nothing until that function is called; others are done when
    the module is loaded.
    """

    file: str
    where: str
    what: str
    line: int
    position: int
    inside: bool

    @property
    def name(self) -> str:
        """How a list of changes names it."""
        return f"{self.file} :: {self.where} :: {self.what}"


def list_changes(file: str, text: str) -> list[Change]:
    """Every change that can be made to the text of a module, in the order of its lines."""
    found = []
    seen: Counter[tuple[str, str]] = Counter()
    for position, swap in enumerate(_list_swaps(ast.parse(text))):
        where, inside, before, after = swap
        what = f"{_show(before)} => {_show(after)}"
        seen[where, what] += 1
        number = seen[where, what]
        numbered = what if number == 1 else f"{what} ({number})"
        line = getattr(before, "lineno", 0)
        found.append(Change(file, where, numbered, line, position, inside))
    return found


def apply_change(text: str, change: Change) -> ast.Module:
    """The module with that change in it."""
    tree = ast.parse(text)
    swap = list(_list_swaps(tree))[change.position]
    _Replace(swap.before, swap.after).visit(tree)
    return ast.fix_missing_locations(tree)


class _Replace(ast.NodeTransformer):
    def __init__(self, before: ast.AST, after: ast.AST) -> None:
        self._before = before
        self._after = after

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self._before:
            return ast.copy_location(self._after, node)
        return super().generic_visit(node)


def _show(node: ast.AST) -> str:
    """A node as one line of code, its middle left out where it is long."""
    text = " ".join(ast.unparse(node).split())
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} ... {text[-half:]}"


def _list_swaps(tree: ast.Module) -> Iterator[Swap]:
    """All swaps of a module."""
    for statement in tree.body:
        yield from _walk(statement, "", inside=False)


def _walk(node: ast.AST, where: str, *, inside: bool) -> Iterator[Swap]:
    if isinstance(node, ast.Assert) or _is_for_types(node):
        return
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        where = f"{where}.{node.name}".lstrip(".")
    if isinstance(node, ast.FunctionDef):
        yield from (Swap(where, True, *pair) for pair in _vary_answers(node))
    yield from (Swap(where or "-", inside, *pair) for pair in _vary(node))
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        is_body = isinstance(node, ast.FunctionDef | ast.Lambda) and name == "body"
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child, where, inside=inside or is_body)


def _is_for_types(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg in _GUARDS
    return isinstance(node, ast.If) and ast.unparse(node.test) in _NOT_FOR_RUNNING


def _vary_answers(function: ast.FunctionDef) -> Iterator[tuple[ast.AST, ast.AST]]:
    """The answers of a function that says yes or no, denied."""
    if isinstance(function.returns, ast.Name) and function.returns.id == "bool":
        for inner in ast.walk(function):
            if isinstance(inner, ast.Return) and inner.value and not _is_judged(inner.value):
                yield inner.value, _deny(inner.value)


def _vary(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """A node, or a condition in it, with each of the things that may stand in its place."""
    if isinstance(node, ast.Compare):
        yield from ((node, other) for other in _turn_round(node))
    elif isinstance(node, ast.expr | ast.AugAssign):
        other = _exchange(node)
        if other is not None:
            yield node, other
    elif isinstance(node, ast.Continue | ast.Break):
        yield node, ast.Break() if isinstance(node, ast.Continue) else ast.Continue()
    yield from ((test, _deny(test)) for test in _list_conditions(node) if not _is_judged(test))


def _turn_round(node: ast.Compare) -> Iterator[ast.Compare]:
    for place, op in enumerate(node.ops):
        for table in (TURNED_ROUND, BOUNDARY):
            other = table.get(type(op))
            if other is not None:
                ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
                yield ast.Compare(node.left, ops, node.comparators)


def _exchange(node: ast.AST) -> ast.AST | None:
    """What stands in the place of an operator, a value or a name; None for all others."""
    match node:
        case ast.BoolOp(op=op, values=values):
            return ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SIGN:
            is_text = _is_text(left) or _is_text(right)
            return None if is_text else ast.BinOp(left, SIGN[type(op)](), right)
        case ast.AugAssign(target=target, op=op, value=value) if type(op) in SIGN:
            return None if _is_text(value) else ast.AugAssign(target, SIGN[type(op)](), value)
        case ast.Constant(value=bool(value)):
            return ast.Constant(not value)
        case ast.Constant(value=int(value)):
            return ast.Constant(value + 1)
        case ast.Constant(value=float(value)):
            return ast.Constant(value * 2 or 1.0)
        case ast.Name(id=name, ctx=ast.Load()) if name in OTHER_CALL:
            return ast.Name(OTHER_CALL[name], ast.Load())
    return None


def _list_conditions(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            return [test]
        case ast.comprehension(ifs=conditions):
            return conditions
    return []


def _deny(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _is_judged(test: ast.expr) -> bool:
    """Whether the expression is changed for itself, so that denying it would be the same again."""
    match test:
        case ast.BoolOp() | ast.UnaryOp(op=ast.Not()) | ast.Constant():
            return True
        case ast.Compare(ops=[_]):
            return True
    return False


def _is_text(node: ast.expr) -> bool:
    """Whether a plus beside it joins texts or lists: a minus there fails wherever it is run."""
    match node:
        case (
            ast.Constant(value=str()) | ast.JoinedStr() | ast.List() | ast.Tuple() | ast.ListComp()
        ):
            return True
        case ast.BinOp(left=left, right=right):
            return _is_text(left) or _is_text(right)
    return False
