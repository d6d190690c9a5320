"""What a Lua function is made of, as the source tells: its place, parameters and upvalues.

Code objects keep none of it. A chunk's source is compiled once more when it is first asked for, and the Python names
of functions and variables, which are unique in a chunk, lead back to the nodes.
"""

from __future__ import annotations

import weakref
from types import CellType, FunctionType
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from ..compiler.codegen import Generator
from ..compiler.marks import STRIPPED, Marks, marks_of
from ..compiler.program import all_code, compile_chunk
from ..compiler.translation import generate_code
from ..coroutines import twin
from ..errors import Fault
from ..syntax import nodes as n


class Anatomy(NamedTuple):
    """The functions (in the order of the source) and the variables of a chunk, by their Python names."""

    functions: Dict[str, n.Function]
    variables: Dict[str, n.Declaration]


class RecordingMarks(Marks):
    functions: Dict[str, n.Function]


class Recorder(Generator):
    def definition(self, function: n.Function, python_name: str) -> Any:
        assert isinstance(self.marks, RecordingMarks)
        self.marks.functions[python_name] = function
        return super().definition(function, python_name)


known: "weakref.WeakKeyDictionary[Marks, Anatomy]" = weakref.WeakKeyDictionary()


def anatomy(marks: Marks) -> Anatomy:
    """What the chunk with these marks is made of."""
    found = known.get(marks)
    if found is None:
        again = RecordingMarks(
            STRIPPED if marks.is_stripped else marks.name, marks.source, marks.environment_is_variable, marks.mode
        )
        again.functions = {}
        resolution = generate_code(again, Recorder)[1]
        variables = {declaration.python_name: declaration for declaration in resolution.declarations}
        found = known[marks] = Anatomy(again.functions, variables)
    return found


class Upvalue:
    """A variable of another function that a function uses, in Python's closure cell."""

    def __init__(self, name: str, cell: Any, is_list: bool) -> None:
        self.name = name
        self.cell = cell
        self.is_list = is_list  # of one value, the variable, which all that share it hold

    @property
    def variable(self) -> Any:
        """What is one object for all functions that share the variable."""
        return self.cell.cell_contents if self.is_list else self.cell

    @property
    def value(self) -> Any:
        try:
            contents = self.cell.cell_contents
        except ValueError:  # not assigned yet
            return None
        return contents[0] if self.is_list else contents

    @value.setter
    def value(self, value: Any) -> None:
        if self.is_list:
            self.cell.cell_contents[0] = value
        else:
            self.cell.cell_contents = value


class Globals(Upvalue):
    """The `_ENV` of a chunk whose globals are those of the runtime: no variable, but there all the same."""

    def __init__(self, function: FunctionType, table: Any) -> None:
        self.name = "_ENV"
        self.function = function
        self.table = table

    @property
    def variable(self) -> Any:
        return self.function.__globals__

    @property
    def value(self) -> Any:
        return self.table

    @value.setter
    def value(self, value: Any) -> None:
        if value is not self.table:
            replace(self.function, with_environment(self.function, CellType(value)))


def upvalues(function: Any, globals_table: Any) -> List[Upvalue]:
    """The upvalues of a function, in the order of their first use as in PUC-Rio."""
    if function.__class__ is not FunctionType:
        return []
    function = joined(function)
    code = function.__code__
    marks = marks_of(code)
    if marks is None:
        return []
    parts = anatomy(marks)
    node = parts.functions.get(code.co_name)
    cells = dict(zip(code.co_freevars, function.__closure__ or ()))
    if node is None or code.co_name == "λchunk":
        return [Globals(function, globals_table)] if not cells else environments(cells)
    found: List[Upvalue] = []
    for used in first_uses(node):
        if used is None:
            found.append(Globals(function, globals_table))
        elif used.python_name in cells:
            found.append(Upvalue(used.name, cells[used.python_name], used.is_cell))
    return found


def environments(cells: Dict[str, CellType]) -> List[Upvalue]:
    return [Upvalue("_ENV", cell, False) for cell in cells.values()]


def first_uses(function: n.Function) -> List[Optional[n.Declaration]]:
    """The variables of other functions that a function uses, each once; None stands for the globals."""
    found: Dict[Optional[n.Declaration], None] = {}
    stack: List[Any] = [function.body.statements]
    while stack:
        node = stack.pop()
        if (
            node.__class__ is n.Name
            and node.environment is None
            and (node.declaration is None or node.declaration in function.captures)
        ):
            found.setdefault(node.declaration)
        stack.extend(reversed(parts_of(node)))
    return list(found)


