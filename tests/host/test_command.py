from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

import pytest
from runs import Kosmo

from minilua import __version__
from minilua.host.command import main

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def test_without_a_command_the_commands_are_listed(kosmo: Kosmo) -> None:
    for argv in ([], ["list"], ["--help"]):
        run = kosmo(*argv)
        assert run.status == 0 and "integrations:lua" in run.out and "mcp:lua" in run.out


def test_version(kosmo: Kosmo) -> None:
    assert kosmo("--version").out == f"kosmo {__version__}\n"


def test_unknown_commands_get_a_suggestion(kosmo: Kosmo) -> None:
    run = kosmo("integrations:lau")
    assert run.status == 2 and run.err.startswith("Unknown command: integrations:lau. Did you mean: integrations:lua")
    assert "integrations:tracker" in kosmo("integrations:traker").err
    assert kosmo("nonsense", "--json").json == {"success": False, "error": "Unknown command: nonsense."}


@pytest.mark.parametrize("command", ["integrations:lua", "mcp:lua"])
@pytest.mark.parametrize(
    "argv, text",
    [
        (["gone.lua"], "Lua file not found: gone.lua"),
        (["."], "Lua file is a directory: ."),
        (["latin.lua"], "Lua file latin.lua is not UTF-8: byte 0xe9 at offset 7"),
        (["a\0b"], "Lua file cannot be read: "),
        (
            ["--memory-limit", "much", "-e", "x"],
            "argument --memory-limit: must be a positive number of bytes, got 'much'",
        ),
        (["--memory-limit", "0", "-e", "x"], "must be a positive number of bytes, got '0'"),
        (["--memory-limit=-1", "-e", "x"], "must be a positive number of bytes, got '-1'"),
        (["--cpu-limit", "nan", "-e", "x"], "must be a positive number of seconds, got 'nan'"),
        (["--cpu-limit", "-1", "-e", "x"], "must be a positive number of seconds, got '-1'"),
        (["--memory-limit", "9" * 5000, "-e", "x"], "must be a positive number of bytes"),
        (["--eval"], "argument --eval/-e: expected one argument"),
        (["--cpu-limit"], "argument --cpu-limit: expected one argument"),
        (["--evil"], "unrecognized arguments: --evil. Did you mean: --eval"),
        (["--forc", "-e", "x"], "unrecognized arguments: --forc. Did you mean: --force"),
        (["--cpulimit=3", "-e", "x"], "unrecognized arguments: --cpulimit=3. Did you mean: --cpu-limit"),
        (["--zzz"], "unrecognized arguments: --zzz\n"),
        (["a.lua", "--eval", "x"], "Give a Lua file or --eval, not both"),
        (["a.lua", "b.lua"], "unrecognized arguments: b.lua"),
    ],
)
def test_unusable_arguments(
    kosmo: Kosmo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, argv: List[str], text: str
) -> None:
    (tmp_path / "latin.lua").write_bytes(b'print("\xe9")')
    monkeypatch.chdir(tmp_path)
    run = kosmo(command, *argv)
    assert run.status == 2 and run.out == "" and text in run.err and run.err.count("\n") == 1
    run = kosmo(command, *argv, "--json")
    assert run.status == 2 and run.err == ""
    assert run.json["success"] is False and run.json["integration_calls"] == []
    assert text.rstrip("\n") in run.json["error"]


def test_a_broken_configuration_is_told_in_both_forms(kosmo: Kosmo, tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("{")
    run = kosmo.eval("print(1)", "--config", str(tmp_path / "c.json"))
    assert run.status == 2 and run.out == "" and "c.json is not valid" in run.err
    run = kosmo.eval("print(1)", "--config", str(tmp_path / "gone.json"), "--json")
    assert run.status == 2 and "not found" in run.json["error"]


@pytest.mark.parametrize(
    "text, complaint",
    [("[" * 100_000, "is not valid: it is nested too deeply"), ("[]", "is not valid: the whole must be an object")],
)
def test_a_configuration_that_is_no_object(kosmo: Kosmo, tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "c.json").write_text(text)
    run = kosmo.eval("print(1)", "--config", str(tmp_path / "c.json"))
    assert run.status == 2 and complaint in run.err


def test_help_of_a_command(kosmo: Kosmo) -> None:
    run = kosmo("integrations:lua", "--help")
    assert run.status == 0 and "--memory-limit" in run.out and run.err == ""
    assert "--dry-run" in kosmo("integrations:call", "--help").out


def test_standard_input_that_is_not_utf_8(kosmo: Kosmo) -> None:
    err = io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(b"print(\xff)"))
    assert main(["integrations:lua"], stdin, io.StringIO(), err, kosmo.environment) == 2
    assert err.getvalue() == "Standard input is not UTF-8: byte 0xff at offset 6\n"


