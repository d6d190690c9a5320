"""`kosmo integrations:lua` and `kosmo mcp:lua`: run a workflow and report."""

from __future__ import annotations

import argparse
from typing import Any, List, Optional, Sequence

from minilua.host.console import FAILED, INTERRUPTED, Console, configured, decoded, explained, status_of
from minilua.host.errors import HostError, UsageError
from minilua.host.integrations import Integrations
from minilua.host.parsing import Parser
from minilua.host.report import workflow_envelope

MEMORY_LIMIT = 32 * 1024 * 1024
CPU_LIMIT = 30.0


def run(console: Console, name: str, argv: Sequence[str]) -> int:
    """Run a workflow from a file, from `--eval` or from standard input."""
    envelope = "--json" in argv
    force = "--force" in argv
    try:
        options = _parser(console, name).parse_args(_with_code_attached(argv))
        return _run(console, name, options)
    except (HostError, KeyboardInterrupt) as error:
        # Errors of the script are told in `_run`: this is what kept it from running.
        if envelope:
            console.json(workflow_envelope(error=explained(error), permission_bypassed=force))
        else:
            console.complain(explained(error))
        return status_of(error)


def _parser(console: Console, name: str) -> Parser:
    with_integrations = name == "integrations:lua"
    parser = Parser(
        console,
        name,
        "Run a Lua workflow with "
        + ("app.integrations.*, app.mcp.*, docs, json, regex" if with_integrations else "app.mcp.*, mcp, json, regex"),
    )
    parser.add_argument("file", nargs="?", help="the Lua file; standard input without it, or for -")
    parser.add_argument("--eval", "-e", metavar="CODE", help="run this Lua code instead of a file")
    parser.add_argument("--memory-limit", metavar="BYTES", type=_bytes, default=MEMORY_LIMIT, help="default: 32 MiB")
    parser.add_argument("--cpu-limit", metavar="SECONDS", type=_seconds, default=CPU_LIMIT, help="default: 30")
    parser.add_argument("--no-cache", action="store_true", help="neither use nor keep compiled scripts on the disk")
    parser.takes_force()
    parser.takes_configuration()
    return parser


def _with_code_attached(argv: Sequence[str]) -> List[str]:
    """Write `--eval CODE` as `--eval=CODE`, since Lua's comments start like options."""
    attached: List[str] = []
    for argument in argv:
        if attached and attached[-1] in ("--eval", "-e") and argument not in ("--json", "--force", "--demo"):
            attached[-1] = f"--eval={argument}"
        else:
            attached.append(argument)
    return attached


def _bytes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) > 0):
        raise argparse.ArgumentTypeError(f"must be a positive number of bytes, got '{text}'")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"must be a positive number of seconds, got '{text}'")
    return seconds


def _run(console: Console, name: str, options: argparse.Namespace) -> int:
    source, chunk = _script(console, options)
    integrations: Optional[Integrations] = None
    if name == "integrations:lua":
        integrations = configured(console, options.config, demo=options.demo, force=options.force)

    from minilua.compiler.program import keep_programs
    from minilua.compiler.store import Store, default_directory
    from minilua.host import workflow  # and with it the language, which bad arguments do not need

    directory = None if options.no_cache else default_directory(console.environment)
    keep_programs(None if directory is None else Store(directory))
    output: List[str] = []
    outcome = workflow.run(
        workflow.Workflow(source, chunk, options.memory_limit, options.cpu_limit),
        output.append if options.json else console.write,
        integrations,
    )
    if options.json:
        console.json(
            workflow_envelope(
                output="".join(output),
                error=outcome.error,
                result=outcome.results,
                seconds=outcome.seconds,
                memory=outcome.memory,
                calls=outcome.calls,
                permission_bypassed=options.force,
            )
        )
    else:
        for value in outcome.results or ():
            console.say(_shown(value))
        if outcome.error is not None:
            console.flush()
            console.complain(outcome.error)
    if outcome.interrupted:
        return INTERRUPTED
    return 0 if outcome.error is None else FAILED


def _shown(value: Any) -> str:
    """Return a returned value for a reader: text as it is, anything else as JSON, whose words Lua mostly shares."""
    if isinstance(value, str):
        return value
    if value is None:
        return "nil"
    from minilua.host.json_text import pretty

    return pretty(value)


def _script(console: Console, options: argparse.Namespace) -> Any:
    """Return the source of the script and the name of its chunk."""
    if options.eval is not None:
        if options.file is not None:
            raise UsageError("Give a Lua file or --eval, not both")
        return options.eval, "eval"
    if options.file in (None, "-"):
        return _without_shebang(console.read_stdin()), "stdin"
    try:
        with open(options.file, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        raise UsageError(f"Lua file not found: {options.file}") from None
    except IsADirectoryError:
        raise UsageError(f"Lua file is a directory: {options.file}") from None
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"Lua file cannot be read: {options.file}: {reason}") from None
    return _without_shebang(decoded(content, f"Lua file {options.file}")), options.file


def _without_shebang(source: str) -> str:
    """Return the source without a first line that starts with #, as `lua` skips it, keeping the line numbers."""
    if not source.startswith("#"):
        return source
    return source[source.find("\n") :] if "\n" in source else ""
