"""The console of one run of the command: its streams, its environment, and the two forms of what it says."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Mapping, Optional, TextIO

from minilua.host.config import Config, load
from minilua.host.errors import InvalidArguments, OutputLost, UnknownName, UsageError
from minilua.host.integrations import Integrations
from minilua.host.providers import Providers
from minilua.host.redaction import redact, redact_data

#: Exit statuses: a script or call that failed, arguments that nothing could be done with, and Ctrl-C, as for shells.
FAILED, UNUSABLE, INTERRUPTED = 1, 2, 130


class Console:
    """Where a command reads and writes.

    Nothing leaves it unredacted: `secrets` is asked at each text, since accounts become known as they are used.
    """

    def __init__(
        self,
        stdin: TextIO,
        stdout: TextIO,
        stderr: TextIO,
        environment: Mapping[str, str],
        providers: Optional[Providers] = None,
    ) -> None:
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.environment = environment
        self.secrets: Callable[[], Iterable[str]] = tuple
        self._providers = providers

    @property
    def providers(self) -> Providers:
        """The installed integrations."""
        if self._providers is None:
            self._providers = Providers.installed()
        return self._providers

    def write(self, text: str) -> None:
        """Write text to standard output as it is."""
        self._put(redact(text, self.secrets()))

    def say(self, text: str) -> None:
        """Write a line to standard output, or several."""
        if text:
            self.write(text if text.endswith("\n") else text + "\n")

    def complain(self, text: str) -> None:
        """Write a line to standard error."""
        self.stderr.write(redact(text, self.secrets()) + "\n")

    def json(self, data: Any) -> None:
        """Write data to standard output as JSON."""
        from minilua.host.json_text import pretty

        self._put(pretty(redact_data(data, self.secrets())) + "\n")

    def flush(self) -> None:
        """Write what standard output still holds back."""
        try:
            self.stdout.flush()
        except OSError as error:
            raise _lost(error) from error

    def _put(self, text: str) -> None:
        try:
            self.stdout.write(text)
        except OSError as error:
            raise _lost(error) from error

    def read_stdin(self) -> str:
        """Return the whole of standard input, which must be UTF-8."""
        source = getattr(self.stdin, "buffer", self.stdin)
        try:
            content = source.read()
        except OSError as error:
            raise UsageError(f"Standard input cannot be read: {error.strerror}") from None
        return content if isinstance(content, str) else decoded(content, "Standard input")


def _lost(error: OSError) -> OutputLost:
    return OutputLost(None if isinstance(error, BrokenPipeError) else error.strerror)


def explained(error: BaseException) -> str:
    """Return the text for an error that ends a command."""
    return "Interrupted" if isinstance(error, KeyboardInterrupt) else str(error)


def status_of(error: BaseException) -> int:
    """Return the exit status for an error: was it the arguments, or what they asked for?"""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    return UNUSABLE if isinstance(error, (UsageError, UnknownName, InvalidArguments)) else FAILED


def decoded(content: bytes, what: str) -> str:
    """Return bytes as text, or raise `UsageError` that says where they are not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{what} is not UTF-8: byte 0x{content[error.start]:02x} at offset {error.start}") from None


def configured(console: Console, named: Optional[str], *, demo: bool = False, force: bool = False) -> Integrations:
    """Return the integrations as configured, and keep their secrets out of what the console says.

    `named` is the configuration file of the command line. A demonstration, `--demo` or `KOSMO_DEMO=1`, reads none.
    """
    demo = demo or console.environment.get("KOSMO_DEMO", "") not in ("", "0")
    settings = Config() if demo else load(console.environment, named)
    for warning in settings.warnings:
        console.complain(f"Warning: {warning}")
    integrations = Integrations(console.providers, settings, console.environment, demo=demo, force=force)
    console.secrets = integrations.secrets
    return integrations
