"""The basic functions (manual §6.1)."""

from __future__ import annotations

import gc
import sys
from types import FunctionType

from .. import blame
from ..blame import Thrown
from ..convert import text_to_python
from ..coroutines import run
from ..errors import BadArgument, Fault, LuaError
from ..limits import SMALL, check, reserve
from ..recursion import c_level
from ..values import graves, operations
from ..values.finalizers import finalize_postponed, finalizing
from ..values.iteration import ipairs_step, lua_next
from ..values.numbers import number_text, to_number, to_number_base
from ..values.table import BaseTable, Table, join, length, metatable_of, set_metatable
from ..values.table import rawget as table_rawget
from ..values.table import rawset as table_rawset
from .arguments import (
    NO_VALUE,
    check_any,
    check_integer,
    check_option,
    check_string,
    check_table,
    opt_integer,
    opt_string,
    type_error,
)
from .chunks import NotLoaded, load_chunk, load_file
from .protection import protected_calls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict

    from ..runtime import LuaRuntime

VERSION = "Lua 5.4"


def type_(value: Any = NO_VALUE, *_: Any) -> str:
    check_any(value, 1)
    return operations.type_name(value)


def tostring(value: Any = NO_VALUE, *_: Any) -> str:
    check_any(value, 1)
    return operations.tostring(value)


def tonumber(value: Any = NO_VALUE, base: Any = None, *_: Any) -> Any:
    kind = value.__class__
    if base is None:
        if kind is int or kind is float:
            return value
        if kind is str:
            return to_number(value)
        check_any(value, 1)
        return None
    base = check_integer(base, 2)
    if kind is not str:
        raise type_error(value, 1, "string")
    if not 2 <= base <= 36:
        raise BadArgument(2, "base out of range")
    return to_number_base(value, base)


def pairs(table: Any = NO_VALUE, *_: Any) -> Any:
    if table.__class__ is Table:
        return lua_next, table, None
    check_any(table, 1)
    handler = operations.metamethod(table, "__pairs")
    if handler is None:
        return lua_next, table, None
    with c_level:
        results = operations.many(operations.call(handler, table))[:3]
    return results + (None,) * (3 - len(results))


def ipairs(table: Any = NO_VALUE, *_: Any) -> Any:
    check_any(table, 1)
    return ipairs_step, table, 0


def select(position: Any = NO_VALUE, *arguments: Any) -> Any:
    if position == "#":
        return len(arguments)
    position = check_integer(position, 1)
    if position < 0:
        position += len(arguments)
        if position < 0:
            raise BadArgument(1, "index out of range")
        return arguments[position:]
    if position == 0:
        raise BadArgument(1, "index out of range")
    return arguments[position - 1 :]


def rawget(table: Any = NO_VALUE, key: Any = NO_VALUE, *_: Any) -> Any:
    check_table(table, 1)
    check_any(key, 2)
    return table_rawget(table, key)


def rawset(table: Any = NO_VALUE, key: Any = NO_VALUE, value: Any = NO_VALUE, *_: Any) -> Any:
    check_table(table, 1)
    check_any(key, 2)
    check_any(value, 3)
    table_rawset(table, key, value)
    return table


def rawequal(first: Any = NO_VALUE, second: Any = NO_VALUE, *_: Any) -> bool:
    check_any(first, 1)
    check_any(second, 2)
    if isinstance(first, BaseTable) or isinstance(second, BaseTable):
        return first is second
    return operations.equal(first, second)


def rawlen(value: Any = NO_VALUE, *_: Any) -> int:
    if isinstance(value, BaseTable):
        return length(value)
    if value.__class__ is not str:
        raise type_error(value, 1, "table or string")
    return len(value)


def setmetatable(table: Any = NO_VALUE, metatable: Any = NO_VALUE, *_: Any) -> Any:
    if join(table, metatable):
        return table
    check_table(table, 1)
    if metatable is not None and not isinstance(metatable, BaseTable):
        raise type_error(metatable, 2, "nil or table")
    if table.λmetatable is not None and table.λmetatable.λhash.get("__metatable") is not None:
        raise Fault("cannot change a protected metatable")
    set_metatable(table, metatable)
    return table


def getmetatable(value: Any = NO_VALUE, *_: Any) -> Any:
    check_any(value, 1)
    metatable = metatable_of(value)
    if metatable is None:
        return None
    protected = metatable.λhash.get("__metatable")
    return metatable if protected is None else protected


def error(message: Any = None, level: Any = 1, *_: Any) -> Any:
    if level.__class__ is not int:
        level = opt_integer(level, 2, 1)
    if message.__class__ is str and level > 0:
        if len(message) >= SMALL:
            reserve(len(message))
        message = blame.where(level) + message
    raise Thrown(message)


def assert_(value: Any = NO_VALUE, *messages: Any) -> Any:
    if value is not None and value is not False and value is not NO_VALUE:
        return (value, *messages) if messages else value
    check_any(value, 1)
    message = messages[0] if messages else "assertion failed!"
    if message.__class__ is str:
        reserve(len(message))
        message = blame.where(1) + message
    raise Thrown(message)


def pairs_in_coroutine(table: Any = NO_VALUE, *_: Any) -> Any:
    handler = operations.metamethod(table, "__pairs")
    if handler is None:
        return pairs(table)
    results = operations.many((yield from run(handler, (table,))))[:3]
    return results + (None,) * (3 - len(results))


pairs.λtwin = pairs_in_coroutine  # type: ignore[attr-defined]  # in a coroutine it may be yielded across
blame.register_library(pairs_in_coroutine, "pairs")
blame.register_library(ipairs_step, "?")
blame.callers.update((id(operations.call.__code__), id(operations.add.__code__)))  # all arithmetic has one code


