"""Where an error happened and what it was about, in Lua's words.

A failing instruction leads through its code's marks (`compiler.python`) to the Lua node that it stands for, and the
node names the culprit: `workflow.lua:7: attempt to index a nil value (field 'organization')`. What Python raises by
itself where Lua refuses an operation is read from the exception's text, which names the types.
"""

from __future__ import annotations

import sys
from itertools import count, islice
from types import CellType, CodeType, FunctionType, TracebackType

from .compiler.marks import ENTRY, GENERATOR, VERSION, Marks, marks_of, number_of
from .errors import BadArgument, Fault, Incomplete, LuaError, OperandError
from .limits import check
from .recursion import C_LEVELS, ERROR_LEVELS
from .recursion import levels as c_levels
from .values import operations
from .values.table import BaseTable, PendingTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Set, Tuple

LUA_TYPES = {
    "NoneType": "nil",
    "bool": "boolean",
    "int": "number",
    "float": "number",
    "str": "string",
    "function": "function",
    "builtin_function_or_method": "function",
    "Coroutine": "thread",
    "Table": "table",
    "PendingTable": "table",
    "Metatable": "table",
    "Observed": "table",
    "GlobalTable": "table",
    "HostObject": "userdata",
}

NO_ATTRIBUTE = r"'([^']+)' object (?:has no attribute|attribute )"
NOT_CALLABLE = r"'([^']+)' object is not callable"
NOT_COMPARABLE = r"'([<>]=?)' not supported between instances of '([^']+)' and '([^']+)'"


class Nodes:
    """The module `syntax.nodes`, imported when the first error is explained."""

    def __getattr__(self, name: str) -> Any:
        from .syntax import nodes

        globals()["n"] = nodes
        return getattr(nodes, name)


n: Any = Nodes()


class Level:
    """A function that was running: one of a chunk, at a mark, or with no chunk one of Python's.

    There is no `frame` where the function does not run as Python does.
    """

    __slots__ = ("marks", "line", "node", "code", "module", "frame", "is_tail_called")

    def __init__(self, marks: Optional[Marks], line: int, node: Any, code: CodeType, module: str, frame: Any) -> None:
        self.marks = marks
        self.line = line
        self.node = node
        self.code = code
        self.module = module
        self.frame = frame
        self.is_tail_called = False

    def at(self, node: Any) -> Level:
        """The same level, at another node."""
        return Level(self.marks, self.line, node, self.code, self.module, self.frame)


class Thrown(LuaError):
    """What `error` raises: `value` is a Lua value as the script sees it."""

    if not TYPE_CHECKING:
        __init__ = Exception.__init__  # which runs no Python: errors are raised often
        value = property(lambda self: self.args[0])


# ---------------------------------------------------------------- levels


def level_at(frame: Any, instruction: int, line: Optional[int]) -> Level:
    code = frame.f_code
    module = frame.f_globals.get("__name__") or ""
    marks = marks_of(code)
    if marks is None:
        return Level(None, 0, None, code, module, frame)
    lua_line, node = marks.find(code, instruction, line)
    return Level(marks, lua_line, node, code, module, frame)


def levels_of_error(trace: Optional[TracebackType]) -> List[Level]:
    """The functions that an exception came through, the innermost first."""
    levels: List[Level] = []
    while trace is not None:
        if not len(levels) & 1023:
            check()
        levels.append(level_at(trace.tb_frame, trace.tb_lasti, trace.tb_lineno))
        trace = trace.tb_next
    levels.reverse()
    return levels


CAUGHT_IN, HANDLED_IN, CLOSED_IN, RESUMED_IN = "λcaught_in", "λhandled_in", "λclosed_in", "λresumed_in"
"""What a function of the runtime's does of which the stack must tell otherwise than Python's does."""

CLOSING = object()
"""Stands for the node of a function that is closing its variables."""

roles: Dict[int, str] = {}
"""The functions that do so, by the `id` of their code: the error that they are about is their variable `error`."""


def register_role(function: Any, role: str) -> None:
    roles[id(function.__code__)] = role


def running_levels() -> Iterator[Level]:
    """The functions that are running, the innermost first, up to where the coroutine was resumed."""
    return levels_from(sys._getframe(1))


