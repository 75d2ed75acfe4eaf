"""Event ids: UUIDv7 (RFC 9562, section 5.7) that strictly increase in each log.

The order of the ids is the order of replay. Within a log it is the order of
writing, whatever the clock does: an id is always taken after the last one in the
log, within the transaction that writes it. Between devices it is the order of
their clocks, and since it is a property of the ids alone, every device that holds
the same events replays them to the same state, in whatever order they arrived.
"""

from __future__ import annotations

import os
from datetime import datetime

_TAIL_BITS = 74
"""What an id holds besides the 48 bits of milliseconds: 12 + 62 random bits."""
_STEP_BITS = 40
"""Two devices that go on from the same last id must not meet, so the steps are random too."""


def next_id(last: str | None, at: datetime) -> str:
    """An id for an event at the moment `at`, greater than `last`, the greatest in the log."""
    fresh = int(at.timestamp() * 1000) << _TAIL_BITS | _random(_TAIL_BITS)
    floor = -1 if last is None else _ordinal(last)
    return _written(fresh if fresh > floor else floor + 1 + _random(_STEP_BITS))


def _random(bits: int) -> int:
    return int.from_bytes(os.urandom(10)) >> 80 - bits


def _ordinal(event_id: str) -> int:
    """The id's 122 free bits as a number, in the same order as the ids."""
    bits = int(event_id.replace("-", ""), 16)
    return bits >> 80 << _TAIL_BITS | (bits >> 64 & 0xFFF) << 62 | bits & (1 << 62) - 1


def _written(ordinal: int) -> str:
    """The id of those free bits, with version 7 and variant 10 put in."""
    high, low = ordinal >> 62, ordinal & (1 << 62) - 1
    bits = high >> 12 << 80 | 0x7 << 76 | (high & 0xFFF) << 64 | 0b10 << 62 | low
    digits = f"{bits:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
