OK_FORMAT = True

test = {
    "name": "doubles",
    "points": 1,
    "suites": [
        {
            "cases": [
                {"code": ">>> twice(3)\n6", "hidden": False, "locked": False},
                {"code": ">>> twice(-2.5)\n-5.0", "hidden": False, "locked": False},
                {"code": ">>> twice(0)\n0", "hidden": False, "locked": False},
            ],
            "scored": True,
            "setup": "",
            "teardown": "",
            "type": "doctest",
        }
    ],
}
