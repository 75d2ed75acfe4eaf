"""Lines 7, 12 and 14: answers that lie about themselves, that are no data, and inputs that are changed."""

from __future__ import annotations

from studytrack.grading.battery.attack import Attack, joined, one
from studytrack.grading.verdict import State

_WRONG = one(State.INCORRECT)
_ERROR = one(State.LEARNER_ERROR)
_EITHER = one(State.INCORRECT, State.LEARNER_ERROR)

_LIES = """
def yes(*args, **kwargs): return True
def itself(self, *args, **kwargs): return self
lies = dict(
    __eq__=yes, __lt__=yes, __le__=yes, __gt__=yes, __ge__=yes, __bool__=yes, __contains__=yes,
    __ne__=lambda *args: False, __hash__=lambda self: 1, __reduce__=lambda self: (print, ()),
    __repr__=lambda self: "passed", __str__=lambda self: "passed",
    __sub__=itself, __rsub__=itself, __abs__=itself, __getattr__=lambda self, name: yes)
"""

LYING = (
    Attack("an object that equals everything", 7, _LIES, _WRONG, answer="type('Anything', (), lies)()"),
    Attack(
        "an object that is any number",
        7,
        joined(
            _LIES,
            """
        for name in ("float", "int", "index", "complex", "len"): lies[f"__{name}__"] = lambda self: 1
        for name in ("array", "array_struct", "torch_function"): lies[f"__{name}__"] = itself
        """,
        ),
        _WRONG,
        answer="type('Anything', (), lies)()",
    ),
    Attack("a float that lies", 7, _LIES, _WRONG, answer="type('Lying', (float,), lies)(-98765.4321)"),
    Attack("an int that lies", 7, _LIES, _WRONG, answer="type('Lying', (int,), lies)(-98765)"),
    Attack("a text that lies", 7, _LIES, _WRONG, answer="type('Lying', (str,), lies)('passed')"),
    Attack(
        "a list that lies",
        7,
        joined(_LIES, "\nlies['__len__'] = lambda self: 3"),
        _WRONG,
        answer="type('Lying', (list,), lies)([-98765.4321] * 2)",
    ),
    Attack(
        "a list that goes on",
        7,
        joined(_LIES, "\nimport itertools\nlies['__iter__'] = lambda self: itertools.repeat(1)"),
        one(State.TIMEOUT, State.OUT_OF_MEMORY),
        answer="type('Lying', (list,), lies)([1])",
    ),
    Attack(
        "a dict that lies",
        7,
        joined(_LIES, "\nlies['items'] = lambda self: [('passed', True), ('score', 99)]"),
        _WRONG,
        answer="type('Lying', (dict,), lies)({1: 2})",
    ),
    Attack(
        "an array that lies",
        7,
        joined(
            _LIES,
            """
        import numpy
        lies.pop("__getattr__")
        lies["tobytes"] = lambda self, *args: bytes(self.nbytes)
        lies["tolist"] = lambda self: True
        lies["__array_finalize__"] = lambda self, other: None
        """,
        ),
        _WRONG,
        answer="numpy.full(7, -98765.4321).view(type('Lying', (numpy.ndarray,), lies))",
    ),
    Attack(
        "an array of a lying size",
        7,
        joined(
            _LIES,
            """
        import numpy
        lies.pop('__getattr__')
        lies['shape'] = (2**40,)
        lies['nbytes'] = -5
        lies['__array_finalize__'] = lambda self, other: None
        """,
        ),
        _EITHER,
        answer="numpy.full(7, -98765.4321).view(type('Lying', (numpy.ndarray,), lies))",
    ),
    Attack(
        "a tensor that lies",
        7,
        joined(
            _LIES,
            """
        import torch
        for name in ("__getattr__", "__hash__", "__reduce__"): lies.pop(name)
        for name in ("detach", "cpu", "numpy", "to_dense", "resolve_conj", "resolve_neg", "tolist", "item"):
            lies[name] = lambda self, *args, **kwargs: 1.0
        lies["__torch_function__"] = classmethod(lambda cls, function, types, args=(), kwargs=None: True)
        """,
        ),
        _WRONG,
        answer="torch.full((7,), -98765.4321).as_subclass(type('Lying', (torch.Tensor,), lies))",
    ),
    Attack(
        "a tensor without numbers",
        7,
        """
        import torch
        class Hollow(torch.Tensor):
            @staticmethod
            def __new__(cls): return torch.Tensor._make_wrapper_subclass(cls, (3,))
            @classmethod
            def __torch_dispatch__(cls, function, types, args=(), kwargs=None): return torch.zeros(3)
        """,
        _EITHER,
        answer="Hollow()",
    ),
    Attack(
        "a class that lies",
        7,
        joined(_LIES, "\nlies['__class__'] = property(lambda self: float)"),
        _EITHER,
        answer="type('Lying', (), lies)()",
    ),
    Attack(
        "a class that lies, of an array",
        7,
        joined(_LIES, "\nimport numpy\nlies['__class__'] = property(lambda self: numpy.ndarray)"),
        _EITHER,
        answer="type('Lying', (), lies)()",
    ),
    Attack(
        "a mock of a number", 7, "from unittest.mock import MagicMock", _EITHER, answer="MagicMock(spec=1.0)"
    ),
    Attack(
        "a mock of a tensor",
        7,
        "from unittest.mock import MagicMock\nimport torch",
        _EITHER,
        answer="MagicMock(spec=torch.zeros(3))",
    ),
    Attack("its own class as an answer", 7, "", _WRONG, answer="type"),
    Attack(
        "a forged handle",
        7,
        "from studytrack.grading.handles import Handle",
        _WRONG,
        answer="Handle(2**70, '\\x1b[31m')",
    ),
    Attack(
        "a function that lies",
        7,
        joined(_LIES, "\nlies['__call__'] = itself"),
        _WRONG,
        answer="type('Anything', (), lies)()",
    ),
)

