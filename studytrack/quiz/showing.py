"""A question as it is shown: choices in another order each time, so that no place can be learnt."""

from __future__ import annotations

from hashlib import blake2b

from studytrack.curriculum.models import Choice, OneOf, Question, SeveralOf


def as_shown(question: Question, showing: int) -> Question:
    """The question with its choices in the order of one showing.

    The order follows from the question and from `showing`, the count of answers so far: until
    it is answered it stays the same, in another process too. The result is a question like any
    other, and marking it goes by its order.
    """
    if not isinstance(question, OneOf | SeveralOf):
        return question

    def place(choice: Choice) -> bytes:
        return blake2b(f"{question.id}\n{showing}\n{choice.text}".encode(), digest_size=8).digest()

    return question.model_copy(update={"choices": tuple(sorted(question.choices, key=place))})
