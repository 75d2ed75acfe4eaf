"""Whether two wordings are the same answer, for all that a person may type."""

from __future__ import annotations

import unicodedata

_LOOKALIKES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "`": None})


def folded(text: str, case_sensitive: bool = False) -> str:
    """The text without what does not matter: case (unless it does), spaces, the quotes or
    backticks around it, a full stop at its end, and how Unicode spells the same sign."""
    # What is left out may let its neighbours combine, so it goes on until nothing changes.
    while (plainer := _plainer(text, case_sensitive)) != text:
        text = plainer
    return text


def _plainer(text: str, case_sensitive: bool) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_LOOKALIKES))
    if not case_sensitive:
        text = unicodedata.normalize("NFKC", text.casefold())
    text = "".join(text.split())
    # A full stop alone, or a pair of quotes, is an answer and stays.
    if len(text) > 1 and text.endswith("."):
        return text[:-1]
    if len(text) > 2 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return text


def misspelt(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` with a slip or, in a longer word, two.

    A slip is a letter left out, put in, or mistaken, or two neighbours swapped. Short
    words differ by a slip and are other words: `ReLU` and `SeLU`. Digits are never a slip:
    `(64, 20)` is another shape than `(64, 30)`.
    """
    if _digits(typed) != _digits(meant):
        return False
    slips = (len(meant) >= 5) + (len(meant) >= 10)
    return abs(len(typed) - len(meant)) <= slips and 0 < _slips(typed, meant) <= slips


def _digits(text: str) -> str:
    return "".join(filter(str.isnumeric, text))


def _slips(left: str, right: str) -> int:
    """The optimal string alignment distance (Damerau-Levenshtein, each swap once)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
