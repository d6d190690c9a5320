"""What is wrong with a chunk that is not Lua, in PUC-Rio's words.

PUC-Rio's messages name what its recursive descent was looking for. An LALR state knows what may come, not what was
being looked for, so once Lark has refused a chunk its tokens are read again by a recursive descent, which makes
nothing but the message. It also knows how deep a chunk is nested, which an LALR parser does not, and follows labels
and constants, so that of several errors it finds the one that PUC-Rio finds, which reads a chunk once.

The functions of the descent are generators, which yield the function to be called: the stack is a list, and no
chunk is too deep for Python.
"""

from __future__ import annotations

from typing import Generator, List, NamedTuple, Optional, Tuple

from .lexer import KEYWORDS, MAX_LEVELS, SYMBOLS, LexicalError, Reading, Token, tokens

_Descent = Generator["_Descent", None, None]

_END_OF_FILE = "<eof>"
_TYPES = {text: text for text in (*KEYWORDS, *SYMBOLS)}
_UNARY = frozenset(("not", "-", "#", "~"))
_UNARY_PRIORITY = 12
# §3.4.8: how tightly an operator binds what is left of it, and what is right of it.
_PRIORITIES = {
    operator: (left, right)
    for operators, left, right in (
        ("or", 1, 1),
        ("and", 2, 2),
        ("< > <= >= ~= ==", 3, 3),
        ("|", 4, 4),
        ("~", 5, 5),
        ("&", 6, 6),
        ("<< >>", 7, 7),
        ("..", 9, 8),
        ("+ -", 10, 10),
        ("* / // %", 11, 11),
        ("^", 14, 13),
    )
    for operator in operators.split()
}


LOCAL_LIMIT = 200
"""How many locals a function may have at once (MAXVARS)."""

REGISTER_LIMIT = 255
"""How many registers a function may have (MAXREGS)."""

_NUMERIC_STATE, _GENERIC_STATE = 3, 4
"""How many of them a `for` has for itself."""


def message(source: str, chunk_name: str) -> Optional[str]:
    """The message about the first error in `source`, or None where there is none.

    >>> message("if x\\nthen", "workflow.lua")
    "workflow.lua:2: 'end' expected (to close 'if' at line 1) near <eof>"
    """
    stack: List[_Descent] = []
    reader: Optional[_Reader] = None
    try:
        reader = _Reader(source)
        stack.append(reader.chunk())
        while stack:
            called = next(stack[-1], None)
            if called is None:
                stack.pop()
            else:
                stack.append(called)
        return None
    except LexicalError as error:
        near = "<eof>" if error.near is None else _quoted(error.near)
        found = f"{chunk_name}:{error.line}: {error.message} near {near}"
    except _Found as error:
        found = f"{chunk_name}:{error.line}: {error.message}"
    except _TooDeep:
        return "C stack overflow"
    return "C stack overflow" if reader is not None and reader.is_too_long else found


class _Found(Exception):
    def __init__(self, message: str, line: int) -> None:
        super().__init__(message, line)
        self.message = message
        self.line = line


class _TooDeep(Exception):
    pass


class _Block(NamedTuple):
    """A block being read: how many variables, labels and jumps its function had when it began."""

    variables: int
    labels: int
    jumps: int
    is_loop: bool


class _Jump(NamedTuple):
    """A `goto` that has not met its label, or a `break`, and how many variables are in scope where it stands."""

    label: str
    line: int
    variables: int


class _Function:
    """A function being read: where it starts (0 for the main one), how many locals it has, and how many in scope."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.locals = 0
        self.active = 0
        self.variables: List[Tuple[str, str]] = []  # in scope, with their attributes
        self.labels: List[Tuple[str, int]] = []  # in sight, with their lines
        self.jumps: List[_Jump] = []
        self.blocks: List[_Block] = []

    def open(self, is_loop: bool = False) -> None:
        self.blocks.append(_Block(len(self.variables), len(self.labels), len(self.jumps), is_loop))

    def close(self) -> Optional[_Jump]:
        """Leave a block; returns a jump that leads nowhere, if it is the function's last."""
        block = self.blocks.pop()
        del self.variables[block.variables :], self.labels[block.labels :]
        self.jumps[block.jumps :] = [
            jump._replace(variables=block.variables)
            for jump in self.jumps[block.jumps :]
            if not block.is_loop or jump.label != "break"
        ]
        return self.jumps[0] if self.jumps and not self.blocks else None


