"""The `minilua` command: runs Lua as `lua` does.

minilua FILE [ARGUMENT ...]     a file; `arg` holds the arguments, `...` as well
minilua -e CODE                 a chunk from the command line
minilua -                       standard input
minilua -i                      a session: expressions print their values
minilua --python FILE           the Python that a file becomes

Scripts have all libraries, as with `lua`; with `--sandbox` those alone that reach nothing of the machine.
"""

from __future__ import annotations

import argparse
import sys
from typing import List, Optional

from .errors import LuaError, LuaSyntaxError
from .runtime import LuaRuntime
from .stdlib import UNSAFE_LIBRARIES

PROGRAM = "minilua"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog=PROGRAM, description="Run Lua 5.4.", usage="%(prog)s [-i] [-e CODE] [-v] [--sandbox] [--python] [FILE [ARGUMENT ...]]"
    )
    made.add_argument("-e", action="append", dest="code", metavar="CODE", default=[], help="run CODE")
    made.add_argument("-i", action="store_true", dest="interactive", help="go on with a session afterwards")
    made.add_argument("-v", "--version", action="store_true", help="print the version")
    made.add_argument(
        "--sandbox", action="store_true", help="without files, processes, the environment and the insides of functions"
    )
    made.add_argument("--python", action="store_true", help="print the Python that FILE becomes, and do not run it")
    made.add_argument("file", nargs="?", help="the file to run, or - for standard input")
    made.add_argument("arguments", nargs=argparse.REMAINDER, help="arguments for the script")
    return made


def main(arguments: Optional[List[str]] = None) -> int:
    """Run the command and return its exit status: 0, or 1 when a script fails or cannot be read."""
    options = parser().parse_args(arguments)
    lua = LuaRuntime(libraries=() if options.sandbox else UNSAFE_LIBRARIES)
    lua.globals()["arg"] = {0: options.file or PROGRAM, **dict(enumerate(options.arguments, 1))}
    try:
        if options.version:
            from . import __version__

            print(f"minilua {__version__} (Lua 5.4)")
        if options.python:
            print(python_of(read(options.file or "-"), options.file or "-"))
            return 0
        for code in options.code:
            lua.execute(code, name="=(command line)")
        if options.file is not None or not (options.code or options.interactive or options.version):
            if options.file is None and sys.stdin.isatty():
                return session(lua)
            name = options.file or "-"
            lua.execute(read(name), *options.arguments, name="=stdin" if name == "-" else "@" + name)
        if options.interactive:
            return session(lua)
    except LuaError as error:
        report(error)
        return 1
    except OSError as error:
        complain(f"cannot open {error.filename or options.file}" + (f" ({error.strerror})" if error.strerror else ""))
        return 1
    except KeyboardInterrupt:
        complain("interrupted!")
        return 130
    except BrokenPipeError:
        return 1
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            sys.stderr.close()
    return 0


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
        print(error.traceback, file=sys.stderr)


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
