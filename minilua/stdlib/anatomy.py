"""What a Lua function is made of, as the source tells: its place, parameters and upvalues.

Code objects keep none of it. A chunk's source is compiled once more when it is first asked for, and the Python names
of functions and variables, which are unique in a chunk, lead back to the nodes.
"""

from __future__ import annotations

import weakref
from types import FunctionType
from typing import Any, Dict, List, NamedTuple, Optional

from ..compiler.codegen import Generator
from ..compiler.program import all_code, generate_code
from ..compiler.python import Marks, marks_of
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
        again = RecordingMarks(marks.chunk_name, marks.source, marks.environment_is_variable)
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

    def __init__(self, table: Any) -> None:
        self.name = "_ENV"
        self.table = table

    @property
    def variable(self) -> Any:
        return self.table

    @property
    def value(self) -> Any:
        return self.table


def upvalues(function: Any, globals_table: Any) -> List[Upvalue]:
    """The upvalues of a function in their order in PUC-Rio (`_ENV` comes last, but for main chunks)."""
    if function.__class__ is not FunctionType:
        return []
    code = function.__code__
    marks = marks_of(code)
    if marks is None:
        return []
    parts = anatomy(marks)
    node = parts.functions.get(code.co_name)
    cells = dict(zip(code.co_freevars, function.__closure__ or ()))
    found = [
        Upvalue(declaration.name, cells[declaration.python_name], declaration.is_cell)
        for declaration in (node.captures if node is not None else ())
        if declaration.python_name in cells
    ]
    if not marks.environment_is_variable and (
        code.co_name == "λchunk"
        or any("λglobal" in inner.co_names or "λset_global" in inner.co_names for inner in all_code(code))
    ):
        found.append(Globals(globals_table))
    return found


def function_node(function_or_code: Any) -> Optional[n.Function]:
    """The node of a Lua function; None for any other."""
    code = function_or_code.__code__ if function_or_code.__class__ is FunctionType else function_or_code
    marks = marks_of(code)
    return None if marks is None else anatomy(marks).functions.get(code.co_name)
