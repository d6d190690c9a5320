"""The globals of a workflow: `app.integrations.*`, `app.mcp.*`, `json`, `regex`, `docs`, `mcp`, `print`, `dump`.

Known names are plain tables and functions, so that `pairs` shows them. A name that is unknown is a table too, which
fails with the whole path once it is called: `pcall(sentry.list_project, {})` then catches the error, as it would
the error of any other call.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, Optional, Tuple

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
    namespaces = _Namespaces(runtime)
    members: Dict[str, Any] = {"mcp": namespaces.table("app.mcp", _unknown_tool, {})}
    if integrations is not None:
        members["integrations"] = _integrations(namespaces, integrations)
    names["app"] = runtime.table(**members)


def _integrations(namespaces: _Namespaces, integrations: Integrations) -> LuaTable:
    members = {}
    for name in integrations.providers:
        try:
            members[name] = _provider(namespaces, integrations, integrations.providers[name])
        except HostError as error:  # told when the integration is called, since the script may do without
            members[name] = _broken(namespaces, integrations, f"{ROOT}.{name}", error)

    def unknown(path: str) -> HostError:
        name = path[len(ROOT) + 1 :].partition(".")[0]
        known = sorted(integrations.providers)
        hint = did_you_mean(name, known, ROOT + ".") or f" Installed integrations: {', '.join(known) or 'none'}"
        return integrations.reject(path, UnknownName(f"Unknown function: {path}.{hint}"))

    return namespaces.table(ROOT, unknown, members)


def _broken(namespaces: _Namespaces, integrations: Integrations, path: str, error: HostError) -> LuaTable:
    return namespaces.table(path, lambda wanted: integrations.reject(wanted, error), {})


def _provider(namespaces: _Namespaces, integrations: Integrations, provider: Provider) -> LuaTable:
    path = f"{ROOT}.{provider.name}"
    accounts = integrations.accounts(provider)
    functions = {function.name for function in provider.functions}
    members: Dict[str, Any] = {}
    for account in dict.fromkeys(("default", *accounts.names)):
        if account not in functions:
            members[account] = _account(namespaces, integrations, provider, account, f"{path}.{account}")

    def unknown(wanted: str) -> HostError:
        name, _, function = wanted[len(path) + 1 :].partition(".")
        if not function:
            return integrations.reject(wanted, _not_found(provider, name, path))
        known = dict.fromkeys(("default", *accounts.names))
        hint = did_you_mean(name, known, path + ".") or f" Accounts of {provider.name}: {', '.join(known)}"
        return integrations.reject(wanted, UnknownName(f"Unknown function: {wanted}.{hint}"))

    return _functions(namespaces, integrations, provider, None, path, unknown, members)


def _account(
    namespaces: _Namespaces, integrations: Integrations, provider: Provider, account: str, path: str
) -> LuaTable:
    def unknown(wanted: str) -> HostError:
        return integrations.reject(wanted, _not_found(provider, wanted[len(path) + 1 :], path))

    return _functions(namespaces, integrations, provider, account, path, unknown, {})


def _functions(
    namespaces: _Namespaces,
    integrations: Integrations,
    provider: Provider,
    account: Optional[str],
    path: str,
    unknown: Callable[[str], HostError],
    members: Dict[str, Any],
) -> LuaTable:
    """The namespace of an account's functions, None being the default one, and of `members`."""
    functions = {
        function.name: _function(
            integrations, provider, account, function, f"{path}.{function.name}", lambda value: value == namespace
        )
        for function in provider.functions
    }
    namespace = namespaces.table(path, unknown, {**functions, **members})
    return namespace


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
    is_namespace: Callable[[Any], bool],
) -> Callable[..., Any]:
    def call(*values: Any) -> Any:
        return integrations.call(
            provider, account, function, lambda: _arguments(function, values, path, is_namespace), path
        )

    return placed(call)


def _arguments(function: Function, values: Any, path: str, is_namespace: Callable[[Any], bool]) -> Dict[Any, Any]:
    if values and is_namespace(values[0]):
        raise InvalidArguments(f"Call {path} with a dot, not with a colon")
    if len(values) == 1 and values[0].__class__ is LuaTable:
        named = to_data(values[0], keep)
        return named if isinstance(named, dict) else dict(enumerate(named, 1))
    return checks.bind(function, [to_data(value, keep) for value in values])


def _unknown_tool(path: str) -> HostError:
    return mcp.unknown_server(path.split(".")[2])


class _Namespaces:
    """The namespaces of a runtime. A name that one lacks is a table of more such names, and fails once it is called."""

    def __init__(self, runtime: LuaRuntime) -> None:
        self._runtime = runtime
        self._places: Dict[LuaTable, Tuple[str, Callable[[str], HostError]]] = {}
        self._metatable = runtime.table(__index=self._index)  # one for all: each takes a class

    def table(self, path: str, error: Callable[[str], HostError], members: Dict[str, Any]) -> LuaTable:
        """The namespace at `path`; `error` makes the error of a path below it that does not exist."""
        table = self._runtime.table(**members)
        table.metatable = self._metatable
        self._places[table] = path, error
        return table

    def _index(self, table: Any = None, name: Any = None, *_: Any) -> Optional[LuaTable]:
        if table.__class__ is not LuaTable or table not in self._places:
            return None
        path, error = self._places[table]
        return self._unknown(path, error, name)

    def _unknown(self, path: str, error: Callable[[str], HostError], name: Any) -> Optional[LuaTable]:
        if name.__class__ is not str:
            return None  # so that ipairs ends
        wanted = f"{path}.{name}"

        def index(_table: Any = None, name: Any = None, *_: Any) -> Optional[LuaTable]:
            return self._unknown(wanted, error, name)

        def call(*_: Any) -> Any:
            raise error(wanted)

        table = self._runtime.table()
        table.metatable = self._runtime.table(__index=index, __call=placed(call))
        return table
