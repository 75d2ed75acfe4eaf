"""The lesson that is shipped: complete, true, honest in form, and stable in its names."""

from __future__ import annotations

import doctest
import re
from collections import Counter
from collections.abc import Iterator
from statistics import mean

import numpy as np
import pytest

from studytrack.curriculum.loading import load_curriculum
from studytrack.curriculum.models import Choice, Lesson, Number, OneOf, SeveralOf, Typed
from studytrack.datasets.noisy_quadratic import START, noisy_quadratic
from studytrack.markdown import plain
from studytrack.paths import shipped_curriculum, shipped_exercises
from studytrack.quiz.marking import mark

FILE = shipped_curriculum() / "neural-net-foundations.yaml"
PANE = 72
"""Columns for a text in a terminal of 80."""
FENCE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
FLAGS = doctest.ELLIPSIS

PAGE_LINKS = {
    "https://www.youtube.com/watch?v=hBBOjCiFcuo",
    "https://course.fast.ai/Lessons/lesson3.html",
    "https://huggingface.co/spaces/jph00/pets/tree/main",
    "https://www.kaggle.com/code/jhoward/which-image-models-are-best/",
    "https://www.kaggle.com/code/jhoward/how-does-a-neural-net-really-work",
    "https://github.com/fastai/fastbook/blob/master/04_mnist_basics.ipynb",
    "https://forums.fast.ai/t/fastbook-chapter-4-questionnaire-solutions-wiki/67253",
    "https://www.kaggle.com/code/jhoward/getting-started-with-nlp-for-absolute-beginners",
    "https://www.kaggle.com/competitions/nlp-getting-started/data",
    "https://www.kaggle.com/competitions/titanic",
    "https://www.kaggle.com/code/jhoward/iterate-like-a-grandmaster/",
}
"""The addresses on the lesson's page: all of them, and no others."""

BOXES = [
    "video",
    "notebook",
    "book",
    "tensors",
    "quadratic_partial",
    "loss_and_gradient",
    "fit_quadratic",
    "nlp-for-beginners",
    "another-nlp-competition",
    "titanic",
    "iterate-like-a-grandmaster",
]
QUESTIONS = [
    "rank-of-a-stack",
    "broadcast-difference-shape",
    "broadcast-without-none",
    "slice-of-a-square",
    "matmul-shape",
    "view-flattens",
    "linear-parameter-count",
    "why-vectorised",
    "partial-fills-from-the-left",
    "seed-and-noise",
    "mse-by-hand",
    "outlier-in-the-loss",
    "fit-is-not-the-truth",
    "what-backward-does",
    "backward-twice",
    "what-zeroing-is-for",
    "mae-without-zeroing",
    "update-step",
    "gradient-times-step",
    "requires-grad",
    "why-no-grad",
    "loss-gets-worse",
    "hyper-parameter",
    "the-seven-steps",
    "line-formula",
    "relu-of-a-line",
    "corners-and-relus",
    "sum-without-weights",
    "two-linear-layers",
    "why-relus-suffice",
    "accuracy-as-loss",
    "loss-against-metric",
    "metric-on-which-set",
    "sigmoid-name",
    "mini-batch-trade",
    "batches-in-an-epoch",
    "what-a-dataset-gives",
    "why-a-baseline",
    "grey-pixel",
    "what-a-learner-takes",
    "clean-notebook",
    "comparing-models",
    "first-model",
    "enough-data",
    "order-of-the-categories",
    "inside-the-file",
    "fewer-errors",
    "logarithm-of-money",
    "column-of-ones",
    "dummy-columns",
    "why-normalise",
]
"""Learners' histories hang on these names: one may be added, none renamed or taken away."""


def _exercise_ids() -> list[str]:
    return sorted(folder.parent.name for folder in shipped_exercises().glob("*/exercise.yaml"))


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    (loaded,) = load_curriculum([FILE], _exercise_ids()).lessons
    return loaded


# What there has to be


def test_names_its_schema_in_the_first_line() -> None:
    first = FILE.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=lesson.schema.json"
    assert (FILE.parent / "lesson.schema.json").is_file()


def test_has_the_steps_of_the_course_with_its_four_stages(lesson: Lesson) -> None:
    assert (lesson.id, lesson.number) == ("neural-net-foundations", 3)
    assert [(step.id, step.kind) for step in lesson.steps] == [
        ("video", "video"),
        ("notebook", "notebook"),
        ("book", "book"),
    ]
    assert lesson.steps[1].stages == ("watch", "run", "reproduce", "other-data")
    assert all(step.text and step.links for step in lesson.steps)
    assert lesson.video == "https://www.youtube.com/watch?v=hBBOjCiFcuo"


