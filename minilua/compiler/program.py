"""A compiled chunk: immutable, shared by all runtimes that run it."""

from __future__ import annotations

import gc
import sys
from types import CodeType, FunctionType
from weakref import WeakKeyDictionary

from ..values.globals import global_key
from ..values.table import register_names
from .marks import BLOCK, GENERATOR, Marks, attach, marks_of, number_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List, Optional, Set, Tuple

    from .store import Store

CACHE_SIZE = 256
CACHED_TEXT = 1 << 19
"""How many compiled chunks a process keeps for the next `compile` of the same text, and the characters that they have
in all: a chunk takes some hundred times the memory of its text."""


class Program:
    """What a chunk became: `code` is its main function."""

    def __init__(self, source: str, source_name: str, environment_is_variable: bool, mode: str, is_kept: bool) -> None:
        self.marks = Marks(source_name, source, environment_is_variable, mode)
        place = store if is_kept else None
        stored = None if place is None else place.load(self.marks)
        if stored is None:
            from .translation import translate

            stored = translate(self.marks)
            if place is not None:
                place.save(self.marks, stored)
        else:
            self.marks.is_complete = False
        main, self.global_names, field_names = stored
        self.code = attach(main, self.marks)
        register_names(field_names, self.marks)

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
        from .translation import python_text

        return python_text(self.marks)


twins: WeakKeyDictionary[CodeType, Optional[CodeType]] = WeakKeyDictionary()
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
        from .translation import translate_to_twins

        marks.complete()
        marks.twins = by_name(translate_to_twins(marks))
    raw = marks.twins.get(own_name(code))
    made: Optional[CodeType] = None
    if raw is not None and raw.co_flags & GENERATOR:
        made = with_functions(raw, by_name(code), number_of(code), marks)
    twins[code] = made
    return made


def with_functions(raw: CodeType, plain: Dict[str, CodeType], number: int, marks: Marks) -> CodeType:
    """The code of a twin that makes the functions that its plain form makes."""
    constants: List[Any] = []
    for constant in raw.co_consts:
        if constant.__class__ is CodeType:
            # What is a part of the twin has no plain form, nor has what Python has found to be never made there.
            is_part = constant.co_name.startswith(BLOCK)
            constant = (None if is_part else plain.get(own_name(constant))) or with_functions(
                constant, plain, number, marks
            )
        constants.append(constant)
    return raw.replace(co_consts=(*constants, number, marks))


def own_name(code: CodeType) -> str:
    """What names a function's code in its chunk, in whatever mode that is generated."""
    if code.co_name[0] == "λ" and code.co_name[1:].isdigit():
        for constant in code.co_consts:
            if constant.__class__ is CodeType:  # a factory, which makes one function
                return "λ" + own_name(constant)
    return code.co_name


def by_name(code: CodeType) -> Dict[str, CodeType]:
    return {own_name(inner): inner for inner in all_code(code)}


def all_code(code: CodeType) -> List[CodeType]:
    """The code and all code inside it."""
    found = [code]
    for constant in code.co_consts:
        if constant.__class__ is CodeType:
            found += all_code(constant)
    return found


recent: Dict[Tuple[str, str, bool, str], Program] = {}

HOLDS_GLOBALS = sys.implementation.name == "pypy"
"""Whether code holds the globals that it ran over first, and with them a runtime: then a program is kept when its text
comes a second time, lest one runtime be held for each text that is never seen again."""

met: Set[int] = set()
"""The hashes of the texts that have come once, where that matters."""

MOST_MET = 10_000

store: Optional[Store] = None
"""Where programs are kept from one process to the next, if anywhere."""


def keep_programs(where: Optional[Store]) -> None:
    global store
    store = where


def compile_chunk(
    source: str, name: str, environment_is_variable: bool = False, mode: str = "", is_kept: bool = False
) -> Program:
    """The program of a chunk called `name` (see `chunk_id`): compiled, or taken from those compiled lately.

    The `mode` names what can stop the program (`minilua.limits`), if anything, and whether it is `careful`. One that
    `is_kept` may come from the store, and goes there: what scripts make and load themselves would fill it.
    """
    # Where a chunk speaks of `_ENV` itself, its globals are fields of a variable from the start.
    environment_is_variable = environment_is_variable or "_ENV" in source
    key = source, name, environment_is_variable, mode
    program = recent.pop(key, None)
    is_new = program is None
    if program is None:
        program = Program(source, name, environment_is_variable, mode, is_kept)
    if is_new and HOLDS_GLOBALS and hash(key) not in met:
        if len(met) >= MOST_MET:
            met.clear()
        met.add(hash(key))
        return program
    recent[key] = program  # the last one used is the last in the dict
    if is_new:
        size = sum([len(source) + len(name) for source, name, _, _ in list(recent)])
        while len(recent) > CACHE_SIZE or (size > CACHED_TEXT and len(recent) > 1):
            first = next(iter(recent))
            size -= len(first[0]) + len(first[1])
            recent.pop(first, None)
    return program


def compile_anew(global_values: Dict[str, Any], mode: str) -> None:
    """Give the functions over these globals the code that they would have in a program of another mode."""
    for function in gc.get_referrers(global_values):
        marks = marks_of(function.__code__) if function.__class__ is FunctionType else None
        if marks is None or marks.mode == mode:
            continue
        program = compile_chunk(marks.source, marks.name, marks.environment_is_variable, mode)
        code = by_name(program.code).get(own_name(function.__code__))
        if code is not None:
            function.__code__ = code
            function.__dict__.pop("λtwin", None)
