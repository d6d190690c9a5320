"""Accounts: the credentials and settings that one connection to a provider uses, and where they come from.

Settings come from the configuration file and, before it, from the environment: `SENTRY_TOKEN` for the default account
and `SENTRY_WORK_TOKEN` for the account `work` (a provider's name, an account's, a field's). A field `token` is also
found as `AUTH_TOKEN`, as in `SENTRY_AUTH_TOKEN`, and the other way round.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Dict, Mapping, NamedTuple, Optional, Tuple
from urllib.parse import urlsplit

from minilua.host.errors import NotConfigured, UnknownName
from minilua.host.suggestions import did_you_mean

if TYPE_CHECKING:
    from minilua.host.catalog import Provider
    from minilua.host.config import IntegrationSettings

#: The name of the account that bare environment variables describe, and that calls without an account prefer.
DEFAULT = "default"


class Account(NamedTuple):
    """One account of a provider: `settings` holds the values of the provider's fields by name.

    The repr names the fields that are set and never shows a value, since any of them may be a secret.

    >>> Account("sentry", "work", {"token": "sntrys_secret"})
    Account(provider='sentry', name='work', settings=<token>)
    """

    provider: str
    name: str
    settings: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Account(provider={self.provider!r}, name={self.name!r}, settings=<{', '.join(sorted(self.settings))}>)"


class Accounts:
    """The accounts of one provider.

    >>> Accounts(provider, settings, os.environ).choose(None)
    Account(provider='sentry', name='default', settings=<token, url>)
    """

    def __init__(self, provider: Provider, settings: IntegrationSettings, environment: Mapping[str, str]) -> None:
        self._provider = provider
        found = {name: dict(values) for name, values in settings.accounts.items()}
        bare, named = _from_environment(provider, found, environment)
        for name, values in named.items():
            found.setdefault(name, {}).update(values)
        chosen = settings.default
        if _identifies(provider, bare):  # credentials of their own: an account, which stands before the file's choice
            found.setdefault(DEFAULT, {}).update(bare)
            chosen = DEFAULT
        self._chosen = chosen or (DEFAULT if DEFAULT in found else next(iter(found)) if len(found) == 1 else None)
        if bare and self._chosen in found:
            found[self._chosen].update(bare)
        self._found = found

    @classmethod
    def of(cls, provider: Provider, accounts: Tuple[Account, ...]) -> Accounts:
        """Return accounts that are given outright: a demo's."""
        self = cls.__new__(cls)
        self._provider = provider
        self._found = {account.name: dict(account.settings) for account in accounts}
        self._chosen = DEFAULT if DEFAULT in self._found else next(iter(self._found), None)
        return self

    @property
    def names(self) -> Tuple[str, ...]:
        """The names of the accounts: `default` first, then the file's, then the environment's."""
        return tuple(sorted(self._found, key=lambda name: name != DEFAULT))

    @property
    def default_name(self) -> Optional[str]:
        """The name of the account that calls without an account use, or None where none is chosen."""
        return self._chosen

    def choose(self, name: Optional[str] = None) -> Account:
        """Return the named account, or the default one, complete with the defaults of its fields.

        "default" names whichever account is the default, so that a script may say it in any setup.
        """
        provider = self._provider.name
        if name is None or name == DEFAULT:
            if self._chosen is None and len(self._found) > 1:
                raise NotConfigured(
                    f"Integration '{provider}' has several accounts and none of them is the default: "
                    f"{', '.join(self._found)}. Name one in the call, or set `default` in the configuration."
                )
            name = self._chosen or DEFAULT
        if name not in self._found and (name != DEFAULT or self._found):
            known = ", ".join(self.names) or "none"
            raise UnknownName(
                f"Unknown account '{name}' of integration '{provider}'. Known accounts: {known}."
                + did_you_mean(name, self._found)
            )
        values = self._found.get(name, {})
        for key in values:
            if key not in self._field_names():  # a misspelt address would bring the default one the token
                hint = did_you_mean(key, self._field_names()) or f" Fields: {', '.join(self._field_names())}"
                raise NotConfigured(f"Account '{name}' of integration '{provider}' has no field '{key}'.{hint}")
        missing = self.missing(name)
        if missing:
            variables = ", ".join(variable(provider, name, field) for field in missing)
            settings = " ".join(f"--set {field}=..." for field in missing)
            option = "" if name == DEFAULT else f" --account {name}"
            raise NotConfigured(
                f"Integration '{provider}' is missing required credentials for account '{name}'. "
                f"Missing: {', '.join(missing)}. Set {variables} in the environment, "
                f"or run `kosmo integrations:configure {provider}{option} {settings}`."
            )
        defaults = {f.name: f.default for f in self._provider.fields if f.default is not None}
        return Account(provider, name, {**defaults, **{key: value for key, value in values.items() if value}})

    def missing(self, name: str) -> Tuple[str, ...]:
        """Return the names of the required fields that an account lacks."""
        values = self._found.get(name, {})
        return tuple(f.name for f in self._provider.fields if f.required and not (values.get(f.name) or f.default))

    def given(self, name: str) -> Tuple[str, ...]:
        """Return the names of the fields that are set for an account."""
        return tuple(key for key, value in self._found.get(name, {}).items() if value)

    def secrets(self) -> Tuple[str, ...]:
        """Return every secret value of every account: what must not leave the program in any text."""
        names = {f.name for f in self._provider.fields if f.secret}
        names.update(key for values in self._found.values() for key in values if key not in self._field_names())
        found = [v for values in self._found.values() for key, v in values.items() if key in names and v]
        return tuple(found + [password for password in map(_password, found) if password])

    def _field_names(self) -> Tuple[str, ...]:
        return tuple(f.name for f in self._provider.fields)


