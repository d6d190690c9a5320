"""Lua's libraries, one module each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..values.table import new_table
from . import base, coroutine, math, os, string, table, utf8

if TYPE_CHECKING:
    from ..runtime import LuaRuntime

LIBRARIES = {"coroutine": coroutine, "string": string, "table": table, "math": math, "utf8": utf8, "os": os}


def open_libraries(runtime: LuaRuntime) -> None:
    """Put the libraries into the globals of a runtime."""
    names = runtime._global_table.λhash
    for name, function in base.library(runtime).items():
        names[name] = function
    for name, module in LIBRARIES.items():
        names[name] = new_table(module.library(runtime))
    names["_G"] = runtime._global_table
    runtime._type_metatables[str] = new_table({"__index": names["string"]})
