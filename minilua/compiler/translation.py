"""A chunk's source to code: parsing, resolving, generating, and Python's compiler.

Nothing here is imported before a chunk has to be compiled that is in no cache.
"""

from __future__ import annotations

import ast
import hashlib
import warnings
from types import CodeType
from typing import Tuple, Type

from ..errors import LuaSyntaxError
from ..garbage import Uncollected
from ..recursion import IS_WASM, deep_compilation
from ..syntax import diagnosis
from ..syntax.parser import parse, with_plain_line_breaks
from .codegen import Generator, generate
from .indexing import is_attribute
from .marks import Marks
from .resolve import Resolution, Unresolved
from .twins import TwinGenerator


def translate(marks: Marks) -> Tuple[CodeType, Tuple[str, ...], Tuple[str, ...]]:
    """The code of a chunk's main function, the globals that it names, and the fields that it reads as attributes."""
    _, resolution, main = generate_code(marks)
    return main, tuple(resolution.global_names), tuple(filter(is_attribute, resolution.field_names))


def translate_to_twins(marks: Marks) -> CodeType:
    """The code of a chunk's main function, it and those in it generators."""
    return generate_code(marks, TwinGenerator)[2]


def python_text(marks: Marks) -> str:
    """The Python that a chunk becomes, to read."""
    return ast.unparse(generate_code(marks)[0])


DEEPEST_TREE = 1200
"""How deeply Python's syntax trees may be nested on WebAssembly, where its compiler does not see the stack end."""


def is_too_deep(tree: ast.AST) -> bool:
    level = [tree]
    for _ in range(DEEPEST_TREE):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True


def generate_code(marks: Marks, kind: Type[Generator] = Generator) -> Tuple[ast.Module, Resolution, CodeType]:
    """The Python of a chunk, what is known of it, and the code of its main function."""
    digest = hashlib.sha256(f"{marks.chunk_name}\0".encode())
    digest.update(marks.source.encode())
    try:
        with Uncollected(), deep_compilation, warnings.catch_warnings():
            tree, resolution = generate(parse(marks.source, marks.chunk_name), marks, kind)
            shown = marks.chunk_name.replace("\0", "")  # which no name of a file may hold
            file_name = f"<lua {shown} {digest.hexdigest()[:16]}>"
            if IS_WASM and is_too_deep(tree):
                raise RecursionError
            warnings.simplefilter("ignore")  # what Python finds odd, a call of a number say, Lua refuses at run time
            module = compile(tree, file_name, "exec", dont_inherit=True, optimize=0)
    except Unresolved:
        raise LuaSyntaxError(diagnosis.message(with_plain_line_breaks(marks.source), marks.chunk_name)) from None
    except (RecursionError, MemoryError):
        raise LuaSyntaxError(f"{marks.chunk_name}: chunk has too many syntax levels") from None
    return tree, resolution, next(constant for constant in module.co_consts if constant.__class__ is CodeType)