def _password(text: str) -> Optional[str]:
    """Return the password in an address such as a proxy's, which libraries take apart."""
    try:
        return urlsplit(text).password
    except ValueError:
        return None


def variable(provider: str, account: str, field: str) -> str:
    """Return the environment variable of an account's field.

    >>> variable("sentry", "default", "token"), variable("sentry", "work", "token")
    ('SENTRY_TOKEN', 'SENTRY_WORK_TOKEN')
    """
    parts = [provider, field] if account == DEFAULT else [provider, account, field]
    return "_".join(_upper(part) for part in parts)


def _upper(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "_", name).upper()


def _identifies(provider: Provider, values: Mapping[str, str]) -> bool:
    """Tell whether values make an account: all fields that have no default and are required, or any if none is."""
    required = [f.name for f in provider.fields if f.required and f.default is None]
    return all(name in values for name in required) if required else bool(values)


def _from_environment(
    provider: Provider, known: Mapping[str, object], environment: Mapping[str, str]
) -> Tuple[Dict[str, str], Dict[str, Dict[str, str]]]:
    """Return the fields of the bare variables, and those of the variables with an account in their name."""
    spellings = {_upper(f.name): f.name for f in provider.fields}
    for spelling, other in (("TOKEN", "AUTH_TOKEN"), ("AUTH_TOKEN", "TOKEN")):
        if spelling in spellings:
            spellings.setdefault(other, spellings[spelling])
    prefix = _upper(provider.name) + "_"
    names = {_upper(name): name for name in known if name != DEFAULT}
    bare: Dict[str, str] = {}
    named: Dict[str, Dict[str, str]] = {}
    for key, value in environment.items():
        if not key.startswith(prefix) or not value:
            continue
        rest = key[len(prefix) :]
        # The longest spelling counts: WORK_AUTH_TOKEN is the account `work`, not `work_auth`.
        fitting = [s for s in spellings if rest == s or (rest.endswith("_" + s) and len(rest) > len(s) + 1)]
        if fitting:
            spelling = max(fitting, key=len)
            account = rest[: -len(spelling) - 1]
            values = named.setdefault(names.get(account, account.lower()), {}) if account else bare
            field = spellings[spelling]
            if field not in values or _upper(field) == spelling:  # the field's own spelling goes before the other one
                values[field] = value
    complete = {n: v for n, v in named.items() if n in known or _identifies(provider, v)}
    return bare, complete
