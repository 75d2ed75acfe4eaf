"""An app that begins an endless attempt, says so, and then waits to be killed."""

import asyncio
import sys
from pathlib import Path

from studytrack.grading.exercises import find_exercises
from studytrack.grading.messages import CheckStarted
from studytrack.grading.session import GraderSession


async def main() -> None:
    folder, tier = sys.argv[1:]
    exercise = find_exercises([Path(folder)])["small"]
    async with GraderSession(exercise, tier=tier) as session:
        async for event in session.run("def twice(x):\n    while True: pass\n", Path("small.py")):
            if isinstance(event, CheckStarted):
                print("running", flush=True)


asyncio.run(main())
