"""Writes random Lua: whole programs with functions, metatables, coroutines, jumps and errors, that always end.

What a program does over and over counts against its `fuel`, which ends it with an error before it takes long. What it
shows depends neither on addresses nor on the order of `pairs`. `Writer(Random(seed)).program()` is one.
"""

from __future__ import annotations

from random import Random
from typing import Callable, List, Sequence, Tuple

PRELUDE = """
G1, G2, G3 = nil
local fuel = 400
local function tick() fuel = fuel - 1 if fuel < 0 then error("no fuel", 0) end return true end
local function text(v, depth)
  local kind = math.type(v) or type(v)
  if kind == "float" then return v ~= v and "nan" or tostring(v) end
  if kind == "string" then return v:find("0x%x%x%x%x") and "address" or #v > 60 and #v .. ":" .. v:sub(1, 60) or v end
  if kind == "table" then
    if getmetatable(v) or depth > 2 then return "table" end
    local parts = {}
    for i = 1, 6 do parts[i] = text(v[i], depth + 1) end
    return "{" .. table.concat(parts, " ") .. " " .. text(v.x, depth + 1) .. "}"
  end
  if kind == "function" or kind == "thread" then return kind end
  return tostring(v)
end
local function show(...)
  tick()
  local parts = table.pack(...)
  for i = 1, parts.n do parts[i] = text(parts[i], 0) end
  print(table.concat(parts, " "))
end
local function short(v) return type(v) == "string" and v:sub(1, 30) or v end
local events = {}
local function event(name, answer)
  return function(...)
    tick()
    events[#events + 1] = name .. select("#", ...)
    if answer then return answer(...) end
    return ...
  end
end
"""

INTEGERS = (
    "0 1 2 3 -1 -2 7 10 255 256 -128 1000 63 64 -64 65 0xff 0x7fffffff (1<<31) (1<<32) (1<<53) ((1<<53)+1) -(1<<53) "
    "math.maxinteger math.mininteger (math.maxinteger-1) (math.mininteger+1)"
).split()
FLOATS = (
    "0.0 -0.0 1.0 -1.0 0.5 2.5 -2.5 3.0 255.0 1e15 1e16 1e100 -1e100 2^53 2^63 -2^63 1e308 5e-324 0.1 1/3 math.huge "
    "-math.huge (0/0) 1e300*1e10 9007199254740993.0"
).split()
STRINGS = [
    *'"" "a" "abc" "10" "0x10" "1e1" "-3" "3.0" "x=1,y=2" "%d" "a.b.c" "ABC" "\\0" "\\xff\\xfe" "\\u{e4}"'.split(),
    *'"1e400" "nan" "0x" "9223372036854775808" "-9223372036854775808" "(a(b)c)"'.split(),
    *('" 5 "', '"abc def"', '" trim  "'),
]
GLOBAL_FUNCTIONS = ["G4", "G5"]
ARITHMETIC = "+ - * / // % ^".split()
BITWISE = "& | ~ << >>".split()
COMPARISON = "== ~= < <= > >=".split()
EVENTS = (
    "add sub mul div idiv mod pow unm band bor bxor shl shr bnot concat len eq lt le call index newindex tostring close"
).split()
PATTERNS = (
    '"%w+" "(%w)(%d)" "." "^%s*(.-)%s*$" "[^%w]" "%b()" "%f[%w]%w+" "()" "a-" "b*" "(a?)(b?)" "%." "[%a_][%w_]*" "%1" '
    '"%d+$" "(%w+)=(%w+)" "" "[a-c]+" "(()a)" "[]]" "%"'
).split()
FORMATS = (
    '"%d" "%5d" "%-5d|" "%05d" "%+d" "%x" "%X" "%#x" "%o" "%c" "%s" "%10s" "%-10s|" "%.2s" "%q" "%i" "%e" "%.3f" "%g" '
    '"%.14g" "%a" "%5.1f" "%u" "%%%d" "%s%s" "%5" "%.20s"'
).split()
PACKS = (
    '"<i4" ">i2" "b" "B" "<I8" "z" "s1" "<d" "<f" "<j" "c5" "<i3" ">I5" "<!4i1i4" "<i16" "x" "<h" "n"'
).split()  # fmt: skip
FIELDS = ("x", "y", "m", "n")

Method = Callable[..., str]


