"""Lua's libraries, one module each."""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any

from ..blame import library_names, register_library
from ..values.operations import string_metamethods
from ..values.table import new_table
from . import base, coroutine, math, os, string, table, utf8

if TYPE_CHECKING:
    from ..runtime import LuaRuntime

LIBRARIES = {"coroutine": coroutine, "string": string, "table": table, "math": math, "utf8": utf8, "os": os}


def open_libraries(runtime: LuaRuntime) -> None:
    """Put the libraries into the globals of a runtime."""
    names = runtime._global_table.λhash
    for name, value in base.library(runtime).items():
        names[name] = named(value, name)
    for library, module in LIBRARIES.items():
        contents = module.library(runtime)
        names[library] = new_table({name: named(value, f"{library}.{name}") for name, value in contents.items()})
    names["_G"] = runtime._global_table
    events = {event: named(function, "?") for event, function in string_metamethods.items()}
    runtime._type_metatables[str] = new_table({"__index": names["string"], **events})


def named(value: Any, name: str) -> Any:
    """A member of a library, known to messages by its name."""
    if value.__class__ is FunctionType:
        if library_names.get(id(value.__code__), name) != name:  # one function made in several versions
            value.__code__ = value.__code__.replace(co_name=name)
        register_library(value, name)
    return value
