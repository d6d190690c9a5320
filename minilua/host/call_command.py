"""`kosmo integrations:call`, and `kosmo integrations:NAME` for short: call one function from the command line.

Arguments are a JSON object, in an argument or on standard input, and flags in kebab case, which override it:
`--org-slug=acme`, `--org-slug acme`, `--arg org_slug=acme`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Sequence, Tuple

from minilua.host.arguments import from_text
from minilua.host.catalog import Function, ProviderError
from minilua.host.console import Console, configured, explained, status_of
from minilua.host.errors import HostError, UsageError
from minilua.host.report import call_envelope, table
from minilua.host.suggestions import did_you_mean
from minilua.host.targets import Target, target

SWITCHES = ("--json", "--force", "--dry-run", "--demo", "--help", "-h")
OPTIONS = ("--config", "--account", "--arg")

HELP = """usage: kosmo {name} [JSON] [--PARAMETER=VALUE ...] [--arg KEY=VALUE ...]
           [--account NAME] [--dry-run] [--force] [--config FILE] [--demo] [--json]

Call one function. JSON is an object with the arguments; `-` reads it from standard input, which is also read when
no argument is given and standard input is not a terminal. Parameters in kebab case override it.

  --arg KEY=VALUE  set a parameter whose name is an option of this command
  --account NAME   use this account
  --dry-run        check everything and print what would be sent, without sending it
  --force          bypass the read/write permission policy
  --config FILE    read this configuration file
  --demo           use the demonstration accounts; KOSMO_DEMO=1 does too
  --json           print the envelope
"""


@dataclass
class _Line:
    """The command line, taken apart by hand: which flags there are depends on the function."""

    positional: List[str] = field(default_factory=list)
    switches: List[str] = field(default_factory=list)
    options: Dict[str, str] = field(default_factory=dict)
    parameters: List[Tuple[str, Optional[str]]] = field(default_factory=list)


def run(console: Console, name: str, argv: Sequence[str]) -> int:
    """Call a function, or list the functions of the provider that the command's name holds."""
    line = _taken_apart(argv)
    provider = name.partition(":")[2] if name != "integrations:call" else ""
    if "--help" in line.switches or "-h" in line.switches:
        console.say(HELP.format(name=name + " FUNCTION" if not provider else name + " [FUNCTION]"))
        return 0
    if provider and not line.positional:
        return _list(console, provider, "--json" in line.switches)
    return _call(console, provider, line)


def _taken_apart(argv: Sequence[str]) -> _Line:
    line = _Line()
    words = list(argv)
    while words:
        word = words.pop(0)
        if word == "-" or not word.startswith("-") or word == "-h":
            (line.switches if word == "-h" else line.positional).append(word)
            continue
        flag, equals, value = word.partition("=")
        if flag in SWITCHES:
            line.switches.append(flag)
            continue
        if not equals and words and (words[0] == "-" or not words[0].startswith("--")):
            value, equals = words.pop(0), "="
        if flag in OPTIONS:
            if not equals:
                raise UsageError(f"{flag} needs a value")
            if flag == "--arg":
                key, given, value = value.partition("=")
                if not given:
                    raise UsageError(f"--arg needs KEY=VALUE, got '{key}'")
                line.parameters.append((key, value))
            else:
                line.options[flag] = value
        elif flag.startswith("--") and len(flag) > 2:
            line.parameters.append((flag[2:].replace("-", "_"), value if equals else None))
        else:
            raise UsageError(f"Unknown option: {flag}")
    return line


def _list(console: Console, provider_name: str, as_json: bool) -> int:
    provider = console.providers.named(provider_name)
    if as_json:
        functions = [
            {"name": f"{provider.name}.{f.name}", "operation": f.operation, "description": f.description}
            for f in provider.functions
        ]
        console.json({"success": True, "integration": provider.name, "functions": functions})
    else:
        console.say(table([[f.name, f.operation, f.description] for f in provider.functions]))
    return 0


def _call(console: Console, provider: str, line: _Line) -> int:
    dry_run, force = "--dry-run" in line.switches, "--force" in line.switches
    wanted = line.positional[0] if line.positional else ""
    found: Optional[Target] = None
    account = line.options.get("--account")
    data: Any = None
    failure: Optional[BaseException] = None
    duration = 0.0
    try:
        if not wanted:
            raise UsageError("Name a function, such as sentry.list_projects; `kosmo integrations:search` finds them")
        if provider and wanted.split(".")[0] != provider:
            wanted = f"{provider}.{wanted}"
        found = target(console.providers, wanted)
        account = account or found.account
        integrations = configured(console, line.options.get("--config"), demo="--demo" in line.switches, force=force)
        arguments = _arguments(console, line, found.function)
        account = account or integrations.accounts(found.provider).default_name
        try:
            data = integrations.call(
                found.provider, account, found.function, lambda: arguments, found.path, dry_run=dry_run
            )
        finally:
            duration = integrations.records[-1].duration_ms
            integrations.close()
    except (HostError, ProviderError, KeyboardInterrupt) as error:
        failure = error
    if "--json" in line.switches:
        console.json(
            call_envelope(
                function=found.name if found else wanted,
                data=data,
                error=None if failure is None else explained(failure),
                dry_run=dry_run,
                operation=found.function.operation if found else None,
                permission_bypassed=force,
                account=account,
                duration_ms=duration,
            )
        )
    elif failure is not None:
        console.complain(explained(failure))
    elif isinstance(data, str):
        console.say(data)
    else:
        console.json(data)
    return 0 if failure is None else status_of(failure)


def _arguments(console: Console, line: _Line, function: Function) -> Dict[str, Any]:
    if len(line.positional) > 2:
        raise UsageError(f"Unexpected argument: {line.positional[2]}")
    text = line.positional[1] if len(line.positional) == 2 else None
    if text == "-" or (text is None and not line.parameters and not console.stdin.isatty()):
        text = console.read_stdin().strip() or None
    arguments = _object(text) if text is not None else {}
    known = [p.name for p in function.parameters]
    for name, value in line.parameters:
        if name not in known:
            flags = [f"--{parameter.replace('_', '-')}" for parameter in known]
            flag = f"--{name.replace('_', '-')}"
            raise UsageError(
                f"Unknown option: {flag}."
                + (did_you_mean(flag, flags) or f" Parameters of {function.name}: {', '.join(flags) or 'none'}")
            )
        arguments[name] = from_text(function, name, "true" if value is None else value)
    return arguments


def _object(text: str) -> Dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"Arguments are not valid JSON: {error}") from None
    if not isinstance(data, dict):
        raise UsageError("Arguments must be a JSON object")
    return data