COLLECTOR_OPTIONS = (
    "collect", "stop", "restart", "count", "step", "isrunning", "generational", "incremental", "setpause", "setstepmul",
)  # fmt: skip


def library(runtime: LuaRuntime) -> Dict[str, object]:
    def print_(*values: Any) -> Any:
        if operations.simple_values_have_texts:
            texts = [operations.tostring(v) for v in values]
        else:
            texts = [v if v.__class__ is str else operations.tostring(v) for v in values]
        reserve(2 * sum(map(len, texts)))
        try:
            runtime._write("\t".join(texts) + "\n")
        except OSError as error:
            raise Fault(error.strerror or str(error)) from error
        return ()

    def load(
        chunk: Any = NO_VALUE, chunk_name: Any = None, mode: Any = None, environment: Any = NO_VALUE, *_: Any
    ) -> Any:
        if chunk.__class__ is int or chunk.__class__ is float:
            chunk = operations.tostring(chunk)
        if chunk.__class__ is str:
            source, name = chunk, chunk if chunk_name is None else check_string(chunk_name, 2)
        else:
            if chunk.__class__ is not FunctionType:
                raise type_error(chunk, 1, "function")
            name = "=(load)" if chunk_name is None else check_string(chunk_name, 2)
            pieces = []
            while True:
                check()
                try:
                    with c_level:
                        piece = operations.one(chunk())
                    if piece is None or piece == "":
                        break
                    if piece.__class__ is int or piece.__class__ is float:
                        piece = number_text(piece)
                    elif piece.__class__ is not str:
                        raise LuaError(blame.where(1) + "reader function must return a string")
                    pieces.append(piece)
                except Exception as error:
                    return None, blame.seen(error)
            reserve(sum(map(len, pieces)))
            source = "".join(pieces)
        environment = runtime._global_table if environment is NO_VALUE else environment
        try:
            return load_chunk(source, name, opt_string(mode, 3, "bt"), runtime, environment)
        except NotLoaded as error:
            return None, str(error)

    collector = {"running": True, "mode": "incremental", "pause": 200, "stepmul": 100}

    def collectgarbage(option: Any = None, argument: Any = None, *_: Any) -> Any:
        option = check_option(option, 1, COLLECTOR_OPTIONS, "collect")
        check()
        if finalizing.depth:  # there is no collector inside the collector (lua_gc, GCSTPGC)
            return None
        if option == "collect":
            graves.empty()
            finalize_postponed(runtime._global_values)
            gc.collect()
        elif option == "count":
            return memory_in_use() / 1024
        elif option == "step":
            return True
        elif option == "isrunning":
            return collector["running"]
        elif option in ("stop", "restart"):
            collector["running"] = option == "restart"
        elif option in ("generational", "incremental"):
            before, collector["mode"] = collector["mode"], option
            return before
        else:
            before, collector[option[3:]] = collector[option[3:]], opt_integer(argument, 2, 0)
            return before
        return 0

    warnings = {"on": False}

    def tell(text: str) -> None:
        if warnings["on"]:
            print("Lua warning: " + text_to_python(text), file=sys.stderr)

    runtime._global_values["λwarn"] = tell

    def warn(*messages: Any) -> Any:
        check_string(messages[0] if messages else NO_VALUE, 1)
        texts = [check_string(message, position) for position, message in enumerate(messages, 1)]
        reserve(sum(map(len, texts)))
        text = "".join(texts)
        if len(messages) == 1 and text[:1] == "@":
            if text in ("@on", "@off"):
                warnings["on"] = text == "@on"
        else:
            tell(text)
        return ()

    return {
        "_VERSION": VERSION,
        "assert": assert_,
        "collectgarbage": collectgarbage,
        "error": error,
        "getmetatable": getmetatable,
        "ipairs": ipairs,
        "load": load,
        "next": lua_next,
        "pairs": pairs,
        "print": print_,
        "rawequal": rawequal,
        "rawget": rawget,
        "rawlen": rawlen,
        "rawset": rawset,
        "select": select,
        "setmetatable": setmetatable,
        "tonumber": tonumber,
        "tostring": tostring,
        "type": type_,
        "warn": warn,
        **protected_calls(runtime._nesting),
    }


def memory_in_use() -> float:
    """About how many bytes Python's objects take: Lua's are among them, and nobody counts them apart."""
    if hasattr(sys, "getallocatedblocks"):
        # Where Python has no allocator of its own, as on Pyodide, there are no blocks to count.
        return (sys.getallocatedblocks() or len(gc.get_objects())) * 64.0
    return gc.get_stats()._s.total_gc_memory * 1.0  # type: ignore[attr-defined, no-any-return]  # PyPy's


def unsafe(runtime: LuaRuntime) -> Dict[str, object]:
    """The functions that read files."""

    def loadfile(name: Any = None, mode: Any = None, environment: Any = NO_VALUE, *_: Any) -> Any:
        try:
            return load_file(
                None if name is None else check_string(name, 1),
                opt_string(mode, 2, "bt"),
                runtime,
                runtime._global_table if environment is NO_VALUE else environment,
            )
        except NotLoaded as error:
            return None, str(error)

    def dofile(name: Any = None, *_: Any) -> Any:
        path = None if name is None else check_string(name, 1)
        try:
            chunk = load_file(path, "bt", runtime, runtime._global_table)
        except NotLoaded as error:
            raise Thrown(str(error)) from None
        return operations.call(chunk)

    return {"dofile": dofile, "loadfile": loadfile}
