"""The globals of a workflow: `app.integrations.*`, `app.mcp.*`, `json`, `regex`, `docs`, `mcp`, `print`, `dump`.

Known names are plain tables and functions, so that `pairs` shows them. A name that is unknown is a table too, which
fails with the whole path once it is called: `pcall(sentry.list_project, {})` then catches the error, as it would
the error of any other call.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, Optional

from minilua import LuaFunction, LuaRuntime, LuaTable
from minilua.host import arguments as checks
from minilua.host import display, json_library, mcp, regex_library
from minilua.host.boundary import placed
from minilua.host.catalog import Function, Provider, find
from minilua.host.data import keep, to_data
from minilua.host.docs import Documentation
from minilua.host.errors import HostError, InvalidArguments, UnknownName
from minilua.host.integrations import Integrations
from minilua.host.providers import Providers
from minilua.host.suggestions import did_you_mean

ROOT = "app.integrations"


def install(runtime: LuaRuntime, write: Callable[[str], object], integrations: Optional[Integrations]) -> None:
    """Give a runtime the globals of a workflow; without integrations those of a workflow that uses MCP only."""
    names = runtime.globals()
    for name in ("require", "package"):  # a workflow is one text
        names[name] = None
    for name, function in display.library(write).items():
        names[name] = LuaFunction(function, runtime)
    documentation = Documentation(integrations.providers if integrations else Providers({}))
    names["json"] = json_library.library(runtime)
    for name, library in (
        ("regex", regex_library.library()),
        ("mcp", mcp.library()),
        ("docs", documentation.library()),
    ):
        names[name] = {member: placed(function) for member, function in library.items()}
    app = runtime.table()
    app["mcp"] = _Unknown(runtime, _unknown_tool).below("app.mcp", runtime.table())
    if integrations is not None:
        app["integrations"] = _integrations(runtime, integrations)
    names["app"] = app


def _integrations(runtime: LuaRuntime, integrations: Integrations) -> LuaTable:
    table = runtime.table()
    for name in integrations.providers:
        try:
            table[name] = _provider(runtime, integrations, integrations.providers[name])
        except HostError as error:  # told when the integration is called, since the script may do without
            table[name] = _broken(runtime, integrations, f"{ROOT}.{name}", error)

    def unknown(path: str) -> HostError:
        name = path[len(ROOT) + 1 :].partition(".")[0]
        known = sorted(integrations.providers)
        hint = did_you_mean(name, known, ROOT + ".") or f" Installed integrations: {', '.join(known) or 'none'}"
        return integrations.reject(path, UnknownName(f"Unknown function: {path}.{hint}"))

    return _Unknown(runtime, unknown).below(ROOT, table)


def _broken(runtime: LuaRuntime, integrations: Integrations, path: str, error: HostError) -> LuaTable:
    return _Unknown(runtime, lambda wanted: integrations.reject(wanted, error)).below(path, runtime.table())


def _provider(runtime: LuaRuntime, integrations: Integrations, provider: Provider) -> LuaTable:
    path = f"{ROOT}.{provider.name}"
    table = _functions(runtime, integrations, provider, None, path)
    accounts = integrations.accounts(provider)
    for account in dict.fromkeys(("default", *accounts.names)):
        if all(function.name != account for function in provider.functions):
            table[account] = _functions(runtime, integrations, provider, account, f"{path}.{account}")

    def unknown(wanted: str) -> HostError:
        name, _, function = wanted[len(path) + 1 :].partition(".")
        if not function:
            return integrations.reject(wanted, _not_found(provider, name, path))
        known = dict.fromkeys(("default", *accounts.names))
        hint = did_you_mean(name, known, path + ".") or f" Accounts of {provider.name}: {', '.join(known)}"
        return integrations.reject(wanted, UnknownName(f"Unknown function: {wanted}.{hint}"))

    return _Unknown(runtime, unknown).below(path, table)


def _functions(
    runtime: LuaRuntime, integrations: Integrations, provider: Provider, account: Optional[str], path: str
) -> LuaTable:
    table = runtime.table()
    for function in provider.functions:
        table[function.name] = _function(integrations, provider, account, function, f"{path}.{function.name}", table)
    if account is None:
        return table

    def unknown(wanted: str) -> HostError:
        return integrations.reject(wanted, _not_found(provider, wanted[len(path) + 1 :], path))

    return _Unknown(runtime, unknown).below(path, table)


def _not_found(provider: Provider, name: str, path: str) -> HostError:
    try:
        find(provider, name, path + ".")
    except UnknownName as error:
        return error
    raise AssertionError(name)


def _function(
    integrations: Integrations,
    provider: Provider,
    account: Optional[str],
    function: Function,
    path: str,
    namespace: LuaTable,
) -> Callable[..., Any]:
    def call(*values: Any) -> Any:
        return integrations.call(
            provider, account, function, lambda: _arguments(function, values, path, namespace), path
        )

    return placed(call)


def _arguments(function: Function, values: Any, path: str, namespace: LuaTable) -> Dict[Any, Any]:
    if values and values[0].__class__ is LuaTable and values[0] == namespace:
        raise InvalidArguments(f"Call {path} with a dot, not with a colon")
    if len(values) == 1 and values[0].__class__ is LuaTable:
        named = to_data(values[0], keep)
        return named if isinstance(named, dict) else dict(enumerate(named, 1))
    return checks.bind(function, [to_data(value, keep) for value in values])


def _unknown_tool(path: str) -> HostError:
    return mcp.unknown_server(path.split(".")[2])


class _Unknown:
    """The names that a namespace does not have: each is a table of more such names, and fails once it is called."""

    def __init__(self, runtime: LuaRuntime, error: Callable[[str], HostError]) -> None:
        self._runtime = runtime
        self._error = error

    def below(self, path: str, table: LuaTable) -> LuaTable:
        """Give the namespace at `path` the behaviour, and return it."""
        table.metatable = self._runtime.table(__index=self._index(path))
        return table

    def _index(self, path: str) -> Callable[..., Optional[LuaTable]]:
        def index(_table: Any = None, name: Any = None, *_: Any) -> Optional[LuaTable]:
            if name.__class__ is not str:
                return None  # so that ipairs ends
            return self._unknown(f"{path}.{name}")

        return index

    def _unknown(self, path: str) -> LuaTable:
        def call(*_: Any) -> Any:
            raise self._error(path)

        table = self._runtime.table()
        table.metatable = self._runtime.table(__index=self._index(path), __call=placed(call))
        return table
