"""Formulas keep their meaning in the terminal, on one line and drawn over several."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytrack.maths import display, inline
from studytrack.paths import shipped_curriculum, shipped_exercises

ON_ONE_LINE = [
    (r"f(x) = ax^2+bx + c", "f(x) = ax² + bx + c"),
    (r"w_{ij} \leftarrow w_{ij} - \eta \frac{\partial L}{\partial w_{ij}}", "wᵢⱼ ← wᵢⱼ − η (∂L/∂wᵢⱼ)"),
    (r"\text{MSE} = \frac{1}{n}\sum_{i=1}^n (\hat y_i - y_i)^2", "MSE = (1/n) ∑ᵢ₌₁ⁿ (ŷᵢ − yᵢ)²"),
    (r"\left(\frac{a}{b}\right)^2", "(a/b)²"),
    (r"\frac{a+b}{2}", "(a + b)/2"),
    (r"\frac{1}{2a}", "1/(2a)"),
    (r"\frac{(x-\mu)^2}{2\sigma^2}", "(x − μ)²/(2σ²)"),
    (r"\frac12 x", "(1/2) x"),
    (r"\frac{\frac ab}{c}", "(a/b)/c"),
    (r"\log\frac{p}{q}", "log(p/q)"),
    (r"-\frac{1}{2}", "−1/2"),
    (r"\frac{\text{number correct}}{n}", "(number correct)/n"),
    (r"{x^2}^3", "(x²)³"),
    (r"w_b x_{new} y", "w_b x_new y"),
    (r"x_{i,j}", "x_(i,j)"),
    (r"x^{\frac12}", "x^(1/2)"),
    (r"W^{[1]}", "W^[1]"),
    (r"\lambda_{\max}", "λₘₐₓ"),
    (r"\max_\theta f(x)", "max_θ f(x)"),
    (r"\operatorname{softmax}(z)_i", "softmax(z)ᵢ"),
    (r"\sqrt{x} + \sqrt{x+1} + \sqrt[3]{x} + \sqrt[n]{x}", "√x + √(x + 1) + ∛x + (x)^(1/n)"),
    (r"\nabla_w L \in \mathbb{R}^{n \times m}", "∇_w L ∈ ℝ^(n×m)"),
    (r"\bar{x}, \vec{v}, \overline{ab}, \hat{ab}", "x̄, v⃗, a̅b̅, hat(ab)"),
    (r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}^\top", "[a, b; c, d]ᵀ"),
    (r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}", "{x, x > 0; 0, otherwise}"),
    (r"\{a, b\} \subseteq A", "{a, b} ⊆ A"),
    (r"\lVert x \rVert_2 \le \left|y\right|", "‖x‖₂ ≤ |y|"),
    (r"1{,}000 \cdot 5\%", "1,000 ⋅ 5%"),
    (r"\not\in \neq \not=", "∉ ≠ ≠"),
    (r"\int_0^1 x\,dx", "∫₀¹ x dx"),
    (r"f: X \to Y", "f: X → Y"),
    (r"\mathbf{W}\mathbf{x}", "𝐖𝐱"),
    (r"f'(x)", "f′(x)"),
    (r"10^{-3}", "10⁻³"),
]

DRAWN = {
    r"\text{MSE} = \frac{1}{n}\sum_{i=1}^n (\hat y_i - y_i)^2": """
           n
       1  ┰─╴
MSE = ╶─╴ ▐╸  (ŷᵢ − yᵢ)²
       n  ┸─╴
          i=1
""",
    r"w - \eta\frac{\partial L}{\partial w}": """
       ∂L
w − η ╶──╴
       ∂w
""",
    r"\begin{pmatrix} 1 & -2 \\ \alpha & 4 \end{pmatrix} x": """
⎛1 −2⎞
⎝α 4 ⎠ x
""",
    r"f(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}": """
       ⎧x  if x > 0
f(x) = ⎩0  otherwise
""",
    r"\sqrt{x^2 + y^2}": """
 ┌───────╴
╰┘x² + y²
""",
    r"\left(\frac{a}{b}\right)^2": """
     2
⎛ a ⎞
⎜╶─╴⎟
⎝ b ⎠
""",
    r"\text{日本} = \frac12": """
        1
日本 = ╶─╴
        2
