"""Data crosses the wire unchanged, and nothing that arrives can break the one who reads it."""

from __future__ import annotations

import itertools
import json
from contextlib import suppress
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from studytrack.grading.handles import Handle
from studytrack.grading.wire import (
    HEADER,
    MAX_JSON,
    Malformed,
    Packer,
    Unpacker,
    Unsendable,
    frame,
    frame_length,
    parse,
)

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
dtypes = (
    arrays.boolean_dtypes()
    | arrays.integer_dtypes(endianness="<")
    | arrays.floating_dtypes(endianness="<", sizes=(32, 64))
)
values = st.recursive(
    scalars
    | arrays.arrays(dtypes, arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
    | st.builds(Handle, st.integers(0, 99), st.text(max_size=10)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4)
    ),
    max_leaves=20,
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
tags = st.sampled_from(["tuple", "dict", "complex", "array", "handle"])


def refuse(value: Any) -> Any:
    raise Unsendable(type(value).__name__)


def sent(value: Any) -> Any:
    """`value` as it arrives at the other side."""
    packer = Packer(refuse)
    data = frame({"value": packer.pack(value)}, packer.raw)
    text, raw = frame_length(data[: HEADER.size])
    body = data[HEADER.size :]
    assert len(body) == text + raw
    return Unpacker(body[text:]).unpack(parse(body[:text])["value"])


def same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return (
            type(other) is np.ndarray
            and one.dtype == other.dtype
            and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
        )
    if isinstance(one, (list, tuple)):
        return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and bool(one == other)


@given(values)
def test_values_arrive_as_they_were_sent(value: Any) -> None:
    assert same(value, sent(value))


@given(json_values | st.dictionaries(tags, json_values, min_size=1, max_size=1), st.binary(max_size=64))
def test_whatever_arrives_is_a_value_or_malformed(packed: Any, raw: bytes) -> None:
    with suppress(Malformed):
        Unpacker(raw).unpack(packed)


@given(st.binary(max_size=200))
def test_whatever_bytes_arrive_are_an_object_or_malformed(data: bytes) -> None:
    with suppress(Malformed):
        assert isinstance(parse(data), dict)


@pytest.mark.parametrize(
    "content",
    [
        ["float64", [2]],
        ["float64", [-1]],
        ["object", [1]],
        ["float64", [True]],
        ["float64", [1.0]],
        ["float64", [10**30]],
        ["float64", [0, 2**62]],
        ["float64", [1] * 100],
        ["float64"],
        [None, None],
    ],
)
def test_an_array_that_does_not_fit_its_bytes_is_malformed(content: Any) -> None:
    with pytest.raises(Malformed):
        Unpacker(bytes(8)).unpack({"array": content})


def test_deep_json_is_malformed() -> None:
    with pytest.raises(Malformed):
        parse(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}")


@pytest.mark.parametrize("lengths", [(MAX_JSON + 1, 0), (0, 2**32 - 1)])
def test_too_long_a_frame_is_refused_before_it_is_read(lengths: tuple[int, int]) -> None:
    with pytest.raises(Malformed):
        frame_length(HEADER.pack(*lengths))


def test_what_cannot_be_sent_is_said() -> None:
    loop: list[Any] = []
    loop.append(loop)
    for value in (loop, "x" * (MAX_JSON + 1), np.zeros(9_000_000), 10**10_000, object()):
        with pytest.raises(Unsendable):
            sent(value)


def test_json_is_all_there_is_beside_raw_bytes() -> None:
    packer = Packer(refuse)
    data = frame({"value": packer.pack([1, np.ones(2)])}, packer.raw)
    text, raw = frame_length(data[: HEADER.size])
    assert json.loads(data[HEADER.size : HEADER.size + text]) == {"value": [1, {"array": ["float64", [2]]}]}
    assert data[-raw:] == np.ones(2).tobytes()


@pytest.mark.parametrize("dtype", [">f4", ">i8", ">c8"])
def test_the_order_of_bytes_changes_no_number(dtype: str) -> None:
    array = np.array([1, -2, 300], dtype=dtype)
    assert np.array_equal(sent(array), array)


class Lying(np.ndarray):
    """Says anything about its size."""

    @property
    def nbytes(self) -> int:
        return -5

    def tobytes(self, *_: Any) -> bytes:
        return b"no numbers"


def test_the_numbers_of_an_array_are_sent_whatever_it_says_of_itself() -> None:
    assert sent(np.array([1.0, 2.0]).view(Lying)).tolist() == [1.0, 2.0]


def test_numbers_of_numpy_s_are_keys_like_others() -> None:
    assert sent({np.int64(3): 1, np.str_("x"): 2}) == {3: 1, "x": 2}


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({(1, 2): {np.zeros(2).tobytes(): 1}}, "bytes"),
        (np.zeros((1 << 26, 1 << 26, 0)), "shape"),
        (MagicMock(spec=1.0), "looks like data"),
    ],
    ids=["a key of bytes", "too large a shape", "a mock"],
)
def test_what_only_seems_to_be_data_is_refused(value: Any, says: str) -> None:
    with pytest.raises(Unsendable, match=says):
        sent(value)


def test_an_array_is_no_key() -> None:
    packer = Packer(lambda key: np.zeros(2))
    with pytest.raises(Unsendable, match="tensors for keys"):
        packer.pack({object(): 1})


def test_an_empty_array_of_endless_rows_is_malformed() -> None:
    with pytest.raises(Malformed):
        Unpacker(b"").unpack({"array": ["float32", [1 << 26, 1 << 26, 0]]})


def test_keys_that_could_all_collide_are_few() -> None:
    alike = list(itertools.islice(itertools.product((-1, -2), repeat=11), 1001))
    assert len(set(map(hash, alike))) == 1
    with pytest.raises(Malformed, match="keys"):
        Unpacker(b"").unpack({"dict": [[{"tuple": list(key)}, 0] for key in alike]})
    with pytest.raises(Unsendable, match="keys"):
        sent(dict.fromkeys(alike, 0))
    many = {str(number): number for number in range(5000)}
    assert sent(many) == many
