"""`kosmo integrations:configure`: write credentials and permissions to the configuration file.

Only JSON files are written. A TOML file belongs to the hand that wrote it, comments and all: for one the command says
what to add to it.
"""

from __future__ import annotations

import argparse
from typing import Any, Dict, Sequence, Tuple

from minilua.host import config
from minilua.host.accounts import DEFAULT
from minilua.host.catalog import Provider
from minilua.host.console import Console
from minilua.host.errors import UsageError
from minilua.host.parsing import Parser
from minilua.host.permissions import ANSWERS
from minilua.host.suggestions import did_you_mean


def run(console: Console, name: str, argv: Sequence[str]) -> int:
    """Change the settings of one integration."""
    parser = Parser(console, name, "Write credentials and permissions to the configuration file")
    parser.add_argument("integration")
    parser.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="a field of the account")
    parser.add_argument("--account", metavar="NAME", default=DEFAULT, help="the account that --set is for")
    parser.add_argument("--default", metavar="NAME", help="the account that calls without an account use")
    switch = parser.add_mutually_exclusive_group()
    switch.add_argument("--enable", action="store_const", const=True, dest="enabled", help="switch the integration on")
    switch.add_argument("--disable", action="store_const", const=False, dest="enabled", help="switch it off")
    parser.add_argument("--read", choices=ANSWERS, help="the policy for calls that read")
    parser.add_argument("--write", choices=ANSWERS, help="the policy for calls that write")
    parser.add_argument("--config", metavar="FILE", help="write this configuration file")
    options = parser.parse_args(argv)
    provider = console.providers.named(options.integration)
    fields = dict(_field(provider, assignment) for assignment in options.set)
    console.secrets = lambda: fields.values()
    if not fields and options.enabled is None and not (options.read or options.write or options.default):
        raise UsageError("Nothing to configure: give --set, --enable, --disable, --default, --read or --write")

    path, exists = config.locate(console.environment, options.config)
    if path.endswith(".toml"):
        raise UsageError(
            f"{path} is TOML, which is not rewritten. Add to it:\n\n{_toml(provider.name, fields, options)}"
        )
    data = config.read(path) if exists else {}
    config.understood(data, path)
    _change(data, provider.name, fields, options)
    config.understood(data, path)
    config.save(path, data)
    if options.json:
        console.json({"success": True, "integration": provider.name, "config": path, "set": list(fields)})
    else:
        console.say(f"Wrote {path}")
    return 0


def _field(provider: Provider, assignment: str) -> Tuple[str, str]:
    key, equals, value = assignment.partition("=")
    if not equals:
        raise UsageError(f"--set needs KEY=VALUE, got '{key}'")
    known = [f.name for f in provider.fields]
    if key not in known:
        hint = did_you_mean(key, known) or f" Fields: {', '.join(known)}"
        raise UsageError(f"Integration '{provider.name}' has no field '{key}'.{hint}")
    return key, value


def _change(data: Dict[str, Any], name: str, fields: Dict[str, str], options: argparse.Namespace) -> None:
    settings = data.setdefault("integrations", {}).setdefault(name, {})
    if fields:
        settings.setdefault("accounts", {}).setdefault(options.account, {}).update(fields)
    if options.enabled is not None:
        settings["enabled"] = options.enabled
    if options.default:
        settings["default"] = options.default
    for operation in ("read", "write"):
        answer = getattr(options, operation)
        if answer:
            settings.setdefault("permissions", {})[operation] = answer


def _toml(name: str, fields: Dict[str, str], options: argparse.Namespace) -> str:
    lines = []
    if options.enabled is not None:
        lines.append(f"enabled = {'true' if options.enabled else 'false'}")
    if options.default:
        lines.append(f'default = "{options.default}"')
    if lines:  # without them the table need not be named, and a second time it must not be
        lines.insert(0, f"[integrations.{name}]")
    answers = [(operation, getattr(options, operation)) for operation in ("read", "write")]
    if any(answer for _, answer in answers):
        lines += ["", f"[integrations.{name}.permissions]"]
        lines += [f'{operation} = "{answer}"' for operation, answer in answers if answer]
    if fields:
        lines += ["", f"[integrations.{name}.accounts.{options.account}]"]
        lines += [f'{key} = "..."' for key in fields]
    return "\n".join(lines).lstrip()
