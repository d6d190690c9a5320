"""A compiled chunk: immutable, shared by all runtimes that run it."""

from __future__ import annotations

import ast
import hashlib
import linecache
import sys
import weakref
from collections import OrderedDict
from types import CodeType, FunctionType
from typing import Any, Dict, Optional, Tuple

from ..errors import LuaSyntaxError
from ..values.globals import global_key
from ..values.table import BaseTable, register_names
from .python import Mark

CACHE_SIZE = 256
"""How many compiled chunks a process keeps for the next `compile` of the same text."""

programs: "weakref.WeakValueDictionary[str, Program]" = weakref.WeakValueDictionary()
"""The programs alive, by the file name that their code objects carry."""


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
    """What a chunk became.

    Attributes:
        chunk_name: the name that messages give the chunk.
        source: the text it was compiled from.
    """

    def __init__(self, source: str, chunk_name: str, environment_is_variable: bool) -> None:
        from ..syntax.parser import parse
        from .codegen import generate
        from .expressions import is_attribute

        self.chunk_name = chunk_name
        self.source = source
        self.environment_is_variable = environment_is_variable
        digest = hashlib.sha256(repr((source, chunk_name, environment_is_variable)).encode()).hexdigest()
        self.file_name = f"<lua {chunk_name} {digest[:16]}>"
        limit = sys.getrecursionlimit()
        try:
            # Lua allows 200 levels of nesting (LUAI_MAXCCALLS), each of which is several of Python's.
            sys.setrecursionlimit(max(limit, 12000))
            main = parse(source, chunk_name)
            tree, self.marks, resolution = generate(main, chunk_name, environment_is_variable)
            self.code: CodeType = compile(tree, self.file_name, "exec", dont_inherit=True, optimize=0)
        except (RecursionError, MemoryError):
            raise LuaSyntaxError(f"{chunk_name}: chunk has too many syntax levels") from None
        finally:
            sys.setrecursionlimit(limit)
        self.global_names: Tuple[str, ...] = tuple(resolution.global_names)
        register_names(filter(is_attribute, resolution.field_names))
        programs[self.file_name] = self
        lines = [line + "\n" for line in source.split("\n")]
        linecache.cache[self.file_name] = (len(source), None, lines, self.file_name)

    def instantiate(self, global_values: Dict[str, Any], environment: Optional[BaseTable] = None) -> FunctionType:
        """The chunk as a function over the globals of a runtime, or over a table of its own."""
        for name in self.global_names:
            global_values.setdefault(global_key(name), None)
        code = next(constant for constant in self.code.co_consts if constant.__class__ is CodeType)
        function = FunctionType(code, global_values)
        if self.environment_is_variable:
            return function(environment)  # type: ignore[no-any-return]
        return function

    def python(self) -> str:
        """The Python that the chunk became, to read."""
        from ..syntax.parser import parse
        from .codegen import generate

        tree, _, _ = generate(parse(self.source, self.chunk_name), self.chunk_name, self.environment_is_variable)
        return ast.unparse(tree)

    def mark(self, code: CodeType, instruction: int, line: Optional[int]) -> Mark:
        """Where in the Lua source an instruction comes from, and which node it stands for."""
        return self.marks.find(code, instruction, line)

    def first_line(self, code: CodeType) -> int:
        """The Lua line that a function of the chunk starts on."""
        return self.marks.first_line(code)


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


