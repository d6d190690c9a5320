"""Functions as the command line names them: `sentry.list_projects`, `sentry.work.list_projects`, and longer forms."""

from __future__ import annotations

from typing import NamedTuple, Optional

from minilua.host.catalog import Function, Provider, find
from minilua.host.docs import short, spoken
from minilua.host.errors import UnknownName
from minilua.host.providers import Providers


class Target(NamedTuple):
    """A function of a provider, and the account if the name holds one."""

    provider: Provider
    account: Optional[str]
    function: Function

    @property
    def path(self) -> str:
        """The path of the function in Lua."""
        account = f".{self.account}" if self.account else ""
        return f"app.integrations.{self.provider.name}{account}.{self.function.name}"

    @property
    def name(self) -> str:
        """The short name of the function."""
        return f"{self.provider.name}.{self.function.name}"


def target(providers: Providers, name: str) -> Target:
    """Return what a name stands for, or raise `UnknownName`.

    >>> target(providers, "app.integrations.sentry.work.list_projects").account
    'work'
    """
    parts = short(name).split(".")
    provider = providers.named(parts[0])
    if len(parts) not in (2, 3):
        functions = ", ".join(f"{provider.name}.{function.name}" for function in provider.functions)
        raise UnknownName(f"Not a function: {name}. Functions: {functions}")
    account = parts[1] if len(parts) == 3 else None
    return Target(provider, account, find(provider, spoken(provider, parts[-1])))
