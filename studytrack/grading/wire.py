"""How data crosses between the grader and the learner's process: bounded JSON and raw arrays.

A frame is two little-endian lengths (JSON, raw bytes), the JSON, and the bytes of its arrays one
after the other. There is no pickle and no way to say what to do with the data, so that the worst
that a hostile process can send is wrong data.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Sequence
from math import prod
from typing import Any

import numpy as np

from studytrack.grading.handles import Handle

MAX_JSON = 1 << 20
MAX_RAW = 64 << 20
MAX_DEPTH = 32
MAX_KEYS = 1000
"""Keys of a dict that are not text. Python spreads text at random; numbers and tuples can be chosen so
that each collides with all others, and a dict of many takes minutes to build."""
HEADER = struct.Struct("<II")
_INTEGERS = {f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)}
_DTYPES = {"bool", "float16", "float32", "float64", "complex64", "complex128"} | _INTEGERS

Json = Any
Packed = tuple[Json, list[bytes]]


class Unsendable(Exception):  # noqa: N818 - it becomes a message to the learner
    """A value is too large, too deep or of a kind that cannot be sent."""


class Malformed(Exception):  # noqa: N818 - it becomes a message to the learner
    """What arrived is not a frame."""


class Packer:
    """Turns values into JSON and raw arrays.

    `convert` is given whatever is not plain data and returns something that is, or raises
    Unsendable.
    """

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        self.raw: list[bytes] = []
        self._room = MAX_RAW
        self._convert = convert

    def pack(self, value: Any, depth: int = 0) -> Json:
        """The JSON for `value`; its arrays are added to `raw`."""
        if depth > MAX_DEPTH:
            raise Unsendable(f"it is nested more than {MAX_DEPTH} deep")
        match value:
            case None | bool() | int() | float() | str():
                return value
            case complex():
                return {"complex": [value.real, value.imag]}
            case np.ndarray() if value.dtype.name in _DTYPES:
                return self._pack_array(value)
            case Handle():
                return {"handle": [value.number, value.type_name]}
            case list():
                return [self.pack(item, depth + 1) for item in value]
            case tuple():
                return {"tuple": [self.pack(item, depth + 1) for item in value]}
            case dict():
                if _keys_but_text(value) > MAX_KEYS:
                    raise Unsendable(f"it is a dict with more than {MAX_KEYS} keys that are not text")
                return {
                    "dict": [[self._key(k, depth + 1), self.pack(v, depth + 1)] for k, v in value.items()]
                }
        return self.pack(self._convert(value), depth + 1)

    def _key(self, key: Any, depth: int) -> Json:
        """A key of a dict: what can be one on the other side too."""
        packed = self.pack(key.item() if isinstance(key, np.generic) else key, depth)
        if isinstance(packed, dict) and "array" in packed:
            raise Unsendable("it is a dict with tensors for keys; use numbers, as of `.item()`, or text")
        return packed

    def _pack_array(self, array: np.ndarray) -> Json:
        # as a plain array: a subclass may say anything about its size; and in this machine's order of bytes
        array = np.asarray(array, dtype=array.dtype.newbyteorder("="))
        if _items(array.shape) > MAX_RAW:
            raise Unsendable(f"it is an array of shape {array.shape}")
        self._room -= array.nbytes
        if self._room < 0:
            raise Unsendable(f"its arrays take more than {MAX_RAW >> 20} MB")
        self.raw.append(array.tobytes())
        return {"array": [array.dtype.name, list(array.shape)]}


def _keys_but_text(keys: Iterable[Any]) -> int:
    return sum(not isinstance(key, str) for key in keys)


def _items(shape: Sequence[int]) -> int:
    """How many lists and numbers an array would be as lists; an empty one can have many rows."""
    return prod(max(1, n) for n in shape)


def frame(message: Json, raw: list[bytes]) -> bytes:
    """The bytes of a message. Raises Unsendable where it is too long."""
    try:
        text = json.dumps(message, separators=(",", ":")).encode()
    except (ValueError, RecursionError) as error:
        raise Unsendable("it holds a number with thousands of digits") from error
    except TypeError as error:
        raise Unsendable("it holds something that only looks like data, as a mock does") from error
    if len(text) > MAX_JSON:
        raise Unsendable(f"it takes more than {MAX_JSON >> 20} MB as text")
    return b"".join([HEADER.pack(len(text), sum(map(len, raw))), text, *raw])


def frame_length(header: bytes | bytearray) -> tuple[int, int]:
    """The lengths of a frame's JSON and raw bytes. Raises Malformed where they are out of bounds."""
    text, raw = HEADER.unpack(header)
    if text > MAX_JSON or raw > MAX_RAW:
        raise Malformed(f"a frame of {text} and {raw} bytes was announced")
    return text, raw


def parse(text: bytes) -> dict[str, Json]:
    """The JSON object of a frame. Raises Malformed."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("a frame does not hold JSON") from error
    if not isinstance(message, dict):
        raise Malformed("a frame does not hold a JSON object")
    return message


class Unpacker:
    """Turns JSON and raw bytes back into values; what does not fit together is Malformed.

    Arrays become what `make_array` makes of them, handles what `make_handle` does.
    """

    def __init__(
        self,
        raw: bytes,
        make_array: Callable[[np.ndarray], Any] = lambda array: array,
        make_handle: Callable[[Handle], Any] = lambda handle: handle,
    ) -> None:
        self._raw = raw
        self._at = 0
        self._make_array = make_array
        self._make_handle = make_handle

    def unpack(self, packed: Json) -> Any:
        """The value for `packed`; to be called in the order of packing."""
        try:
            return self._unpack(packed, 0)
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise Malformed(f"a frame holds what is not data: {error}") from error

    def _unpack(self, packed: Json, depth: int) -> Any:
        if depth > 2 * MAX_DEPTH:
            raise ValueError("it is nested too deep")
        if isinstance(packed, list):
            return [self._unpack(item, depth + 1) for item in packed]
        if not isinstance(packed, dict):
            return packed
        ((tag, content),) = packed.items()
        match tag:
            case "tuple":
                return tuple([self._unpack(item, depth + 1) for item in content])
            case "dict":
                if _keys_but_text(key for key, _ in content) > MAX_KEYS:
                    raise ValueError("too many keys")
                return {self._unpack(key, depth + 1): self._unpack(item, depth + 1) for key, item in content}
            case "complex":
                real, imaginary = content
                return complex(real, imaginary)
            case "array":
                return self._make_array(self._array(*content))
            case "handle":
                number, type_name = content
                return self._make_handle(Handle(int(number), str(type_name)[:80]))
        raise ValueError(f"an unknown tag {tag!r}")

    def _array(self, dtype: str, shape: list[int]) -> np.ndarray:
        if (
            dtype not in _DTYPES
            or not all(type(n) is int and n >= 0 for n in shape)
            or _items(shape) > MAX_RAW
        ):
            raise ValueError("no such array can be sent")
        end = self._at + prod(shape) * np.dtype(dtype).itemsize
        if end > len(self._raw):
            raise ValueError("an array is longer than the frame")
        array = np.frombuffer(self._raw[self._at : end], dtype=dtype).reshape(shape).copy()
        self._at = end
        return array