def test_groups_the_resources_as_the_page_does(lesson: Lesson) -> None:
    groups = {name: len(links) for name, links in lesson.resources.groups()}
    assert groups == {"website": 1, "notebooks": 3, "book": 2}


def test_leads_to_every_page_of_the_lesson_and_to_no_other(lesson: Lesson) -> None:
    found = re.findall(r"https?://[^\s)\"']+", FILE.read_text(encoding="utf-8"))
    assert set(found) == PAGE_LINKS


def test_exercises_stand_in_learning_order_and_the_graded_ones_exist(lesson: Lesson) -> None:
    graded = [line.exercise for line in lesson.exercises if line.exercise]
    assert graded == ["tensors", "quadratic_partial", "loss_and_gradient", "fit_quadratic"]
    assert all(line.id == line.exercise for line in lesson.exercises if line.exercise)
    seen: set[str] = set()
    for line in lesson.exercises:
        assert seen.issuperset(line.needs), f"{line.id} stands before what it needs"
        seen.add(line.id)


def test_notes_have_callouts_of_every_kind_and_time_stamps_that_go_forward(lesson: Lesson) -> None:
    notes = [note for top in lesson.notes for _, note in top.walk()]
    assert {note.callout for note in notes} == {None, "idea", "info", "warning", "try"}
    by_part = [
        note.at for top in lesson.notes if top.id != "chapter-four" for _, note in top.walk() if note.at
    ]
    assert by_part == sorted(by_part)
    assert len(by_part) >= 30
    assert max(by_part) < lesson.steps[0].minutes * 60


def test_notes_can_be_read_in_a_small_terminal(lesson: Lesson) -> None:
    for top in lesson.notes:
        for _, note in top.walk():
            lines = plain(note.text or "", PANE).splitlines()
            assert len(lines) <= 15, f"{note.title} has {len(lines)} lines"
            assert max(map(len, lines), default=0) <= PANE, f"{note.title} is too wide"


# What has to be true


def _examples(*texts: str | None) -> Iterator[doctest.Example]:
    for text in texts:
        for fence in FENCE.findall(text or ""):
            yield from doctest.DocTestParser().get_examples(fence)


def _run(name: str, examples: list[doctest.Example]) -> None:
    report: list[str] = []
    session = doctest.DocTest(examples, {}, name, None, None, None)
    result = doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(session, out=report.append)
    assert result.failed == 0, "".join(report)
    assert result.attempted == len(examples)


def test_examples_in_the_notes_run_as_one_session(lesson: Lesson) -> None:
    examples = list(_examples(*(note.text for top in lesson.notes for _, note in top.walk())))
    assert len(examples) > 40
    _run("notes", examples)


def test_examples_of_the_questions_run_each_for_itself(lesson: Lesson) -> None:
    asked = {
        question.id: list(_examples(question.prompt, question.explanation)) for question in lesson.questions
    }
    assert sum(map(bool, asked.values())) >= 15
    for name, examples in asked.items():
        if examples:
            _run(name, examples)


def _descend(loss: str, lr: float, steps: int, zeroing: bool = True) -> tuple[np.ndarray, float]:
    """The parameters and the loss after some steps, with the gradient worked out on paper."""
    x, y = (column[:, 0] for column in noisy_quadratic())
    powers = np.stack([x**2, x, np.ones_like(x)], axis=1)
    params, gathered = START.copy(), np.zeros(3)
    for _ in range(steps):
        error = powers @ params - y
        slopes = powers.T @ (2 * error if loss == "mse" else np.sign(error)) / len(x)
        gathered = slopes if zeroing else gathered + slopes
        params = params - lr * gathered
    error = powers @ params - y
    return params, float(np.mean(error**2 if loss == "mse" else np.abs(error)))


@pytest.mark.parametrize(
    ("loss", "steps", "zeroing", "shown"),
    [
        ("mse", 0, True, "10.14"),
        ("mse", 10, True, "3.31"),
        ("mse", 10, False, "10.01"),
        ("mae", 0, True, "2.42"),
        ("mae", 10, True, "2.21"),
        ("mae", 10, False, "1.46"),
        ("mae", 100, True, "1.21"),
        ("mae", 100, False, "2.31"),
        ("mae", 3000, True, "0.99"),
    ],
)
def test_figures_of_the_training_runs(loss: str, steps: int, zeroing: bool, shown: str) -> None:
    reached = _descend(loss, 0.01, steps, zeroing)[1]
    assert f"{reached:.2f}" == shown
    assert shown in FILE.read_text(encoding="utf-8")


