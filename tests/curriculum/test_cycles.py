"""Circles in what needs what."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studytrack.curriculum.cycles import find_cycles

names = st.integers(0, 7).map(str)


def test_every_circle_is_named_from_its_first_name() -> None:
    needs = {"a": ["b"], "b": ["c", "x"], "c": ["a"], "d": [], "e": ["e", "d"]}
    assert find_cycles(needs) == [["a", "b", "c", "a"], ["e", "e"]]


def test_a_long_chain_is_no_circle() -> None:
    assert find_cycles({str(n): [str(n + 1)] for n in range(20_000)}) == []


@given(st.dictionaries(names, st.lists(names, max_size=4), max_size=8))
def test_circles_are_circles_and_none_is_missed(needs: dict[str, list[str]]) -> None:
    circles = find_cycles(needs)
    for circle in circles:
        assert circle[0] == circle[-1]
        assert all(after in needs[before] for before, after in pairwise(circle))
    assert bool(circles) == any(reaches(needs, name, name) for name in needs)


def reaches(needs: dict[str, list[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    ahead = list(needs[start])
    while ahead:
        name = ahead.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            ahead += needs.get(name, [])
    return False
