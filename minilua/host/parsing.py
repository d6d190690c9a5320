"""Command-line arguments: argparse, with errors that the command can put in an envelope."""

from __future__ import annotations

import argparse
import os
from typing import Any, NoReturn

from minilua.host.console import Console
from minilua.host.errors import UsageError
from minilua.host.suggestions import did_you_mean


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Argparse makes a formatter for each option, and imports much to learn how wide the terminal is."""
    try:
        width = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
    except (OSError, ValueError):
        width = 80
    return argparse.HelpFormatter(prog, width=width - 2)


class Parser(argparse.ArgumentParser):
    """The parser of one command: raises `UsageError` and prints its help on the console."""

    def __init__(self, console: Console, name: str, description: str) -> None:
        super().__init__(prog=f"kosmo {name}", description=description, allow_abbrev=False, formatter_class=_formatter)
        self._console = console
        self.add_argument("--json", action="store_true", help="print JSON")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse the arguments, all of which must be known."""
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            flag = unknown[0].partition("=")[0]
            hint = did_you_mean(flag, self._option_string_actions) if flag.startswith("-") else ""
            self.error(f"unrecognized arguments: {' '.join(unknown)}" + (f".{hint}" if hint else ""))
        return options

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self.prog}: {message}")

    def _print_message(self, message: str, file: Any = None) -> None:
        self._console.write(message)

    def takes_configuration(self) -> None:
        """Add the options that say which accounts are in force."""
        self.add_argument("--config", metavar="FILE", help="read this configuration file")
        self.add_argument("--demo", action="store_true", help="use the demonstration accounts; KOSMO_DEMO=1 does too")

    def takes_force(self) -> None:
        """Add the option that bypasses the permission policy."""
        self.add_argument("--force", action="store_true", help="bypass the read/write permission policy")