def test_figures_of_the_learning_rates_and_of_the_best_fit() -> None:
    assert f"{_descend('mse', 0.20, 60)[1]:.2f}" == "1.69"
    assert [f"{p:.2f}" for p in _descend("mse", 0.20, 1000)[0]] == ["2.76", "1.14", "0.57"]
    assert _descend("mse", 0.23, 60)[1] > 10_000


# Questions that are fair


def test_there_are_questions_of_every_kind(lesson: Lesson) -> None:
    kinds = Counter(question.kind for question in lesson.questions)
    assert len(lesson.questions) >= 24
    assert set(kinds) == {"choice", "choices", "typed", "number", "explain"}


def test_every_question_has_a_hint_and_a_place_in_the_notes(lesson: Lesson) -> None:
    for question in lesson.questions:
        assert question.hint, question.id
        assert question.place, question.id
        assert question.place.note, question.id


def test_right_answers_are_marked_right_and_near_misses_get_their_own_words(lesson: Lesson) -> None:
    for question in lesson.questions:
        if isinstance(question, Typed):
            for form in question.accept:
                assert mark(question, form).correct, f"{question.id}: {form}"
        if isinstance(question, Number):
            assert mark(question, str(question.answer)).correct, question.id
            assert f"{question.answer:g}" in question.explanation, question.id
        if isinstance(question, Typed | Number):
            for miss in question.near_misses:
                marking = mark(question, miss.answer)
                assert (marking.correct, marking.message) == (False, miss.why), (
                    f"{question.id}: {miss.answer}"
                )


def _place(choices: tuple[Choice, ...]) -> int:
    return [choice.right for choice in choices].index(True)


def test_the_place_of_the_right_choice_says_nothing(lesson: Lesson) -> None:
    one_of = [question for question in lesson.questions if isinstance(question, OneOf)]
    assert {len(question.choices) for question in one_of} == {4}
    places = Counter(_place(question.choices) for question in one_of)
    assert max(places.values()) - min(places[place] for place in range(4)) <= 2
    run = "".join(str(_place(question.choices)) for question in one_of)
    assert not re.search(r"(\d)\1\1", run), "three right choices in a row stand at the same place"


def test_the_length_of_the_right_choice_says_nothing(lesson: Lesson) -> None:
    """Guessing the longest, or the shortest, is about as good as guessing at random."""
    one_of = [question for question in lesson.questions if isinstance(question, OneOf)]
    ratios, longest, shortest = [], 0.0, 0.0
    for question in one_of:
        lengths = [len(choice.text) for choice in question.choices]
        right = lengths[_place(question.choices)]
        assert max(lengths) <= 1.3 * min(lengths), f"{question.id}: choices of unlike lengths"
        ratios.append(right * (len(lengths) - 1) / (sum(lengths) - right))
        longest += (right == max(lengths)) / lengths.count(max(lengths))
        shortest += (right == min(lengths)) / lengths.count(min(lengths))
    assert 0.97 <= mean(ratios) <= 1.03
    assert 0.1 <= longest / len(one_of) <= 0.4
    assert 0.1 <= shortest / len(one_of) <= 0.4


def test_how_many_are_right_of_several_says_nothing(lesson: Lesson) -> None:
    several = [question for question in lesson.questions if isinstance(question, SeveralOf)]
    assert len({sum(choice.right for choice in question.choices) for question in several}) > 1
    for question in several:
        assert not all(choice.right for choice in question.choices), question.id
    right = [len(choice.text) for question in several for choice in question.choices if choice.right]
    wrong = [len(choice.text) for question in several for choice in question.choices if not choice.right]
    assert 0.85 <= mean(right) / mean(wrong) <= 1.15


# Names that last


def test_no_id_on_which_a_history_hangs_was_renamed(lesson: Lesson) -> None:
    boxes = {step.id for step in lesson.steps} | {line.id for line in lesson.exercises}
    assert boxes.issuperset(BOXES)
    assert {question.id for question in lesson.questions}.issuperset(QUESTIONS)


def test_every_id_is_written_down_rather_than_derived_from_a_wording() -> None:
    text = FILE.read_text(encoding="utf-8")
    written = set(re.findall(r"^ +- id: (\S+)$", text, re.MULTILINE))
    assert written.issuperset([*BOXES, *QUESTIONS])
