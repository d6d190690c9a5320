"""A compiled chunk: immutable, shared by all runtimes that run it."""

from __future__ import annotations

import ast
import hashlib
import linecache
import sys
import weakref
from collections import OrderedDict
from types import CodeType, FunctionType
from typing import Any, Dict, Tuple

from ..errors import LuaSyntaxError
from ..values.globals import global_key
from ..values.table import register_names
from .expressions import is_attribute
from .python import Marks, attach
from .resolve import Resolution

CACHE_SIZE = 256
"""How many compiled chunks a process keeps for the next `compile` of the same text."""

COMPILER_DEPTH = 12_000
"""Python's recursion limit while a chunk is compiled."""


def chunk_id(name: str) -> str:
    """How messages show a chunk's name (`luaO_chunkid`): `=` and `@` mark names, anything else is source text."""
    if name[:1] == "=":
        return name[1:60]
    if name[:1] == "@":
        return name[1:] if len(name) <= 60 else "..." + name[-56:]
    line, newline, _ = name.partition("\n")
    room = 59 - len('[string "..."]')
    if newline or len(line) > room + 3 - 3:
        return f'[string "{line[:room]}..."]'
    return f'[string "{line}"]'


class Program:
    """What a chunk became: `code` defines its main function."""

    def __init__(self, source: str, chunk_name: str, environment_is_variable: bool) -> None:
        self.environment_is_variable = environment_is_variable
        self.marks = Marks(chunk_name, source)
        digest = hashlib.sha256(repr((source, chunk_name, environment_is_variable)).encode()).hexdigest()
        file_name = f"<lua {chunk_name} {digest[:16]}>"
        limit = sys.getrecursionlimit()
        try:
            # Lua allows 200 levels of nesting (LUAI_MAXCCALLS), each of which is several of Python's.
            sys.setrecursionlimit(max(limit, COMPILER_DEPTH))
            tree, resolution = self.generate()
            module = compile(tree, file_name, "exec", dont_inherit=True, optimize=0)
        except (RecursionError, MemoryError):
            raise LuaSyntaxError(f"{chunk_name}: chunk has too many syntax levels") from None
        finally:
            sys.setrecursionlimit(limit)
        main = next(constant for constant in module.co_consts if constant.__class__ is CodeType)
        self.code = attach(main, self.marks)
        self.global_names: Tuple[str, ...] = tuple(resolution.global_names)
        register_names(filter(is_attribute, resolution.field_names))
        # Tracebacks of Python's show the lines of the Lua source, as long as the code lives.
        linecache.cache[file_name] = (len(source), None, source.splitlines(True), file_name)
        weakref.finalize(self.marks, linecache.cache.pop, file_name, None)

    def generate(self) -> Tuple[ast.Module, Resolution]:
        from ..syntax.parser import parse
        from .codegen import generate

        return generate(parse(self.marks.source, self.marks.chunk_name), self.marks, self.environment_is_variable)

    def instantiate(self, global_values: Dict[str, Any], environment: Any = None) -> FunctionType:
        """The chunk as a function over the globals of a runtime, or with `environment` for its `_ENV`."""
        for name in self.global_names:
            global_values.setdefault(global_key(name), None)
        function = FunctionType(self.code, global_values)
        if self.environment_is_variable:
            return function(environment)  # type: ignore[no-any-return]
        return function

    def python(self) -> str:
        """The Python that the chunk became, to read."""
        return ast.unparse(self.generate()[0])


recent: "OrderedDict[Tuple[str, str, bool], Program]" = OrderedDict()


def compile_chunk(source: str, chunk_name: str, environment_is_variable: bool = False) -> Program:
    """The program of a chunk: compiled, or taken from those compiled lately."""
    # Where a chunk speaks of `_ENV` itself, its globals are fields of a variable from the start.
    environment_is_variable = environment_is_variable or "_ENV" in source
    key = source, chunk_name, environment_is_variable
    program = recent.get(key)
    if program is None:
        program = Program(source, chunk_name, environment_is_variable)
        recent[key] = program
        while len(recent) > CACHE_SIZE:
            recent.popitem(last=False)
    else:
        recent.move_to_end(key)
    return program


