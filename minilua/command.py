"""The `minilua` command: runs Lua as `lua` does.

minilua FILE [ARGUMENT ...]     a file; `arg` holds the arguments, `...` as well
minilua -e CODE                 a chunk from the command line
minilua -                       standard input
minilua -i                      a session: expressions print their values
minilua --python FILE           the Python that a file becomes
minilua -v                      the version

Scripts have all libraries, as with `lua`; with `--sandbox` those alone that reach nothing of the machine. `--cpu-limit
SECONDS` and `--memory-limit BYTES` bound a run. Compiled files are kept for the next time in ~/.cache/minilua (or under
XDG_CACHE_HOME); with `--no-cache` they are not.
"""

from __future__ import annotations

import os
import sys

from .blame import register_library
from .compiler.program import keep_programs
from .errors import LuaError, LuaSyntaxError
from .limits import Limits
from .runtime import LuaRuntime
from .stdlib import UNSAFE_LIBRARIES
from .values.closing import ProgramLeft

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List, Optional

PROGRAM = "minilua"
USAGE = (__doc__ or PROGRAM).strip()


class UsageError(Exception):
    """The arguments are none of this command's."""


class Options:
    """The arguments of the command. They are few, and argparse takes longer to import than most scripts to run."""

    def __init__(self, arguments: List[str]) -> None:
        self.code: List[str] = []
        self.flags = {"-i": False, "-v": False, "--sandbox": False, "--python": False, "--no-cache": False, "-h": False}
        self.limits: Dict[str, Any] = {}
        self.file: Optional[str] = None
        self.arguments: List[str] = []
        waiting = list(arguments)
        while waiting:
            argument = waiting.pop(0)
            argument = {"--version": "-v", "--help": "-h"}.get(argument, argument)
            if argument in self.flags:
                self.flags[argument] = True
            elif argument == "-e":
                if not waiting:
                    raise UsageError("'-e' needs an argument")
                self.code.append(waiting.pop(0))
            elif argument in ("--cpu-limit", "--memory-limit"):
                bound = waiting.pop(0) if waiting else ""
                try:
                    if argument == "--cpu-limit":
                        self.limits["seconds"] = Limits(seconds=float(bound)).seconds
                    else:
                        self.limits["memory"] = Limits(memory=int(bound)).memory
                except ValueError:
                    raise UsageError(f"'{argument}' needs a positive number") from None
            elif argument[:2] == "-e":
                self.code.append(argument[2:])
            elif argument == "--":
                self.file, self.arguments, waiting = (waiting[0] if waiting else None), waiting[1:], []
            elif argument[:1] == "-" and argument != "-":
                raise UsageError(f"unrecognized option '{argument}'")
            else:
                self.file, self.arguments, waiting = argument, waiting, []


def main(arguments: Optional[List[str]] = None) -> int:
    """Run the command and return its exit status: 0, or 1 when a script fails or cannot be read."""
    try:
        options = Options(sys.argv[1:] if arguments is None else arguments)
    except UsageError as error:
        complain(f"{error}\n{USAGE}")
        return 2
    if sys.stdout is None:  # it was closed before: what is written is lost, as it is with `lua`
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  for as long as the process lives
    flags = options.flags
    if flags["-h"]:
        print(USAGE)
        return 0
    if not flags["--no-cache"]:
        from .compiler.store import Store, default_directory

        directory = default_directory()
        keep_programs(None if directory is None else Store(directory))
    limits = Limits(**options.limits) if options.limits else None
    lua = LuaRuntime(libraries=() if flags["--sandbox"] else UNSAFE_LIBRARIES, limits=limits)
    lua.globals()["arg"] = {0: options.file or PROGRAM, **dict(enumerate(options.arguments, 1))}
    try:
        status = run(lua, options)
        lua.close()
        return status
    except ProgramLeft:
        lua.close()
        raise
    finally:
        flush()


def flush() -> None:
    """Write what is left of the output; it is too late to fail where nobody reads it any more."""
    try:
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            complain(f"cannot write the output ({error.strerror})")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # lest Python tries again when it ends


def run(lua: LuaRuntime, options: Options) -> int:
    """Do what the options ask for, and return the exit status."""
    flags = options.flags
    try:
        if flags["-v"]:
            from . import __version__

            print(f"minilua {__version__} (Lua 5.4)")
        if flags["--python"]:
            print(python_of(read(options.file or "-"), options.file or "-"))
            return 0
        for code in options.code:
            lua.execute(code, name="=(command line)")
        if options.file is not None or not (options.code or flags["-i"] or flags["-v"]):
            if options.file is None and sys.stdin.isatty():
                return session(lua)
            name = options.file or "-"
            lua.execute(read(name), *options.arguments, name="=stdin" if name == "-" else "@" + name)
        if flags["-i"]:
            return session(lua)
    except LuaError as error:
        if not isinstance(error.__cause__, BrokenPipeError):
            report(error)
        return 1
    except BrokenPipeError:
        return 1
    except OSError as error:
        complain(f"cannot open {error.filename or options.file}" + (f" ({error.strerror})" if error.strerror else ""))
        return 1
    except KeyboardInterrupt:
        complain("interrupted!")
        return 130
    return 0


register_library(run, "?")  # as `pmain` is to PUC-Rio's `lua`: the lowest level of a stack


def read(name: str) -> bytes:
    """The bytes of a script; a first line that starts with `#` is left out, its line end kept."""
    if name == "-":
        source = sys.stdin.buffer.read()
    else:
        with open(name, "rb") as file:
            source = file.read()
    source = source[3:] if source[:3] == b"\xef\xbb\xbf" else source
    if source[:1] == b"#":
        _, newline, rest = source.partition(b"\n")
        source = newline + rest
    return source


def python_of(source: bytes, name: str) -> str:
    from .compiler.program import compile_chunk

    return compile_chunk(source.decode("latin-1"), "@" + name).python()


def complain(message: str) -> None:
    print(f"{PROGRAM}: {message}", file=sys.stderr)


def report(error: LuaError) -> None:
    value = error.value
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        text = f"(error object is a {type_of(error)} value)"
    else:
        text = str(value)
    complain(text)
    if error.traceback and not isinstance(error, LuaSyntaxError):
        print(error.traceback + "\n\t[C]: in ?", file=sys.stderr)


def type_of(error: LuaError) -> str:
    from .values.operations import type_name

    return type_name(error.lua_value)


def session(lua: LuaRuntime) -> int:
    """Read and run line after line; a line that is an expression prints its values."""
    print_values = lua.eval("print")
    while True:
        try:
            line = input("> ")
        except EOFError:
            print()
            return 0
        except KeyboardInterrupt:
            print()
            continue
        while True:
            try:
                source = line[1:] if line.startswith("=") else line
                try:
                    function = lua.compile("return " + source, name="=stdin")
                except LuaSyntaxError:
                    function = lua.compile(line, name="=stdin")
            except LuaSyntaxError as error:
                if str(error).endswith("<eof>"):
                    try:
                        line += "\n" + input(">> ")
                        continue
                    except (EOFError, KeyboardInterrupt):
                        print()
                report(error)
                break
            try:
                results = function()
                if results is not None:
                    print_values(*(results if isinstance(results, tuple) else (results,)))
            except LuaError as error:
                report(error)
            except KeyboardInterrupt:
                complain("interrupted!")
            break
