"""What the parser makes of Lua's constructs."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, List

import pytest

from minilua.errors import LuaSyntaxError
from minilua.syntax import builder, grammar, nodes
from minilua.syntax.parser import parse

_FIELDS = {
    nodes.Nil: "",
    nodes.Boolean: "value",
    nodes.Number: "value",
    nodes.String: "value",
    nodes.Vararg: "",
    nodes.Name: "name",
    nodes.Index: "object key",
    nodes.Call: "function arguments",
    nodes.MethodCall: "object name arguments",
    nodes.Unary: "operator operand",
    nodes.Binary: "left operator right",
    nodes.Logical: "operator operands",
    nodes.Concat: "operands",
    nodes.Parenthesis: "expression",
    nodes.TableConstructor: "fields",
    nodes.Declaration: "name attribute",
    nodes.Function: "name parameters is_vararg body",
    nodes.Block: "statements",
    nodes.Local: "names values",
    nodes.LocalFunction: "name function",
    nodes.Assignment: "targets values",
    nodes.CallStatement: "call",
    nodes.Do: "body",
    nodes.While: "condition body",
    nodes.Repeat: "body condition",
    nodes.If: "clauses otherwise",
    nodes.NumericFor: "variable start limit step body",
    nodes.GenericFor: "variables values body",
    nodes.Return: "values",
    nodes.Break: "",
    nodes.Goto: "label",
    nodes.Label: "name",
}


def outline(node: Any) -> Any:
    """A node as nested tuples; names and constants stand for themselves."""
    if isinstance(node, (list, tuple)):
        return [outline(item) for item in node]
    if node.__class__ is nodes.Name:
        return node.name
    if node.__class__ is nodes.Number or node.__class__ is nodes.Boolean:
        return node.value
    if node.__class__ is nodes.String:
        return repr(node.value)
    if node.__class__ not in _FIELDS:
        return node
    return (node.__class__.__name__, *(outline(getattr(node, name)) for name in _FIELDS[node.__class__].split()))


def statements(source: str) -> List[nodes.Statement]:
    return parse(source, "test").body.statements


def expression(source: str) -> Any:
    (statement,) = statements("return " + source)
    assert isinstance(statement, nodes.Return)
    (value,) = statement.values
    return outline(value)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a + b * c", ("Binary", "a", "+", ("Binary", "b", "*", "c"))),
        ("a * b + c", ("Binary", ("Binary", "a", "*", "b"), "+", "c")),
        ("a - b - c", ("Binary", ("Binary", "a", "-", "b"), "-", "c")),
        ("(a + b) * c", ("Binary", ("Binary", "a", "+", "b"), "*", "c")),
        ("a ^ b ^ c", ("Binary", "a", "^", ("Binary", "b", "^", "c"))),
        ("-a ^ b", ("Unary", "-", ("Binary", "a", "^", "b"))),
        ("a ^ -b ^ c", ("Binary", "a", "^", ("Unary", "-", ("Binary", "b", "^", "c")))),
        ("-a * b", ("Binary", ("Unary", "-", "a"), "*", "b")),
        ("not a == b", ("Binary", ("Unary", "not", "a"), "==", "b")),
        ("- -#a", ("Unary", "-", ("Unary", "-", ("Unary", "#", "a")))),
        ("a .. b .. c", ("Concat", ["a", "b", "c"])),
        ("a .. (b .. c)", ("Concat", ["a", ("Concat", ["b", "c"])])),
        ("a .. b + c .. d", ("Concat", ["a", ("Binary", "b", "+", "c"), "d"])),
        ("a << b .. c", ("Binary", "a", "<<", ("Concat", ["b", "c"]))),
        ("a and b and c", ("Logical", "and", ["a", "b", "c"])),
        ("a or b and c or d", ("Logical", "or", ["a", ("Logical", "and", ["b", "c"]), "d"])),
        ("a and b or c", ("Logical", "or", [("Logical", "and", ["a", "b"]), "c"])),
        ("a < b == c", ("Binary", ("Binary", "a", "<", "b"), "==", "c")),
        ("a | b ~ c & d", ("Binary", "a", "|", ("Binary", "b", "~", ("Binary", "c", "&", "d")))),
        ("a & b << c", ("Binary", "a", "&", ("Binary", "b", "<<", "c"))),
        ("a // b % c / d", ("Binary", ("Binary", ("Binary", "a", "//", "b"), "%", "c"), "/", "d")),
        ("~a ~ ~b", ("Binary", ("Unary", "~", "a"), "~", ("Unary", "~", "b"))),
        ("a ~= b >= c", ("Binary", ("Binary", "a", "~=", "b"), ">=", "c")),
    ],
)
def test_precedence(source: str, expected: Any) -> None:
    assert expression(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("nil", ("Nil",)),
        ("true", True),
        ("...", ("Vararg",)),
        ("(...)", ("Parenthesis", ("Vararg",))),
        ("(f())", ("Parenthesis", ("Call", "f", []))),
        ("(a:f())", ("Parenthesis", ("MethodCall", "a", "f", []))),
        ("((a))", "a"),
        ("(f()).x", ("Index", ("Call", "f", []), "'x'")),
        ("(f())(1)", ("Call", ("Call", "f", []), [1])),
        ("a.b[c].d", ("Index", ("Index", ("Index", "a", "'b'"), "c"), "'d'")),
        ("f 's' {1} [[l]]", ("Call", ("Call", ("Call", "f", ["'s'"]), [("TableConstructor", [[None, 1]])]), ["'l'"])),
        ("a:m 's'", ("MethodCall", "a", "m", ["'s'"])),
        ("a:m {}", ("MethodCall", "a", "m", [("TableConstructor", [])])),
        ("a:m(1, 2):n()", ("MethodCall", ("MethodCall", "a", "m", [1, 2]), "n", [])),
        ("('x'):rep(3)", ("MethodCall", "'x'", "rep", [3])),
        (
            "{a, b = c; [d] = e, f = f, g;}",
            ("TableConstructor", [[None, "a"], ["'b'", "c"], ["d", "e"], ["'f'", "f"], [None, "g"]]),
        ),
        ("{a == b}", ("TableConstructor", [[None, ("Binary", "a", "==", "b")]])),
        ("function(a, b, ...) end", ("Function", None, [("Declaration", n, None) for n in "ab"], True, ("Block", []))),
        ("function(...) end", ("Function", None, [], True, ("Block", []))),
        ("function() end", ("Function", None, [], False, ("Block", []))),
    ],
)
def test_values(source: str, expected: Any) -> None:
    assert expression(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a, b.c = 1, 2", [("Assignment", ["a", ("Index", "b", "'c'")], [1, 2])]),
        ("(a).b = 1", [("Assignment", [("Index", "a", "'b'")], [1])]),
        (
            "local a <const>, b <close>, c = 1",
            [
                (
                    "Local",
                    [("Declaration", "a", "const"), ("Declaration", "b", "close"), ("Declaration", "c", None)],
                    [1],
                )
            ],
        ),
        ("local a", [("Local", [("Declaration", "a", None)], [])]),
        ("f()\n(g).x = 1", [("Assignment", [("Index", ("Call", ("Call", "f", []), ["g"]), "'x'")], [1])]),
        ("f();(g).x = 1", [("CallStatement", ("Call", "f", [])), ("Assignment", [("Index", "g", "'x'")], [1])]),
        (";;; f() ;;", [("CallStatement", ("Call", "f", []))]),
        ("do local a end", [("Do", ("Block", [("Local", [("Declaration", "a", None)], [])]))]),
        ("while a do break end", [("While", "a", ("Block", [("Break",)]))]),
        ("repeat until a", [("Repeat", ("Block", []), "a")]),
        ("if a then end", [("If", [["a", ("Block", [])]], None)]),
        (
            "if a then f() elseif b then else return end",
            [
                (
                    "If",
                    [["a", ("Block", [("CallStatement", ("Call", "f", []))])], ["b", ("Block", [])]],
                    ("Block", [("Return", [])]),
                )
            ],
        ),
        ("for i = 1, 2 do end", [("NumericFor", ("Declaration", "i", None), 1, 2, None, ("Block", []))]),
        ("for i = 1, 2, 3 do end", [("NumericFor", ("Declaration", "i", None), 1, 2, 3, ("Block", []))]),
        ("for k in a, b do end", [("GenericFor", [("Declaration", "k", None)], ["a", "b"], ("Block", []))]),
        ("for k, v in a do end", [("GenericFor", [("Declaration", n, None) for n in "kv"], ["a"], ("Block", []))]),
        ("goto a ::a::", [("Goto", "a"), ("Label", "a")]),
        ("return", [("Return", [])]),
        ("return;", [("Return", [])]),
        ("return a, f();", [("Return", ["a", ("Call", "f", [])])]),
        (
            "local function f(a) return a end",
            [
                (
                    "LocalFunction",
                    ("Declaration", "f", None),
                    ("Function", "f", [("Declaration", "a", None)], False, ("Block", [("Return", ["a"])])),
                )
            ],
        ),
        ("function f() end", [("Assignment", ["f"], [("Function", "f", [], False, ("Block", []))])]),
        (
            "function a.b.c() end",
            [
                (
                    "Assignment",
                    [("Index", ("Index", "a", "'b'"), "'c'")],
                    [("Function", "a.b.c", [], False, ("Block", []))],
                )
            ],
        ),
        (
            "function a.b:c(d) end",
            [
                (
                    "Assignment",
                    [("Index", ("Index", "a", "'b'"), "'c'")],
                    [("Function", "a.b:c", [("Declaration", n, None) for n in ("self", "d")], False, ("Block", []))],
                )
            ],
        ),
    ],
)
def test_statements(source: str, expected: Any) -> None:
    assert outline(statements(source)) == expected


def test_function_lines() -> None:
    (assignment, local) = statements("x = \nfunction\n()\n\nend local function\nf\n()\nend")
    assert isinstance(assignment, nodes.Assignment)
    assert isinstance(local, nodes.LocalFunction)
    function = assignment.values[0]
    assert isinstance(function, nodes.Function)
    assert (function.line, function.end_line) == (3, 5)
    assert (local.function.line, local.function.end_line) == (7, 8)
    assert parse("x = 1\n", "test").line == 0


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\n\r"])
def test_line_breaks(line_break: str) -> None:
    source = line_break.join(["x = [[", "a", "", "b]]", "--[[", "]] y = 'c\\", "d'", "", "z = 1"])
    x, y, z = statements(source)
    assert outline([x, y]) == [("Assignment", ["x"], [repr("a\n\nb")]), ("Assignment", ["y"], [repr("c\nd")])]
    assert (x.line, y.line, z.line) == (4, 7, 9)


@pytest.mark.parametrize("operator", ["..", "+", "and", "or", "==", "*"])
def test_long_chain(operator: str) -> None:
    value: Any = statements("return " + f"a {operator} " * 10_000 + "a")[0]
    (value,) = value.values
    if operator in ("..", "and", "or"):
        assert len(value.operands) == 10_001
    else:
        depth = 0
        while value.__class__ is nodes.Binary:
            value = value.left
            depth += 1
        assert depth == 10_000


def test_long_ladder() -> None:
    (ladder,) = statements("if a then " + "elseif a then " * 1000 + "end")
    assert isinstance(ladder, nodes.If)
    assert len(ladder.clauses) == 1001


def test_large_table() -> None:
    value: Any = statements("return {" + "1," * 100_000 + "}")[0]
    assert len(value.values[0].fields) == 100_000


def test_long_call_chain() -> None:
    value: Any = statements("return f" + "()" * 10_000)[0]
    (value,) = value.values
    depth = 0
    while value.__class__ is nodes.Call:
        value = value.function
        depth += 1
    assert depth == 10_000


def test_lark_is_imported_late() -> None:
    script = (
        "import sys, minilua.syntax.parser as p; assert 'lark' not in sys.modules;"
        "p.parse('x = 1', 'test'); assert 'lark' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_shipped_table_is_of_this_grammar() -> None:
    import lark

    if lark.__version__.split(".")[:2] != ["1", "3"]:
        pytest.skip("the table is made by Lark 1.3")
    assert not grammar.is_stale(), "run python -m minilua.syntax.grammar"


def test_without_a_fitting_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "_shipped", lambda grammar: None)
    read = grammar.parser().parse
    monkeypatch.setattr(builder.current, "reading", builder.Reading())
    source = "for k, v in pairs(t) do x = -k .. v[1] end return f{...}"
    assert outline(read(source)) == outline(parse(source, "test"))


def test_a_table_calls_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    trace = tmp_path / "trace"

    class Table:
        def __reduce__(self) -> Any:
            return os.mkdir, (str(trace),)

    read = grammar._read
    monkeypatch.setattr(grammar, "_read", lambda name: pickle.dumps(Table()) if name == "lua.lalr" else read(name))
    assert grammar.is_stale()
    assert not trace.exists()


def test_a_chunk_read_while_another_is_read() -> None:
    outer = builder.current.reading
    parse("x = 1", "test")
    with pytest.raises(LuaSyntaxError):
        parse("x =", "test")
    assert builder.current.reading is outer


def test_unfinished_string_takes_no_time() -> None:
    with pytest.raises(LuaSyntaxError, match="unfinished string near"):
        parse("x = '" + "\\z    " * 10_000, "test")


def test_threads_do_not_meet() -> None:
    # A `...` is right or wrong by the function it is in, which the actions of the grammar remember.
    source = "local function f(...) " + "g(...) " * 300 + "end"
    wrong = "local function f() " + "g() " * 300 + "return ... end"
    failures: List[object] = []

    def read() -> None:
        for _ in range(10):
            try:
                parse(source, "test")
            except LuaSyntaxError as error:
                failures.append(error)
            try:
                parse(wrong, "test")
            except LuaSyntaxError:
                continue
            failures.append("accepted")

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert failures == []


def test_the_length_of_chains_is_known() -> None:
    from minilua.syntax.lexer import longest_chain

    assert longest_chain("x = 1 " * 1000) < 10 and longest_chain("f(1) g{2} h'3'\n" * 1000) < 10
    assert longest_chain("return {" + "1, a.b," * 1000 + "}") < 10
    for link in (".b", "()", "[1]", ":m()", " + 1", " .. x", "\n.b", " and b"):
        assert longest_chain("return a" + link * 1000) > 1000
