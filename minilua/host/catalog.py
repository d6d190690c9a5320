"""What an integration offers: a provider, its functions and their parameters, and how one connects to it.

A provider describes itself with these classes and does no more: names, permissions, argument checks, documentation
and the command line are all derived from the description.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, NamedTuple, Optional, Protocol, Tuple

from minilua.host.accounts import Account
from minilua.host.errors import UnknownName
from minilua.host.suggestions import did_you_mean


class ProviderError(Exception):
    """A provider could not do what was asked; its text is what the script gets."""


class Parameter(NamedTuple):
    """One parameter of a function.

    `type` is one of "string", "integer", "number", "boolean", "object" and "array". `choices` lists the strings that
    are allowed, `minimum` and `maximum` bound a number, and `default` is filled in when none is given.
    """

    name: str
    type: str
    description: str = ""
    required: bool = False
    choices: Tuple[str, ...] = ()
    minimum: Optional[int] = None
    maximum: Optional[int] = None
    default: object = None


class Function(NamedTuple):
    """One function of a provider. `operation` is "read" or "write": permissions are given for each."""

    name: str
    description: str
    operation: str
    parameters: Tuple[Parameter, ...] = ()


class Field(NamedTuple):
    """One credential or setting of an account. A `secret` is redacted wherever text leaves the program."""

    name: str
    description: str
    required: bool = False
    secret: bool = False
    default: Optional[str] = None


class Session(Protocol):
    """One account's connection, opened at the first call and reused until the workflow ends."""

    def call(self, function: str, arguments: Dict[str, Any]) -> Any:
        """Call `function`; `arguments` are checked against the catalog already. Answers JSON-like data."""

    def preview(self, function: str, arguments: Dict[str, Any]) -> Any:
        """Do all that `call` does but send it: answers what would be sent."""

    def close(self) -> None:
        """Release the connection."""


class Demo(NamedTuple):
    """A provider's stand-in without network: the accounts it knows and how to connect to them."""

    accounts: Tuple[Account, ...]
    connect: Callable[[Account], Session]


class Provider(NamedTuple):
    """An integration: its functions, the fields an account needs, its reference page, and how to connect.

    `reference` is the whole page in Markdown with one `## function` section each. A provider is announced as an entry
    point of the group `minilua.integrations`.
    """

    name: str
    title: str
    description: str
    functions: Tuple[Function, ...]
    fields: Tuple[Field, ...]
    reference: str
    connect: Callable[[Account], Session]
    demo: Callable[[], Demo]


def find(provider: Provider, name: str, prefix: Optional[str] = None) -> Function:
    """Return the provider's function of a name, or raise `UnknownName` with those that were perhaps meant.

    `prefix` is what stood before the name where it was asked for, as in "app.integrations.sentry.work.".
    """
    for function in provider.functions:
        if function.name == name:
            return function
    before = f"{provider.name}." if prefix is None else prefix
    names = [function.name for function in provider.functions]
    hint = did_you_mean(name, names, before) or f" Functions of {before.rstrip('.')}: {', '.join(names)}"
    raise UnknownName(f"Unknown function: {before}{name}.{hint}")
