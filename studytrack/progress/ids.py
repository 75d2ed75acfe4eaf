"""Event ids: UUIDv7 (RFC 9562, section 5.7) that strictly increase in each log.

The order of the ids is the order of replay. Within a log it is the order of
writing, whatever the clock does: an id is always taken after the last one in the
log, within the transaction that writes it. Between devices it is the order of
their clocks, and since it is a property of the ids alone, every device that holds
the same events replays them to the same state, in whatever order they arrived.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

_TAIL_BITS = 74
"""What an id holds besides the 48 bits of milliseconds: 12 + 62 random bits."""
_STEP_BITS = 40
"""Two devices that go on from the same last id must not meet, so the steps are random too."""


def next_id(last: str | None, at: datetime) -> str:
    """An id for an event at the moment `at`, greater than `last`, the greatest in the log."""
    fresh = int(at.timestamp() * 1000) << _TAIL_BITS | secrets.randbits(_TAIL_BITS)
    floor = -1 if last is None else _ordinal(last)
    return _uuid(fresh if fresh > floor else floor + 1 + secrets.randbits(_STEP_BITS))


def _ordinal(event_id: str) -> int:
    """The id's 122 free bits as a number, in the same order as the ids."""
    bits = UUID(event_id).int
    return bits >> 80 << _TAIL_BITS | (bits >> 64 & 0xFFF) << 62 | bits & (1 << 62) - 1


def _uuid(ordinal: int) -> str:
    high, low = ordinal >> 62, ordinal & (1 << 62) - 1
    milliseconds, middle = high >> 12, high & 0xFFF
    return str(UUID(int=milliseconds << 80 | 0x7 << 76 | middle << 64 | 0b10 << 62 | low))
