"""The learner's file at work, in the process that is confined for one attempt.

It does as it is told over a socket: load the source, call a function, and send back what came of
it, as data. Whatever runs here may be overwritten by the learner's code; nothing here knows an
answer, and nobody believes more of it than that it is data.
"""

from __future__ import annotations

import linecache
import os
import random
import sys
from contextlib import suppress
from types import ModuleType
from typing import Any, NoReturn

import numpy as np

from studytrack.grading.handles import Handle
from studytrack.grading.keeper import METRICS, Order
from studytrack.grading.raised import report
from studytrack.grading.wire import HEADER, Json, Packer, Unpacker, Unsendable, frame, frame_length, parse
from studytrack.live.shown import shown

MODULE = "learner"


class Submission:
    """The learner's module, and the objects of its that the grader holds by number."""

    def __init__(self) -> None:
        self.file = ""
        self.module = ModuleType(MODULE)
        self.objects: list[Any] = []
        self._lines: list[str] = []
        self._called: Any = None
        sys.modules[MODULE] = self.module

    def answer(self, request: dict[str, Json], raw: bytes) -> tuple[Json, list[bytes]]:
        """Do what is asked; the reply holds a `value`, or says why there is none."""
        try:
            packer = Packer(self._convert)
            match request["do"]:
                case "load":
                    seed(request["seed"])
                    self._load(request["file"], request["source"])
                case "seed":
                    seed(request["value"])
                case "has":
                    return {"value": request["name"] in self.module.__dict__}, []
                case "call":
                    unpacker = Unpacker(raw, _to_tensor, lambda handle: self.objects[handle.number])
                    function = self._function(request["function"])
                    if not callable(function):
                        return {"missing": self._names(), "found": _type_name(function)}, []
                    args = unpacker.unpack(request["args"])
                    kwargs = unpacker.unpack(request["kwargs"])
                    self._called = function
                    return {"value": packer.pack(function(*args, **kwargs))}, packer.raw
            return {"value": None}, []
        except Unsendable as error:
            return {"unsendable": str(error)}, []
        except BaseException as error:  # noqa: BLE001 - the boundary to the learner's code
            return {"raised": report(error, self.file, self._lines, self._called)}, []
        finally:
            _flush()

    def _load(self, file: str, source: str) -> None:
        self.file = self.module.__file__ = file
        self._lines = source.split("\n")
        linecache.cache[self.file] = (len(source), None, source.splitlines(keepends=True), self.file)
        exec(compile(source, self.file, "exec", dont_inherit=True), self.module.__dict__)  # noqa: S102

    def _function(self, name: Json) -> Any:
        return self.objects[name] if isinstance(name, int) else self.module.__dict__.get(name)

    def _names(self) -> list[str]:
        return [name for name, value in self.module.__dict__.items() if callable(value)][:200]

    def _convert(self, value: Any) -> Any:
        """What is not plain data, as data if it can be; else it stays here and gets a number."""
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            return _to_array(torch, value)
        if isinstance(value, (np.ndarray, np.generic)):
            array = np.asarray(value)
            if array.dtype.kind in "US":
                return array.tolist()
            if array.dtype.kind in "fc" and array.dtype.itemsize > 8:
                return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
            if array.dtype.kind in "biufc" and type(value) is not np.ndarray:
                return array
        self.objects.append(value)
        return Handle(len(self.objects) - 1, _type_name(value))


def _type_name(value: Any) -> str:
    return type(value).__name__


def _to_tensor(array: np.ndarray) -> Any:
    torch = sys.modules.get("torch")
    return array if torch is None else torch.from_numpy(array)


def _to_array(torch: Any, tensor: Any) -> np.ndarray:
    """The numbers of a tensor of any kind, subclasses among them."""
    try:
        with torch.no_grad(), torch._C.DisableTorchFunctionSubclass():
            plain = torch.Tensor.detach(tensor).cpu()
            if plain.layout != torch.strided:
                plain = plain.to_dense()
            if plain.dtype == torch.bfloat16:
                plain = plain.float()
            array: np.ndarray = np.array(plain.resolve_conj().resolve_neg().numpy())
    except (RuntimeError, TypeError, NotImplementedError) as error:
        raise Unsendable(f"it is a tensor without readable numbers ({error})") from error
    return array


def seed(value: int) -> None:
    """Seed every generator that an exercise may draw from."""
    random.seed(value)
    np.random.seed(value % 2**32)
    if torch := sys.modules.get("torch"):
        torch.manual_seed(value)


def _flush() -> None:
    shown.flush()
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # the learner may have closed or replaced it
            stream.flush()


def serve(channel: int, order: Order) -> NoReturn:
    """Say that all is in place, then answer the grader's requests until it closes the channel."""
    shown.connect(METRICS)
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(order.threads)
    submission, me = Submission(), os.getpid()
    _write(channel, frame({"number": 0}, []))
    while True:
        text, raw = frame_length(_read(channel, HEADER.size))
        request = parse(_read(channel, text))
        answer = submission.answer(request, _read(channel, raw))
        if os.getpid() != me:
            os._exit(0)  # a process that the learner's code forked does not answer for it
        _write(channel, _reply(request["number"], *answer))
        del answer  # large ones would take their room while the next is made


def _reply(number: int, reply: dict[str, Json], arrays: list[bytes]) -> bytes:
    try:
        return frame({"number": number, **reply}, arrays)
    except Unsendable as error:
        return frame({"number": number, "unsendable": str(error)}, [])
    except MemoryError:
        return frame({"number": number, "unsendable": "it takes more memory than is allowed to send it"}, [])


def _read(channel: int, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        piece = os.read(channel, min(length - len(data), 1 << 20))
        if not piece:
            os._exit(0)
        data += piece
    return bytes(data)


def _write(channel: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(channel, rest) :]
