"""The `kosmo` command: which commands there are, and how one is run.

Only the module of the command that is asked for is imported, so that a short script is not outweighed by the start.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Callable, Mapping, Optional, Sequence, TextIO

from minilua.host.catalog import ProviderError
from minilua.host.console import FAILED, INTERRUPTED, Console, explained, status_of
from minilua.host.errors import HostError, OutputLost, UsageError
from minilua.host.providers import Providers

#: Each command with the module that runs it and what it does.
COMMANDS = {
    "integrations:lua": ("lua_commands", "Run a Lua workflow with the integrations"),
    "mcp:lua": ("lua_commands", "Run a Lua workflow with MCP servers only"),
    "integrations:list": ("catalog_commands", "List the installed integrations"),
    "integrations:status": ("catalog_commands", "Show accounts and permissions of the integrations"),
    "integrations:doctor": ("catalog_commands", "Check the configuration and say what is wrong"),
    "integrations:fields": ("catalog_commands", "List the credentials and settings of an integration"),
    "integrations:configure": ("configure_command", "Write credentials and permissions to the configuration file"),
    "integrations:search": ("catalog_commands", "Search the functions"),
    "integrations:docs": ("catalog_commands", "Read a page of the documentation"),
    "integrations:schema": ("catalog_commands", "Print the JSON Schema of a function's parameters"),
    "integrations:examples": ("catalog_commands", "Print the Lua examples of a page"),
    "integrations:call": ("call_command", "Call one function"),
}


def main(
    argv: Optional[Sequence[str]] = None,
    stdin: Optional[TextIO] = None,
    stdout: Optional[TextIO] = None,
    stderr: Optional[TextIO] = None,
    environment: Optional[Mapping[str, str]] = None,
    providers: Optional[Providers] = None,
) -> int:
    """Run one command and return its exit status: 0, 1 for a failure, 2 for unusable arguments, 130 for Ctrl-C.

    >>> main(["integrations:lua", "--eval", "print(6 * 7)"])
    42
    0
    """
    argv = sys.argv[1:] if argv is None else list(argv)
    console = Console(
        # Python has None for those that were closed.
        _utf8(sys.stdin or io.StringIO()) if stdin is None else stdin,
        _utf8(sys.stdout or _Closed()) if stdout is None else stdout,
        _utf8(sys.stderr or io.StringIO()) if stderr is None else stderr,
        os.environ if environment is None else environment,
        providers,
    )
    try:
        status = _run(console, argv)
        console.flush()
        return status
    except OutputLost as lost:
        if stdout is None and sys.stdout is not None:  # Python would complain again when it flushes at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if lost.why is not None:
            console.complain(f"Standard output cannot be written: {lost.why}")
        return FAILED
    except KeyboardInterrupt:  # while the command was telling what came of it
        console.complain("Interrupted")
        return INTERRUPTED


def _run(console: Console, argv: Sequence[str]) -> int:
    name, rest = (argv[0], argv[1:]) if argv else ("list", ())
    if name in ("list", "help", "--help", "-h"):
        console.say(_overview())
        return 0
    if name == "--version":
        console.say("kosmo " + _version())
        return 0
    try:
        return _command(console, name)(console, name, rest)
    except (HostError, ProviderError, KeyboardInterrupt) as error:
        _tell(console, argv, explained(error))
        return status_of(error)
    except OutputLost:
        raise
    except Exception as error:  # a defect of ours, told without a traceback
        _tell(console, argv, f"Internal error: {type(error).__name__}: {error}")
        return FAILED
    except SystemExit as stop:  # argparse after --help
        return stop.code if isinstance(stop.code, int) else 0


def _tell(console: Console, argv: Sequence[str], error: str) -> None:
    if "--json" in argv:
        from minilua.host.report import failure_envelope

        console.json(failure_envelope(error))
    else:
        console.complain(error)


def _command(console: Console, name: str) -> Callable[[Console, str, Sequence[str]], int]:
    from importlib import import_module

    if name in COMMANDS:
        module = COMMANDS[name][0]
    else:
        group, _, provider = name.partition(":")
        if group != "integrations" or provider not in console.providers:
            from minilua.host.suggestions import did_you_mean

            shortcuts = [f"integrations:{provider}" for provider in console.providers]
            raise UsageError(f"Unknown command: {name}.{did_you_mean(name, [*COMMANDS, *shortcuts])}")
        module = "call_command"
    run: Callable[[Console, str, Sequence[str]], int] = import_module(f"minilua.host.{module}").run
    return run


def _version() -> str:
    from minilua import __version__

    return __version__


def _overview() -> str:
    from minilua.host.report import table

    rows = [["  " + name, summary] for name, (_, summary) in COMMANDS.items()]
    rows.append(["  integrations:NAME [FUNCTION]", "List or call the functions of one integration"])
    return (
        "Usage: kosmo COMMAND [ARGUMENTS]\n\nCommands:\n"
        + table(rows)
        + "\n\n`kosmo COMMAND --help` explains a command. Every command takes --json."
    )


class _Closed(io.StringIO):
    """A standard output that was closed before the start: only what writes to it fails."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, "it is closed")


def _utf8(stream: TextIO) -> TextIO:
    """Make a standard stream write UTF-8 in any locale; bytes that are not UTF-8 pass as they are."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    return stream


if __name__ == "__main__":
    sys.exit(main())