def test_standard_input_by_its_name_and_one_that_cannot_be_read(kosmo: Kosmo) -> None:
    assert kosmo("integrations:lua", "-", stdin="return 6 * 7").out == "42\n"

    class Folder(io.StringIO):
        def read(self, size: Optional[int] = -1) -> str:
            raise IsADirectoryError(errno.EISDIR, "Is a directory")

    err = io.StringIO()
    assert main(["integrations:lua"], Folder(), io.StringIO(), err, kosmo.environment) == 2
    assert err.getvalue() == "Standard input cannot be read: Is a directory\n"


class Full(io.StringIO):
    """A stream with no room for a text that has come to its end."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


class Unwritable(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("stdout", [Full, Unwritable])
@pytest.mark.parametrize(
    "argv",
    [
        ["integrations:list"],
        ["integrations:list", "--json"],
        ["integrations:lua", "-e", "print(1)"],
        ["integrations:lua", "-e", "print(1)", "--json"],
        ["integrations:lua", "-e", "pcall(print, 1) print(2)"],
        ["integrations:lua", "-e", "return 1"],
        ["integrations:call", "tracker.whoami"],
    ],
)
def test_an_output_that_takes_nothing(kosmo: Kosmo, stdout: Callable[[], io.StringIO], argv: List[str]) -> None:
    err = io.StringIO()
    assert main(argv, io.StringIO(), stdout(), err, kosmo.environment, kosmo.providers) == 1
    assert err.getvalue() == "Standard output cannot be written: No space left on device\n"


def test_closed_outputs(kosmo: Kosmo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    for argv in (["integrations:list"], ["integrations:lua", "-e", "print(1)", "--json"]):
        err = io.StringIO()
        assert main(argv, io.StringIO(), None, err, kosmo.environment, kosmo.providers) == 1
        assert err.getvalue() == "Standard output cannot be written: it is closed\n"
    silent = ["integrations:lua", "-e", "local x = 1"]
    assert main(silent, io.StringIO(), None, io.StringIO(), kosmo.environment, kosmo.providers) == 0
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["integrations:list"], io.StringIO(), None, None, kosmo.environment, kosmo.providers) == 1


def test_an_interrupted_run(kosmo: Kosmo) -> None:
    code = "print('so far') app.integrations.tracker.whoami({}) pcall(app.integrations.tracker.fail, 'interrupted')"
    run = kosmo.eval(code)
    assert (run.status, run.out, run.err) == (130, "so far\n", "Interrupted\n")
    run = kosmo.eval(code, "--json")
    assert (run.status, run.err) == (130, "")
    assert (run.json["success"], run.json["output"], run.json["error"]) == (False, "so far", "Interrupted")
    assert [(call["status"], call["error"]) for call in run.json["integration_calls"]] == [
        ("ok", None),
        ("error", "Interrupted"),
    ]
    run = kosmo("integrations:call", "tracker.fail", "--how=interrupted")
    assert (run.status, run.out, run.err) == (130, "", "Interrupted\n")
    run = kosmo("integrations:call", "tracker.fail", "--how=interrupted", "--json")
    assert (run.status, run.err, run.json["error"]) == (130, "", "Interrupted")


@pytest.mark.parametrize("command", ["integrations:lua", "integrations:call", "integrations:list"])
def test_an_interruption_before_anything_runs(kosmo: Kosmo, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    for module in ("lua_commands", "call_command", "catalog_commands"):
        monkeypatch.setattr(f"minilua.host.{module}.configured", interrupted)
    arguments = ["tracker.whoami"] if command == "integrations:call" else []
    run = kosmo(command, *arguments)
    assert (run.status, run.out, run.err) == (130, "", "Interrupted\n")
    run = kosmo(command, *arguments, "--json")
    assert (run.status, run.err, run.json["success"], run.json["error"]) == (130, "", False, "Interrupted")


START = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from minilua.host.command import main
from minilua.host.providers import Providers
from tracker import Tracker
sys.exit(main(providers=Providers.of(Tracker().provider)))
"""