def functions_in(marks: Marks) -> List[n.Function]:
    """The functions inside a chunk in the order of its text."""
    main = anatomy(marks).functions["λchunk"]
    found: List[n.Function] = []
    stack: List[Any] = [main]
    while stack:
        node = stack.pop()
        if node.__class__ is n.Function and node is not main:
            found.append(node)
        stack.extend(reversed(parts_of(node)))
    return found


def parts_of(node: Any) -> List[Any]:
    """The nodes inside a node, or inside a list of some, in the order of the text."""
    if node.__class__ in (list, tuple):
        return list(node)
    if node.__class__ is n.Declaration or not isinstance(node, (n.Node, n.Block)):
        return []
    return [getattr(node, slot, None) for slot in PARTS.get(node.__class__, slots_of(node))]


PARTS: Dict[type, Tuple[str, ...]] = {n.Function: ("body",), n.Goto: (), n.Name: ("environment",)}
"""The parts of nodes that have other slots than for parts."""


def slots_of(node: Any) -> Tuple[str, ...]:
    return tuple(node.__class__.__slots__)


# ---------------------------------------------------------------- other variables for a function


def joined(function: FunctionType) -> FunctionType:
    """The function that runs when `function` is called: another one if it has been given other variables."""
    while function.__kwdefaults__:
        function = function.__kwdefaults__["λtarget"]
    return function


def replace(function: FunctionType, target: FunctionType) -> None:
    """Make a function call another one: the variables of a function of Python's cannot be exchanged."""
    names = [f"λ{position}" for position in range(len(function.__closure__ or ()))]
    uses = "; ".join(["0", *names])
    scope: Dict[str, Any] = {}
    exec(
        f"def outer({', '.join(names)}):\n"
        f" def function(*λvarargs, λtarget):\n  if 0: {uses}\n  return λtarget(*λvarargs)\n return function",
        scope,
    )
    made = scope["outer"](*names)
    function.__kwdefaults__ = {"λtarget": target}
    function.__defaults__ = None
    function.__code__ = made.__code__
    function.λtwin = twin(target)  # type: ignore[attr-defined]


def join(function: FunctionType, position: int, other: Upvalue) -> None:
    """Make an upvalue of a function the variable that is another function's upvalue."""
    inner = joined(function)
    mine = upvalues(inner, None)[position]
    if isinstance(mine, Globals):
        if not isinstance(other, Globals):
            replace(function, with_environment(inner, other.cell))
        return
    if isinstance(other, Globals):
        raise Fault("cannot make the globals a variable of a function")
    cells = [other.cell if cell is mine.cell else cell for cell in inner.__closure__ or ()]
    if mine.is_list != other.is_list:
        raise Fault("cannot join variables of different kinds")
    replace(function, FunctionType(inner.__code__, inner.__globals__, inner.__name__, inner.__defaults__, tuple(cells)))


def with_environment(function: FunctionType, environment: CellType) -> FunctionType:
    """The function with its globals being the fields of a variable."""
    marks = marks_of(function.__code__)
    assert marks is not None
    chunk_name = STRIPPED if marks.is_stripped else marks.name
    main = compile_chunk(marks.source, chunk_name, True, marks.mode).code
    inner_marks = marks_of(main)
    assert inner_marks is not None
    parts, other_parts = anatomy(marks), anatomy(inner_marks)
    place = list(parts.functions).index(function.__code__.co_name)
    name = list(other_parts.functions)[place]
    code = next(inner for inner in all_code(main) if inner.co_name == name)
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or ()))
    # The variables are the same in the same order, but for the environment, which belongs to no function.
    names = dict(zip(own_variables(other_parts), own_variables(parts)))
    closure = [cells[names[free]] if free in names else environment for free in code.co_freevars]
    return FunctionType(code, function.__globals__, code.co_name, function.__defaults__, tuple(closure))


def own_variables(parts: Anatomy) -> List[str]:
    return [name for name, declaration in parts.variables.items() if declaration.name != "_ENV"]


def function_node(function_or_code: Any) -> Optional[n.Function]:
    """The node of a Lua function; None for any other."""
    code = function_or_code.__code__ if function_or_code.__class__ is FunctionType else function_or_code
    marks = marks_of(code)
    return None if marks is None else anatomy(marks).functions.get(code.co_name)
