import check50
import check50.py


@check50.check()
def exists():
    """twice.py exists"""
    check50.exists("twice.py")


@check50.check(exists)
def doubles():
    """twice doubles"""
    twice = check50.py.import_("twice.py").twice
    for x, expected in ((3, 6), (-2.5, -5), (0, 0)):
        got = twice(x)
        if not got == expected:
            raise check50.Mismatch(str(expected), str(got))
