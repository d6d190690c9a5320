"""The part of the `debug` library that looks into functions and running code (manual §6.10).

Functions are looked into as far as their source tells (`anatomy`), the stack as far as Python's does (`stack`). There
are hooks (`hooks`). A variable that gets a value of another type than the program gives it may be misread by the code
of the program, which was compiled without knowing of that.
"""

from __future__ import annotations

import sys
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Dict, List, Optional

from .. import blame
from ..blame import Level
from ..compiler.marks import COLUMNS, Marks, marks_of
from ..coroutines import current
from ..errors import BadArgument, Fault, LuaError
from ..values import operations
from ..values.coroutines import Coroutine
from ..values.table import BaseTable, metatable_of, new_table, set_attribute, set_metatable, type_metatables
from ..values.userdata import Userdata
from . import anatomy, stack
from .arguments import (
    NO_VALUE,
    check_any,
    check_function,
    check_integer,
    check_string,
    opt_integer,
    opt_string,
    type_error,
)
from .chunks import NotLoaded, load_chunk
from .coroutine import MAIN
from .debug import Call, split_thread
from .hooks import Hook, get_hook, set_hook

if TYPE_CHECKING:
    from ..runtime import LuaRuntime

OPTIONS = frozenset("SlnrutLf")


def level_of(call: Call, number: int, position: int) -> Optional[Level]:
    """The level that an argument names; None beyond the last.

    Raises:
        BadArgument: the argument is no integer.
    """
    level = check_integer(call.argument(number), position)
    levels = stack.levels_of(call.thread)
    return levels[level] if 0 <= level < len(levels) else None


# ---------------------------------------------------------------- functions


def getinfo(*arguments: Any) -> Any:
    call = split_thread(arguments)
    subject = call.argument(0)
    options = opt_string(call.argument(1), call.first + 1, "flnrStu")
    if options[:1] == ">":
        raise BadArgument(call.first + 1, "invalid option '>'")
    function: Any
    level: Optional[Level] = None
    caller: Optional[Level] = None
    if subject.__class__ is FunctionType:
        function = subject
        code: CodeType = anatomy.joined(subject).__code__
    else:
        number = check_integer(subject, call.first)
        levels = stack.levels_of(call.thread)
        if not 0 <= number < len(levels):
            return None
        level = levels[number]
        caller = levels[number + 1] if number + 1 < len(levels) else None
        code = level.code
        function = stack.function_of(level) if "f" in options or "u" in options else None
    if not OPTIONS.issuperset(options):
        raise BadArgument(call.first + 1, "invalid option")
    found: Dict[Any, Any] = {}
    marks = marks_of(code)
    if "S" in options:
        found.update(source_fields(code, marks))
    if "l" in options:
        found["currentline"] = level.line if level is not None and level.marks is not None else -1
    if "u" in options:
        found.update(shape_fields(code, function))
    if "n" in options:
        name = None if level is None else blame.name_of_level(level, caller)
        found["namewhat"], found["name"] = ("", None) if name is None else name
    if "r" in options:
        found["ftransfer"] = found["ntransfer"] = 0
    if "t" in options:
        found["istailcall"] = level is not None and level.is_tail_called
    if "L" in options and marks is not None:
        found["activelines"] = new_table({}, None)
        for line in active_lines(code, marks):
            operations.setindex(found["activelines"], line, True)
    if "f" in options:
        found["func"] = function
    return new_table({name: value for name, value in found.items() if value is not None})


def source_fields(code: CodeType, marks: Optional[Marks]) -> Dict[str, Any]:
    if marks is None:
        return {"what": "C", "source": "=[C]", "short_src": "[C]", "linedefined": -1, "lastlinedefined": -1}
    fields: Dict[str, Any] = {"source": marks.name, "short_src": marks.chunk_name}
    node = anatomy.function_node(code)
    if node is None or code.co_name == "λchunk":
        return {**fields, "what": "main", "linedefined": 0, "lastlinedefined": 0}
    return {**fields, "what": "Lua", "linedefined": node.line, "lastlinedefined": node.end_line}


