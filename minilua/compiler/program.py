"""A compiled chunk: immutable, shared by all runtimes that run it."""

from __future__ import annotations

import ast
import gc
import hashlib
import linecache
import sys
import warnings
import weakref
from collections import OrderedDict
from inspect import CO_GENERATOR
from types import CodeType, FunctionType
from typing import Any, Dict, List, Optional, Tuple, Type

from ..errors import LuaSyntaxError
from ..syntax import diagnosis
from ..syntax.parser import parse
from ..values.globals import global_key
from ..values.table import register_names
from .codegen import Generator, generate
from .expressions import is_attribute
from .python import Marks, attach, marks_of, number_of
from .resolve import Resolution, BeyondLimits
from .twins import TwinGenerator

CACHE_SIZE = 256
"""How many compiled chunks a process keeps for the next `compile` of the same text."""

COMPILER_DEPTH = 12_000
"""Python's recursion limit while a chunk is compiled."""


class Program:
    """What a chunk became: `code` is its main function."""

    def __init__(self, source: str, source_name: str, environment_is_variable: bool, mechanism: str) -> None:
        self.marks = Marks(source_name, source, environment_is_variable, mechanism)
        _, resolution, main = generate_code(self.marks, Generator)
        self.code = attach(main, self.marks)
        self.global_names: Tuple[str, ...] = tuple(resolution.global_names)
        register_names(filter(is_attribute, resolution.field_names))
        # Tracebacks of Python's show the lines of the Lua source, as long as the code lives.
        file_name = main.co_filename
        linecache.cache[file_name] = (len(source), None, source.splitlines(True), file_name)
        weakref.finalize(self.marks, linecache.cache.pop, file_name, None)

    def instantiate(self, global_values: Dict[str, Any], environment: Any = None) -> FunctionType:
        """The chunk as a function over the globals of a runtime, or with `environment` for its `_ENV`."""
        for name in self.global_names:
            global_values.setdefault(global_key(name), None)
        function = FunctionType(self.code, global_values)
        if self.marks.environment_is_variable:
            return function(environment)  # type: ignore[no-any-return]
        return function

    def python(self) -> str:
        """The Python that the chunk became, to read."""
        return ast.unparse(generate_code(self.marks, Generator)[0])


def generate_code(marks: Marks, kind: Type[Generator]) -> Tuple[ast.Module, Resolution, CodeType]:
    """The Python of a chunk, what is known of it, and the code of its main function."""
    digest = hashlib.sha256(repr((marks.source, marks.chunk_name)).encode()).hexdigest()
    limit = sys.getrecursionlimit()
    try:
        # Lua allows 200 levels of nesting (LUAI_MAXCCALLS), each of which is several of Python's.
        sys.setrecursionlimit(max(limit, COMPILER_DEPTH))
        tree, resolution = generate(parse(marks.source, marks.chunk_name), marks, kind)
        shown = marks.chunk_name.replace("\0", "")  # which no name of a file may hold
        file_name = f"<lua {shown} {digest[:16]}>"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python finds odd, a call of a number say, Lua refuses at run time
            module = compile(tree, file_name, "exec", dont_inherit=True, optimize=0)
    except BeyondLimits:
        raise LuaSyntaxError(diagnosis.message(marks.source, marks.chunk_name)) from None
    except (RecursionError, MemoryError):
        raise LuaSyntaxError(f"{marks.chunk_name}: chunk has too many syntax levels") from None
    finally:
        sys.setrecursionlimit(limit)
    return tree, resolution, next(constant for constant in module.co_consts if constant.__class__ is CodeType)


twins: "weakref.WeakKeyDictionary[CodeType, Optional[CodeType]]" = weakref.WeakKeyDictionary()
"""For code that has run in a coroutine, its twin that is a generator; None where it needs none."""


def twin_code(code: CodeType) -> Optional[CodeType]:
    """The twin of a Lua function's code: a generator that yields where the coroutine does.

    None where the code calls nothing, so that it may run as it is.
    """
    try:
        return twins[code]
    except KeyError:
        pass
    marks = marks_of(code)
    assert marks is not None
    if marks.twins is None:
        marks.twins = all_code(generate_code(marks, TwinGenerator)[2])
    raw = marks.twins[number_of(code)]
    made: Optional[CodeType] = None
    if raw.co_flags & CO_GENERATOR:
        # The functions that the twin makes are those that its plain form makes.
        inside = iter([constant for constant in code.co_consts if constant.__class__ is CodeType])
        constants = [next(inside) if constant.__class__ is CodeType else constant for constant in raw.co_consts]
        made = raw.replace(co_consts=(*constants, number_of(code), marks))
    twins[code] = made
    return made


def all_code(code: CodeType) -> List[CodeType]:
    """The code and all code inside it, in the order in which `attach` numbers them."""
    found = [code]
    for constant in code.co_consts:
        if constant.__class__ is CodeType:
            found += all_code(constant)
    return found


recent: "OrderedDict[Tuple[str, str, bool, str], Program]" = OrderedDict()


def compile_chunk(source: str, name: str, environment_is_variable: bool = False, mechanism: str = "") -> Program:
    """The program of a chunk called `name` (see `chunk_id`): compiled, or taken from those compiled lately.

    With a `mechanism` (`minilua.limits`), the program can be stopped.
    """
    # Where a chunk speaks of `_ENV` itself, its globals are fields of a variable from the start.
    environment_is_variable = environment_is_variable or "_ENV" in source
    key = source, name, environment_is_variable, mechanism
    program = recent.get(key)
    if program is None:
        program = Program(source, name, environment_is_variable, mechanism)
        recent[key] = program
        while len(recent) > CACHE_SIZE:
            recent.popitem(last=False)
    else:
        recent.move_to_end(key)
    return program


def make_stoppable(global_values: Dict[str, Any], mechanism: str) -> None:
    """Give the functions over these globals the code that they would have in a program under limits."""
    for function in gc.get_referrers(global_values):
        marks = marks_of(function.__code__) if function.__class__ is FunctionType else None
        if marks is None or marks.mechanism:
            continue
        program = compile_chunk(marks.source, marks.name, marks.environment_is_variable, mechanism)
        function.__code__ = all_code(program.code)[number_of(function.__code__)]
        function.__dict__.pop("λtwin", None)
