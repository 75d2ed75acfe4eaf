"""All lessons together: which are read, in which order, and what is wrong between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytrack.curriculum.loading import load_curriculum, read_lessons
from studytrack.errors import CurriculumError

EXERCISES = ["tensors", "fit_quadratic"]


def lesson(name: str, extra: str = "", question: str = "") -> str:
    text = f"id: {name}\ntitle: Lesson {name}\nsummary: About {name}.\n{extra}"
    text += "steps:\n  - {id: read, kind: book, title: Read, minutes: 10}\n"
    if question:
        text += f"questions:\n  - {{id: {question}, kind: explain, topic: t, "
        text += "prompt: p, explanation: e, rubric: [r]}\n"
    return text


def put(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def told(*folders: Path) -> list[str]:
    return [
        f"{fault.file.name}:{fault.line}:{fault.column}: {fault.problem}; {fault.remedy}"
        for fault in read_lessons(folders, EXERCISES).faults
    ]


def test_lessons_come_by_number_and_then_by_title(tmp_path: Path) -> None:
    put(tmp_path, a=lesson("z"), b=lesson("b"), c=lesson("c", "number: 2\n"), d=lesson("d", "number: 1\n"))
    curriculum = load_curriculum([tmp_path], EXERCISES)
    assert [one.id for one in curriculum.lessons] == ["d", "c", "b", "z"]


def test_a_lesson_with_a_fault_does_not_hide_the_others(tmp_path: Path) -> None:
    put(tmp_path, good=lesson("good", "needs: [bad]\n"), bad=lesson("bad", "number: three\n"))
    reading = read_lessons([tmp_path], EXERCISES)
    assert [one.id for one in reading.curriculum.lessons] == ["good"]
    assert reading.curriculum.lessons[0].needs == ()  # what it needs cannot be shown
    assert [fault.file.name for fault in reading.faults] == ["bad.yaml"]
    with pytest.raises(CurriculumError, match="`number` needs a whole number"):
        load_curriculum([tmp_path], EXERCISES)


def test_the_learners_own_lessons_stand_beside_the_shipped(tmp_path: Path) -> None:
    shipped = put(tmp_path / "shipped", one=lesson("one"))
    own = put(tmp_path / "own", two=lesson("two", "needs: [one]\n"))
    curriculum = load_curriculum([shipped, own, tmp_path / "nowhere"], EXERCISES)
    assert [one.id for one in curriculum.lessons] == ["one", "two"]


def test_the_first_of_two_lessons_with_one_id_has_it(tmp_path: Path) -> None:
    shipped = put(tmp_path / "shipped", one=lesson("one"))
    own = put(tmp_path / "own", mine=lesson("one", "number: 1\n"))
    reading = read_lessons([shipped, own], EXERCISES)
    assert [one.number for one in reading.curriculum.lessons] == [None]
    assert told(shipped, own) == [
        f"mine.yaml:1:5: the lesson id `one` is used twice (first in {shipped / 'one.yaml'}); "
        "give this lesson another `id`"
    ]


def test_questions_have_ids_of_their_own_in_the_whole_curriculum(tmp_path: Path) -> None:
    put(tmp_path, a=lesson("a", question="why"), b=lesson("b", question="why"))
    assert told(tmp_path) == [
        f"b.yaml:7:10: the question id `why` is used twice (first in {tmp_path / 'a.yaml'}); "
        "give this question another `id`"
    ]


def test_lessons_that_need_each_other(tmp_path: Path) -> None:
    put(
        tmp_path,
        a=lesson("a", "needs: [c]\n"),
        b=lesson("b", "needs: [a]\n"),
        c=lesson("c", "needs: [b]\n"),
        d=lesson("d", "needs: [d, e]\n"),
    )
    assert told(tmp_path) == [
        "a.yaml:4:8: these lessons need each other, so none can be begun: a → c → b → a; "
        "remove one of the `needs`",
        "d.yaml:4:8: these lessons need each other, so none can be begun: d → d; remove one of the `needs`",
        "d.yaml:4:12: there is no lesson `e`; known: a, b, c, d",
    ]


def test_only_yaml_files_of_the_folder_itself_are_lessons(tmp_path: Path) -> None:
    folder = put(tmp_path / "lessons", a=lesson("a"))
    put(folder / "drafts", b=lesson("b"))
    (folder / "notes.md").write_text("# no lesson")
    (folder / ".a.yaml.tmp.yaml").write_text("half a")
    (folder / "c.yml").write_text(lesson("c"))
    (folder / "d.yaml").mkdir()
    reading = read_lessons([folder], EXERCISES)
    assert [one.id for one in reading.curriculum.lessons] == ["a"]
    assert told(folder) == [
        "c.yml:1:1: the names of lessons end in `.yaml`; rename the file",
        "d.yaml:1:1: this is not a file; name a YAML file",
    ]


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    secret = put(tmp_path / "elsewhere", secret=lesson("secret"))
    folder = put(tmp_path / "lessons", a=lesson("a"))
    (folder / "b.yaml").symlink_to(secret / "secret.yaml")
    (folder / "c.yaml").symlink_to("/dev/zero")
    (folder / "d.yaml").symlink_to(folder / "d.yaml")
    assert [one.id for one in read_lessons([folder], EXERCISES).curriculum.lessons] == ["a"]
    assert told(folder) == [
        "b.yaml:1:1: this link leads out of its folder; copy the file here",
        "c.yaml:1:1: this link leads out of its folder; copy the file here",
        "d.yaml:1:1: this link leads out of its folder; copy the file here",
    ]


def test_files_can_be_named_one_by_one(tmp_path: Path) -> None:
    put(tmp_path, a=lesson("a"), b="broken: [")
    assert [one.id for one in load_curriculum([tmp_path / "a.yaml"], EXERCISES).lessons] == ["a"]
    (tmp_path / "lesson.txt").write_text("- a\n")
    assert told(tmp_path / "lesson.txt")[0].startswith("lesson.txt:1:1: the file needs keys and values")
    assert told(tmp_path / "nowhere.yaml") == ["nowhere.yaml:1:1: there is no such file; name a YAML file"]


def test_every_part_of_a_lesson_arrives(lesson_text: str, tmp_path: Path) -> None:
    put(tmp_path, lesson=lesson_text)
    (one,) = load_curriculum([tmp_path], EXERCISES).lessons
    assert one.video == "https://example.org/watch?v=1"
    assert one.steps[0].stages == ("watch", "run")
    assert one.steps[1].needs == ("video",)
    assert [name for name, _ in one.resources.groups()] == ["website"]
    assert [(depth, note.id) for depth, note in one.notes[0].walk()] == [
        (0, "what-is-inside-a-model"),
        (1, None),
        (1, "layers"),
    ]
    assert one.notes[0].at == 38 * 60 + 20
    assert one.notes[0].notes[1].at == 3723
    assert [question.kind for question in one.questions] == [
        "choice",
        "choices",
        "number",
        "typed",
        "explain",
    ]
