"""The table of globals over the dict that generated code has as its globals.

Generated code reads and writes globals as Python does, in an exact dict, which also holds the names of the runtime's
(`compiler.surface`) and Python's own `__builtins__`, empty. To a script that dict is a table like any other, seen
through `GlobalsView`: it does not show the runtime's names, stores those that Python keeps for itself under others,
and keeps apart what is not a string.

PyPy looks beyond `__builtins__` for a name that the dict lacks. That never happens: a chunk that reads a global puts
the name into the dict when it is loaded, with None for nil, and no name is ever taken out.
"""

from __future__ import annotations

from .table import EMPTY, BaseTable, set_attribute, store_field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, FrozenSet, Iterator, List, Optional, Tuple

KEPT_BY_PYTHON = frozenset(("None", "True", "False", "__debug__", "__builtins__"))


def global_key(name: str) -> str:
    """The key of a global in the dict: Python keeps a few for itself."""
    return "λ" + name if name in KEPT_BY_PYTHON else name


class GlobalsView(dict):  # type: ignore[type-arg]
    """The dict of a table of globals: strings in the dict of the code, all other keys in itself."""

    def __init__(self, values: Dict[str, Any]) -> None:
        super().__init__()
        self.global_values = values

    def get(self, key: Any, default: Any = None) -> Any:
        if key.__class__ is str:
            return self.global_values.get(global_key(key), default)
        return super().get(key, default)

    def __getitem__(self, key: Any) -> Any:
        if key.__class__ is str:
            return self.global_values[global_key(key)]
        return super().__getitem__(key)

    def __setitem__(self, key: Any, value: Any) -> None:
        if key.__class__ is str:
            self.global_values[global_key(key)] = value
            self.note(key)
        else:
            super().__setitem__(key, value)

    def pop(self, key: Any, default: Any = None) -> Any:
        if key.__class__ is str:
            key = global_key(key)
            value = self.global_values.get(key)
            if value is not None:
                self.global_values[key] = None  # compiled code still reads it
                self.note(key)
            return default if value is None else value
        return super().pop(key, default)

    def note(self, name: str) -> None:
        """A global has changed."""
        if name in LIBRARY_MEMBERS:
            self.global_values[untouched(name)] = False

    def __contains__(self, key: Any) -> bool:
        if key.__class__ is str:
            return self.global_values.get(global_key(key)) is not None
        return super().__contains__(key)

    def __iter__(self) -> Iterator[Any]:
        for key in list(self.global_values):
            if self.global_values.get(key) is None or key == "__builtins__":
                continue
            if key[:1] != "λ":
                yield key
            elif key[1:] in KEPT_BY_PYTHON:
                yield key[1:]
        yield from list(super().__iter__())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def items(self) -> List[Tuple[Any, Any]]:  # type: ignore[override]
        return [(key, self[key]) for key in self]

    def values(self) -> List[Any]:  # type: ignore[override]
        return [self[key] for key in self]

    def keys(self) -> List[Any]:  # type: ignore[override]
        return list(self)


class GlobalTable(BaseTable):
    """`_G`: keeps its class whatever its metatable, and tells the code when it has one."""

    __slots__ = ("λmetatable", "λvalues")

    λmetatable: Optional[BaseTable]
    λvalues: Dict[str, Any]

    __setattr__ = store_field

    def __init__(self, values: Dict[str, Any]) -> None:
        set_attribute(self, "λhash", GlobalsView(values))
        set_attribute(self, "λarray", EMPTY)
        set_attribute(self, "λmetatable", None)
        set_attribute(self, "λvalues", values)

    def λcarry(self, metatable: Optional[BaseTable]) -> None:
        set_attribute(self, "λmetatable", metatable)
        self.λvalues["λglobals_watched"] = metatable is not None


# ---------------------------------------------------------------- libraries

LIBRARY_MEMBERS: Dict[str, FrozenSet[str]] = {
    library: frozenset(members.split())
    for library, members in {
        "coroutine": "close create isyieldable resume running status wrap yield",
        "math": "abs acos asin atan ceil cos deg exp floor fmod huge log max maxinteger min mininteger modf pi rad "
        "random randomseed sin sqrt tan tointeger type ult",
        "string": "byte char find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper",
        "table": "concat insert move pack remove sort unpack",
        "utf8": "char charpattern codepoint codes len offset",
    }.items()
}
"""What generated code need not look up in a library as long as nobody has changed it (`untouched`)."""

BASIC_INTRINSICS = ("ipairs", "pairs", "select", "setmetatable", "tonumber", "tostring", "type")
"""The basic functions whose calls generated code may do itself while they are the library's."""


def original(library: Optional[str], name: str) -> str:
    """The name under which generated code finds what the runtime came with."""
    return f"λoriginal_{name}" if library is None else f"λoriginal_{library}_{name}"


def untouched(library: str) -> str:
    """The name of whether a library and the global of its name are as the runtime came with them.

    It is None until the library is used. Of the library of strings it also says that they are the methods of strings.
    """
    return f"λuntouched_{library}"
