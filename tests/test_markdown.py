"""Markdown with maths, as the screens' parser and as plain text."""

from __future__ import annotations

import pytest

from studytrack.markdown import in_line, parser, plain


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("It costs $5 and $6.", "It costs $5 and $6."),
        ("It costs $5, and $x^2$ is free.", "It costs $5, and x² is free."),
        ("$x_1$ has 5", "x₁ has 5"),
        ("`$x$` and $6, `$y$`", "`$x$` and $6, `$y$`"),
        (r"\$x\$ and $HOME and $PATH", "$x$ and $HOME and $PATH"),
        ("so $$x^2$$ it is", "so x² it is"),
        ("**bold $a_i$** and [link $b$](https://example.org)", "bold aᵢ and link b (https://example.org)"),
        ("$w_{bc} * a * b$", "w_bc * a * b"),
        ("<https://example.org> and fit.py", "https://example.org and fit.py"),
        ("List<int> and <b>bold</b>", "List<int> and <b>bold</b>"),
        ("one\ntwo  \nthree", "one two three"),
        ("a \x1b[31mred\x1b[0m word \u202eback", "a [31mred[0m word back"),
    ],
)
def test_text_within_a_line(markdown: str, text: str) -> None:
    assert in_line(markdown) == text


PAGE = r"""# The fit, $x^2$

A paragraph that is long enough to be wrapped at forty columns.

- one
- two, and this line is long enough to be wrapped
  - nested

3. third

   ```python
   loss = "$a$"
   ```
4. fourth

> quoted

$$
\frac{a}{b}
$$

| name | loss |
|------|------|
| MSE  | $e^2$ |
"""


def test_a_page_as_plain_text() -> None:
    assert (
        plain(PAGE, 40)
        == """\
The fit, x²

A paragraph that is long enough to be
wrapped at forty columns.

- one
- two, and this line is long enough to
  be wrapped
  - nested

3. third

       loss = "$a$"

4. fourth

> quoted

     a
    ╶─╴
     b

name  loss
MSE   e²"""
    )


def test_a_drawn_formula_is_a_block_that_every_renderer_shows() -> None:
    kinds = [token.type for token in parser().parse("$$\n\\frac{a}{b}\n$$\n\ntext")]
    assert kinds == ["fence", "paragraph_open", "inline", "paragraph_close"]


def test_long_words_are_not_broken() -> None:
    address = "https://example.org/" + "x" * 60
    assert address in plain(f"See {address} for more.", 40)
