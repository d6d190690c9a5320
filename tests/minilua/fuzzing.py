# ruff: noqa: E501
"""Scripts that nobody would write: random bytes, programs with holes in them, and programs that mean harm.

`python tests/minilua/fuzzing.py SECONDS [SEED]` looks for one that ends in anything but a result, a LuaError or a
LuaLimitError near its limits; `test_fuzzing.py` looks at a few on each run of the tests.
"""

from __future__ import annotations

import random
import re
import sys
import time
from pathlib import Path
from typing import Callable, Dict, List, Tuple

from minilua import Limits, LuaError, LuaLimitError, LuaRuntime

PROGRAMS = [path.read_bytes() for path in sorted((Path(__file__).parent / "programs").glob("*.lua"))]

LIMITS = Limits(seconds=0.3, memory=32 << 20, output=1 << 20)

PYTHONS = re.compile(
    r"Traceback|object at 0x|NoneType|'\w+' object|positional argument|unhashable|subscriptable|λ|\binvalid syntax\b"
    r"|recursion depth|list index|tuple index|unpack \(expected|str\.|NotImplemented|StopIteration|assert "
)
"""What only Python would say."""


# ---------------------------------------------------------------- sources


def random_bytes(chance: random.Random) -> bytes:
    return bytes(chance.randrange(256) for _ in range(chance.randrange(200)))


TOKENS = (
    "and break do else elseif end false for function goto if in local nil not or repeat return then true until while "
    "+ - * / % ^ # & ~ | << >> // == ~= <= >= < > = ( ) { } [ ] :: ; : , . .. ... a b t f s x _ENV self print 0 1 3 0x10 "
    "1e308 0x.8p-1 9223372036854775807 1e 0x '' 'a' \"b\\n\" [[c]] [==[d]==] '\\xff' '\\u{7FFFFFFF}' '\\z <const> <close> "
    "-- --[[ ]] ::l:: t.x t[1] f() s:len() \n"
).split(" ")


def random_tokens(chance: random.Random) -> bytes:
    return " ".join(chance.choices(TOKENS, k=chance.randrange(1, 60))).encode("latin-1")


def mutated(chance: random.Random) -> bytes:
    source = bytearray(chance.choice(PROGRAMS)[:6000])
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(source) + 1)
        length = chance.randint(0, 12)
        kind = chance.randrange(5)
        if kind == 0:
            del source[at : at + length]
        elif kind == 1:
            characters = b"()[]{}=~<>,;:.'\"\\\n 0x9eE-+*/%^#\xff\x00abend"
            source[at:at] = bytes(chance.choice(characters) for _ in range(length))
        elif kind == 2:
            start = chance.randrange(len(source) + 1)
            source[at:at] = source[start : start + 8 * length]
        elif kind == 3:
            source[at:at] = (" " + chance.choice(TOKENS) + " ").encode("latin-1")
        else:  # another number, which may be that of turns
            numbers = list(re.finditer(rb"\b\d+\b", source))
            if numbers:
                number = chance.choice(numbers)
                source[number.start() : number.end()] = chance.choice(HOSTILE_NUMBERS).encode()
    return bytes(source)


HOSTILE_NUMBERS = (
    "0 1 -1 2 3 7 100 1e5 1e9 (1<<31) (1<<62) math.maxinteger math.mininteger 0x7fffffff 2^53 1e308 (1/0) (-1/0) (0/0) 0.5 -0.0"
).split()

TEXTS = [
    "''", "'x'", "'10'", "'0x1p4'", "'%d'", "'%s'", "'a%'", "'(a*)*'", "'.-'", "'%b()'", "'%f[%w]'", "'[^%s]+'", "'(()'",
    "('a'):rep(1000)", "('ab'):rep(50000)", "('a?'):rep(30)", "('(.-)'):rep(20)", "'\\0\\xff\\u{10FFFF}'", "'__index'",
    "'__class__'", "'i4z!16s1'", "'%99.99f'", "'return f()'", "'*t'", "'%c%Y'", "'n'", "'k'",
]  # fmt: skip

EVENTS = (
    "index newindex call tostring name len eq lt le concat unm add sub mul div mod pow idiv band bor bxor shl shr bnot "
    "close gc mode pairs metatable"
).split()

