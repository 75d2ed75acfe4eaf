"""Odd but right: the solution, saved, arranged, or answering in another way than most would."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from studytrack.grading.battery.submissions import Submission
from studytrack.grading.battery.weaving import before, public_functions
from studytrack.grading.battery.whole_files import SHADOW
from studytrack.grading.exercises import Exercise
from studytrack.grading.source import read_source
from studytrack.grading.verdict import State

_AT_IMPORT = {
    "noisy prints while the file is run": "for n in range(200): print('é', n, '\\x1b[31mred\\x1b[0m')",
    "a warning": "import warnings; warnings.warn('old'); warnings.simplefilter('error')",
    "a log": "import logging; logging.basicConfig(level=0); logging.getLogger().error('hello')",
    "a slow import": "import time; time.sleep(0.3)",
    "a thread left running": "import threading\nthreading.Thread(target=threading.Event().wait).start()",
    "a thread that prints on": (
        "import threading, time\ndef _talk():\n    while True:\n        print('…'); time.sleep(0.01)\n"
        "threading.Thread(target=_talk, daemon=True).start()"
    ),
    "a program left running": "import subprocess; subprocess.Popen(['sleep', '30'])",
    "a child that ends": "import os\nif os.fork() == 0: os._exit(0)",
    "a pool of processes": (
        "from multiprocessing import get_context\n"
        "with get_context('fork').Pool(2) as _pool: _pool.map(abs, [1, 2])"
    ),
    "files in its folder": "open('mine.txt', 'w').write('x' * 1000)\nimport os; os.makedirs('a/b')",
    "another folder": "import os; os.chdir('/')",
    "other defaults of torch": "import torch; torch.set_printoptions(precision=1); torch.set_num_threads(1)",
    "seeds of its own": "import random, torch; random.seed(1); torch.manual_seed(1)",
    "anomaly detection": "import torch; torch.autograd.set_detect_anomaly(True)",
    "no collector": "import gc; gc.disable()",
    "other streams": "import io, sys; sys.stdout = io.StringIO(); sys.stderr = sys.stdout",
    "streams that are closed": "import sys; sys.stdout.close()",
    "a signal it handles": "import signal; signal.signal(signal.SIGTERM, lambda *_: None)",
    "something for the end": "import atexit; atexit.register(print, 'bye')",
    "names in another alphabet": "длина = 3\nклассы = ['три', 'семь']\nπ = 3.14159\ndef größe(x): return x",
    "a metric logged": "from studytrack import live\nlive.log(loss=1.0); live.log(step=5, loss=float('nan'))",
    "a file it looks for and misses": "try: open('nowhere.csv')\nexcept FileNotFoundError: pass",
    "an audit": "import sys; sys.addaudithook(lambda *args: None)",
    "a lower limit of recursion": "import sys; sys.setrecursionlimit(500)",
    "a type for every name": (
        "from typing import *\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass _Point:\n    x: 'float' = 1.0"
    ),
}

_WRAPPERS = {
    "noisy prints in every call": "print('called', args); return f(*args, **kwargs)",
    "metrics in every call": "from studytrack import live\nlive.log(loss=1.0); return f(*args, **kwargs)",
    "inputs changed after the answer": (
        "result = f(*args, **kwargs)\nresult = copied(result)\n"
        "for one in args:\n"
        "    if isinstance(one, torch.Tensor) and one.is_floating_point(): one.data.zero_()\n"
        "return result"
    ),
    "work in a thread": (
        "import concurrent.futures as futures\n"
        "with futures.ThreadPoolExecutor(1) as pool: return pool.submit(f, *args, **kwargs).result()"
    ),
    "an error that is caught": "try: raise ValueError('x')\nexcept ValueError: return f(*args, **kwargs)",
    "a generator that is used up": "return next(iter([f(*args, **kwargs)]))",
}
"""Bodies of a function around each function `f` of the solution."""

_RESULTS = {
    "a tensor that requires grad": "x.detach().clone().requires_grad_() if x.is_floating_point() else x",
    "a tensor with a history": "(x.detach().clone().requires_grad_() * 1) if x.is_floating_point() else x",
    "a parameter": "torch.nn.Parameter(x.detach(), requires_grad=x.is_floating_point())",
    "float64": "x.double() if x.is_floating_point() else x",
    "a NumPy array": "x.detach().numpy()",
    "a NumPy array of doubles": "x.detach().double().numpy() if x.is_floating_point() else x.numpy()",
    "lists of numbers": "x.tolist()",
    "a tensor in another order of memory": "x.detach().T.contiguous().T if x.dim() == 2 else x",
    "a view of a larger tensor": "torch.stack([x.detach(), x.detach()], -1)[..., 0]",
    "a tensor of a subclass": "x.detach().as_subclass(type('Mine', (torch.Tensor,), {}))",
    "an array of a subclass": "x.detach().numpy().view(type('Mine', (numpy.ndarray,), {}))",
    "a sparse tensor": "x.detach().to_sparse() if x.dim() else x",
    "a tensor of inference mode": "inferred(x)",
    "a tensor that is a lazy negative": "negated(x)",
    "an array in the other order of bytes": "swapped(x.detach().numpy())",
    "an array that cannot be written": "read_only(x)",
    "shared memory": "x.detach().clone().share_memory_()",
}
"""What becomes of each tensor `x` in an answer."""

_NUMBERS = {
    "a NumPy scalar": "{bool: numpy.bool_, int: numpy.int64, float: numpy.float64}[type(n)](n)",
    "a tensor of shape ()": "torch.tensor(n, dtype=torch.float64 if type(n) is float else None)",
    "an array of shape ()": "numpy.array(n)",
    "a number of a subclass": "n if type(n) is bool else type('Mine', (type(n),), {})(n)",
}
"""What becomes of each number `n` in an answer; a tensor of shape () is one."""

_HELPERS = """
import numpy
import torch


