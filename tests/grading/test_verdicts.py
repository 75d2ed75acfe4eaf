"""What a submission is told, on every tier."""

from __future__ import annotations

import pytest

from studytrack.grading.messages import CheckDone, CheckStarted, Finished, Output, Started
from studytrack.grading.verdict import State
from tests.grading.conftest import SOLUTION, STARTER, Grade

GREETS = '\ndef hello():\n    return "hello"\n'


def test_a_right_answer_gets_every_point(grade: Grade, tier: str) -> None:
    graded = grade(SOLUTION)
    assert graded.verdict.state is State.PASSED
    assert (graded.verdict.score, graded.verdict.max_score) == (4, 4)
    assert graded.verdict.isolation == tier


def test_events_tell_the_attempt_in_order(grade: Grade) -> None:
    graded = grade("print('at import')\n" + SOLUTION)
    kinds = [type(event) for event in graded.events if not isinstance(event, Output)]
    assert kinds[0] is Started
    assert kinds[1:] == [CheckStarted, CheckDone] * 3 + [Finished]
    assert "".join(event.text for event in graded.events if isinstance(event, Output)) == "at import\n"


@pytest.mark.parametrize("code", [STARTER, "# my notes\n" + STARTER, STARTER + "\nprint('hm')\n"])
def test_a_starter_is_not_attempted(grade: Grade, code: str) -> None:
    verdict = grade(code).verdict
    assert (verdict.state, verdict.score) == (State.NOT_ATTEMPTED, 0)


def test_the_starter_as_it_is_is_not_even_run(grade: Grade) -> None:
    assert not any(isinstance(event, Started) for event in grade(STARTER).events)


def test_what_is_right_counts_beside_what_is_wrong(grade: Grade) -> None:
    graded = grade("def twice(x):\n    return x ** 2\n" + GREETS)
    assert graded.verdict.state is State.PARTIAL
    assert graded.verdict.score == 2
    assert graded["twice"].state is State.INCORRECT
    assert "That is the square." in graded["twice"].message
    assert graded["both"].state is State.SKIPPED
    assert "Doubles" in graded["both"].message


def test_a_missing_function_is_named(grade: Grade) -> None:
    graded = grade("def twcie(x):\n    return x\n" + GREETS)
    assert graded["twice"].state is State.NOT_ATTEMPTED
    assert "`twice`" in graded["twice"].message
    assert "twcie" in graded["twice"].message


def test_a_function_still_to_be_written_is_not_attempted(grade: Grade) -> None:
    graded = grade("def twice(x):\n    raise NotImplementedError\n" + GREETS)
    assert graded["twice"].state is State.NOT_ATTEMPTED
    assert graded["hello"].state is State.PASSED


def test_a_learner_s_error_shows_their_line_and_no_others(grade: Grade) -> None:
    graded = grade("import json\n\n\ndef twice(x):\n    return json.loads('{')\n" + GREETS)
    check = graded["twice"]
    assert check.state is State.LEARNER_ERROR
    assert check.message.startswith("JSONDecodeError")
    assert "line 5, in twice" in check.message
    assert "return json.loads('{')" in check.message
    assert "decoder.py" not in check.message
    assert "studytrack" not in check.message


def test_wrong_arguments_point_at_the_definition(grade: Grade) -> None:
    message = grade("# first\ndef twice():\n    return 1\n" + GREETS)["twice"].message
    assert "takes 0 positional arguments" in message
    assert "line 2" in message


def test_a_forgotten_return_is_asked_about(grade: Grade) -> None:
    graded = grade("def twice(x):\n    x * 2\n" + GREETS)
    assert graded["twice"].state is State.INCORRECT
    assert "Is there a `return`?" in graded["twice"].message


def test_a_wrong_shape_is_told_with_the_right_one(grade: Grade) -> None:
    message = grade("def twice(x):\n    return (x * 2).reshape(-1)\n" + GREETS)["twice"].message
    assert "(6,)" in message
    assert "(3, 2)" in message


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("def twice(x:\n    pass", "line 1"),
        ("x = 1\nreturn x", "line 2"),
        ("x = 1\n\0", "null byte"),
        ('x = "\udce9"', "UTF-8"),
        ("import nothing_of_this_name", "nothing_of_this_name"),
        ("(" * 5000, "line 1"),
        ("x = 1 / 0", "ZeroDivisionError"),
    ],
    ids=["syntax", "return", "null", "latin-1", "import", "nesting", "division"],
)
def test_a_file_that_cannot_be_run_says_why(grade: Grade, code: str, says: str) -> None:
    graded = grade(code)
    assert graded.verdict.state is State.LEARNER_ERROR
    assert says in graded.verdict.message
    assert {check.state for check in graded.verdict.checks} == {State.SKIPPED}


@pytest.mark.parametrize(
    "code",
    [
        SOLUTION.replace("\n", "\r\n"),
        "\ufeff" + SOLUTION,
        SOLUTION.replace("x * 2", "(x * 2).astype('float64')"),
        SOLUTION.replace("x * 2", "(x * 2).tolist()"),
        SOLUTION.replace("return x * 2", "x *= 2\n    return x"),
        SOLUTION.replace("return x", "print('x' * 100)\n    return x"),
        SOLUTION + "\nimport threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\n",
        "größe = 2\n" + SOLUTION.replace("x * 2", "x * größe"),
        SOLUTION + "\nif __name__ == '__main__':\n    raise SystemExit\n",
        SOLUTION + "\ntry:\n    input()\nexcept EOFError:\n    pass\n",
    ],
    ids=["crlf", "bom", "float64", "list", "in-place", "noisy", "thread", "umlaut", "main", "input"],
)
def test_odd_but_right_is_right(grade: Grade, code: str) -> None:
    graded = grade(code)
    assert graded.verdict.state is State.PASSED, graded.verdict


def test_two_runs_share_nothing(grade: Grade) -> None:
    leaves = """
        import builtins, os, sys
        builtins.left = sys.left = True
        open("left", "w").close()
        os.environ["LEFT"] = "1"
    """
    assert grade(leaves).verdict.state is State.NOT_ATTEMPTED
    finds = """
        import builtins, os, sys
        found = [hasattr(builtins, "left"), hasattr(sys, "left")]
        found += [os.path.exists("left"), "LEFT" in os.environ]
        assert not any(found), found
    """
    assert grade(finds).verdict.state is State.NOT_ATTEMPTED


def test_escapes_are_stripped_from_the_output(grade: Grade) -> None:
    graded = grade(r'print("\x1b[31mred\x1b[0m \x1b]0;title\x07 \u202eback\x9b2J")' + SOLUTION.join("\n\n"))
    assert graded.verdict.output == "red  back\n"


def test_a_seed_repeats_the_inputs(grade: Grade) -> None:
    shows = "def twice(x):\n    print(x)\n    return x\n"
    first, second, third = (grade(shows, seed=seed).verdict.output for seed in (1, 1, 2))
    assert first == second != third


def test_inputs_are_fresh_without_a_seed(grade: Grade) -> None:
    shows = "def twice(x):\n    print(x)\n    return x\n"
    assert grade(shows).verdict.output != grade(shows).verdict.output


def test_the_learner_s_own_randomness_is_fresh_too(grade: Grade) -> None:
    draws = "import random, numpy\nprint(random.random(), numpy.random.rand())\n"
    assert grade(draws).verdict.output != grade(draws).verdict.output
