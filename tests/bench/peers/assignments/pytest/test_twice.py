from twice import twice


def test_doubles():
    assert twice(3) == 6
    assert twice(-2.5) == -5
    assert twice(0) == 0
