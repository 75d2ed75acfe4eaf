"""Where an answer is given: choices, a line, or a text, as the kind of question wants it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, TextArea
from textual.widgets.option_list import Option

from studytrack.markdown import in_line
from studytrack.quizzing import Asked
from studytrack.tui.widgets.prose import with_code
from studytrack.tui.widgets.several import Several


class AnswerField(Vertical):
    """Shows the one field that fits the question."""

    DEFAULT_CSS = """
    AnswerField {
        height: auto;
        OptionList, Input, TextArea { margin: 1 1; display: none; height: auto; }
        *:disabled:can-focus { opacity: 85%; }
        TextArea { height: 8; }
    }
    """

    class Given(Message):
        """A choice was clicked, which answers the question."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = ""

    def compose(self) -> ComposeResult:
        yield OptionList(id="one")
        yield Several(id="several")
        yield Input(id="typed", select_on_focus=False)
        yield TextArea(id="explained", soft_wrap=True)

    def hide(self) -> None:
        """Shows no field at all."""
        for field in self.children:
            field.display = False

    def offer(self, asked: Asked) -> None:
        """Shows the field for a question, empty, and takes the keys."""
        self.hide()
        self._kind = asked.question.kind
        field = self._field
        match field:
            case Several():
                field.offer(_lines(asked))
            case OptionList():
                field.set_options([Option(line) for line in _lines(asked)])
                field.highlighted = 0
            case TextArea():
                field.text = ""
            case Input():
                field.value = ""
                field.placeholder = "a number" if self._kind == "number" else "a short answer"
        field.display = True
        self.thaw()

    @property
    def value(self) -> str:
        """The answer as it stands, as it would be typed."""
        match field := self._field:
            case Several():
                return ",".join(map(str, sorted(field.chosen)))
            case OptionList():
                return str((field.highlighted or 0) + 1)
            case TextArea():
                return field.text
        return field.value

    def choose(self, number: int) -> bool:
        """Takes the choice of that number, if there is one; whether that is the whole answer."""
        field = self._field
        if not isinstance(field, OptionList) or number > field.option_count:
            return False
        if isinstance(field, Several):
            field.toggle(number)
            return False
        field.highlighted = number - 1
        return True

    def freeze(self) -> None:
        """Leaves the answer to be read and no longer changed."""
        self._field.disabled = True

    def thaw(self) -> None:
        """Lets the answer be given, or changed."""
        self._field.disabled = False
        self._field.focus()

    @property
    def _field(self) -> OptionList | Input | TextArea:
        match self._kind:
            case "choice":
                return self.query_one("#one", OptionList)
            case "choices":
                return self.query_one("#several", Several)
            case "explain":
                return self.query_one("#explained", TextArea)
        return self.query_one("#typed", Input)

    @on(OptionList.OptionSelected, "#one")
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Given())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()


def _lines(asked: Asked) -> list[Content]:
    return [
        Content(f"{number}  ") + with_code(in_line(text), "italic")  # a colour would fade on the mark
        for number, text in enumerate(asked.choices, 1)
    ]