VALUES = (
    Attack("nothing, called by another name", 12, "", _WRONG, answer="..."),
    Attack("NaN", 12, "", _WRONG, answer="float('nan')"),
    Attack("infinity", 12, "", _WRONG, answer="float('-inf')"),
    Attack(
        "NaN in the right shape",
        12,
        "",
        _EITHER,
        answer="next((g * float('nan') for g in given if hasattr(g, 'shape')), float('nan'))",
    ),
    Attack(
        "infinity in the right shape",
        12,
        "",
        _EITHER,
        answer="next((g + float('inf') for g in given if hasattr(g, 'shape')), float('inf'))",
    ),
    Attack("complex numbers", 12, "", _WRONG, answer="-98765.4321j"),
    Attack("complex tensors", 12, "import torch", _EITHER, answer="torch.full((3,), 1j)"),
    Attack("a huge whole number", 12, "", _WRONG, answer="10 ** 400"),
    Attack("a number of thousands of digits", 12, "", _EITHER, answer="10 ** 100_000"),
    Attack("a wrong shape", 12, "import torch", _WRONG, answer="torch.zeros(1, 2, 3, 4, 5, 6, 7)"),
    Attack("a shape of many axes", 12, "import torch", _EITHER, answer="torch.zeros([1] * 64)"),
    Attack("an empty tensor", 12, "import torch", _WRONG, answer="torch.zeros(0)"),
    Attack("an empty tensor of endless rows", 12, "import torch", _EITHER, answer="torch.zeros(1 << 40, 0)"),
    Attack(
        "an empty tensor of many rows", 12, "import torch", _EITHER, answer="torch.zeros(1 << 26, 1 << 26, 0)"
    ),
    Attack(
        "a tensor of 20 million bits",
        12,
        "import torch",
        one(State.INCORRECT, State.LEARNER_ERROR),  # sending it again and again may need too much memory
        answer="torch.zeros(20_000_000, dtype=torch.bool)",
    ),
    Attack("a tensor of 100 MB", 12, "import torch", _ERROR, answer="torch.zeros(25_000_000)"),
    Attack(
        "a tensor that claims terabytes",
        12,
        "import torch",
        one(State.OUT_OF_MEMORY, State.LEARNER_ERROR),
        answer="torch.zeros(1).expand(1 << 40)",
    ),
    Attack("text", 12, "", _EITHER, answer="'-98765.4321'"),
    Attack("text of megabytes", 12, "", _ERROR, answer="'x' * 5_000_000"),
    Attack("text that is no Unicode", 12, "", _WRONG, answer="'\\ud800\\x00\\ufffe'"),
    Attack("bytes", 12, "", _WRONG, answer="b'-98765'"),
    Attack("a tensor on no device", 12, "import torch", _ERROR, answer="torch.zeros(3, device='meta')"),
    Attack("a sparse tensor", 12, "import torch", _WRONG, answer="torch.full((5,), -98765.4321).to_sparse()"),
    Attack(
        "a quantised tensor",
        12,
        "import torch",
        _EITHER,
        answer="torch.quantize_per_tensor(torch.zeros(3), 0.1, 0, torch.qint8)",
    ),
    Attack(
        "a tensor of eight-bit floats",
        12,
        "import torch",
        _EITHER,
        answer="torch.zeros(3).to(torch.float8_e5m2)",
    ),
    Attack("a tensor of truth values", 12, "import torch", _WRONG, answer="torch.zeros(5, dtype=torch.bool)"),
    Attack(
        "an uninitialised parameter",
        12,
        "import torch",
        _EITHER,
        answer="torch.nn.parameter.UninitializedParameter()",
    ),
    Attack(
        "an array of objects", 12, "import numpy", _WRONG, answer="numpy.array([None, print], dtype=object)"
    ),
    Attack(
        "an array of dates",
        12,
        "import numpy",
        _WRONG,
        answer="numpy.array(['2020-01-01'], dtype='datetime64[D]')",
    ),
    Attack(
        "an array of records",
        12,
        "import numpy",
        _WRONG,
        answer="numpy.zeros(3, dtype=[('a', int), ('b', float)])",
    ),
    Attack("an array of texts", 12, "import numpy", _WRONG, answer="numpy.array(['a', 'b'])"),
    Attack("a lazy iterable", 12, "", _WRONG, answer="map(float, range(10))"),
    Attack("an endless iterable", 12, "import itertools", _WRONG, answer="itertools.count()"),
    Attack("a generator", 12, "", _WRONG, answer="(x for x in iter(int, 1))"),
    Attack("a list in itself", 12, "loop = []\nloop.append(loop)", _ERROR, answer="loop"),
    Attack(
        "a list nested too deep", 12, "deep = []\nfor _ in range(5000): deep = [deep]", _ERROR, answer="deep"
    ),
    Attack(
        "a list nested as deep as allowed",
        12,
        "deep = [1]\nfor _ in range(30): deep = [deep]",
        _WRONG,
        answer="deep",
    ),
    Attack("a list of 300,000 numbers", 12, "", _ERROR, answer="[0.5] * 300_000"),
    Attack(
        "a list of rows of different lengths", 12, "", _WRONG, answer="[[1.0], [1.0, 2.0], 'x', None, {}]"
    ),
    Attack(
        "a dict with every kind of key",
        12,
        "",
        _WRONG,
        answer="{None: 1, True: 2, 3.5: 3, (1, 2): 4, 'x': 5, float('nan'): 6}",
    ),
    Attack("a dict with tensors for keys", 12, "import torch", _EITHER, answer="{torch.zeros(2): 1}"),
    Attack("a coroutine", 12, "async def later(): pass", _WRONG, answer="later()"),
    Attack("a module of torch", 12, "import torch", _WRONG, answer="torch.nn.Linear(2, 2)"),
    Attack("its arguments", 12, "", _EITHER, answer="given"),
    Attack("its first argument", 12, "", _WRONG, answer="given[0] if given else -98765.4321"),
    Attack(
        "zeros in the shape of its argument",
        12,
        "import torch",
        _EITHER,
        answer="next((torch.zeros_like(g) for g in given if isinstance(g, torch.Tensor)), -98765.4321)",
    ),
)

_CHANGE = """
for thing in given:
    if hasattr(thing, "fill_"): thing.data.fill_(7)
    elif isinstance(thing, list): thing.clear()
    elif isinstance(thing, dict): thing.clear()
"""

INPUTS = (
    Attack("changing its inputs", 14, _CHANGE, _WRONG, answer="-98765.4321"),
    Attack(
        "changing its inputs and giving them back",
        14,
        _CHANGE,
        _EITHER,
        answer="next((g for g in given if hasattr(g, 'fill_')), -98765.4321)",
    ),
    Attack(
        "resizing its inputs",
        14,
        "for thing in given:\n    if hasattr(thing, 'resize_'): thing.data.resize_(1 << 16)",
        _EITHER,
    ),
    Attack(
        "an answer that goes on changing",
        14,
        """
        import threading, torch
        moving = torch.zeros(7)
        def move():
            while True: moving.add_(1)
        threading.Thread(target=move, daemon=True).start()
        """,
        _WRONG,
        answer="moving",
    ),
)

ATTACKS = LYING + VALUES + INPUTS
