"""The configuration file: which integrations are on, their accounts and their permissions.

The file is `config.toml` or `config.json` in `$XDG_CONFIG_HOME/kosmo` (`~/.config/kosmo`), or the one that `--config`
or `KOSMO_CONFIG` names; the ending tells the form. Both forms hold the same::

    [integrations.sentry]
    enabled = true
    default = "work"                     # the account that calls without an account use

    [integrations.sentry.permissions]
    read = "allow"
    write = "ask"

    [integrations.sentry.accounts.work]
    auth_token = "..."
    url = "https://sentry.example.com"
"""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple

from minilua.host.errors import UsageError
from minilua.host.permissions import ANSWERS, Permissions


class IntegrationSettings(NamedTuple):
    """What the file says about one integration; `accounts` maps account names to their settings."""

    enabled: bool = True
    default: Optional[str] = None
    permissions: Permissions = Permissions()
    accounts: Mapping[str, Mapping[str, str]] = MappingProxyType({})

    def __repr__(self) -> str:
        return f"<IntegrationSettings of {len(self.accounts)} accounts>"  # which hold tokens


class Config(NamedTuple):
    """A configuration file as read; `path` is None where there is none, `warnings` are for standard error."""

    path: Optional[str] = None
    integrations: Mapping[str, IntegrationSettings] = MappingProxyType({})
    warnings: Tuple[str, ...] = ()

    def integration(self, name: str) -> IntegrationSettings:
        """Return the settings of an integration, the default ones where the file has none."""
        return self.integrations.get(name, IntegrationSettings())


def directory(environment: Mapping[str, str]) -> str:
    """Return the folder of the configuration file."""
    base = environment.get("XDG_CONFIG_HOME", "")
    if not os.path.isabs(base):  # the XDG specification: relative paths are to be ignored
        base = os.path.join(environment.get("HOME") or os.path.expanduser("~"), ".config")
    return os.path.join(base, "kosmo")


def locate(environment: Mapping[str, str], named: Optional[str] = None) -> Tuple[str, bool]:
    """Return the path of the configuration file and whether it exists; a file that is named must exist."""
    named = named or environment.get("KOSMO_CONFIG")
    if named:
        return named, os.path.exists(named)
    toml, plain = (os.path.join(directory(environment), "config" + ending) for ending in (".toml", ".json"))
    if os.path.exists(toml) and os.path.exists(plain):
        raise UsageError(f"Two configuration files: {toml} and {plain}. Keep one of them.")
    return (toml, True) if os.path.exists(toml) else (plain, os.path.exists(plain))


def load(environment: Mapping[str, str], named: Optional[str] = None) -> Config:
    """Read the configuration file; without one, every integration has its default settings."""
    path, exists = locate(environment, named)
    if not exists:
        if named or environment.get("KOSMO_CONFIG"):
            raise UsageError(f"Configuration file not found: {path}")
        return Config()
    config = understood(read(path), path)
    holds_accounts = any(settings.accounts for settings in config.integrations.values())
    return config._replace(warnings=_exposure(path) if holds_accounts else ())


def read(path: str) -> Dict[str, Any]:
    """Return the contents of a configuration file, TOML or JSON by its ending."""
    try:
        with open(path, "rb") as file:
            content = file.read().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"Configuration file {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"Configuration file {path} is not UTF-8") from None
    try:
        data = _from_toml(content, path) if path.endswith(".toml") else _from_json(content)
    except ValueError as error:  # json's and tomllib's errors both are
        raise UsageError(f"Configuration file {path} is not valid: {error}") from None
    except RecursionError:
        raise UsageError(f"Configuration file {path} is not valid: it is nested too deeply") from None
    if not isinstance(data, dict):
        raise UsageError(f"Configuration file {path} is not valid: the whole must be an object")
    return data


def _from_json(content: str) -> Any:
    import json

    return json.loads(content)


def _from_toml(content: str, path: str) -> Any:
    try:
        import tomllib
    except ImportError:  # before Python 3.11
        try:
            import tomli as tomllib  # type: ignore[import-not-found,no-redef,unused-ignore]
        except ImportError:
            raise UsageError(
                f"Configuration file {path}: reading TOML needs Python 3.11 or the package tomli. "
                "Install tomli, or write the same settings as config.json."
            ) from None
    return tomllib.loads(content)


def understood(data: Mapping[str, Any], path: str) -> Config:
    """Return what the contents of a file mean, or raise `UsageError` that names what is wrong in them."""

    def fail(why: str) -> UsageError:
        return UsageError(f"Configuration file {path}: {why}")

    def mapping(value: Any, where: str, known: Tuple[str, ...] = ()) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise fail(f"{where} must be a table")
        for key in value:
            if known and key not in known:
                raise fail(f"unknown key '{key}' in {where} (known: {', '.join(known)})")
        return value

    integrations: Dict[str, IntegrationSettings] = {}
    for name, raw in mapping(
        mapping(data, "the file", ("integrations",)).get("integrations", {}), "integrations"
    ).items():
        where = f"integrations.{name}"
        raw = mapping(raw, where, ("enabled", "default", "permissions", "accounts"))
        enabled, default = raw.get("enabled", True), raw.get("default")
        if not isinstance(enabled, bool):
            raise fail(f"{where}.enabled must be true or false")
        if default is not None and not isinstance(default, str):
            raise fail(f"{where}.default must be the name of an account")
        answers = mapping(raw.get("permissions", {}), f"{where}.permissions", ("read", "write"))
        for operation, answer in answers.items():
            if answer not in ANSWERS:
                raise fail(f"{where}.permissions.{operation} must be one of {', '.join(ANSWERS)}")
        accounts: Dict[str, Mapping[str, str]] = {}
        for account, settings in mapping(raw.get("accounts", {}), f"{where}.accounts").items():
            for key, value in mapping(settings, f"{where}.accounts.{account}").items():
                if not isinstance(value, str):
                    raise fail(f"{where}.accounts.{account}.{key} must be a string")
            accounts[account] = settings
        integrations[name] = IntegrationSettings(enabled, default, Permissions(**answers), accounts)
    return Config(path, integrations)


def _exposure(path: str) -> Tuple[str, ...]:
    """Warn of a file that others can read, or write: another `url` would bring them the token.

    On Windows the mode says nothing about that.
    """
    mode = os.stat(path).st_mode if os.name == "posix" else 0
    if not mode & 0o066:
        return ()
    can = "read" if mode & 0o044 else "changed"
    return (f"Configuration file {path} holds credentials and can be {can} by other users: run `chmod 600 {path}`",)


def save(path: str, data: Mapping[str, Any]) -> None:
    """Write a JSON configuration file that only its owner can read, replacing the old one in one step."""
    import json
    import tempfile

    path = os.path.realpath(path)  # a link stays one
    folder = os.path.dirname(path)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".config-")  # mode 0600 from the start
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(data, file, indent=2, ensure_ascii=False)
                file.write("\n")
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise UsageError(f"Configuration file {path} cannot be written: {error.strerror}") from None