def levels_from(frame: Any) -> Iterator[Level]:
    """The function of a frame, and those that it runs in.

    A handler of errors runs on top of the functions that the error came through, although Python has left them.
    """
    for depth in count():
        if frame is None:
            return
        if not ~depth & 1023:
            check()
        role = roles.get(id(frame.f_code))
        if role is RESUMED_IN:
            return
        if role is HANDLED_IN:
            levels, leaving = levels_of_error(frame.f_locals["error"].__traceback__), frame.f_locals["leaving"]
            yield level_at(frame, frame.f_lasti, frame.f_lineno)  # the handler is not called in tail position
            yield from levels if leaving is not None else levels[:-1]
            frame = leaving or frame
        else:
            yield level_at(frame, frame.f_lasti, frame.f_lineno)
        frame = frame.f_back


library_names: Dict[int, str] = {}
"""The functions that count as C functions do in PUC-Rio, by the `id` of their code: their names in messages."""


library_codes: List[CodeType] = []  # kept, lest an `id` be given to another


def register_library(function: Any, name: str) -> None:
    code = function.__code__
    if id(code) not in library_names:
        library_codes.append(code)
        library_names[id(code)] = name


def is_library(level: Level) -> bool:
    return id(level.code) in library_names


def lua_levels(levels: Iterable[Level]) -> Iterator[Level]:
    """The levels as Lua counts them: functions of chunks and of libraries, without what these need inside.

    A metamethod `__close` that an error calls runs in what catches the error, although Python still is in the function
    that the error leaves. A function of a chunk that has called another in tail position is still on Python's stack,
    and no more on Lua's.
    """
    leaving = closing = False
    inner: Optional[Level] = None  # a function of a chunk whose caller comes next
    for level in levels:
        role = roles.get(id(level.code))
        if role is CLOSED_IN:
            leaving = leaving or isinstance(level.frame.f_locals.get("error"), Exception)
            closing = True
        elif role is CAUGHT_IN:
            leaving = closing = False
        if leaving:
            continue
        if level.marks is not None and level.node is not ENTRY:
            if inner is not None and getattr(level.node, "is_tail", False):
                inner.is_tail_called = True
                continue
            if closing:
                level = level.at(CLOSING)
            yield level
            closing = False
            inner = level
        elif is_library(level):
            yield level
            inner = None
        elif level.code is operations.finish.__code__ and inner is not None:
            inner.is_tail_called = True
        elif level.marks is None and not level.module.startswith("minilua.values"):
            inner = None


def where(level: int) -> str:
    """`chunk:line: ` of the function at `level` above the library function that asks, or nothing (`luaL_where`)."""
    caller = sys._getframe(2)
    marks = marks_of(caller.f_code)
    if level == 1 and marks is not None:
        return marks.prefix(caller)
    for depth, found in enumerate(lua_levels(running_levels())):
        if depth == level:
            return "" if found.marks is None else found.marks.prefix_of(found.line)
    return ""


def where_looping(frame: Any) -> str:
    """`chunk:line: ` of the function whose loop runs, by whatever generators of Python's, the one of a frame."""
    while frame is not None:
        level = level_at(frame, frame.f_lasti, frame.f_lineno)
        if level.marks is not None:
            return level.marks.prefix_of(level.line)
        frame = frame.f_back
    return ""


def place_of(levels: List[Level]) -> str:
    """`chunk:line: ` of the innermost function of a chunk, or nothing."""
    for level in levels:
        if level.marks is not None:
            return level.marks.prefix_of(level.line)
    return ""


# ---------------------------------------------------------------- names


SMALL_INDEX = range(256)
"""Constant keys that PUC-Rio's instructions hold (MAXARG_C)."""


def folded(node: Any) -> Any:
    """The number that PUC-Rio's compiler makes of a constant expression (constfolding); None where it makes none."""
    if node.__class__ is n.Number:
        return node.value
    if node.__class__ is n.Parenthesis:
        return folded(node.expression)
    if is_constant(node):
        return folded(node.declaration.sources[0])
    if node.__class__ is n.Unary and node.operator in ("-", "~"):
        operands = [folded(node.operand)]
        operate: Any = operations.negate if node.operator == "-" else operations.bnot
    elif node.__class__ is n.Binary and node.operator in FOLDED:
        operands = [folded(node.left), folded(node.right)]
        if operands[1] == 0 and node.operator in ("/", "//", "%"):
            return None
        operate = FOLDED[node.operator]
    else:
        return None
    if None in operands:
        return None
    try:
        value = operate(*operands)
    except Incomplete:  # bits of a float
        return None
    return None if value.__class__ is float and (value == 0 or value != value) else value


