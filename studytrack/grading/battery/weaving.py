"""Sources made of an exercise's own starter, with other code where the learner would write."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator

from studytrack.grading.battery.attack import WRONG

Function = ast.FunctionDef | ast.AsyncFunctionDef


def public_functions(source: str) -> list[str]:
    """The names of the functions that a file defines at its top and does not keep for itself."""
    body = ast.parse(source).body
    return [node.name for node in body if isinstance(node, Function) and not node.name.startswith("_")]


def weave(starter: str, at_import: str = "", in_calls: str = "", answer: str = WRONG) -> str:
    """The starter with `in_calls` and `return answer` in the place of what is to be written.

    What is to be written is what raises NotImplementedError; in a starter without any, all public
    functions. `at_import` runs before the rest of the file. In calls the arguments are in `given`.
    """
    tree = ast.parse(starter)
    for function in _unwritten(tree) or list(_functions(tree)):
        function.body = _body(function, in_calls, answer)
    place = _first_place(tree)
    tree.body[place:place] = ast.parse(textwrap.dedent(at_import)).body
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def before(source: str, code: str) -> str:
    """`source` with `code` before it, yet after what has to come first."""
    tree = ast.parse(source)
    place = _first_place(tree)
    if place == 0:
        return f"{code.rstrip()}\n{source}"
    lines = source.split("\n")
    end = tree.body[place - 1].end_lineno or 0
    return "\n".join([*lines[:end], code.rstrip(), *lines[end:]])


def _body(function: Function, code: str, answer: str) -> list[ast.stmt]:
    returns = "" if function.name == "__init__" else f"return {answer}"
    text = f"given = list(locals().values())\n{textwrap.dedent(code)}\n{returns}"
    return ast.parse(f"def f():\n{textwrap.indent(text, '    ')}").body[0].body  # type: ignore[attr-defined,no-any-return]


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _unwritten(tree: ast.AST) -> list[Function]:
    return [
        function
        for function in _functions(tree)
        if any(
            isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)
            for node in function.body
        )
    ]


def _first_place(tree: ast.Module) -> int:
    """Where code may stand first: after the docstring and imports from `__future__`."""
    place = 0
    for number, node in enumerate(tree.body):
        match node:
            case ast.Expr(value=ast.Constant(value=str())) if number == 0:
                place = 1
            case ast.ImportFrom(module="__future__"):
                place = number + 1
    return place