def shape_fields(code: CodeType, function: Any) -> Dict[str, Any]:
    node = anatomy.function_node(code)
    return {
        "nups": len(anatomy.upvalues(function, None)),
        "nparams": 0 if node is None else len(node.parameters),
        "isvararg": node is None or node.is_vararg,
    }


def active_lines(code: CodeType, marks: Marks) -> List[int]:
    """The lines of a function that have code."""
    if COLUMNS:
        places = {(place[0], place[2]) for place in code.co_positions()}
        lines = {line for line, column in places if line and column}
    else:
        from dis import findlinestarts

        marks.complete()
        lines = {marks.marks[line][0] for _, line in findlinestarts(code) if line < len(marks.marks)}
    return sorted(line for line in lines if line > 0)


# ---------------------------------------------------------------- local variables


def getlocal(*arguments: Any) -> Any:
    call = split_thread(arguments)
    number = check_integer(call.argument(1), call.first + 1)
    if call.argument(0).__class__ is FunctionType:
        node = anatomy.function_node(anatomy.joined(call.argument(0)))
        if node is None or not 0 < number <= len(node.parameters):
            return None
        return node.parameters[number - 1].name
    level = level_of(call, 0, call.first)
    if level is None:
        raise BadArgument(call.first, "level out of range")
    if level.marks is None:
        return None
    if number < 0:
        rest = level.frame.f_locals.get("λvarargs", ())
        return None if -number > len(rest) else ("(vararg)", rest[-number - 1])
    variables = stack.variables_at(level)
    if not 0 < number <= len(variables):
        return None
    return variables[number - 1].name, stack.value_of(level, variables[number - 1])


def setlocal(*arguments: Any) -> Any:
    call = split_thread(arguments)
    number = check_integer(call.argument(1), call.first + 1)
    level = level_of(call, 0, call.first)
    if level is None:
        raise BadArgument(call.first, "level out of range")
    value = check_any(call.argument(2), call.first + 2)
    variables = stack.variables_at(level) if level.marks is not None else []
    if not 0 < number <= len(variables):
        return None
    stack.assign(level, variables[number - 1], value)
    return variables[number - 1].name


# ---------------------------------------------------------------- upvalues


class UpvalueId(Userdata):
    """What `upvalueid` answers: equal for functions that share the variable."""

    __slots__ = ("λvariable",)

    def __init__(self, variable: Any) -> None:
        set_attribute(self, "λvariable", variable)

    def __eq__(self, other: object) -> bool:
        return other.__class__ is UpvalueId and other.λvariable is self.λvariable

    def __hash__(self) -> int:
        return id(self.λvariable)


def upvalueid(function: Any = NO_VALUE, number: Any = NO_VALUE, *_: Any) -> Any:
    position = check_integer(number, 2)
    check_function(function, 1)
    if function.__class__ is FunctionType and marks_of(anatomy.joined(function).__code__) is None:
        cells = function.__closure__ or ()
        return UpvalueId(cells[position - 1]) if 0 < position <= len(cells) else None
    found = anatomy.upvalues(function, None)
    return UpvalueId(found[position - 1].variable) if 0 < position <= len(found) else None


def upvaluejoin(
    function: Any = NO_VALUE, number: Any = NO_VALUE, other: Any = NO_VALUE, other_number: Any = NO_VALUE, *_: Any
) -> Any:
    for subject, place, position in ((function, number, 1), (other, other_number, 3)):
        index = check_integer(place, position + 1)
        check_function(subject, position)
        if not 0 < index <= len(anatomy.upvalues(subject, None)):
            raise BadArgument(position + 1, "invalid upvalue index")
    anatomy.join(function, number - 1, anatomy.upvalues(other, None)[other_number - 1])
    return ()


# ---------------------------------------------------------------- metatables and the rest


def getmetatable(value: Any = NO_VALUE, *_: Any) -> Any:
    return metatable_of(check_any(value, 1))


# ---------------------------------------------------------------- hooks


def hooked_thread(call: Call) -> Optional[Coroutine]:
    thread = current() if call.thread is None else call.thread
    return None if thread is MAIN else thread