FOLDED: Dict[str, Callable[..., Any]] = {
    "+": operations.add, "-": operations.subtract, "*": operations.multiply, "/": operations.divide,
    "//": operations.floor_divide, "%": operations.modulo, "^": operations.power, "&": operations.band,
    "|": operations.bor, "~": operations.bxor, "<<": operations.shl, ">>": operations.shr,
}  # fmt: skip


def is_constant(node: Any) -> bool:
    """Whether a name is that of a constant that PUC-Rio's compiler knows."""
    if node.__class__ is not n.Name or node.declaration is None or not node.declaration.is_constant:
        return False
    source = node.declaration.sources[0]
    return source.__class__ in (n.Nil, n.Boolean, n.String) or is_constant(source) or folded(source) is not None


def known_truth(node: Any) -> Tuple[Optional[bool], bool, bool]:
    """Whether an expression is true, if PUC-Rio's compiler knows, and whether it jumps out when true, when false."""
    kind = node.__class__
    if kind is n.Parenthesis:
        return known_truth(node.expression)
    if is_constant(node):
        return known_truth(node.declaration.sources[0])
    if kind is n.Nil or kind is n.Boolean:
        return kind is n.Boolean and node.value, False, False
    if kind is n.Unary and node.operator == "not":
        truth, jumps_true, jumps_false = known_truth(node.operand)
        return None if truth is None else not truth, jumps_false, jumps_true
    if kind is n.Logical:
        is_or = node.operator == "or"
        jumps = False
        for operand in node.operands[:-1]:
            truth, *ways = known_truth(operand)
            jumps = jumps or truth is None or truth is is_or or ways[not is_or]
        truth, jumps_true, jumps_false = known_truth(node.operands[-1])
        return truth, jumps_true or (is_or and jumps), jumps_false or (not is_or and jumps)
    is_true = kind is n.Number or kind is n.String or folded(node) is not None
    return True if is_true else None, False, False


def decided(node: Any) -> Any:
    """What is left of `and` or `or` when PUC-Rio's compiler has done with the constants that decide nothing."""
    _, jumps_true, jumps_false = known_truth(node)
    return None if jumps_true or jumps_false else node.operands[-1]


def variable(node: Any) -> Optional[Tuple[str, str]]:
    """What kind of variable an expression is, and its name."""
    while node.__class__ is n.Logical:
        node = decided(node)
    if node.__class__ is n.Parenthesis:
        return None
    if node.__class__ is n.Name:
        if node.declaration is None:
            return ("global", node.name)
        declaration = node.declaration
        if is_constant(node):
            return variable(declaration.sources[0])  # PUC-Rio puts the value in its place
        return ("upvalue" if node.is_upvalue else "local", node.name)
    if node.__class__ is n.Index:
        key = node.key
        while is_constant(key):
            key = key.declaration.sources[0]
        if key.__class__ is n.String:
            if node.object.__class__ is n.Name and node.object.name == "_ENV":
                return ("global", key.value)
            return ("field", key.value)
        key = folded(key)
        if key.__class__ is int and key in SMALL_INDEX:
            return ("field", "integer index")
        return ("field", "?")
    if node.__class__ is n.String:
        return ("constant", node.value)
    return None


def named(node: Any) -> str:
    return with_kind(variable(node))


def with_kind(kind_and_name: Optional[Tuple[str, str]]) -> str:
    if kind_and_name is None:
        return ""
    kind, name = kind_and_name
    until_zero = name.partition("\0")[0]  # as C shows it
    return f" ({kind} '{until_zero}')"


def called(node: Any) -> Optional[Tuple[str, str]]:
    """What the function is called as that a node calls."""
    if node.__class__ is n.Call:
        return variable(node.function)
    if node.__class__ is n.MethodCall:
        return ("method", node.name)
    if node.__class__ is n.GenericFor:
        return ("for iterator", "for iterator")
    return None


