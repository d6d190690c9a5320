"""Calls of integrations: every call that a workflow or the command line makes goes through `Integrations.call`.

It alone decides whether a call may go out: the integration must be active, the policy must allow the operation, the
arguments must fit, and the account must be complete. One connection is kept for each account until `close`.
"""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Tuple

from minilua.host import arguments as checks
from minilua.host.accounts import Account, Accounts
from minilua.host.catalog import Demo, Function, Provider, ProviderError, Session
from minilua.host.config import Config
from minilua.host.errors import HostError, NotConfigured
from minilua.host.permissions import Permissions
from minilua.host.providers import Providers
from minilua.limits import waiting


class CallRecord(NamedTuple):
    """One call as the report tells it; `error` is None when it went well."""

    path: str
    duration_ms: float
    error: Optional[str]
    name: str
    group: str


class Integrations:
    """The integrations as configured.

    Args:
        providers: the integrations that there are.
        config: the configuration file's contents.
        environment: the environment variables, which hold settings of accounts too.
        demo: use the providers' demonstration accounts and connections, and nothing that is configured.
        force: bypass the permission policy, and only that.
    """

    def __init__(
        self,
        providers: Providers,
        config: Config,
        environment: Mapping[str, str],
        *,
        demo: bool = False,
        force: bool = False,
    ) -> None:
        self.providers = providers
        self.demo = demo
        self.force = force
        self.records: List[CallRecord] = []
        self._config = config
        self._environment = environment
        self._accounts: Dict[str, Accounts] = {}
        self._sessions: Dict[Tuple[str, str], Session] = {}
        self._secrets: Tuple[str, ...] = ()
        self._demos: Dict[str, Demo] = {}

    def accounts(self, provider: Provider) -> Accounts:
        """Return the accounts of a provider."""
        if provider.name not in self._accounts:
            if self.demo:
                self._accounts[provider.name] = Accounts.of(provider, self._demo(provider).accounts)
            else:
                settings = self._config.integration(provider.name)
                self._accounts[provider.name] = Accounts(provider, settings, self._environment)
            self._secrets += self._accounts[provider.name].secrets()
        return self._accounts[provider.name]

    def without_provider(self) -> List[str]:
        """Return the names in the configuration file that no installed integration has."""
        return [name for name in self._config.integrations if name not in self.providers]

    def active(self, provider: Provider) -> bool:
        """Tell whether an integration is switched on; a demonstration always is."""
        return self.demo or self._config.integration(provider.name).enabled

    def permissions(self, provider: Provider) -> Permissions:
        """Return the permission policy of an integration."""
        return self._config.integration(provider.name).permissions

    def reject(self, path: str, error: HostError) -> HostError:
        """Record a call that names no function, and return the error that it fails with."""
        parts = path.split(".")  # app.integrations.GROUP...NAME
        self.records.append(CallRecord(path, 0.0, str(error), parts[-1], parts[2]))
        return error

    def call(
        self,
        provider: Provider,
        account: Optional[str],
        function: Function,
        arguments: Callable[[], Mapping[Any, Any]],
        path: str,
        *,
        dry_run: bool = False,
    ) -> Any:
        """Make one call and record it; raises `HostError` or `ProviderError`, whose text is meant for the script.

        `arguments` answers the arguments once the call is permitted: what is wrong with them is an error of the call.
        A dry run needs no permission to write, since it does not: it answers what a write would send.
        """
        start = time.perf_counter()
        failure: Optional[str] = None
        try:
            return self._call(provider, account, function, arguments, dry_run)
        except (HostError, ProviderError) as error:
            failure = str(error)
            raise
        except KeyboardInterrupt:
            failure = "Interrupted"
            raise
        except Exception as error:
            # A defect of the provider: told in its own words, and never as a Python traceback.
            failure = f"Integration '{provider.name}' failed: {type(error).__name__}: {error}"
            raise HostError(failure) from error
        finally:
            duration = round((time.perf_counter() - start) * 1000, 3)
            self.records.append(CallRecord(path, duration, failure, function.name, provider.name))

    def _call(
        self,
        provider: Provider,
        account: Optional[str],
        function: Function,
        arguments: Callable[[], Mapping[Any, Any]],
        dry_run: bool,
    ) -> Any:
        if not self.active(provider):
            raise NotConfigured(
                f"Integration '{provider.name}' is installed but not active. "
                f"Activate it with `kosmo integrations:configure {provider.name} --enable`."
            )
        if not self.force:
            self.permissions(provider).check(provider.name, "read" if dry_run else function.operation)
        checked = checks.check(function, arguments())
        chosen = self.accounts(provider).choose(account)
        if dry_run and function.operation == "read":
            return {"function": function.name, "arguments": checked}
        with waiting:  # a script's time and memory are not what a connection takes
            session = self._session(provider, chosen)
            return session.preview(function.name, checked) if dry_run else session.call(function.name, checked)

    def _session(self, provider: Provider, account: Account) -> Session:
        key = provider.name, account.name
        if key not in self._sessions:
            connect = self._demo(provider).connect if self.demo else provider.connect
            return self._sessions.setdefault(key, connect(account))  # another thread may have been faster
        return self._sessions[key]

    def _demo(self, provider: Provider) -> Demo:
        if provider.name not in self._demos:
            self._demos[provider.name] = provider.demo()
        return self._demos[provider.name]

    def secrets(self) -> Tuple[str, ...]:
        """Return every secret of the accounts of the providers in use."""
        return self._secrets

    def close(self) -> None:
        """Close every connection; one that fails to close has done its work all the same."""
        sessions, self._sessions = self._sessions, {}
        for session in sessions.values():
            try:
                session.close()
            except Exception:
                pass