class Writer:
    """One program. `random` decides everything."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names = 0
        self.scopes: List[List[str]] = [[]]
        self.depth = 0
        self.in_loop = 0
        self.in_function = 0
        self.is_vararg = True
        self.next_is_vararg = False
        self.in_coroutine = False

    def program(self) -> str:
        functions = [self.global_function(name) for name in GLOBAL_FUNCTIONS if self.chance(50)]
        body = self.block(self.random.randint(3, 8))
        return (
            f"{PRELUDE}\n{''.join(functions)}local function main(...)\n{body}\nend\nshow(pcall(main, 1, 'two', nil))\n"
            "show(table.concat(events, ' '))\n"
        )

    # ------------------------------------------------------------ choosing

    def pick(self, items: Sequence[str]) -> str:
        return self.random.choice(items)

    def pick_method(self, *weighted: Tuple[Method, int]) -> Method:
        return self.random.choice([method for method, weight in weighted for _ in range(weight)])

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def fresh(self, prefix: str = "v") -> str:
        self.names += 1
        return f"{prefix}{self.names}"

    def variable(self) -> str:
        """A variable in sight, or a global."""
        visible = [name for scope in self.scopes for name in scope]
        if not visible or self.chance(5):
            return self.pick(["G1", "G2", "G3", "G1", "G2", "G3", *GLOBAL_FUNCTIONS])
        return self.pick(visible[-8:])

    def declare(self, name: str) -> str:
        self.scopes[-1].append(name)
        return name

    # ------------------------------------------------------------ expressions

    def expression(self, depth: int = 0) -> str:
        if depth > 3 or self.chance(15 + 10 * depth):
            return self.atom()
        method = self.pick_method(
            (self.library, 8), (self.arithmetic, 6), (self.call, 5), (self.indexing, 4), (self.comparison, 3),
            (self.table, 3), (self.atom, 3), (self.logical, 2), (self.concatenation, 2), (self.function, 2),
            (self.unary, 2), (self.object, 2), (self.global_call, 2),
        )  # fmt: skip
        return method(depth + 1)

    def atom(self, depth: int = 0) -> str:
        kind = self.random.randrange(10)
        if kind < 4:
            return self.variable()
        if kind < 6:
            return self.pick(INTEGERS)
        if kind < 7:
            return self.pick(FLOATS)
        if kind < 9:
            return self.pick(STRINGS)
        return self.pick(["nil", "true", "false", "..." if self.is_vararg else "{}"])

    def number(self) -> str:
        return self.pick([*INTEGERS, *FLOATS, *INTEGERS])

    def operand(self, depth: int) -> str:
        return self.number() if self.chance(40) else self.expression(depth)

    def small(self) -> str:
        return self.pick(["-3", "-1", "0", "1", "2", "3", "5", "2.0", '"2"', "1.5", self.variable()])

    def arithmetic(self, depth: int) -> str:
        return f"({self.operand(depth)} {self.pick([*ARITHMETIC, *ARITHMETIC, *BITWISE])} {self.operand(depth)})"

    def comparison(self, depth: int) -> str:
        return f"({self.operand(depth)} {self.pick(COMPARISON)} {self.operand(depth)})"

    def logical(self, depth: int) -> str:
        return f"({self.expression(depth)} {self.pick(['and', 'or'])} {self.expression(depth)})"

    def unary(self, depth: int) -> str:
        return f"({self.pick(['-', 'not ', '#', '~'])}{self.expression(depth)})"

    def concatenation(self, depth: int) -> str:
        return f"(short({self.expression(depth)}) .. short({self.expression(depth)}))"

    def call(self, depth: int) -> str:
        arguments = ", ".join(self.expression(depth) for _ in range(self.random.randrange(3)))
        if self.chance(15):
            return f"{self.variable()}:{self.pick(['m', 'x', 'rep', 'sub', 'len'])}({arguments})"
        if self.chance(15):
            return f"({self.variable()}({arguments}))"
        return f"{self.variable()}({arguments})"

    def global_function(self, name: str) -> str:
        """One of which there may be a version for integers: it reckons with its parameters, and calls others so."""
        names = [self.fresh("p") for _ in range(self.random.randint(1, 2))]
        n = names[0]
        start = f"{n} {self.pick(['<', '<=', '=='])} {self.pick(['0', '1', '2'])}"
        again = (
            f"{self.pick([name, *GLOBAL_FUNCTIONS])}({n} - {self.pick(['1', '2'])}{self.pick(['', ', 3', f', {n}'])})"
        )
        reckoned = f"{n} {self.pick(['*', '%', '+', '//'])} {self.pick(['2', '3', '7', names[-1]])}"
        result = self.pick([f"{again} + {reckoned}", f"{reckoned}", f"({again})", again, f"{reckoned}, {again}"])
        outer, self.next_is_vararg = self.next_is_vararg, self.chance(10)
        parameters = ", ".join([*names, "..."] if self.next_is_vararg else names)
        body = self.body(names, 1) if self.chance(40) else "tick()"
        self.next_is_vararg = outer
        returns = "" if self.chance(10) else f"do return {result} end"
        first = f"if {start} then return {self.pick([n, '1', names[-1]])} end"
        return f"function {name}({parameters}) {first}\n{body}\n{returns} end\n"

    def global_call(self, depth: int) -> str:
        first = self.pick(["1", "2", "3", "5", "7", self.expression(depth)])
        called = f"{self.pick(GLOBAL_FUNCTIONS)}({first}{self.pick(['', ', 2', ', ' + self.expression(depth)])})"
        return self.pick([called, f"({called} + 1)", f"({called})"])

    def table(self, depth: int, has_holes: bool = True) -> str:
        """A constructor. Where its values are nil, `#` may be any border (manual §3.4.7)."""
        fields = []
        for _ in range(self.random.randrange(4)):
            if self.chance(60):
                fields.append(f"{self.expression(depth)}{'' if has_holes else ' or 0'}")
            elif self.chance(70):
                fields.append(f"{self.pick(FIELDS)} = {self.expression(depth)}")
            else:
                fields.append(f"[{self.pick(['1', '2.0', '-1', '0', '2^53', 'true'])}] = {self.expression(depth)}")
        return "{" + ", ".join(fields) + "}"

    def indexing(self, depth: int) -> str:
        object = self.variable() if self.chance(70) else f"({self.expression(depth)})"
        if self.chance(60):
            return f"{object}.{self.pick([*FIELDS, 'len'])}"
        return f"{object}[{self.expression(depth)}]"

    def function(self, depth: int) -> str:
        names = [self.fresh("p") for _ in range(self.random.randrange(3))]
        return f"function({self.parameters(names)})\n{self.body(names)}\nend"

    def parameters(self, names: List[str]) -> str:
        self.next_is_vararg = self.chance(30)
        return ", ".join([*names, "..."] if self.next_is_vararg else names)

    def body(self, parameters: Sequence[str], count: int = 0) -> str:
        """The statements of a function."""
        outer = self.in_loop, self.is_vararg, self.in_coroutine
        self.in_loop, self.is_vararg = 0, self.next_is_vararg
        self.in_function += 1
        if not count:
            count = self.random.randint(1, 3)
            self.in_coroutine = self.in_coroutine and self.chance(50)
        made = self.block(count, parameters)
        self.in_function -= 1
        self.in_loop, self.is_vararg, self.in_coroutine = outer
        return f"tick() {made}"

    def object(self, depth: int) -> str:
        """A table with a metatable."""
        answers = (
            "nil", "function(a, b) return b end", "function(a) return 1 end",
            "function(a, b) return rawequal(a, b), 2 end",
        )  # fmt: skip
        events = []
        for _ in range(self.random.randint(1, 4)):
            event = self.pick(EVENTS)
            answer = f"function() return {self.atom()} end" if self.chance(20) else self.pick(answers)
            value = f"event('{event}', {answer})"
            if event == "tostring":
                value = "event('tostring', function() return 'object' end)"
            elif event == "close":
                value = "event('close', function(_, e) show('closing', e) end)"
            elif event in ("index", "newindex") and self.chance(40):
                value = self.variable() if self.chance(50) else f"{{x = {self.atom()}}}"
            elif self.chance(4):
                value = self.atom()
            events.append(f"__{event} = {value}")
        return f"setmetatable({self.table(depth, has_holes=False)}, {{{', '.join(events)}}})"

    def library(self, depth: int) -> str:
        """A call of a library function, or a few at once."""
        value, name = self.expression(depth), self.variable()
        text = self.pick([*STRINGS, self.variable()])
        number, small, pattern, pack = self.number(), self.small(), self.pick(PATTERNS), self.pick(PACKS)
        group = self.random.randrange(6)
        if group == 0:
            forms = [
                f"tostring({value})", f"tonumber({value})", f"type({value})", f"select({small}, {value}, 5)",
                f"tonumber({text}, {self.pick(['2', '10', '16', '36', '1'])})", f"select('#', {value})",
                f"rawequal({value}, {name})", f"rawlen({value})", f"rawget({name}, {value})", f"#tostring({value})",
                f"next({{{value}}})", f"assert({value}, 'refused')", f"setmetatable({name}, nil)",
                f"getmetatable({value}) ~= nil", f"(load('return ' .. tostring({text})) or print)()",
                f"load('return ' .. {text})",
            ]  # fmt: skip
        elif group == 1:
            forms = [
                f"math.type({value})", f"math.tointeger({value})", f"math.floor({value})", f"math.ceil({value})",
                f"math.abs({value})", f"math.max({value}, {number})", f"math.min({number}, {value})",
                f"math.fmod({value}, {number})", f"math.modf({value})", f"math.ult({value}, {number})",
                f"math.sqrt({value})",
            ]  # fmt: skip
        elif group == 2:
            forms = [
                f"string.rep({text}, {small}, {self.pick(['nil', text])})", f"string.sub({text}, {small}, {small})",
                f"string.byte({text}, {small}, {self.small()})", f"string.upper({value})", f"string.len({value})",
                f"string.reverse({text})", f"string.find({text}, {pattern}, {small})",
                f"string.match({text}, {pattern})", f"string.gsub({text}, {pattern}, {value})",
                f"string.gsub({text}, {pattern}, {self.pick(['%0', '<%1>', '%%', 'x'])!r})",
            ]  # fmt: skip
        elif group == 3:
            forms = [
                f"string.format({self.pick(FORMATS)}, {value})", f"string.format({self.pick(FORMATS)}, {number})",
                f"string.unpack({pack}, string.pack({self.pick(PACKS)}, {value}))",
                f"string.byte(string.pack({pack}, {number}), 1, -1)", f"utf8.char({small}, 228, 8364)",
                f"utf8.len({text})", f"utf8.codepoint({text}, 1, {small})",
            ]  # fmt: skip
        elif group == 4:
            forms = [
                f"table.concat({self.table(depth)}, {self.pick([',', '', '-'])!r})", f"table.remove({name})",
                f"table.unpack({self.table(depth)}, 1, 3)", f"table.pack({value}, nil).n",
            ]  # fmt: skip
        else:
            forms = [
                f"pcall({name}, {value})", f"pcall(error, {value})", f"pcall(function(...) return {value} end)",
                f"xpcall({name}, short, {value})", f"coroutine.wrap(function(...) return ... end)({value})",
                f"select(2, coroutine.resume(coroutine.create({name}), {value}))", "coroutine.isyieldable()",
            ]  # fmt: skip
        if self.in_coroutine and self.chance(25):
            return f"coroutine.yield({value})"
        if self.is_vararg and self.chance(10):
            return self.pick(["select('#', ...)", "select(-1, 0, ...)", "(...)", "table.pack(...).n", "{...}"])
        return self.pick(forms)

    # ------------------------------------------------------------ statements

    def block(self, count: int, names: Sequence[str] = ()) -> str:
        self.depth += 1
        self.scopes.append(list(names))
        lines = [self.statement() for _ in range(count if self.depth < 5 else 1)]
        if self.in_function and self.chance(50):
            lines.append(self.last())
        self.scopes.pop()
        self.depth -= 1
        return "\n".join(lines)

    def last(self) -> str:
        if self.in_loop and self.chance(30):
            return "break"
        return "return " + ", ".join(self.expression(1) for _ in range(self.random.randrange(3)))

    def statement(self) -> str:
        simple = (
            (self.local, 6), (self.assignment, 6), (self.shown, 5), (self.call_statement, 3), (self.failure, 1),
            (self.metatable, 2), (self.table_statement, 2),
        )  # fmt: skip
        if self.depth >= 4:
            return self.pick_method(*simple)()
        return self.pick_method(
            *simple, (self.protected, 4), (self.local_function, 3), (self.condition, 3), (self.numeric_for, 3),
            (self.generic_for, 3), (self.coroutine, 3), (self.while_loop, 2), (self.repeat_loop, 2), (self.jumps, 2),
            (self.closing, 2), (self.closures, 2), (self.do, 1), (self.method, 1),
        )()  # fmt: skip

    def local(self) -> str:
        values = ", ".join(self.expression() for _ in range(self.random.randint(1, 2)))
        names = [self.fresh() for _ in range(int(self.pick("11123")))]
        self.scopes[-1] += names
        return f"local {', '.join(names)} = {values}"

    def assignment(self) -> str:
        targets = ", ".join(self.target() for _ in range(1 if self.chance(70) else 2))
        return f"{targets} = {', '.join(self.expression() for _ in range(1 if self.chance(60) else 2))}"

    def target(self) -> str:
        name = self.variable()
        if self.chance(65):
            return name
        if self.chance(50):
            return f"{name}.{self.pick(FIELDS)}"
        return f"{name}[{self.pick([self.expression(2), '1', '2', f'#{name} + 1'])}]"

    def shown(self) -> str:
        return f"show({', '.join(self.expression() for _ in range(self.random.randint(1, 2)))})"

    def call_statement(self) -> str:
        return f"{self.variable()}({self.expression(1)})"

    def failure(self) -> str:
        value = self.expression(2)
        return self.pick(
            [f"error({value}, {self.pick('0123')})", f"error({value})", f"assert({value})",
             f"if {value} then error('thrown') end"]
        )  # fmt: skip

    def metatable(self) -> str:
        return f"{self.variable()} = {self.object(2)}"

    def table_statement(self) -> str:
        name, value = self.variable(), self.expression(2)
        return self.pick(
            [
                f"table.insert({name}, {value})",
                f"table.insert({name}, {self.small()}, {value})",
                f"show(table.remove({name}, {self.small()}))",
                f"table.move({name}, 1, {self.small()}, {self.small()})",
                f"table.sort({name})",
                f"rawset({name}, {value}, 1)",
                f"{name}.x = nil",
                f"table.sort({name}, function(a, b) tick() return tostring(a) < tostring(b) end)",
                f"show(pcall(rawset, {name}, nil, 1))",
            ]
        )

    def local_function(self) -> str:
        name = self.declare(self.fresh("f"))
        names = [self.fresh("p") for _ in range(self.random.randrange(4))]
        return f"local function {name}({self.parameters(names)})\n{self.body(names)}\nend"

    def method(self) -> str:
        names = [self.fresh("p") for _ in range(self.random.randrange(2))]
        name = self.variable()
        head = f"if type({name}) == 'table' then function {name}:m({self.parameters(names)})"
        return f"{head}\n{self.body(['self', *names])}\nend end"

    def condition(self) -> str:
        made = f"if {self.expression()} then\n{self.block(2)}\n"
        if self.chance(40):
            made += f"elseif {self.expression()} then\n{self.block(1)}\n"
        if self.chance(50):
            made += f"else\n{self.block(1)}\n"
        return made + "end"

    def looped(self, names: Sequence[str] = (), count: int = 2) -> str:
        self.in_loop += 1
        made = self.block(count, names)
        self.in_loop -= 1
        return f"do tick()\n{made}\nend"

    def counted(self, head: str, names: Sequence[str]) -> str:
        """A loop that is left after a few turns."""
        counter = self.fresh("c")
        count = f"{counter} = {counter} + 1 if {counter} > 3 then break end"
        return f"do local {counter} = 0 for {head} do {count}\n{self.looped(names)} end end"

    def numeric_for(self) -> str:
        name, variable = self.fresh("i"), self.variable()
        start = self.pick([*INTEGERS, "1", "1", "1.0", variable])
        limit = self.pick([*INTEGERS, *FLOATS, "3", "3", variable])
        steps = ["", "", "", ", -1", ", 2", ", 0.5", ", math.maxinteger", ", math.mininteger", ", 0", f", {variable}"]
        return self.counted(f"{name} = {start}, {limit}{self.pick(steps)}", [name])

    def generic_for(self) -> str:
        key, value = self.fresh("k"), self.fresh("w")
        made = self.expression(2)
        wrapped = f"coroutine.wrap(function(...) for j = 1, 3 do coroutine.yield(j, {made}) end end)"
        head = self.pick(
            [
                f"{key}, {value} in ipairs({made})",
                f"{key}, {value} in pairs({{{made}, {self.atom()}}})",
                f"{key}, {value} in string.gmatch({self.pick(STRINGS)}, {self.pick(PATTERNS)})",
                f"{key}, {value} in {wrapped}",
                f"{key} in {wrapped}",
                f"{key} in {made}",
                f"{key}, {value} in function(s, c) c = c + 1 if c < 3 then return c, s end end, {made}, 0",
            ]
        )
        return self.counted(head, [key, value] if ", " in head.partition(" in ")[0] else [key])

    def while_loop(self) -> str:
        counter = self.declare(self.fresh("n"))
        condition = f"{counter} < {self.random.randint(1, 4)}"
        if self.chance(30):
            condition += f" and {self.expression(1)}"
        step = f"{counter} = (tonumber({counter}) or 9) + 1"
        return f"local {counter} = 0\nwhile {condition} do {step}\n{self.looped()} end"

    def repeat_loop(self) -> str:
        counter, inner = self.declare(self.fresh("n")), self.fresh()
        step = f"{counter} = (tonumber({counter}) or 9) + 1 local {inner} = {counter}"
        body = self.looped([inner])
        return f"local {counter} = 0\nrepeat {step}\n{body} until {inner} >= 2 or {self.expression(1)}"

    def jumps(self) -> str:
        label, counter = self.fresh("l"), self.fresh("n")
        outer, self.in_loop = self.in_loop, 0
        body = f"do {self.block(2, [counter])} end"
        self.in_loop = outer
        leave = f"tick() if {self.expression(1)} then goto {label} end"
        again = f"{counter} = {counter} + 1 tick()"
        functions = self.fresh("h")
        closure = f"{functions}[#{functions} + 1] = function() own = own + 1 return own end"
        return self.pick(
            [
                f"do local {counter} = 0 ::{label}:: {again}\n{body}\nif {counter} < 3 then goto {label} end end",
                f"for {counter} = 1, 3 do {leave}\n{body}\n::{label}:: end",
                f"do for {counter} = 1, 2 do for j = 1, 2 do {leave}\n{body} end end ::{label}:: end",
                f"do local {functions}, {counter} = {{}}, 0 ::{label}:: local own = {counter} {closure} {again} "
                f"if {counter} < 3 then goto {label} end for _, f in ipairs({functions}) do show(f(), f()) end end",
            ]
        )

    def protected(self) -> str:
        self.next_is_vararg = True
        body, argument = self.body([]), self.expression(2)
        handler = "function(m) return short(m), 1 end"
        return self.pick(
            [
                f"show(pcall(function(...)\n{body}\nend, {argument}))",
                f"show(xpcall(function(...)\n{body}\nend, {handler}, {argument}))",
                f"show(select('#', pcall(function(...)\n{body}\nend, {argument})))",
            ]
        )

    def coroutine(self) -> str:
        name = self.fresh("co")
        outer, self.in_coroutine = self.in_coroutine, True
        self.next_is_vararg = True
        body = self.body([], self.random.randint(2, 4))
        self.in_coroutine = outer
        end = self.pick([f"show(coroutine.close({name}))", f"show(coroutine.resume({name}))", ""])
        resumed = f"show(coroutine.resume({name}, round, {self.expression(2)})) show(coroutine.status({name}))"
        return f"local {name} = coroutine.create(function(...)\n{body}\nend)\nfor round = 1, 3 do {resumed} end {end}"

    def closing(self) -> str:
        name = self.fresh("closed")
        failure = self.pick(["", "", f"error({name!r}, 0)"])
        value = f"setmetatable({{}}, {{__close = function(_, e) tick() show('close {name}', e) {failure} end}})"
        return f"do local {name} <close> = {value}\ndo {self.block(2)} end end"

    def closures(self) -> str:
        functions, index, captured = self.declare(self.fresh("h")), self.fresh("i"), self.fresh()
        change = f"{captured}, {index} = {index}, short({captured}) return {captured}, {index}"
        function = f"function({self.pick(['', '...'])}) tick() {change} end"
        made = f"local {captured} = {self.expression(1)} {functions}[{index}] = {function}"
        calls = f"for j = 1, 3 do show({functions}[j]()) show({functions}[j]()) end"
        return f"local {functions} = {{}} for {index} = 1, 3 do {made} end\n{calls}"

    def do(self) -> str:
        return f"do\n{self.block(2)}\nend"
