"""A check on its cases, from the smallest to the largest: the first that is wrong is told of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from studytrack.grading.checks import Check, Grader, Learner
from studytrack.grading.outcomes import Unmet

_MORE = 3
"""Wrong cases that are looked at beside the first, to tell one mistake from another."""


def run_cases(check: Check, grader_for: Callable[[int | None], Grader], learner: Learner) -> None:
    """Runs a check on all of its cases. Raises Unmet with the first, and so the smallest, that is wrong.

    In a small case several mistakes may come to the same. The one is named that explains the next
    wrong ones too.
    """
    if check.cases is None:
        check.run(grader_for(None), learner)
        return
    wrong = _wrong_cases(check, check.cases, grader_for, learner)
    first = next(wrong, None)
    if first is None:
        return
    if first.finding is None:
        raise first
    raise first.naming(_likely_mistakes([first, *islice(wrong, _MORE)]))


def _wrong_cases(
    check: Check, cases: Sequence[object], grader_for: Callable[[int | None], Grader], learner: Learner
) -> Iterator[Unmet]:
    for number, case in enumerate(cases):
        try:
            check.run(grader_for(number), learner, case)
        except Unmet as unmet:
            yield unmet


def _likely_mistakes(wrong: Sequence[Unmet]) -> tuple[str, ...]:
    """The mistakes that explain the most of these cases, and more than half of them."""
    found = [unmet for unmet in wrong if unmet.finding]
    explained = Counter(mistake for unmet in found for mistake in unmet.mistakes)
    most = max(explained.values(), default=0)
    return tuple(m for m, times in explained.items() if times == most and 2 * times > len(found))