def copied(value):
    return mapped(value, lambda x: x.clone(), lambda n: n)


def inferred(x):
    with torch.inference_mode():
        return x.detach().clone()


def negated(x):
    return torch.complex(torch.zeros_like(x), -x.detach()).conj().imag if x.dtype == torch.float32 else x


def swapped(array):
    return array.astype(array.dtype.newbyteorder())


def read_only(x):
    array = x.detach().numpy().copy()
    array.flags.writeable = False
    return array


def mapped(value, tensor, number):
    if isinstance(value, torch.Tensor):
        return tensor(value)
    if isinstance(value, (bool, int, float)):
        return number(value)
    if type(value) in (list, tuple):
        return type(value)(mapped(item, tensor, number) for item in value)
    if type(value) is dict:
        return {key: mapped(item, tensor, number) for key, item in value.items()}
    return value
"""


def oddities(exercise: Exercise) -> Iterator[Submission]:
    """Files whose every answer is right."""
    solution = read_source(exercise.solution)
    names = public_functions(solution)
    yield from map(_right, *zip(*_saved(solution), strict=True))
    for name, text in _AT_IMPORT.items():
        yield _right(name, before(solution, text).encode())
    for name, body in _WRAPPERS.items():
        yield _right(name, _wrapped(solution, names, body))
    for name, expression in _RESULTS.items():
        yield _right(f"answers as {name}", _answering(solution, names, expression, "n"))
    for name, expression in _NUMBERS.items():
        single = f"(x if x.dim() else (lambda n: {expression})(x.item()))"
        yield _right(f"answers as {name}", _answering(solution, names, single, expression))
    yield from _beside(solution)


def _right(
    name: str, data: bytes, called: str = "mine.py", beside: dict[str, str] | None = None
) -> Submission:
    ends = frozenset({State.PASSED})
    return Submission(name, 0, data, ends, called, beside or {})


def _saved(solution: str) -> Iterator[tuple[str, bytes]]:
    """The same text as other editors save it."""
    data = solution.encode()
    yield "CRLF", solution.replace("\n", "\r\n").encode()
    yield "CR", solution.replace("\n", "\r").encode()
    yield "a byte order mark", b"\xef\xbb\xbf" + data
    yield "a byte order mark and CRLF", b"\xef\xbb\xbf" + solution.replace("\n", "\r\n").encode()
    yield "no end to the last line", data.rstrip(b"\n")
    yield "spaces at the ends of lines", solution.replace("\n", "  \n").encode()
    yield "many empty lines", b"\n" * 500 + data + b"\n" * 500
    yield "a form feed", data + b"\n\x0c\n"
    yield "a declared encoding", b"# -*- coding: utf-8 -*-\n" + data
    latin = "".join(character if ord(character) < 256 else "?" for character in solution)
    yield "latin-1, declared", "# coding: latin-1\n# é\n".encode("latin-1") + latin.encode("latin-1")
    yield "a line for the shell", b"#!/usr/bin/env python3\n" + data
    yield (
        "code for when it is run by itself",
        data + b"\nif __name__ == '__main__':\n    raise SystemExit(1)\n",
    )
    yield "a very long line", data + b"\nLONG = '" + b"x" * 100_000 + b"'\n"
    yield "texts with escapes and separators", data + "\nODD = '\u2028\u2029\x1c\u202e\ufeff'\n".encode()


def _beside(solution: str) -> Iterator[Submission]:
    shadows = dict.fromkeys(("torch.py", "random.py", "numpy.py", "json.py", "sitecustomize.py"), SHADOW)
    data = before(solution, "import random, json").encode()
    yield _right("torch.py and random.py beside it", data, beside=shadows)
    yield _right("a file called torch.py", data, called="torch.py")
    yield _right("a file called learner.py", data, called="learner.py")
    yield _right("a name with spaces and accents", data, called="моё решение (2) é.py")


def _wrapped(solution: str, names: list[str], body: str) -> bytes:
    """A file whose functions do this around those of the solution."""
    return _from_outside(solution, names, textwrap.dedent(body))


def _answering(solution: str, names: list[str], tensor: str, number: str) -> bytes:
    """A file whose functions answer what those of the solution do, made into something else."""
    return _from_outside(
        solution, names, f"return mapped(f(*args, **kwargs), lambda x: {tensor}, lambda n: {number})"
    )


def _from_outside(solution: str, names: list[str], body: str) -> bytes:
    # The solution has a namespace of its own, so that its functions call each other as they are.
    lines = [_HELPERS, f"_own = {{'__name__': 'own'}}\nexec(compile({solution!r}, 'own.py', 'exec'), _own)\n"]
    for name in names:
        lines.append(f"def {name}(*args, f=_own[{name!r}], **kwargs):\n{textwrap.indent(body, '    ')}\n")
    return "\n".join(lines).encode()
