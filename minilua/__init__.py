"""Lua 5.4 in pure Python: compiles Lua to Python code and runs it within limits.

>>> from minilua import LuaRuntime
>>> LuaRuntime().eval("('hello'):upper()")
'HELLO'
"""

from .convert import LuaFunction, LuaTable
from .errors import LuaError, LuaLimitError, LuaSyntaxError
from .limits import Limits
from .runtime import LuaRuntime

__all__ = [
    "Limits", "LuaError", "LuaFunction", "LuaLimitError", "LuaRuntime", "LuaSyntaxError", "LuaTable", "__version__",
]  # fmt: skip

__version__ = "0.1.0"
