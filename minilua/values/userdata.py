"""The userdata type: values of the host's whose fields and operators are what a metatable says, as with tables."""

from __future__ import annotations

from typing import Any

from .operations import index, metamethod, not_callable
from .table import Ordered, store_field


class Userdata(Ordered):
    """What all userdata are.

    Generated code reads fields as Python attributes, so a subclass keeps what it needs in slots that no Lua name can
    spell, and has no methods.
    """

    __slots__ = ("__weakref__",)

    __setattr__ = store_field

    def __getattr__(self, name: str) -> Any:
        if name[:1] == "λ" or name[:2] == "__":
            raise AttributeError(name)
        return index(self, name)

    def __call__(self, *arguments: Any) -> Any:
        handler = metamethod(self, "__call")
        if handler is None:
            raise not_callable(self)
        return handler(self, *arguments)
