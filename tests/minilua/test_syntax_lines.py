"""The lines of nodes are those that real Lua's run-time errors name."""

from __future__ import annotations

import re
from typing import Any, Iterator

import pytest

from minilua.syntax import nodes
from minilua.syntax.parser import parse

lua54 = pytest.importorskip("lupa.lua54", reason="the reference lines come from real Lua (lupa)")
_run = lua54.LuaRuntime(encoding="latin-1").eval(
    """function(s)
        local f = function(...) return ... end
        local globals = {a = {}, f = f, s = "s", t = {m = f}}
        return select(2, pcall(assert(load(s, "=c", "t", globals))))
    end"""
)


def walk(node: Any) -> Iterator[nodes.Node]:
    """A node and all those that it is made of."""
    if isinstance(node, (list, tuple)):
        for item in node:
            yield from walk(item)
    elif isinstance(node, (nodes.Node, nodes.Block)):
        if isinstance(node, nodes.Node):
            yield node
        for slot in (slot for kind in type(node).__mro__ for slot in getattr(kind, "__slots__", ())):
            yield from walk(getattr(node, slot, None))


# The node that fails is the only one of its class; of fields, it is that of `a.none`.
@pytest.mark.parametrize(
    ("failing", "source"),
    [
        (nodes.Index, "x =\na\n.none\n.x\ny = 1"),
        (nodes.Index, "x =\na\n.none\n.x\n+ 1"),
        (nodes.Index, "x = 1 + a\n.none\n.x\n.. 1"),
        (nodes.Index, "x = 1 .. a\n.none\n.x\n.. 1"),
        (nodes.Index, "x = a\n.none\n.x\n^\n2"),
        (nodes.Index, "x = a\n.none\n.x\n<\n2"),
        (nodes.Index, "x = 2\n<\na\n.none\n.x\ny = 1"),
        (nodes.Index, "x = a\n.none\n.x\nor\n2"),
        (nodes.Index, "x = f(true) and a\n.none\n.x\nor\n2"),
        (nodes.Index, "x = -a\n.none\n.x\ny = 1"),
        (nodes.Index, "f(a\n.none\n.x\n,\n2\n)"),
        (nodes.Index, "f(2, a\n.none\n.x\n\n)"),
        (nodes.Index, "f(f(nil) or a\n.none\n.x\n\n)"),
        (nodes.Index, "t:m(a\n.none\n.x\n\n)"),
        (nodes.Index, "x = {a\n.none\n.x\n,\n2}"),
        (nodes.Index, "x = {2, a\n.none\n.x\n\n}"),
        (nodes.Index, "x = {2, a\n.none\n.x\n;\n}"),
        (nodes.Index, "x = {y = a\n.none\n.x\n\n}"),
        (nodes.Index, "x = {[a\n.none\n.x\n]\n= 1\n}"),
        (nodes.Index, "x = (a\n.none\n.x\n\n)"),
        (nodes.Index, "x = a\n.none\n[\n'x'\n]\ny = 1"),
        (nodes.Index, "x = t[a\n.none\n.x\n\n]\n"),
        (nodes.Index, "a\n.none\n.x\n(1)"),
        (nodes.Index, "a\n.none\n.x\n:\ny(1)"),
        (nodes.Index, "if a\n.none\n.x\nthen end"),
        (nodes.Index, "if f(nil) then elseif a\n.none\n.x\nthen end"),
        (nodes.Index, "while a\n.none\n.x\ndo end"),
        (nodes.Index, "repeat until a\n.none\n.x\n\nx = 1"),
        (nodes.Index, "local x, y = a\n.none\n.x\n,\n2"),
        (nodes.Index, "return a\n.none\n.x\n,\n2"),
        (nodes.Index, "return a\n.none\n.x\n\n"),
        (nodes.Index, "for i = a\n.none\n.x\n,\n2 do end"),
        (nodes.Index, "for i = 1, a\n.none\n.x\n,\n2 do end"),
        (nodes.Index, "for i in a\n.none\n.x\ndo end"),
        (nodes.Index, "a\n.none\n.x\n=\n1\n\ny = 2"),
        (nodes.Index, "y, a\n.none\n.x\n=\n1,\nfunction()\nend\n\ny = 2"),
        (nodes.Index, "function\na\n.none\n.x()\n\nend"),
        (nodes.Index, "function\na\n.none\n:x()\n\nend"),
        (nodes.Call, "a\n.none\n(\n1\n)"),
        (nodes.Call, "a\n.none\n's'"),
        (nodes.Call, "a\n.none\n[[s\n\n]]"),
        (nodes.Call, "a\n.none\n{\n1\n}"),
        (nodes.MethodCall, "a\n:none\n(\n1\n)"),
        (nodes.MethodCall, "a\n:none\n's'"),
        (nodes.Binary, "x =\nnone\n+\n1\n"),
        (nodes.Binary, "x =\n2\n^\nnone\n"),
        (nodes.Binary, "x =\nnone\n//\n1\n"),
        (nodes.Binary, "x =\nnone\n<<\n1\n"),
        (nodes.Binary, "x =\nnone\n<\n1\n"),
        (nodes.Binary, "x =\n1\n>=\nnone\n\n"),
        (nodes.Binary, "x =\nnone\n<\n1\nand\n2"),
        (nodes.Binary, "if\nnone\n<\n(\n1\n)\nthen\nend"),
        (nodes.Concat, "x =\n1\n..\nnone\n..\n2\n..\n3\n"),
        (nodes.Concat, "x =\nnone\n..\n2\n"),
        (nodes.Unary, "x =\n-\nnone\n"),
        (nodes.Unary, "x =\n#\nf\n"),
        (nodes.NumericFor, "for\ni\n=\nnone\n,\n2\ndo\nend"),
        (nodes.NumericFor, "for\ni\n=\n1\n,\n2\n,\n0\ndo\nf()\nend"),
        (nodes.GenericFor, "for\nk\nin\na\n.none\n,\n1\ndo\nend"),
        (nodes.GenericFor, "for\nk\nin\nf\n(\n)\n,\n1\ndo\nend"),
        (nodes.GenericFor, "for\nk\nin\ns\n:len\n(\n)\n,\n1\ndo\nend"),
        (nodes.Local, "local\nx\n<close>\n=\n1\n\ny = 2"),
    ],
)
def test_line(failing: type, source: str) -> None:
    message = re.match(r"c:(\d+): ", _run(source))
    assert message
    found = [node for node in walk(parse(source, "c")) if node.__class__ is failing]
    if failing is nodes.Index:
        found = [node for node in found if node.object.__class__ is nodes.Index]  # type: ignore[attr-defined]
        found = [node for node in found if node.object.key.value == "none"]  # type: ignore[attr-defined]
    (node,) = found
    assert node.line == int(message.group(1))
