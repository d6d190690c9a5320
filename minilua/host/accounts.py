"""Accounts: the credentials and settings that one connection to a provider uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping


@dataclass(frozen=True, repr=False)
class Account:
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