""",
}


@pytest.mark.parametrize(("formula", "expected"), ON_ONE_LINE)
def test_a_formula_on_one_line(formula: str, expected: str) -> None:
    assert inline(formula) == expected


@pytest.mark.parametrize("formula", DRAWN)
def test_a_formula_drawn(formula: str) -> None:
    assert display(formula) == DRAWN[formula].strip("\n")


def test_what_needs_no_drawing_stays_on_one_line() -> None:
    assert display(r"f(x) = ax^2 + bx + c") == "f(x) = ax² + bx + c"


def test_half_a_formula_is_still_readable() -> None:
    assert inline(r"\frac{a}{b") == "a/b"
    assert inline(r"\left( x") == "(x"
    assert inline(r"x^") == "x"
    assert inline("{" * 5000 + "x") == "x"


def arithmetic() -> st.SearchStrategy[tuple[str, str]]:
    """Expressions as LaTeX beside the same in Python."""
    leaf = st.sampled_from("abcd23").map(lambda c: (c, c))

    def grow(inner: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
        pairs = st.tuples(inner, inner)
        return st.one_of(
            pairs.map(lambda p: (rf"\frac{{{p[0][0]}}}{{{p[1][0]}}}", f"(({p[0][1]})/({p[1][1]}))")),
            pairs.map(lambda p: (f"{p[0][0]}+{p[1][0]}", f"({p[0][1]})+({p[1][1]})")),
            pairs.map(lambda p: (rf"\left({p[0][0]}\right)({p[1][0]})", f"(({p[0][1]})*({p[1][1]}))")),
            pairs.map(lambda p: (rf"({p[0][0]}) - \left({p[1][0]}\right)", f"({p[0][1]})-({p[1][1]})")),
            inner.map(lambda e: (rf"x \frac{{{e[0]}}}{{2}} y", f"(x*({e[1]})/2*y)")),
            inner.map(lambda e: (rf"\left({e[0]}\right)^{{2}}", f"(({e[1]})**2)")),
            inner.map(lambda e: (rf"{{{e[0]}}}_{{}} - a x", f"({e[1]})-(a*x)")),
        )

    return st.recursive(leaf, grow, max_leaves=8)


def evaluate(python: str) -> Fraction | None:
    values = {name: Fraction(value) for name, value in zip("abcdxy", (3, 5, 7, 11, 13, 17), strict=True)}
    try:
        return Fraction(eval(re.sub(r"(\d+)", r"Fraction(\1)", python), {"Fraction": Fraction}, values))
    except ZeroDivisionError:
        return None


def as_python(text: str) -> str:
    """What a reader takes the line for: neighbours are multiplied, and that before `/` from the left."""
    python = text.replace("−", "-").replace("²", "**2")
    return re.sub(r"(?<=[\w)])\s*(?=[a-z(])", "*", re.sub(r"(?<=[a-z)])\s+(?=\d)", "*", python))


@given(arithmetic())
def test_a_line_has_the_value_of_the_formula(expression: tuple[str, str]) -> None:
    latex, python = expression
    assert evaluate(as_python(inline(latex))) == evaluate(python)


TOKENS = re.findall(
    r"\S+",
    r"""
    \frac \sqrt \sum \int \alpha \hat \bar \overline \mathbb \mathrm \operatorname \text{a} \unknown
    \left( \right) \left\{ \right. \begin{cases} \end{cases} \begin{pmatrix} \end{pmatrix} \\ \, \not
    { } ^ _ x y 1 + - = ( ) [ ] & ' | , / ~ $ \ 日
    """,
)


@given(st.lists(st.sampled_from([*TOKENS, " "]), max_size=25).map("".join) | st.text(max_size=30))
def test_nothing_of_latex_is_left_whatever_is_written(formula: str) -> None:
    assert not set("\\\n") & set(inline(formula))
    drawn = display(formula)
    assert "\\" not in drawn
    assert drawn.count("?") <= formula.count("?")


def formulas_shipped() -> list[str]:
    files = [*shipped_curriculum().glob("*.yaml"), *shipped_exercises().glob("*/*.md")]
    found: list[str] = []
    for file in files:
        text = file.read_text(encoding="utf-8")
        found += [one or two for one, two in re.findall(r"\$\$(.+?)\$\$|\$([^$\n]+?)\$", text, re.DOTALL)]
    return found


def test_every_formula_that_is_shipped_can_be_read() -> None:
    formulas = formulas_shipped()
    assert formulas
    unread = [f for f in formulas for text in (inline(f), display(f)) if re.search(r"[\\{}?]", text)]
    assert [f for f in unread if r"\{" not in f and "cases" not in f] == []