def process(
    *argv: str, stdin: bytes = b"", cwd: Optional[Path] = None, **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    """Run the command in a process of its own, with the tracker installed."""
    inherited: Dict[str, Any] = {"PYTHONPATH": os.environ.get("PYTHONPATH") or str(ROOT), "PATH": os.environ["PATH"]}
    if "SYSTEMROOT" in os.environ:  # Windows cannot start Python without it
        inherited["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return subprocess.run(
        [sys.executable, "-c", START, str(HERE), *argv],
        input=stdin,
        capture_output=True,
        env={**inherited, "HOME": str(cwd or HERE), "XDG_CACHE_HOME": os.devnull, **environment},
        cwd=str(cwd or HERE),
        check=False,
    )


def test_a_process_reads_files_and_standard_input(tmp_path: Path) -> None:
    (tmp_path / "workflow.lua").write_text('print("größe") return 1', encoding="utf-8")
    run = process("integrations:lua", "workflow.lua", "--json", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, b"")
    assert json.loads(run.stdout)["output"] == "größe"
    run = process("integrations:lua", stdin='print("ü")'.encode())
    assert (run.returncode, run.stdout) == (0, "ü\n".encode())


def test_output_is_utf_8_in_any_locale_and_other_bytes_pass() -> None:
    run = process("integrations:lua", "-e", r'print("é\xff")', LC_ALL="C", PYTHONIOENCODING="ascii")
    assert (run.returncode, run.stdout, run.stderr) == (0, b"\xc3\xa9\xff\n", b"")


def test_exit_statuses_of_a_process() -> None:
    assert process("integrations:lua", "-e", "error('x')").returncode == 1
    run = process("integrations:lua", "gone.lua")
    assert (run.returncode, run.stderr) == (2, b"Lua file not found: gone.lua" + os.linesep.encode())


def test_the_demonstration_needs_nothing_but_the_environment(tmp_path: Path) -> None:
    (tmp_path / "workflow.lua").write_text("dump(app.integrations.tracker.whoami({}))")
    run = process("integrations:lua", "workflow.lua", "--json", cwd=tmp_path, KOSMO_DEMO="1")
    assert json.loads(run.stdout)["success"] is True


def test_a_closed_standard_input_is_an_empty_one(kosmo: Kosmo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    out = io.StringIO()
    assert main(["integrations:lua", "--json"], None, out, io.StringIO(), kosmo.environment, kosmo.providers) == 0
    assert json.loads(out.getvalue())["success"] is True


@pytest.mark.skipif(os.name != "posix", reason="a shell's pipe")
def test_a_reader_that_goes_early_is_no_error() -> None:
    command = "import subprocess, sys; sys.exit(0)"
    run = subprocess.run(
        f"{sys.executable} -c '{START}' {HERE} integrations:lua -e 'for i = 1, 1e5 do print(i) end'"
        f" | {sys.executable} -c '{command}'",
        shell=True,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.environ.get("PYTHONPATH") or str(ROOT)},
        check=False,
    )
    assert run.stderr == b""


def test_the_start_imports_nothing_that_it_does_not_need() -> None:
    code = """
import io, sys
from minilua.host.command import main
status = main(["integrations:lua", "gone.lua"], io.StringIO(), io.StringIO(), io.StringIO(), {})
heavy = ["httpx", "lark", "importlib.metadata", "difflib", "json", "asyncio", "email"]
print(status, [name for name in heavy if name in sys.modules])
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.environ.get("PYTHONPATH") or str(ROOT)},
        check=True,
    )
    assert run.stdout.decode().strip() == "2 []"


def test_a_workflow_that_has_been_compiled_loads_nothing_large(tmp_path: Path) -> None:
    script = tmp_path / "workflow.lua"
    script.write_text("print(#docs.list())")
    command = (
        "import sys; from minilua.host.command import main; main(sys.argv[1:]); "
        "print(sorted({'lark', 'httpx', 'ssl', 'minilua.compiler.codegen'}.intersection(sys.modules)))"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    arguments = [sys.executable, "-c", command, "integrations:lua", str(script)]
    for _ in range(2):
        done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"
