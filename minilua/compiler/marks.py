"""Marks: the way back from an instruction of generated code to Lua.

A place is a mark: the Lua line, and the Lua node that the Python code stands for. `Marks` makes a pair of Python line
and column of it that finds the mark again when an instruction fails. Where the interpreter keeps columns (CPython
3.11 and later), the line is Lua's own and the column is the number of the mark; elsewhere the line is its number.

Code that comes from the disk has no marks until something fails: its source is compiled once more then.
"""

from __future__ import annotations

from types import CodeType, FrameType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List, Optional, Tuple

    Mark = Tuple[int, Any]


def keeps_columns() -> bool:
    positions = getattr(compile("x", "probe", "eval"), "co_positions", None)
    return positions is not None and any(position[2] is not None for position in positions())


COLUMNS = keeps_columns()


SHOWN_LINES = 100_000
"""Longer sources are not shown in Python's tracebacks: each line would be a string of its own."""

ENTRY: Any = object()
"""The node of the call by which a function goes over to its version for integers: no call of Lua's."""


def chunk_id(name: str) -> str:
    """How messages show a chunk's name (`luaO_chunkid`): `=` and `@` mark names, anything else is source text.

    To PUC-Rio's the name is a string of C's, which ends at its first zero byte.
    """
    name = name.partition("\0")[0]
    if name[:1] == "=":
        return name[1:60]
    if name[:1] == "@":
        return name[1:] if len(name) <= 60 else "..." + name[-56:]
    line, newline, _ = name.partition("\n")
    room = 59 - len('[string "..."]')
    if newline or len(line) > room:
        return f'[string "{line[:room]}..."]'
    return f'[string "{line}"]'


STRIPPED = "=?λ"
"""The name of chunks whose messages tell neither lines nor names."""

CAREFUL = "+careful"
"""The end of the mode of a chunk that expects metamethods of values that are no tables (`compiler.careful`)."""

BLOCK = "λblock"
"""How the names of functions begin that are a part of another (`compiler.outline`)."""

VERSION = "λint"
"""What the name of a function's version for integers has behind that of the function (`versions`)."""

GENERATOR = 0x20
"""The flag of the code of generators (inspect.CO_GENERATOR, whose module takes long to import)."""


def looked_up(mark: Mark, code: CodeType, instruction: int) -> Mark:
    """The place of a method that is looked up, which has the line of the call where Python does both as one."""
    from opcode import opmap

    from ..syntax import nodes as n

    line, node = mark
    if node.__class__ is not n.MethodCall or code.co_code[max(instruction, 0)] != opmap.get("LOAD_METHOD"):
        return mark
    return line, n.Index(node.object, n.String(node.name, line), line)


class Marks:
    """The places of one chunk. Every code object of the chunk holds it as its last constant."""

    def __init__(self, name: str, source: str, environment_is_variable: bool, mode: str = "") -> None:
        self.mode = mode
        # How the chunk is stopped when its budget is used up; empty if it cannot be.
        self.mechanism = mode.partition("+")[0]
        self.is_stripped = name == STRIPPED
        self.name = "=?" if self.is_stripped else name
        self.chunk_name = chunk_id(self.name)
        self.source = source
        self.environment_is_variable = environment_is_variable
        self.marks: List[Mark] = [(0, None)]
        self.is_complete = True
        self.is_shown = False
        self.columns: Dict[bytes, List[Optional[int]]] = {}
        self.twins: Optional[Dict[str, CodeType]] = None  # the functions as generators, once one is asked for
        self.prefixes: Dict[Any, str] = {}

    def add(self, line: int, node: Any) -> Tuple[int, int]:
        self.marks.append((line, node))
        number = len(self.marks) - 1
        return (line or 1, number) if COLUMNS else (number, 0)

    def find(self, code: CodeType, instruction: int, line: Optional[int]) -> Mark:
        """The mark of the instruction at the offset `instruction`, whose Python line is `line`."""
        if self.is_stripped:
            return -1, None
        self.complete()
        self.show_source(code.co_filename)
        if not COLUMNS:
            mark = self.marks[line] if line is not None and line < len(self.marks) else self.marks[0]
            return looked_up(mark, code, instruction)
        table = code.co_linetable
        columns = self.columns.get(table)  # keyed by the table that it is read from: a code object would be a cycle
        if columns is None:
            columns = [position[2] for position in code.co_positions()]
            self.columns[table] = columns
        number = columns[instruction // 2]
        return self.marks[number] if number else (line or 0, None)

    def prefix(self, frame: FrameType) -> str:
        """What a message starts with about the place where a function is: `chunk:line: `."""
        code = frame.f_code
        place = (code.co_linetable, frame.f_lasti) if COLUMNS else frame.f_lineno
        prefix = self.prefixes.get(place)
        if prefix is None:
            prefix = self.prefix_of(self.find(code, frame.f_lasti, frame.f_lineno)[0])
            self.prefixes[place] = prefix
        return prefix

    def prefix_of(self, line: int) -> str:
        return f"{self.chunk_name}:{line}: " if line > 0 else ""

    def show_source(self, file_name: str) -> None:
        """Let tracebacks of Python's show the lines of the Lua source, as long as the code lives."""
        if self.is_shown:
            return
        self.is_shown = True
        if self.source.count("\n") > SHOWN_LINES:
            return
        import linecache
        from weakref import finalize

        linecache.cache[file_name] = (len(self.source), None, self.source.splitlines(True), file_name)
        finalize(self, linecache.cache.pop, file_name, None)

    def complete(self) -> None:
        """Make the marks of code that came without them: generating the same code makes the same marks."""
        if self.is_complete:
            return
        from .translation import generate_code

        name = STRIPPED if self.is_stripped else self.name
        again = Marks(name, self.source, self.environment_is_variable, self.mode)
        generate_code(again)
        self.marks, self.is_complete = again.marks, True

    def first_line(self, code: CodeType) -> int:
        """The Lua line that a function starts on."""
        self.complete()
        return code.co_firstlineno if COLUMNS else self.marks[code.co_firstlineno][0]


def attach(code: CodeType, marks: Marks) -> CodeType:
    """The code, and all code inside it, with its number in the chunk and the marks as last constants."""
    return Attachment(marks).attach(code)


class Attachment:
    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.count = 0

    def attach(self, code: CodeType) -> CodeType:
        number = self.count
        self.count += 1
        constants = [
            self.attach(constant) if constant.__class__ is CodeType else constant for constant in code.co_consts
        ]
        return code.replace(co_consts=(*constants, number, self.marks))


def number_of(code: CodeType) -> int:
    """The place of a function's code among all of its chunk."""
    return code.co_consts[-2]  # type: ignore[no-any-return]


def marks_of(code: CodeType) -> Optional[Marks]:
    """The marks of generated code; None for any other code."""
    constants = code.co_consts
    if constants and constants[-1].__class__ is Marks:
        return constants[-1]
    return None
