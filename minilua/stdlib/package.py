"""The `package` library and `require` (manual §6.3).

Modules come from `package.preload`, from the embedder's loader and, where the unsafe part is open, from the files that
`package.path` leads to. There are no modules in C, so there is no `loadlib`.
"""

from __future__ import annotations

import os

from ..blame import register_library
from ..errors import Fault
from ..recursion import c_level
from ..values import operations
from ..values.operations import index, setindex, truth
from ..values.table import BaseTable, new_table, rawget
from .arguments import NO_VALUE, check_string, opt_string
from .chunks import NotLoaded, host_path, load_chunk, load_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict

    from ..runtime import LuaRuntime

CONFIG = "/\n;\n?\n!\n-\n"
"""The directory separator (which Windows takes as well) and the marks of templates (LUA_PATH_SEP and so on)."""

SHARED = "/usr/local/share/lua/5.4/"
LIBRARY = "/usr/local/lib/lua/5.4/"
PATH = ";".join([root + end for root in (SHARED, LIBRARY, "./") for end in ("?.lua", "?/init.lua")])
"""Where PUC-Rio looks for modules (LUA_PATH_DEFAULT)."""


def library(runtime: LuaRuntime) -> Dict[str, object]:
    """The `package` table, with searchers that reach no file."""
    preload = new_table()

    def search_preload(name: Any = NO_VALUE, *_: Any) -> Any:
        found = index(preload, check_string(name, 1))
        return f"no field package.preload['{name}']" if found is None else (found, ":preload:")

    def search_host(name: Any = NO_VALUE, *_: Any) -> Any:
        source = runtime._module_source(check_string(name, 1))
        if source is None:
            return f"no module '{name}' of the host's"
        try:
            return load_chunk(source, "@" + name, "t", runtime, runtime._global_table), ":host:"
        except NotLoaded as error:
            raise Fault(f"error loading module '{name}' from the host:\n\t{error}") from None

    searchers = [search_preload] if runtime._loader is None else [search_preload, search_host]
    for searcher in searchers:
        register_library(searcher, "?")
    return {
        "config": CONFIG,
        "cpath": "",
        "loaded": new_table(),
        "path": "",
        "preload": preload,
        "searchers": new_table({}, searchers),
    }


def require_of(package: BaseTable) -> Any:
    """The function `require` over a `package` table."""
    loaded = package.λhash["loaded"]

    def require(name: Any = NO_VALUE, *_: Any) -> Any:
        text = check_string(name, 1)
        module = index(loaded, text)
        if truth(module):
            return module
        loader, data = find_loader(package, text)
        with c_level:
            result = operations.one(operations.call(loader, text, data))
        if result is not None:
            setindex(loaded, text, result)
        elif index(loaded, text) is None:
            setindex(loaded, text, True)
        return index(loaded, text), data

    return require


def find_loader(package: BaseTable, name: str) -> Any:
    """What the first searcher that knows a module answers: its loader, and a value for the loader."""
    searchers = index(package, "searchers")
    if not isinstance(searchers, BaseTable):
        raise Fault("'package.searchers' must be a table")
    tried = ""
    position = 1
    while True:
        searcher = rawget(searchers, position)
        if searcher is None:
            raise Fault(f"module '{name}' not found:{tried}")
        answer = operations.many(operations.call(searcher, name))
        first = answer[0] if answer else None
        if operations.type_name(first) == "function":
            return first, answer[1] if len(answer) > 1 else None
        if first.__class__ is str:
            tried += "\n\t" + first
        position += 1


# ---------------------------------------------------------------- files


def search_path(name: str, path: str, separator: str, replacement: str) -> Any:
    """The first file of a path's templates that can be read, or None and what was tried."""
    if separator:
        name = name.replace(separator, replacement)
    candidates = path.replace("?", name).split(";") if path else [""]
    for candidate in candidates:
        try:
            with open(host_path(candidate), "rb"):
                return candidate
        except (OSError, ValueError):
            pass
    return None, "no file '" + "'\n\tno file '".join(candidates) + "'"


def searchpath(
    name: Any = NO_VALUE, path: Any = NO_VALUE, separator: Any = None, replacement: Any = None, *_: Any
) -> Any:
    """`package.searchpath(name, path [, sep [, rep]])`."""
    return search_path(
        check_string(name, 1), check_string(path, 2), opt_string(separator, 3, "."), opt_string(replacement, 4, "/")
    )


def path_of_environment() -> str:
    """`package.path`: the environment's, in which `;;` stands for the default, or the default."""
    path = os.environ.get("LUA_PATH_5_4") or os.environ.get("LUA_PATH")
    if path is None:
        return PATH
    return os.fsencode(path).decode("latin-1").replace(";;", f";{PATH};").strip(";")


def unsafe(runtime: LuaRuntime, package: BaseTable) -> Dict[str, object]:
    """What looks for modules in files, to be put into a `package` table."""

    def search_files(name: Any = NO_VALUE, *_: Any) -> Any:
        text = check_string(name, 1)
        path = index(package, "path")
        if path.__class__ is not str:
            raise Fault("'package.path' must be a string")
        found = search_path(text, path, ".", "/")
        if found.__class__ is tuple:
            return found[1]
        try:
            return load_file(found, "bt", runtime, runtime._global_table), found
        except NotLoaded as error:
            raise Fault(f"error loading module '{text}' from file '{found}':\n\t{error}") from None

    register_library(search_files, "?")
    searchers = package.λhash["searchers"]
    setindex(searchers, len(searchers.λarray), search_files)
    return {"path": path_of_environment(), "searchpath": searchpath}
