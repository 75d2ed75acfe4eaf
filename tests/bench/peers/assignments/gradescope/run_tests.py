import unittest

from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner


class TestTwice(unittest.TestCase):
    @weight(1)
    def test_doubles(self):
        from twice import twice

        self.assertEqual(twice(3), 6)
        self.assertEqual(twice(-2.5), -5)
        self.assertEqual(twice(0), 0)


if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(TestTwice)
    with open("results.json", "w") as results:
        JSONTestRunner(stream=results, visibility="visible").run(suite)