EVENTS = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod", "^": "pow", "//": "idiv", "&": "band", "|": "bor",
    "~": "bxor", "<<": "shl", ">>": "shr", "==": "eq", "~=": "eq", "<": "lt", ">": "lt", "<=": "le", ">=": "le",
}  # fmt: skip


def name_of_call(node: Any) -> Optional[Tuple[str, str]]:
    """What kind of name a running function has, and the name, as the node tells that has called it."""
    kind = node.__class__
    if kind is n.Index or kind is n.Name:
        return ("metamethod", "newindex" if node.is_assigned else "index")
    if kind is n.Binary:
        return ("metamethod", EVENTS[node.operator])
    if kind is n.Unary:
        return ("metamethod", {"-": "unm", "#": "len", "~": "bnot"}.get(node.operator, "?"))
    if kind is n.Concat:
        return ("metamethod", "concat")
    if node is CLOSING:
        return ("metamethod", "close")
    return called(node)


def name_of_level(level: Level, caller: Optional[Level]) -> Optional[Tuple[str, str]]:
    """What a running function is called as: nothing, where no chunk calls it or its caller has left its place to it."""
    if level.is_tail_called or caller is None or caller.marks is None:
        return None
    return name_of_call(caller.node)


def operand(node: Any, position: int) -> Any:
    """The operand of an operator's node that an error is about."""
    if node.__class__ is n.Concat:
        return node.operands[position]
    if node.__class__ is n.Binary:
        return node.right if position else node.left
    if node.__class__ is n.Unary:
        return node.operand
    if node.__class__ is n.Index:
        return node.object
    if node.__class__ is n.Name:  # a global, where `_ENV` is no table
        return node.environment
    return None


# ---------------------------------------------------------------- messages


def operand_message(action: str, type_name: str, node: Any, position: int = 0) -> str:
    if not type_name:
        if action.startswith("number%s"):
            return action % named(operand(node, position))
        return action
    if action == "call":
        return f"attempt to call a {type_name} value{with_kind(called(node))}"
    return f"attempt to {action} a {type_name} value{named(operand(node, position))}"


def argument_message(error: BadArgument, levels: List[Level]) -> str:
    name: Optional[Tuple[str, str]] = None
    known: Optional[str] = None
    closing = False
    for level in levels:
        if level.marks is not None:
            name = name_of_call(CLOSING if closing else level.node)
            break
        closing = closing or roles.get(id(level.code)) is CLOSED_IN
        if is_library(level):
            if known is not None:  # called by another library function, which has no name for it
                break
            known = library_names[id(level.code)]
    position = error.position
    if name is None:
        text = known or "?"
    else:
        kind, text = name
        if kind == "method":
            position -= 1
            if position == 0:
                return f"calling '{text}' on bad self ({error.why})"
    return f"bad argument #{position} to '{text}' ({error.why})"


def python_message(error: BaseException, node: Any) -> Optional[str]:
    """The message for what Python itself refuses in generated code."""
    import re

    text = str(error)
    if isinstance(error, AttributeError):
        match = re.search(NO_ATTRIBUTE, text)
        if match:
            # Up to 3.10 CPython looks a field that is called up on the line of the call.
            if node.__class__ is n.Call:
                node = node.function
            elif node.__class__ is n.MethodCall:
                node = n.Index(node.object, n.String(node.name, node.line), node.line)
            return operand_message("index", LUA_TYPES.get(match[1], "userdata"), node)
    if isinstance(error, TypeError):
        match = re.search(NOT_CALLABLE, text)
        if match:
            return operand_message("call", LUA_TYPES.get(match[1], "userdata"), node)
        match = re.search(NOT_COMPARABLE, text)
        if match:
            left, right = (LUA_TYPES.get(name, "userdata") for name in match.groups()[1:])
            if match[1][0] == ">":  # Lua has only < and <=
                left, right = right, left
            if left == right:
                return f"attempt to compare two {left} values"
            return f"attempt to compare {left} with {right}"
    return None


def before(levels: List[Level], place: Optional[Level]) -> List[Level]:
    return levels if place is None else levels[: levels.index(place)]