class _Reader:
    def __init__(self, source: str) -> None:
        self._tokens = tokens(source, _TYPES, Reading())
        self._end = Token(_END_OF_FILE, _END_OF_FILE, source.count("\n") + 1)
        self._ahead: Optional[Token] = None
        self._token = self._end
        self._level = 0
        self._chained = 0
        self.is_too_long = False  # for PUC-Rio, which would say so before any other error
        self._varargs = [True]
        self._functions = [_Function(0)]
        # What the last suffixed expression was: "variable", "call", or "value" for brackets.
        self._suffixed = ""
        self._name: Optional[str] = None  # that of a variable, where it was nothing more
        self._registers = 0  # how many the last expression list takes
        self._next()

    # ------------------------------------------------------------ tokens

    def _next(self) -> None:
        if self._ahead is None:
            self._token = next(self._tokens, self._end)
        else:
            self._token, self._ahead = self._ahead, None

    def _peek(self) -> str:
        self._ahead = next(self._tokens, self._end)
        return self._ahead.type

    def _skip(self, type: str) -> bool:
        """Skip the token if it is a `type`."""
        if self._token.type != type:
            return False
        self._next()
        return True

    def _error(self, text: str) -> _Found:
        token = self._token
        if token.type != "\0":  # PUC-Rio's lexer uses this number for "no token"
            text += " near " + (_END_OF_FILE if token.type == _END_OF_FILE else _quoted(token.text))
        return _Found(text, token.line)

    def _expect(self, type: str) -> None:
        if not self._skip(type):
            raise self._error(f"'{type}' expected")

    def _expect_name(self) -> str:
        name = str(self._token.value)
        if not self._skip("NAME"):
            raise self._error("<name> expected")
        return name

    def _declare(self, count: int = 1) -> None:
        function = self._functions[-1]
        function.locals += count
        if function.locals > LOCAL_LIMIT:
            where = f"function at line {function.line}" if function.line else "main function"
            raise self._error(f"too many local variables (limit is {LOCAL_LIMIT}) in {where}")

    def _put_in_scope(self, name: str, attribute: str = "") -> None:
        self._functions[-1].variables.append((name, attribute))

    def _check_assignable(self, name: Optional[str]) -> None:
        for function in reversed(self._functions):
            for variable, attribute in reversed(function.variables):
                if variable == name:
                    if attribute:
                        raise _Found(f"attempt to assign to const variable '{name}'", self._token.line)
                    return

    def _close_function(self) -> None:
        jump = self._functions[-1].close()
        if jump is not None:
            what = f"no visible label '{jump.label}' for <goto>" if jump.label != "break" else "break outside loop"
            raise _Found(f"{what} at line {jump.line}", self._token.line)
        self._functions.pop()

    def _ends_block(self, until: bool = True) -> bool:
        """Whether the next token ends a block (block_follow); `until` does, or does not count."""
        return self._token.type in ("else", "elseif", "end", _END_OF_FILE) or (until and self._token.type == "until")

    def _expect_closing(self, type: str, opening: str, line: int) -> None:
        if self._token.type != type and line != self._token.line:
            raise self._error(f"'{type}' expected (to close '{opening}' at line {line})")
        self._expect(type)

    def _lengthen(self, count: int) -> None:
        """Note that PUC-Rio goes down levels where the nesting is no deeper."""
        self._chained += count
        if self._level + self._chained > MAX_LEVELS:
            self.is_too_long = True

    def _enter(self) -> None:
        self._level += 1
        if self._level > MAX_LEVELS:
            raise _TooDeep

    # ------------------------------------------------------------ statements

    def chunk(self) -> _Descent:
        self._functions[-1].open()
        yield self._statements()
        if self._token.type != _END_OF_FILE:
            raise self._error("<eof> expected")
        self._close_function()

    def _block(self, is_loop: bool = False) -> _Descent:
        self._functions[-1].open(is_loop)
        yield self._statements()
        self._functions[-1].close()

    def _statements(self) -> _Descent:
        function = self._functions[-1]
        outer = function.locals
        while not self._ends_block():
            returns = self._token.type == "return"
            function.active = function.locals
            self._enter()
            yield self._statement()
            self._level -= 1
            if returns:
                break
        function.locals = outer

    def _statement(self) -> _Descent:
        start = self._token
        if start.type in _STATEMENTS:
            self._next()
            yield _STATEMENTS[start.type](self, start.line)
        elif not self._skip(";"):
            yield self._expression_statement()

    def _if(self, line: int) -> _Descent:
        while True:
            yield self._expression()
            self._expect("then")
            yield self._block()
            if not self._skip("elseif"):
                break
        if self._skip("else"):
            yield self._block()
        self._expect_closing("end", "if", line)

    def _while(self, line: int) -> _Descent:
        yield self._expression()
        self._expect("do")
        yield self._block(True)
        self._expect_closing("end", "while", line)

    def _do(self, line: int) -> _Descent:
        yield self._block()
        self._expect_closing("end", "do", line)

    def _for(self, line: int) -> _Descent:
        function = self._functions[-1]
        outer = function.locals
        names = [self._expect_name()]
        if self._token.type == "=":
            self._declare(_NUMERIC_STATE + 1)
            self._next()
            yield self._expression()
            self._expect(",")
            yield self._expression()
            if self._skip(","):
                yield self._expression()
        elif self._token.type in (",", "in"):
            self._declare(_GENERIC_STATE + 1)
            while self._skip(","):
                names.append(self._expect_name())
                self._declare()
            self._expect("in")
            yield self._expressions()
        else:
            raise self._error("'=' or 'in' expected")
        self._expect("do")
        function.open(True)
        for name in names:
            self._put_in_scope(name)
        yield self._block()
        self._expect_closing("end", "for", line)
        function.close()
        function.locals = outer

    def _repeat(self, line: int) -> _Descent:
        self._functions[-1].open(True)
        yield self._statements()
        self._expect_closing("until", "repeat", line)
        yield self._expression()
        self._functions[-1].close()

    def _function(self, line: int) -> _Descent:
        name: Optional[str] = self._expect_name()
        while self._skip("."):
            self._expect_name()
            name = None
        is_method = self._skip(":")
        if is_method:
            self._expect_name()
            name = None
        yield self._body(line, is_method)
        self._check_assignable(name)

    def _local(self, _line: int) -> _Descent:
        if self._skip("function"):
            self._put_in_scope(self._expect_name())
            self._declare()
            yield self._body(self._token.line)
            return
        closes = False
        variables = []
        while True:
            name = self._expect_name()
            attribute = ""
            self._declare()
            if self._skip("<"):
                attribute = self._expect_name()
                self._expect(">")
                if attribute not in ("const", "close"):
                    raise _Found(f"unknown attribute '{attribute}'", self._token.line)
                if attribute == "close" and closes:
                    raise _Found("multiple to-be-closed variables in local list", self._token.line)
                closes = closes or attribute == "close"
            variables.append((name, attribute))
            if not self._skip(","):
                break
        if self._skip("="):
            yield self._expressions()
        self._functions[-1].variables += variables

    def _label(self, line: int) -> _Descent:
        name = self._expect_name()
        self._expect("::")
        while self._token.type in (";", "::"):  # PUC-Rio reads what does nothing before it sees to the label
            self._enter()
            yield self._statement()
            self._level -= 1
        function = self._functions[-1]
        block = function.blocks[-1]
        for other, other_line in function.labels:
            if other == name:
                raise _Found(f"label '{name}' already defined on line {other_line}", self._token.line)
        function.labels.append((name, line))
        in_scope = block.variables if self._ends_block(until=False) else len(function.variables)
        for jump in function.jumps[block.jumps :]:
            if jump.label == name:
                if jump.variables < in_scope:
                    what = f"<goto {name}> at line {jump.line} jumps into the scope of local"
                    raise _Found(f"{what} '{function.variables[jump.variables][0]}'", self._token.line)
                function.jumps.remove(jump)

    def _return(self, _line: int) -> _Descent:
        if not self._ends_block() and self._token.type != ";":
            yield self._expressions()
        self._skip(";")

    def _break(self, line: int) -> _Descent:
        function = self._functions[-1]
        function.jumps.append(_Jump("break", line, len(function.variables)))
        yield from ()

    def _goto(self, _line: int) -> _Descent:
        line = self._token.line
        name = self._expect_name()
        function = self._functions[-1]
        if all(name != label for label, _ in function.labels):
            function.jumps.append(_Jump(name, line, len(function.variables)))
        yield from ()

    def _expression_statement(self) -> _Descent:
        yield self._suffixed_expression()
        if self._token.type not in ("=", ","):
            if self._suffixed != "call":
                raise self._error("syntax error")
            return
        chained = self._chained
        while True:
            if self._suffixed != "variable":
                raise self._error("syntax error")
            self._check_assignable(self._name)
            if not self._skip(","):
                break
            yield self._suffixed_expression()
            self._lengthen(1)
        self._chained = chained
        self._expect("=")
        yield self._expressions()

    def _body(self, line: int, is_method: bool = False) -> _Descent:
        self._expect("(")
        function = _Function(line)
        self._functions.append(function)
        function.open()
        if is_method:
            self._declare()
            self._put_in_scope("self")
        is_vararg = False
        if self._token.type != ")":
            while True:
                name = str(self._token.value)
                is_vararg = self._skip("...")
                if not is_vararg and not self._skip("NAME"):
                    raise self._error("<name> or '...' expected")
                if not is_vararg:
                    self._declare()
                    self._put_in_scope(name)
                if is_vararg or not self._skip(","):
                    break
        self._expect(")")
        self._varargs.append(is_vararg)
        yield self._statements()
        self._varargs.pop()
        self._expect_closing("end", "function", line)
        self._close_function()

    # ------------------------------------------------------------ expressions

    def _expressions(self, registers: int = 0) -> _Descent:
        """A list whose values go into registers, behind some of them and the locals."""
        yield self._expression()
        registers += 1
        while self._skip(","):
            self._check_registers(registers)
            yield self._expression()
            registers += 1
        self._registers = registers

    def _check_registers(self, count: int) -> None:
        if self._functions[-1].active + count >= REGISTER_LIMIT:
            raise self._error("function or expression needs too many registers")

    def _expression(self, limit: int = 0) -> _Descent:
        """An operand, and all operators that follow and bind tighter than `limit`."""
        self._enter()
        if self._token.type in _UNARY:
            self._next()
            yield self._expression(_UNARY_PRIORITY)
        else:
            yield self._simple_expression()
        while True:
            operator = self._token.type
            left, right = _PRIORITIES.get(operator, (0, 0))
            if left <= limit:
                break
            self._next()
            # PUC-Rio goes down a level at each `..` of a chain; here a chain is flat, and may be as long as it likes.
            flat = operator == ".."
            self._lengthen(flat)
            self._level -= flat
            yield self._expression(right)
            self._level += flat
            self._chained -= flat
        self._level -= 1

    def _simple_expression(self) -> _Descent:
        type = self._token.type
        if type == "...":
            if not self._varargs[-1]:
                raise self._error("cannot use '...' outside a vararg function")
            self._next()
        elif type in ("NUMBER", "STRING", "nil", "true", "false"):
            self._next()
        elif type == "{":
            yield self._table()
        elif type == "function":
            self._next()
            yield self._body(self._token.line)
        else:
            yield self._suffixed_expression()

    def _suffixed_expression(self) -> _Descent:
        line = self._token.line
        name: Optional[str] = str(self._token.value)
        if self._skip("("):
            yield self._expression()
            self._expect_closing(")", "(", line)
            suffixed = "value"
        elif self._skip("NAME"):
            suffixed = "variable"
        else:
            raise self._error("unexpected symbol")
        while True:
            if self._skip("."):
                self._expect_name()
                suffixed = "variable"
            elif self._skip("["):
                yield self._expression()
                self._expect("]")
                suffixed = "variable"
            elif self._skip(":"):
                self._expect_name()
                yield self._arguments(2)
                suffixed = "call"
            elif self._token.type in ("(", "STRING", "{"):
                yield self._arguments()
                suffixed = "call"
            else:
                break
            name = None
        self._suffixed = suffixed
        self._name = name

    def _arguments(self, registers: int = 1) -> _Descent:
        """The arguments of a call, behind so many registers for the function."""
        line = self._token.line
        if self._skip("("):
            self._registers = registers
            if self._token.type != ")":
                yield self._expressions(registers)
            registers = self._registers
            self._expect_closing(")", "(", line)
            self._check_registers(registers)
        elif self._token.type == "{":
            yield self._table()
        elif not self._skip("STRING"):
            raise self._error("function arguments expected")

    def _table(self) -> _Descent:
        line = self._token.line
        self._next()
        while self._token.type != "}":
            if self._token.type == "[":
                self._next()
                yield self._expression()
                self._expect("]")
                self._expect("=")
            elif self._token.type == "NAME" and self._peek() == "=":
                self._next()
                self._next()
            yield self._expression()
            if not self._skip(",") and not self._skip(";"):
                break
        self._expect_closing("}", "{", line)


_STATEMENTS = {
    "if": _Reader._if,
    "while": _Reader._while,
    "do": _Reader._do,
    "for": _Reader._for,
    "repeat": _Reader._repeat,
    "function": _Reader._function,
    "local": _Reader._local,
    "::": _Reader._label,
    "return": _Reader._return,
    "break": _Reader._break,
    "goto": _Reader._goto,
}


def _quoted(text: str) -> str:
    """`text` as messages show it: PUC-Rio's strings end at a zero, and a lone character may be no text at all."""
    if len(text) == 1 and not " " <= text <= "~":
        return f"'<\\{ord(text)}>'"
    return "'" + text.partition("\0")[0] + "'"
