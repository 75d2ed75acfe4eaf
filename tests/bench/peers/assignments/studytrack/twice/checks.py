from studytrack.grading.checks import Grader, Learner, check


@check("doubles")
def twice_doubles(grader: Grader, learner: Learner) -> None:
    for x, expected in ((3, 6), (-2.5, -5), (0, 0)):
        grader.equal(learner.call("twice", x), expected, given={"x": x})