def is_deep_in_c(levels: List[Level]) -> bool:
    """Whether PUC-Rio would have used up its C stack, before Lua's, at an error that came through `levels`."""
    codes = [level.code for level in levels]
    frame: Any = sys._getframe()
    while frame is not None:
        codes.append(frame.f_code)
        frame = frame.f_back
    return sum(1 for code in codes if id(code) in library_names or id(code) in callers) > C_LEVELS


callers: Set[int] = set()
"""What calls metamethods, by the `id` of its code."""


LANGUAGE = ("minilua.stdlib", "minilua.values", "minilua.coroutines")
"""The modules in which Python's own errors are Lua's, and not the host's."""


def lua_error(error: BaseException) -> LuaError:
    """The Lua error that an exception is, with its message whole."""
    if isinstance(error, LuaError):
        return error
    levels = levels_of_error(error.__traceback__)
    place = next((level for level in levels if level.marks is not None), None)
    functions = sum(map(is_library, before(levels, place)))
    if functions > isinstance(error, (BadArgument, Fault)) and not isinstance(error, RecursionError):
        place = None  # what goes wrong inside a library function is the fault of the line that called it, if one did
    prefix = "" if place is None else f"{place.marks.chunk_name}:{place.line}: "  # type: ignore[union-attr]
    node = None if place is None else place.node
    message: Optional[str] = None
    if isinstance(error, BadArgument):
        message = prefix + argument_message(error, levels)
    elif isinstance(error, OperandError):
        message = prefix + operand_message(error.action, error.type_name, node, error.operand)
        if place is None:  # a name needs an instruction of Lua's
            message = message.partition(" (metamethod '")[0]
    elif isinstance(error, Fault):
        message = prefix + error.message
    elif isinstance(error, RecursionError):
        message = prefix + ("C stack overflow" if is_deep_in_c(levels) else "stack overflow")
    elif isinstance(error, MemoryError):
        message = "not enough memory"
    elif levels and (levels[0].marks is not None or levels[0].module.startswith(LANGUAGE)):
        direct = levels[0].marks is not None
        found = python_message(error, node if direct else None)
        message = None if found is None else (prefix if direct else "") + found
    if message is None:
        made = LuaError(str(error) or error.__class__.__name__)
    else:
        made = Thrown(message)
    made.__traceback__ = error.__traceback__
    made.__cause__ = error.__cause__ if isinstance(error, Incomplete) else error
    return made


def error_value(error: BaseException) -> Any:
    """The Lua error value that `pcall` returns for an exception."""
    made = vars(error).get("λhandled")
    if made is not None:
        return made[0]
    completed = lua_error(error)
    if isinstance(completed, Thrown):
        return completed.value
    if completed.has_lua_value:
        return completed.lua_value
    from .convert import text_to_lua

    return text_to_lua(str(completed.value))


# ---------------------------------------------------------------- message handlers


def handled(handler: Any, error: Exception) -> Any:
    """What `xpcall` returns for an error: what its handler makes of it, or has made of it on the way (§2.3)."""
    made = vars(error).get("λhandled")
    return made[0] if made is not None else handle(handler, error)


def seen(error: Exception) -> Any:
    """What `load` returns for an error: it catches it, but the handler of the `xpcall` it runs in is called first."""
    frame: Any = sys._getframe(1)
    while frame is not None:
        role = roles.get(id(frame.f_code))
        if role is CAUGHT_IN and "handler" in frame.f_locals:
            return handled(frame.f_locals["handler"], error)
        if role is CAUGHT_IN or role is RESUMED_IN:
            break
        frame = frame.f_back
    return error_value(error)


def handle(handler: Any, error: Exception, leaving: Any = None) -> Any:
    """What a message handler makes of an error; an error in the handler is handed to it in turn, up to a point.

    It is called when `xpcall` has caught the error, or before that: with a frame, that which the error is `leaving`.
    """
    value = error_value(error)
    for depth in range(c_levels.nesting.depth + 1, C_LEVELS + ERROR_LEVELS + 1):
        if depth == C_LEVELS + 1:
            value = "C stack overflow"
            continue
        try:
            return operations.one(operations.call(handler, value))
        except Exception as next_error:
            error = next_error
        value = error_value(error)
        if value.__class__ is str and "stack overflow" in value and value != "C stack overflow":
            break
    return "error in error handling"


