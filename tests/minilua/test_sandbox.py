"""What a script reaches without, and with, the libraries that touch the machine."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import List

import pytest

from minilua import LuaError, LuaRuntime
from minilua.stdlib import UNSAFE_LIBRARIES

UNSAFE = (
    "io dofile loadfile os.execute os.exit os.getenv os.remove os.rename os.setlocale os.tmpname package.searchpath "
    "package.loadlib debug.getinfo debug.getlocal debug.getupvalue debug.setupvalue debug.setmetatable "
    "debug.getmetatable debug.getregistry debug.sethook debug.debug debug.upvaluejoin"
).split()


@pytest.mark.parametrize("name", UNSAFE)
def test_a_script_gets_nothing_unsafe_by_itself(name: str) -> None:
    assert LuaRuntime().eval(name) is None


def test_libraries_are_opened_one_by_one() -> None:
    assert LuaRuntime(libraries=["io"]).eval("io.open ~= nil, os.getenv, dofile, debug.getinfo") == (
        True, None, None, None,
    )  # fmt: skip
    assert LuaRuntime(libraries=["debug"]).eval("debug.getinfo ~= nil and io == nil")
    assert LuaRuntime(libraries=["package"]).eval("dofile ~= nil and package.path ~= ''")
    with pytest.raises(ValueError, match="no such library: net"):
        LuaRuntime(libraries=["io", "net"])


def test_require_reaches_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "found.lua").write_text("return 1")
    monkeypatch.chdir(tmp_path)
    lua = LuaRuntime()
    with pytest.raises(LuaError, match="module 'found' not found"):
        lua.execute("package.path = './?.lua' return require('found')")
    lua = LuaRuntime(libraries=["package"])
    assert lua.execute("package.path = './?.lua' return require('found')")[0] == 1


def test_the_loader_of_the_embedder() -> None:
    asked = []

    def loader(name: str) -> object:
        asked.append(name)
        return {"greet": "return 'hello', ...", "bytes": b"return '\xff'", "broken": "x ="}.get(name)

    lua = LuaRuntime(loader=loader)  # type: ignore[arg-type]
    assert lua.execute("return require('greet')") == ("hello", ":host:")
    assert lua.execute("return require('greet')") == "hello"
    assert asked == ["greet"]
    assert lua.execute("return #require('bytes')") == 1
    with pytest.raises(LuaError, match="no module 'absent' of the host's"):
        lua.execute("require('absent')")
    with pytest.raises(LuaError, match="error loading module 'broken' from the host:\n\tbroken:1: unexpected symbol"):
        lua.execute("require('broken')")


def test_writing_goes_where_print_goes() -> None:
    output = io.StringIO()
    lua = LuaRuntime(libraries=["io"], stdout=output)
    lua.execute("print(1) io.write('a', 2, '\\n') io.stdout:write('é\\n') print(3)")
    assert output.getvalue() == "1\na2\né\n3\n"


def test_processes() -> None:
    lua = LuaRuntime(libraries=["io", "os"])
    command = f"'{sys.executable}' -c"
    assert lua.execute("local p = io.popen(...) return p:read('a'), p:close()", f"{command} \"print('out')\"") == (
        "out\n", True, "exit", 0,
    )  # fmt: skip
    assert lua.execute("return io.popen(...):close()", f"{command} 'import sys; sys.exit(3)'") == (None, "exit", 3)
    script = "import sys; sys.exit(len(sys.stdin.read()))"
    assert lua.execute("local p = io.popen(..., 'w') p:write('four') return p:close()", f"{command} '{script}'") == (
        None, "exit", 4,
    )  # fmt: skip
    with pytest.raises(LuaError, match="bad argument #2 to 'popen' \\(invalid mode\\)"):
        lua.execute("io.popen('x', 'rw')")


def command(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "minilua", *arguments], input=stdin, text=True, capture_output=True, timeout=60
    )


def test_the_command_has_all_libraries() -> None:
    assert command("-e", "print(io and os.getenv and dofile and debug.getinfo and true)").stdout == "true\n"
    read = command("-e", "print(io.read('n', 'l', 'L', 'a'))", stdin="12\nline\nrest\n")
    assert read.stdout == "12\t\tline\n\trest\n\n"
    assert command("-e", "os.exit(7)").returncode == 7
    assert command("-e", "io.stderr:write('to stderr')").stderr == "to stderr"


def test_the_command_in_a_sandbox() -> None:
    assert command("--sandbox", "-e", "print(io, os.getenv, dofile, debug.getinfo)").stdout == "nil\tnil\tnil\tnil\n"


@pytest.mark.parametrize(
    "arguments, status, said",
    [
        (["--cpu-limit", "0.1", "-e", "while true do end"], 1, "the time limit of 0.1 seconds is used up"),
        (
            ["--memory-limit", "10000000", "-e", "return ('x'):rep(1 << 30)"],
            1,
            "the memory limit of 10000000 bytes is used up",
        ),
        (["--cpu-limit", "x", "-e", "x = 1"], 2, "'--cpu-limit' needs a positive number"),
        (["--memory-limit"], 2, "'--memory-limit' needs a positive number"),
    ],
)
def test_the_command_has_limits(arguments: List[str], status: int, said: str) -> None:
    found = command(*arguments)
    assert found.returncode == status and said in found.stderr


def test_every_unsafe_library_has_a_name() -> None:
    assert set(UNSAFE_LIBRARIES) == {"debug", "io", "os", "package"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_the_command_where_the_output_goes_nowhere() -> None:
    many = "for i = 1, 100000 do print(i) end"
    for code, redirection, status, stderr in [
        ("print(1)", ">&-", 0, ""),
        (many, ">/dev/full", 1, "minilua: (command line):1: No space left on device\n"),
        (many, "| head -1", 0, ""),
    ]:
        run = [sys.executable, "-m", "minilua", "-e", code]
        shell = ["sh", "-c", f'"$@" {redirection}', "sh", *run]
        done = subprocess.run(shell, text=True, capture_output=True, timeout=60)
        assert done.returncode == status
        assert done.stderr.startswith(stderr) and bool(done.stderr) == bool(stderr)
        assert "Traceback" not in done.stderr and "Errno" not in done.stderr


def test_an_output_that_fails_is_an_error_of_print() -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(LuaError, match=r":1: No space left on device$") as failure:
        LuaRuntime(stdout=Full()).execute("print(1)")
    assert isinstance(failure.value.__cause__, OSError)
