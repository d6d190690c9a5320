"""Lua's libraries, one module each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..values.table import new_table
import importlib

from . import base, table

if TYPE_CHECKING:
    from ..runtime import LuaRuntime

LIBRARIES = {"table": table}
for _name in ("string", "math", "utf8", "os"):
    try:
        LIBRARIES[_name] = importlib.import_module("minilua.stdlib." + _name)
    except ImportError:
        LIBRARIES[_name] = type("x", (), {"library": staticmethod(lambda r: {})})


def open_libraries(runtime: LuaRuntime) -> None:
    """Put the libraries into the globals of a runtime."""
    names = runtime._global_table.λhash
    for name, function in base.library(runtime).items():
        names[name] = function
    for name, module in LIBRARIES.items():
        names[name] = new_table(module.library(runtime))
    names["_G"] = runtime._global_table
    runtime._type_metatables[str] = new_table({"__index": names["string"]})