def handle_early(handler: Any, error: Any, leaving: Any) -> None:
    """Have the handler called before a to-be-closed variable is closed, which is given what comes of that."""
    if "λhandled" not in vars(error):
        error.λhandled = (handle(handler, error, leaving),)


register_role(handle, HANDLED_IN)


# ---------------------------------------------------------------- tracebacks


FIRST_SHOWN, LAST_SHOWN = 10, 11
"""How many levels at either end of a long traceback are shown (LEVELS1, LEVELS2)."""


def traceback_text(levels: Iterable[Level]) -> str:
    """The lines of a stack traceback in PUC-Rio's form."""
    lines = ["stack traceback:"]
    shown = list(levels)
    skipped = len(shown) - FIRST_SHOWN - LAST_SHOWN
    for position, level in enumerate(shown):
        if skipped > 1 and FIRST_SHOWN <= position < FIRST_SHOWN + skipped:
            if position == FIRST_SHOWN:  # PUC-Rio's forgets one when it counts
                lines.append(f"\n\t...\t(skipping {skipped - 1} levels)")
            continue
        caller = shown[position + 1] if position + 1 < len(shown) else None
        place = "[C]" if level.marks is None else f"{level.marks.chunk_name}:{level.line}"
        lines.append(f"\n\t{place}: in {function_name(level, caller)}")
        if level.is_tail_called:
            lines.append("\n\t(...tail calls...)")
    return "".join(lines)


def function_name(level: Level, caller: Optional[Level]) -> str:
    """What a traceback calls a function (luaL_traceback): what it is as a module's, or else as its caller's."""
    known = loaded_name(level)
    if known is not None:
        return f"function '{known}'"
    if level.code.co_name == "λchunk":
        return "main chunk"
    name = name_of_level(level, caller)
    if name is None:
        return (
            "?" if level.marks is None else f"function <{level.marks.chunk_name}:{level.marks.first_line(level.code)}>"
        )
    kind, text = name
    return f"{kind} '{text}'"


def loaded_name(level: Level) -> Optional[str]:
    """The name under which `package.loaded` has a function, in a table of a module or itself (pushglobalfuncname)."""
    frame = level.frame
    if frame is None:  # `yield`, in which no function of Python's runs
        return library_names[id(level.code)]
    while frame is not None and "λloaded" not in frame.f_globals:  # a function of a library does not know its runtime
        frame = frame.f_back
    if frame is None:
        return None
    for path, name, value in islice(loaded_values(frame.f_globals["λloaded"]), MOST_LOADED):
        is_function = value.__class__ is FunctionType and name.__class__ is str
        if is_function and is_of(value, level.code) and shares_variables(value, level.frame):
            return f"{path}{name}"
    return None


MOST_LOADED = 10_000
"""How many values are looked at for the name of a function: a script may have a million globals, and a traceback is
made when its time is up as well."""


def loaded_values(loaded: BaseTable) -> Iterator[Tuple[str, Any, Any]]:
    """What is in `package.loaded`, and in the tables there: the path to a name, the name, and the value."""
    for module, members in loaded.λhash.items():
        yield "", module, members
        if isinstance(members, BaseTable) and members.__class__ is not PendingTable:  # what is pending has never run
            path = "" if module == "_G" else f"{module}."
            for name in members.λhash:
                yield path, name, members.λhash.get(name)


def is_of(function: FunctionType, code: CodeType) -> bool:
    """Whether a function's code is `code`, or that of which `code` is the version or the twin for coroutines."""
    marks, candidate = marks_of(code), function.__code__
    if marks is None:
        return candidate is code or getattr(vars(function).get("λtwin"), "__code__", None) is code
    if marks_of(candidate) is not marks or candidate.co_flags & GENERATOR or candidate.co_name.endswith(VERSION):
        return False
    return code.co_name == candidate.co_name + VERSION or number_of(candidate) == number_of(code)


def shares_variables(function: FunctionType, frame: Any) -> bool:
    """Whether a function has the variables of functions around it that a frame has."""
    variables, shared = frame.f_locals, frame.f_code.co_freevars
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or ()):
        if name in shared and contents(cell) is not variables.get(name):
            return False
    return True


def contents(cell: CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # not assigned yet
        return None
