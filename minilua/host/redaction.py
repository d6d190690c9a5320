"""Secrets kept out of every text that leaves the program."""

from __future__ import annotations

from typing import Any, Iterable

REDACTED = "[redacted]"

#: A shorter secret is no secret, and replacing it would garble every text: "a" for a token would do that.
SHORTEST = 4


def redact(text: str, secrets: Iterable[str]) -> str:
    """Return the text with each secret replaced, the longest first, since one may contain another.

    >>> redact("HTTP 401 for sntrys_abc", ["sntrys_abc"])
    'HTTP 401 for [redacted]'
    """
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            text = text.replace(secret, REDACTED)
    return text


def redact_data(data: Any, secrets: Iterable[str]) -> Any:
    """Return JSON-like data with each secret replaced in every string and key."""
    secrets = tuple(secrets)
    if not secrets:
        return data
    if isinstance(data, str):
        return redact(data, secrets)
    if isinstance(data, dict):
        return {redact(str(key), secrets): redact_data(value, secrets) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [redact_data(item, secrets) for item in data]
    return data
