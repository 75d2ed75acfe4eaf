"""studytrack beside other graders: `python -m tests.bench.peers [--rounds N] [--readme]`, some ten minutes.

All are given the same trivial function with the same three checks, and timed from the save of a right
answer to the verdict, in turn, so that they share the machine's moods. Then each is given wrong answers
that attack it. Prints Markdown tables for the README.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.peers import submissions, table
from tests.bench.peers.environment import Environment
from tests.bench.peers.peers import PEERS, Nbgrader, Otter, Outcome, Peer
from tests.bench.peers.studytrack_itself import Studytrack

SLOW = (Otter, Nbgrader)
"""Peers that take seconds."""
SLOW_EVERY, WITH_TORCH_EVERY = 8, 4
"""Of how many rounds they, and the others with a file that imports torch, take part in one."""
PATIENCE = 75.0
"""Seconds that a grader is given to notice an endless loop; the longest limit of any is 60."""
README = Path(__file__).parents[3] / "README.md"
OPEN, COLD = "studytrack, exercise open", "studytrack check, from nothing"
PLAIN, TORCH = "plain function", "file that imports torch"


def main() -> int:
    arguments = argparse.ArgumentParser(description="Times and attacks studytrack and other graders.")
    arguments.add_argument("--rounds", type=int, default=40, help="how often the fast ones are timed")
    arguments.add_argument("--readme", action="store_true", help="enter the tables into README.md")
    asked = arguments.parse_args()
    rounds = asked.rounds
    environment = Environment()
    environment.make()
    with tempfile.TemporaryDirectory(prefix="studytrack-peers-") as name:
        folder = Path(name)
        _tell("preparing the assignments")
        peers = [kind(environment, folder) for kind in PEERS]
        with Studytrack(folder) as studytrack:
            times = _times(studytrack, peers, rounds)
            said = _attacks(studytrack, peers, folder / "took-3-gb")
    texts = {
        "times": table.times_table(times),
        "attacks": table.attacks_table(["studytrack", *(peer.name for peer in peers)], said),
        "measured": (
            f"{table.circumstances(studytrack.isolation)}; median · 95th percentile of {rounds} runs in "
            f"turn, of every {SLOW_EVERY}th for what takes seconds and every {WITH_TORCH_EVERY}th with torch."
        ),
    }
    print("\n\n".join(texts.values()))
    if asked.readme:
        table.enter(README, texts)
    return 0


def _times(studytrack: Studytrack, peers: list[Peer], rounds: int) -> dict[str, dict[str, list[float]]]:
    """Seconds from the save of a right answer to its verdict."""
    times: dict[str, dict[str, list[float]]] = {}

    def enter(name: str, submission: str, outcome: Outcome) -> None:
        if outcome.points != 1:
            raise RuntimeError(f"{name} refused a right answer: {outcome}")
        times.setdefault(name, {PLAIN: [], TORCH: []})[submission].append(outcome.seconds)

    for number in range(rounds):
        for submission, code, every in (
            (PLAIN, submissions.RIGHT, 1),
            (TORCH, submissions.RIGHT_WITH_TORCH, WITH_TORCH_EVERY),
        ):
            if number % every:
                continue
            _tell(f"round {number + 1} of {rounds}: {submission}")
            also_slow = number % SLOW_EVERY == 0
            enter(OPEN, submission, studytrack.grade(code))
            if also_slow:
                enter(COLD, submission, studytrack.grade_from_nothing(code))
            for peer in peers:
                if also_slow or not isinstance(peer, SLOW):
                    enter(peer.name, submission, peer.grade(code, torch=submission == TORCH))
    return times


def _attacks(studytrack: Studytrack, peers: list[Peer], mark: Path) -> dict[str, dict[str, str]]:
    """What each grader said to each attack."""
    graders: dict[str, Studytrack | Peer] = {"studytrack": studytrack}
    graders |= {peer.name: peer for peer in peers}

    def told(attack: str, code: Callable[[Studytrack | Peer], str]) -> dict[str, str]:
        said = {}
        for name, grader in graders.items():
            _tell(f"{attack}: {name}")
            mark.unlink(missing_ok=True)
            said[name] = _cell(grader.grade(code(grader)), took_it=mark.exists())
        return said

    return {
        "no attack": told("no attack", lambda _: submissions.WRONG),
        "patches the framework": told("patches the framework", lambda g: f"{g.patch}\n\n{submissions.WRONG}"),
        "an always-true `__eq__`": told("an always-true __eq__", lambda _: submissions.ALWAYS_EQUAL),
        "`os._exit(0)`": told("os._exit(0)", lambda _: submissions.EXITS),
        "an endless loop": _endless(studytrack, peers),
        "takes 3 GB": told("takes 3 GB", lambda _: submissions.takes_memory(mark)),
        "prints 150 MB": told("prints 150 MB", lambda _: submissions.FLOODS),
    }


def _endless(studytrack: Studytrack, peers: list[Peer]) -> dict[str, str]:
    """All the peers at once, for there is nothing to see but who waits for ever."""
    _tell("an endless loop: all")
    with ThreadPoolExecutor(len(peers)) as pool:
        waiting = {
            peer.name: pool.submit(peer.grade, submissions.ENDLESS, seconds=PATIENCE) for peer in peers
        }
        said = {name: _cell(each.result()) for name, each in waiting.items()}
    return {"studytrack": _cell(studytrack.grade(submissions.ENDLESS)), **said}


def _cell(outcome: Outcome, took_it: bool = False) -> str:
    """An outcome in a cell: the points first, for they are what an attack is about."""
    if outcome.cut_short:
        return f"hangs (> {outcome.seconds:.0f} s)"
    points = "no result" if outcome.points is None else f"{outcome.points:g}"
    facts = ["**full marks**" if outcome.points == 1 else points]
    facts += [f"`{outcome.said}`" if outcome.points is not None else outcome.said] if outcome.said else []
    facts += ["took it"] if took_it else []
    facts += [f"{outcome.seconds:.0f} s"] if outcome.seconds >= 8 else []
    return ", ".join(facts)


def _tell(what: str) -> None:
    print(f"{what} …", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
