"""What a learner is told of an error in their code: the lines that are theirs, and what they were on."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.grading.learner_errors import Listing, explain
from studytrack.grading.submission import Submission
from studytrack.grading.tiers import BUBBLEWRAP
from studytrack.grading.verdict import State
from studytrack.grading.wire import Packer
from tests.grading.conftest import Grade

FILE = "mine.py"
NOTHING = Packer(lambda value: value)


@pytest.fixture(autouse=True)
def no_learner_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "learner", sys)  # put back after the test


def told(source: str, function: str = "f") -> str:
    """The message to a call of `function`, whose report goes the same way as from the process."""
    submission = Submission()
    for request in (
        {"do": "load", "file": FILE, "source": source, "seed": 1},
        {"do": "call", "function": function, "args": NOTHING.pack([]), "kwargs": NOTHING.pack({})},
    ):
        reply, _ = submission.answer(request, b"")
    assert isinstance(reply, dict)
    raised: Any = reply["raised"]
    state, message = explain(raised, Listing(FILE, tuple(source.split("\n"))), tier=BUBBLEWRAP)
    assert state is State.LEARNER_ERROR
    return message


def test_the_expression_that_raised_is_marked() -> None:
    message = told("def f():\n    größe = 1 + [2][3]\n")
    assert message == (
        "IndexError: list index out of range\n"
        "  mine.py, line 2, in f\n"
        "    größe = 1 + [2][3]\n"
        "                ^^^^^^"
    )


def test_what_is_the_whole_line_needs_no_mark() -> None:
    assert told("def f():\n    raise ValueError('no')\n").endswith("    raise ValueError('no')")


def test_of_a_long_line_the_marked_part_is_shown() -> None:
    line = f"    total = {' + '.join(['1'] * 40)} + missing\n"
    shown = told(f"def f():\n{line}").splitlines()
    assert shown[2].startswith("    …")
    assert shown[2].rstrip().endswith("+ missing")
    start, end = shown[3].index("^"), len(shown[3])
    assert shown[2][start:end] == "missing"
    assert max(map(len, shown)) <= 80


def test_the_shapes_of_what_the_line_works_on_are_told() -> None:
    message = told(
        "import numpy as np\n\ndef f():\n    x, y, z = np.zeros((20, 1)), np.zeros(3), np.zeros(9)\n"
        "    n = 2\n    return x.T + n * y\n"
    )
    assert message.endswith("    x is (20, 1), y is (3,)")


def test_shapes_are_told_where_torch_refuses(grade_with_torch: Grade) -> None:
    greets = '\ndef hello():\n    return "hello"\n'
    code = "import torch\ndef twice(x):\n    weights = torch.ones(5, 7)\n    return weights @ x\n"
    message = grade_with_torch(code + greets)["twice"].message
    assert "A matrix product needs as many columns in the first as there are rows in the second." in message
    assert "    weights is (5, 7), x is (3, 2)" in message
    assert "\nCalled as twice(x)\n  x = tensor([[" in message


def test_a_name_that_is_none_is_told() -> None:
    assert told("def f():\n    grad = None\n    return 0.1 * grad\n").endswith("    grad is None")


def test_an_unknown_name_comes_with_the_one_that_may_be_meant() -> None:
    assert "Did you mean `slope`?" in told("def f():\n    slope = 1\n    return slpoe\n")
    assert "Did you mean `upper`?" in told("def f():\n    return 'a'.uper()\n")
    assert "Did you mean" not in told("def f():\n    return nothing_like_it\n")


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("np.zeros(3)", "Write `import numpy as np` at the top of the file."),
        ("import nothing_of_this_name", "Is its name spelt right"),
        ("raise OSError('[Errno -3] Temporary failure in name resolution')", "Your code has none here."),
        ("raise EOFError('EOF when reading a line')", "do without `input()`"),
    ],
    ids=["numpy", "import", "network", "input"],
)
def test_what_beginners_meet_comes_with_what_to_do(code: str, advice: str) -> None:
    assert advice in told(f"def f():\n    {code}\n")


def test_what_an_exception_came_from_is_told() -> None:
    message = told(
        "def f():\n    try:\n        {}['a']\n    except KeyError as error:\n"
        "        raise ValueError('no') from error\n"
    )
    assert message.startswith("ValueError: no\n")
    assert message.endswith("\nIt came from KeyError: 'a' (line 3)")
    hidden = told(
        "def f():\n    try:\n        {}['a']\n    except KeyError:\n        raise ValueError from None\n"
    )
    assert "KeyError" not in hidden.replace("except KeyError", "")


def test_the_parts_of_a_group_are_told() -> None:
    message = told("def f():\n    raise ExceptionGroup('two', [ValueError('a'), TypeError('b')])\n")
    assert "One of them: ValueError: a\nOne of them: TypeError: b" in message


def test_an_endless_recursion_shows_its_line_once() -> None:
    message = told("def f():\n    return 1 + f()\n")
    assert "what is to stop it?" in message
    assert message.count("line 2, in f") == 1
    assert len(message.splitlines()) < 8


@pytest.mark.parametrize(
    ("code", "line", "mark"),
    [
        ("for i in range(3)\n    pass\n", "    for i in range(3)", "                     ^"),
        ("x = (1 + 2\ny = 3\n", "    x = (1 + 2", "        ^"),
        ("ö = 3 +* 4\n", "    ö = 3 +* 4", "           ^"),
    ],
)
def test_the_place_of_a_syntax_error_is_marked(grade: Grade, code: str, line: str, mark: str) -> None:
    assert grade(code).verdict.message.splitlines()[2:] == [line, mark]


def test_an_end_is_told_with_the_call_in_which_it_came(grade: Grade) -> None:
    graded = grade("def twice(x):\n    while True:\n        pass\n")
    assert graded["twice"].state is State.TIMEOUT
    assert "Is there a loop without an end" in graded["twice"].message
    assert "loop" not in graded["hello"].message
    assert "\nCalled as twice(x)\n  x = tensor([[" in graded["twice"].message
    assert "Called as" not in graded["hello"].message


def test_the_calls_that_return_functions_are_told(grade: Grade) -> None:
    assert "Called as twice(x)" in grade("def twice(x):\n    return x.no\n")["twice"].message


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)
entry = st.lists(
    st.integers() | st.text(max_size=9) | st.none() | st.lists(st.integers(), max_size=3), max_size=4
)
report = st.fixed_dictionaries(
    {
        name: anything | st.lists(entry, max_size=30)
        for name in ("type", "text", "lines", "values", "related", "kind", "errno")
    }
)


@given(report)
def test_whatever_is_forged_gets_a_short_message_that_is_safe_to_show(raised: dict[str, Any]) -> None:
    state, message = explain(raised, Listing(FILE, ("x = 1", "\ty = '宽\x1b[2J'", "")), tier=BUBBLEWRAP)
    assert state in State
    assert len(message) < 20_000
    assert len(message.splitlines()) < 200


def test_huge_texts_are_cut() -> None:
    raised = {"type": "E" * 10_000, "text": "line\n" * 10_000, "lines": [[1, "f" * 10_000, None]] * 1000}
    _, message = explain(raised, Listing(FILE, ("x",)), tier=BUBBLEWRAP)
    assert len(message) < 2000


def test_a_class_of_the_learner_s_that_lies_about_everything_is_only_data() -> None:
    message = told(
        "class Odd(Exception):\n    def __str__(self): raise self\n"
        "    @property\n    def __cause__(self): raise self\n"
        "def f():\n    x = Odd()\n    raise x\n"
    )
    assert message.startswith("Odd\n")


def test_numbers_are_no_shapes() -> None:
    assert "is ()" not in told("import numpy as np\ndef f():\n    n = np.array(3)\n    return [1][n + 5]\n")
    assert np.array(3).shape == ()
