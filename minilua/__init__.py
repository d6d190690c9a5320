"""Lua 5.4 in pure Python: compiles Lua to Python code and runs it within limits.

>>> from minilua import LuaRuntime
>>> LuaRuntime().eval("('hello'):upper()")
'HELLO'
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .convert import LuaFunction, LuaTable
    from .errors import LuaError, LuaLimitError, LuaSyntaxError
    from .limits import Limits
    from .runtime import LuaRuntime

__all__ = [
    "Limits", "LuaError", "LuaFunction", "LuaLimitError", "LuaRuntime", "LuaSyntaxError", "LuaTable", "__version__",
]  # fmt: skip

__version__ = "0.1.0"

HOMES = {
    "Limits": "limits",
    "LuaError": "errors",
    "LuaFunction": "convert",
    "LuaLimitError": "errors",
    "LuaRuntime": "runtime",
    "LuaSyntaxError": "errors",
    "LuaTable": "convert",
}
"""The modules of the names above, each imported when its name is first used."""


def __getattr__(name: str) -> object:
    home = HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module("." + home, __name__), name)
    return value
