"""What an author's Python files define, read without running them."""

from __future__ import annotations

import ast
from pathlib import Path

from studytrack.errors import Fault
from studytrack.grading.source import fault, read_source


def syntax_fault(file: Path) -> Fault | None:
    """Why a file is not Python, at its place; None if it is."""
    found = fault(read_source(file))
    return found and Fault(file, found.line, found.column, found.why.rstrip("."), "mend it")


def check_places(file: Path) -> list[tuple[str, int, int]]:
    """The ids in the `@check("id")` of a file of checks, in order, each with its line and column."""
    found = []
    for node in ast.walk(ast.parse(read_source(file))):
        for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
            match decorator:
                case ast.Call(
                    func=ast.Name(id="check") | ast.Attribute(attr="check"),
                    args=[ast.Constant(value=str(id)), *_],
                ):
                    found.append((id, decorator.lineno, decorator.col_offset))  # the column of the @
    return sorted(found, key=lambda place: place[1:])


def signatures(code: str) -> dict[str, str]:
    """The functions and classes that code defines for others, by name: `fit` as `fit(x, y)`, `Net` as `Net`.

    Empty where the code is no Python.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return {}
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = f"{node.name}({', '.join(argument.arg for argument in node.args.args)})"
        elif isinstance(node, ast.ClassDef):
            found[node.name] = node.name
    return {name: signature for name, signature in found.items() if not name.startswith("_")}


def statements(code: str) -> set[str]:
    """The simple statements within the functions of a file, each as one line in a standard layout."""
    simple = (ast.Return, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Delete, ast.Raise)
    return {
        " ".join(ast.unparse(node).split())
        for function in ast.walk(ast.parse(code))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, simple) and not _is_text(node)
    }


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
