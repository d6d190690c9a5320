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

from importlib import import_module
from types import FunctionType

from ..blame import library_names, register_library
from ..values.globals import BASIC_INTRINSICS, LIBRARY_MEMBERS, original, untouched
from ..values.operations import string_metamethods
from ..values.table import EMPTY, PendingTable, new_table, set_contents, set_side, stand_in, watch
from . import base, package

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterable, Set

    from ..runtime import LuaRuntime

LIBRARIES = ("coroutine", "table", "string", "math", "utf8", "os", "debug")
"""The libraries that every runtime has, besides the basic one and `package`."""

UNSAFE_LIBRARIES = ("debug", "io", "os", "package")


class Libraries:
    """The libraries of a runtime. Each is a table that is filled, and its module imported, when it is first used."""

    def __init__(self, runtime: LuaRuntime, unsafe: Set[str], loaded: Any) -> None:
        self.runtime = runtime
        self.unsafe = unsafe
        self.loaded = loaded

    def table(self, name: str) -> PendingTable:
        table = PendingTable()
        set_side(table, (self, name))
        return table

    def field(self, table: PendingTable, name: str, key: str) -> Any:
        self.fill(table, name)
        return table.λhash.get(key)

    def fill(self, table: PendingTable, name: str) -> None:
        module = import_module("." + name, __name__)
        contents: Dict[str, Any] = {} if name == "io" else module.library(self.runtime)
        if name == "debug" and name in self.unsafe:
            contents.update(module.unsafe(self.runtime, self.loaded))
        elif name in self.unsafe:
            contents.update(module.unsafe(self.runtime))
        members = all_named(contents, name + ".")
        set_contents(table, members, EMPTY)
        if name in LIBRARY_MEMBERS:
            self.keep_originals(table, name)

    def keep_originals(self, table: Any, name: str) -> None:
        """Let generated code take the members of a library without looking them up, until one is changed."""
        global_values = self.runtime._global_values
        for member in LIBRARY_MEMBERS[name]:
            global_values[original(name, member)] = table.λhash[member]

        def changed(member: str) -> None:
            if member in LIBRARY_MEMBERS[name]:
                global_values[untouched(name)] = False

        watch(table, changed)
        if global_values[untouched(name)] is None:
            global_values[untouched(name)] = True


class StringFields:
    """The fields of strings (`stand_in`), until the first is asked for."""

    def __init__(self, runtime: LuaRuntime) -> None:
        self.runtime = runtime

    def field(self, table: PendingTable, metatable: Any, key: str) -> Any:
        self.fill(table, metatable)
        return getattr(self.runtime._global_values["λstrings"], key)

    def fill(self, table: PendingTable, metatable: Any) -> None:
        self.runtime._global_values["λstrings"] = stand_in(metatable)


def open_libraries(runtime: LuaRuntime, unsafe: Iterable[str] = ()) -> None:
    """Put the libraries into the globals of a runtime: their harmless part, and all of those named in `unsafe`."""
    wanted = set(unsafe)
    if not wanted.issubset(UNSAFE_LIBRARIES):
        raise ValueError(f"no such library: {', '.join(sorted(wanted.difference(UNSAFE_LIBRARIES)))}")
    names = runtime._global_table.λhash
    packages: Dict[str, Any] = package.library(runtime)
    loaded = packages["loaded"].λhash
    runtime._global_values["λloaded"] = packages["loaded"]
    libraries = Libraries(runtime, wanted, packages["loaded"])
    names["package"] = loaded["package"] = new_table(all_named(packages, "package."))
    for library in (*LIBRARIES, "io") if "io" in wanted else LIBRARIES:
        names[library] = loaded[library] = libraries.table(library)
    basic: Dict[str, Any] = base.library(runtime)
    if "package" in wanted:
        basic.update(base.unsafe(runtime))
        names["package"].λhash.update(all_named(package.unsafe(runtime, names["package"]), "package."))
    loaded["_G"] = names["_G"] = runtime._global_table
    names["require"] = named(package.require_of(names["package"]), "require")
    for name, value in basic.items():
        names[name] = named(value, name)
    for function in BASIC_INTRINSICS:
        runtime._global_values[original(None, function)] = names[function]
    for library, members in LIBRARY_MEMBERS.items():
        runtime._global_values[untouched(library)] = None  # until it is used
        for member in members:
            runtime._global_values[original(library, member)] = libraries  # like no value of Lua's, until then
    events = {event: named(function, "?") for event, function in string_metamethods.items()}
    metatable = runtime._type_metatables[str] = new_table({"__index": names["string"], **events})
    watch(metatable, runtime._strings_changed)
    strings = PendingTable()
    set_side(strings, (StringFields(runtime), metatable))
    runtime._global_values["λstrings"] = strings


def all_named(members: Dict[str, Any], prefix: str) -> Dict[Any, Any]:
    return {name: named(value, prefix + name) for name, value in members.items()}


def named(value: Any, name: str) -> Any:
    """A member of a library, known to messages by its name."""
    if value.__class__ is FunctionType:
        if library_names.get(id(value.__code__), name) != name:  # one function made in several versions
            value.__code__ = value.__code__.replace(co_name=name)
        register_library(value, name)
    return value