def gethook(*arguments: Any) -> Any:
    hook = get_hook(hooked_thread(split_thread(arguments)))
    return None if hook is None else (hook.function, hook.mask, hook.period)


def sethook(*arguments: Any) -> Any:
    call = split_thread(arguments)
    function = call.rest[0] if call.rest else None
    if function is None:
        set_hook(hooked_thread(call), None)
        return ()
    mask = check_string(call.argument(1), call.first + 1)
    check_function(function, call.first)
    count = opt_integer(call.argument(2), call.first + 2, 0)
    mask = "".join([event for event in "crl" if event in mask])
    set_hook(hooked_thread(call), Hook(function, mask, max(count, 0)) if mask or count > 0 else None)
    return ()


# ---------------------------------------------------------------- user values


def getuservalue(value: Any = None, number: Any = None, *_: Any) -> Any:
    opt_integer(number, 2, 1)
    return None


def setuservalue(value: Any = NO_VALUE, user_value: Any = NO_VALUE, number: Any = None, *_: Any) -> Any:
    opt_integer(number, 3, 1)
    if value.__class__ is UpvalueId:
        raise BadArgument(1, "userdata expected, got light userdata")
    if operations.type_name(value) != "userdata":
        raise type_error(value, 1, "userdata")
    check_any(user_value, 2)
    return None


def library(runtime: LuaRuntime, loaded: BaseTable) -> Dict[str, object]:
    """The functions, over the globals of a runtime; `loaded` is `package.loaded`."""
    registry = new_table({"_LOADED": loaded})

    def getregistry(*_: Any) -> Any:
        return registry

    def getupvalue(function: Any = NO_VALUE, number: Any = NO_VALUE, *_: Any) -> Any:
        position = check_integer(number, 2)
        check_function(function, 1)
        found = anatomy.upvalues(function, runtime._global_table)
        if not 0 < position <= len(found):
            return ()
        return found[position - 1].name, found[position - 1].value

    def setupvalue(function: Any = NO_VALUE, number: Any = NO_VALUE, value: Any = NO_VALUE, *_: Any) -> Any:
        check_any(value, 3)
        position = check_integer(number, 2)
        check_function(function, 1)
        found = anatomy.upvalues(function, runtime._global_table)
        if not 0 < position <= len(found):
            return ()
        found[position - 1].value = value
        return found[position - 1].name

    def setmetatable(value: Any = NO_VALUE, metatable: Any = NO_VALUE, *_: Any) -> Any:
        if metatable is not None and not isinstance(metatable, BaseTable):
            raise type_error(metatable, 2, "nil or table")
        if isinstance(value, BaseTable):
            set_metatable(value, metatable)
            return value
        for kind in (int, float) if value.__class__ in (int, float) else (value.__class__,):
            if metatable is None:
                type_metatables.by_class.pop(kind, None)
            else:
                type_metatables.by_class[kind] = metatable
        if value.__class__ is str:
            runtime.set_string_metatable(metatable)
        elif metatable is not None and not isinstance(value, Userdata):
            runtime.be_careful()
        return value

    def debug(*_: Any) -> Any:
        while True:
            sys.stderr.write("lua_debug> ")
            sys.stderr.flush()
            line = sys.stdin.readline()
            if line in ("", "cont\n"):
                return ()
            try:
                chunk = load_chunk(line, "=(debug command)", "t", runtime, runtime._global_table)
                operations.call(chunk)
            except (NotLoaded, LuaError, Fault) as error:
                sys.stderr.write(f"{error}\n")

    return {
        "debug": debug,
        "gethook": gethook,
        "getinfo": getinfo,
        "getlocal": getlocal,
        "getmetatable": getmetatable,
        "getregistry": getregistry,
        "getupvalue": getupvalue,
        "getuservalue": getuservalue,
        "sethook": sethook,
        "setlocal": setlocal,
        "setmetatable": setmetatable,
        "setupvalue": setupvalue,
        "setuservalue": setuservalue,
        "upvalueid": upvalueid,
        "upvaluejoin": upvaluejoin,
    }