FUNCTIONS = (
    "print type tostring tonumber pairs ipairs next select rawget rawset rawequal rawlen setmetatable getmetatable error "
    "assert pcall xpcall load collectgarbage require string.byte string.char string.dump string.find string.format "
    "string.gmatch string.gsub string.len string.lower string.match string.pack string.packsize string.rep string.reverse "
    "string.sub string.unpack string.upper table.concat table.insert table.move table.pack table.remove table.sort "
    "table.unpack math.abs math.ceil math.floor math.fmod math.max math.min math.modf math.random math.tointeger math.type "
    "math.ult utf8.char utf8.codepoint utf8.codes utf8.len utf8.offset os.time os.date os.clock os.difftime "
    "coroutine.create coroutine.resume coroutine.wrap coroutine.yield coroutine.status coroutine.close coroutine.running "
    "coroutine.isyieldable debug.traceback"
).split()

OPERATORS = "+ - * / // % ^ .. == ~= < <= > >= and or & | ~ << >>".split()

NAMES = "a b c f g t u s".split()

PARAMETERS = ["...", "a, ...", "a, b, ..."]


class Program:
    """A random program: every statement and expression may call, loop, fail or grow."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.left = chance.randint(10, 120)  # statements and expressions that may still have parts

    def text(self) -> str:
        return "local a, b, c, f, g, t, u, s = 1, 'x', nil, print, nil, {}, {}, 'abc'\n" + self.block(0)

    def block(self, depth: int) -> str:
        return "".join(self.statement(depth) for _ in range(self.chance.randint(1, 6)))

    def statement(self, depth: int) -> str:
        self.left -= 1
        choice = self.chance.choice
        simple = self.left < 0 or depth > 5
        kind = self.chance.randrange(8 if simple else 26)
        value = self.expression
        if kind < 3:
            return f"{self.target()} = {value()}\n"
        if kind < 5:
            return f"{self.call()}\n"
        if kind == 5:
            return f"t[{value()}] = {value()}\n"
        if kind == 6:
            return f"local {choice(NAMES)} = {value()}\n"
        if kind == 7:
            return f"t, u.{choice(NAMES)} = {value()}, {value()}\n"
        inner = self.block(depth + 1)
        if kind < 10:
            return f"if {value()} then\n{inner}else\n{self.block(depth + 1)}end\n"
        if kind < 12:
            return f"for i = {value()}, {value()}{choice(['', ', ' + value()])} do\n{inner}end\n"
        if kind < 14:
            iterator = choice([f"pairs({value()})", f"ipairs({value()})", f"({value()}):gmatch({value()})", value()])
            return f"for {choice(['a', 'a, b', 'a, b, c'])} in {iterator} do\n{inner}end\n"
        if kind < 15:
            return f"while {value()} do\n{inner}{choice(['', 'break ', 'if a then break end '])}end\n"
        if kind < 16:
            return f"repeat\n{inner}until {value()}\n"
        if kind < 19:
            return f"function {choice(['f', 'g', 't.f', 't:g'])}({choice(PARAMETERS)})\n{inner}end\n"
        if kind < 21:
            return f"setmetatable({choice(['t', 'u', '{}'])}, {{__{choice(EVENTS)} = {value()}, __{choice(EVENTS)} = {value()}}})\n"
        if kind < 23:
            return f"pcall({self.function(inner)})\n"
        if kind < 24:
            return f"do local x <close> = setmetatable({{}}, {{__close = {self.function(inner)}}})\n{inner}end\n"
        if kind < 25:
            label = f"l{self.left}"
            return f"do\n::{label}::\n{inner}if {value()} then goto {label} end end\n"
        return f"if {value()} then return {value()}, {value()} end\n"

    def target(self) -> str:
        return self.chance.choice([*NAMES, "t.x", "t[1]", "t[#t + 1]", "u.y", "G", "_ENV.h", "t[a]"])

    def function(self, body: str = "") -> str:
        return f"function({self.chance.choice(PARAMETERS)})\n{body or self.block(4)}return {self.expression()}\nend"

    def call(self) -> str:
        callee = self.chance.choice(
            [*FUNCTIONS, *FUNCTIONS[: len(NAMES)], "f", "g", "t.f", "s:rep", "s:gsub", "t:g", "f"]
        )
        arguments = [self.expression() for _ in range(self.chance.randint(0, 4))]
        if callee in ("pcall", "coroutine.wrap", "coroutine.create", "xpcall") and self.chance.random() < 0.7:
            arguments[:1] = [self.chance.choice(["f", "g", *FUNCTIONS, self.function()])]
        if callee == "table.sort" and self.chance.random() < 0.7:
            arguments = [self.chance.choice(["t", "{3, 1, 2}", "u"]), self.function()]
        made = f"{callee}({', '.join(arguments)})"
        return f"{made}()" if callee == "coroutine.wrap" and self.chance.random() < 0.6 else made

    def expression(self) -> str:
        self.left -= 1
        choice = self.chance.choice
        kind = self.chance.randrange(8 if self.left < 0 else 20)
        if kind < 3:
            return choice(NAMES)
        if kind < 5:
            return choice(HOSTILE_NUMBERS)
        if kind < 7:
            return choice(TEXTS)
        if kind == 7:
            return choice(["nil", "true", "false", "{}", "t.x", "t[1]", "#t", "#s", "_G", "print", "u.y", "(...)"])
        if kind < 11:
            return f"({self.expression()} {choice(OPERATORS)} {self.expression()})"
        if kind < 16:
            return self.call()
        if kind < 17:
            return f"{{{self.expression()}, x = {self.expression()}, [{self.expression()}] = {self.expression()}, {self.expression()}}}"
        if kind < 18:
            return f"({choice(['-', 'not ', '#', '~'])}{self.expression()})"
        if kind < 19:
            return f"({self.expression()})[{self.expression()}]"
        return self.function()


def hostile(chance: random.Random) -> bytes:
    return Program(chance).text().encode("latin-1")


SOURCES: Dict[str, Callable[[random.Random], bytes]] = {
    "bytes": random_bytes,
    "tokens": random_tokens,
    "mutated": mutated,
    "hostile": hostile,
}


# ---------------------------------------------------------------- outcomes


class Nowhere:
    """A stream for what nobody reads."""

    def write(self, text: str) -> None:
        pass


def outcome(source: bytes, limits: Limits = LIMITS) -> str:
    """How a script ends: "result", "LuaError", "LuaSyntaxError" or "LuaLimitError".

    Raises:
        AssertionError: it ended so, but with words of Python's, too late, or with the runtime unusable.
        Exception: it ended otherwise.
    """
    for _ in range(3):  # late once may be the machine, which others use; late each time is the script
        how, spent = run(source, limits)
        if limits.seconds is None or spent <= 2 * limits.seconds:
            return how
    raise AssertionError(f"took {spent:.2f} s")


def run(source: bytes, limits: Limits) -> Tuple[str, float]:
    """How a script ends, and after how many seconds."""
    lua = LuaRuntime(stdout=Nowhere(), limits=limits)  # type: ignore[arg-type]
    start, start_of_work = time.monotonic(), time.process_time()
    how = "result"
    try:
        lua.execute(source, name="fuzzed.lua")
    except LuaLimitError as error:
        how = "LuaLimitError"
        assert error.limit in ("seconds", "memory", "output")
    except LuaError as error:
        how = type(error).__name__
        found = PYTHONS.search(str(error)) if not PYTHONS.search(source.decode("utf-8", "replace")) else None
        assert found is None, str(error)
    # What others do on the machine is not the script's time: neither clock alone tells.
    spent = min(time.monotonic() - start, time.process_time() - start_of_work)
    assert lua.eval("1 + 1", limits=Limits(seconds=60)) == 2
    return how, spent


def main(seconds: float, seed: int) -> int:
    counts: Dict[str, int] = {}
    findings: List[bytes] = []
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        number += 1
        name = ("hostile", "mutated", "hostile", "tokens", "hostile", "mutated", "bytes")[number % 7]
        chance = random.Random(f"{seed} {number}")
        source = SOURCES[name](chance)
        try:
            how = outcome(source)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            how = "FOUND"
            findings.append(source)
            print(f"--- {name} {seed} {number}: {type(error).__name__}: {error}\n{source!r}", flush=True)
        counts[f"{name}: {how}"] = counts.get(f"{name}: {how}", 0) + 1
    for key in sorted(counts):
        print(f"{counts[key]:8} {key}")
    print(f"{number} scripts, {len(findings)} findings")
    return min(1, len(findings))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
