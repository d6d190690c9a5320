"""The engines that run the benchmark programs, each behind the same three things: load, value, decode_json.

A job is a function of no arguments whose call does the whole work once, crossing the border of the engine included:
what a program is handed by its host is converted anew at every call.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Callable, Dict, List

PROGRAMS = Path(__file__).parent / "programs"

Job = Callable[[], object]


class Python:
    """The programs' Python twins."""

    name = "python"

    def job(self, program: str) -> Job:
        module = _module(program)
        return self._call(module, module.run)

    def value(self, value: object) -> object:
        """A value of the host as it is handed to the program."""
        return value

    def decode_json(self, text: str) -> object:
        """What the program calls to decode JSON."""
        return json.loads(text)

    def _call(self, module: ModuleType, run: Callable[..., object]) -> Job:
        arguments: Callable[[Python], Any] = getattr(module, "arguments", lambda engine: ())
        return lambda: run(module.N, *arguments(self))


class Minilua(Python):
    """This project's Lua. Values are converted by the call itself, and JSON by the host kit's own decoder."""

    name = "minilua"

    def __init__(self) -> None:
        from minilua import LuaFunction, LuaRuntime
        from minilua.host.json_decoding import decode

        self._runtime = LuaRuntime()
        self.decode_json = LuaFunction(decode, self._runtime)

    def job(self, program: str) -> Job:
        module = _module(program)
        return self._call(module, self._load(_lua_path(program, module)))

    def _load(self, path: Path) -> Callable[..., object]:
        run: Callable[..., object] = self._runtime.execute(path.read_text(), name="@" + path.name)
        return run


class Limited(Minilua):
    """This project's Lua under limits that are never reached."""

    name = "limited"

    def __init__(self) -> None:
        from minilua import Limits, LuaRuntime

        self._runtime = LuaRuntime(limits=Limits(seconds=3600.0, memory=1 << 40))


class Lupa(Minilua):
    """PUC-Rio's Lua 5.4 in C."""

    name = "lupa"

    def __init__(self) -> None:
        from lupa.lua54 import LuaRuntime

        self._runtime = LuaRuntime()

    def value(self, value: object) -> object:
        return self._runtime.table_from(value, recursive=True)

    def decode_json(self, text: str) -> object:
        return self.value(json.loads(text))


class Abstra(Python):
    """abstra-lua, which interprets the tree; its functions are called through globals."""

    name = "abstra"

    def __init__(self) -> None:
        from abstra_lua import LuaSession

        self._new_session = LuaSession

    def job(self, program: str) -> Job:
        module = _module(program)
        session = self._new_session(max_instructions=2**62, max_call_depth=2**31)
        session.execute("function load_program()\n" + _lua_path(program, module).read_text() + "\nend")
        session.execute("run = load_program()")
        return self._call(module, session.get("run"))


def available(names: List[str]) -> Dict[str, Python]:
    """The engines of these names that are installed here, by name."""
    kinds = {kind.name: kind for kind in (Python, Minilua, Limited, Lupa, Abstra)}
    engines = {}
    for name in names:
        try:
            engines[name] = kinds[name]()
        except ImportError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    return engines


def programs() -> List[str]:
    """The names of all programs."""
    return sorted(path.stem for path in PROGRAMS.glob("*.py"))


def _module(program: str) -> ModuleType:
    if str(PROGRAMS) not in sys.path:
        sys.path.append(str(PROGRAMS))
    return importlib.import_module(program)


def _lua_path(program: str, module: ModuleType) -> Path:
    return PROGRAMS / getattr(module, "LUA", program + ".lua")
