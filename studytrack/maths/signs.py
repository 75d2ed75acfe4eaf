"""The signs that commands stand for, and what each is to its neighbours."""

from __future__ import annotations

from functools import cache

from studytrack.maths.tree import Atom, Kind

_RELATIONS = "=<>≤≥≠≈∼≃≅≡∝∈∉∋⊂⊆⊃⊇→←↔↦⇒⇐⇔⟹⟸⟺⟶⟵⟷∣⊥∥≪≫≺≻≜≔≐⊨⊢"
_BINARIES = "+−±∓×⋅·∗*÷∘⊙⊗⊕⊖∪∩∧∨∖⋆"
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(_RELATIONS, "relation"),
    **dict.fromkeys(_BINARIES, "binary"),
    **dict.fromkeys("∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀", "big"),
    **dict.fromkeys(",;:", "punctuation"),
    **dict.fromkeys("([{⟨⌊⌈", "open"),
    **dict.fromkeys(")]}⟩⌋⌉", "close"),
    "/": "slash",
    ":=": "relation",
}
_SYMBOLS = {
    "dots": "…",
    "dotsc": "…",
    "dotsb": "⋯",
    "langle": "⟨",  # unicodeit has the wide brackets of East Asian text
    "rangle": "⟩",
    "star": "⋆",
    "mid": "∣",
    "coloneqq": "≔",
    "vert": "|",
    "Vert": "‖",
    "|": "‖",
    "{": "{",
    "}": "}",
    "backslash": "∖",
}


def character(token: str) -> Atom:
    """What a character stands for that is no command."""
    text = "−" if token == "-" else token
    return Atom(text, _KINDS.get(text, "ordinary"))


def symbol(name: str) -> Atom:
    """The sign that a command stands for; without one it is the name of a function."""
    text = _SYMBOLS.get(name) or _commands().get("\\" + name)
    if text is None and len(name) == 1:
        text = name
    if text is None:
        return _sided(name) or Atom(name.rstrip("*"), "name")
    return Atom(text, _KINDS.get(text, "ordinary"))


def _sided(name: str) -> Atom | None:
    """`\\lvert`, `\\rVert` and the like."""
    bars = {"vert": "|", "Vert": "‖"}
    sides: dict[str, Kind] = {"l": "open", "r": "close"}
    if name[1:] in bars and name[0] in sides:
        return Atom(bars[name[1:]], sides[name[0]])
    return None


def in_font(letter: str, font: str) -> str:
    """The letter in `mathbb`, `mathbf`, `mathcal` or `mathfrak`; as it is where there is no such form."""
    return _commands().get(f"\\{font}{{{letter}}}", letter)


def small(text: str, mark: str) -> str | None:
    """The text in small characters below (`_`) or above (`^`) the line, where it has them all."""
    forms = [_small_forms().get(mark + c) for c in text]
    return None if None in forms else "".join(filter(None, forms))


@cache
def _small_forms() -> dict[str, str]:
    """`_i` → `ᵢ`, `^2` → `²` and so on."""
    from unicodeit.data import SUBSUPERSCRIPTS

    unlike = {"^*", "^<", "^>", "_<", "_>", "^.", "^∫"}  # they would be read as something else
    own = {"^V": "ⱽ", "^⊤": "ᵀ", "^⊺": "ᵀ", "^′": "′", "^∘": "°", "^†": "†"}
    return {mark: small for mark, small in SUBSUPERSCRIPTS if mark not in unlike} | own


@cache
def _commands() -> dict[str, str]:
    """Every command that unicodeit knows. Looked up whole: replaced one after the other in a text,
    as unicodeit does, `\\left` becomes `≤ft`."""
    from unicodeit.data import REPLACEMENTS

    return dict(REPLACEMENTS)
