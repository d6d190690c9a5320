"""Lua's libraries, one module each, and which of them a script gets.

What every script gets touches nothing but the script's own values, the clock and what the embedder hands in. The rest,
which reaches files, processes, the environment and the insides of functions, is opened by the name of its library:

======== ==================================================================================
debug    what looks into functions and sets the metatables of other types than tables
io       all of it
os       `execute`, `exit`, `getenv`, `remove`, `rename`, `setlocale`, `tmpname`
package  modules from the files on `package.path`, `package.searchpath`, `dofile`, `loadfile`
======== ==================================================================================
"""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any, Dict, Iterable

from ..blame import library_names, register_library
from ..values.operations import string_metamethods
from ..values.table import new_table, stand_in
from . import base, coroutine, debug, io, math, os, package, string, table, utf8

if TYPE_CHECKING:
    from ..runtime import LuaRuntime

LIBRARIES = {
    "package": package,
    "coroutine": coroutine,
    "table": table,
    "string": string,
    "math": math,
    "utf8": utf8,
    "os": os,
    "debug": debug,
}

UNSAFE_LIBRARIES = ("debug", "io", "os", "package")


def open_libraries(runtime: LuaRuntime, unsafe: Iterable[str] = ()) -> None:
    """Put the libraries into the globals of a runtime: their harmless part, and all of those named in `unsafe`."""
    wanted = set(unsafe)
    if not wanted.issubset(UNSAFE_LIBRARIES):
        raise ValueError(f"no such library: {', '.join(sorted(wanted.difference(UNSAFE_LIBRARIES)))}")
    names = runtime._global_table.λhash
    members: Dict[str, Dict[str, Any]] = {name: module.library(runtime) for name, module in LIBRARIES.items()}
    basic: Dict[str, Any] = base.library(runtime)
    if "debug" in wanted:
        members["debug"].update(debug.unsafe(runtime, members["package"]["loaded"]))
    if "io" in wanted:
        members["io"] = io.unsafe(runtime)
    if "os" in wanted:
        members["os"].update(os.unsafe(runtime))
    if "package" in wanted:
        basic.update(base.unsafe(runtime))
    loaded = members["package"]["loaded"].λhash
    for library, contents in members.items():
        loaded[library] = names[library] = new_table(all_named(contents, library + "."))
    if "package" in wanted:
        names["package"].λhash.update(all_named(package.unsafe(runtime, names["package"]), "package."))
    loaded["_G"] = names["_G"] = runtime._global_table
    names["require"] = named(package.require_of(names["package"]), "require")
    for name, value in basic.items():
        names[name] = named(value, name)
    events = {event: named(function, "?") for event, function in string_metamethods.items()}
    metatable = runtime._type_metatables[str] = new_table({"__index": names["string"], **events})
    runtime._global_values["λstrings"] = stand_in(metatable)


def all_named(members: Dict[str, Any], prefix: str) -> Dict[Any, Any]:
    return {name: named(value, prefix + name) for name, value in members.items()}


def named(value: Any, name: str) -> Any:
    """A member of a library, known to messages by its name."""
    if value.__class__ is FunctionType:
        if library_names.get(id(value.__code__), name) != name:  # one function made in several versions
            value.__code__ = value.__code__.replace(co_name=name)
        register_library(value, name)
    return value
