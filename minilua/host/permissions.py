"""The permission policy: may an integration be read from, and may it be written to."""

from __future__ import annotations

from typing import NamedTuple

from minilua.host.errors import PermissionDenied

ALLOW, ASK, DENY = "allow", "ask", "deny"
ANSWERS = (ALLOW, ASK, DENY)


class Permissions(NamedTuple):
    """What one integration may do: "allow", "ask" or "deny" for reading and for writing.

    >>> Permissions().check("sentry", "write")
    Traceback (most recent call last):
    minilua.host.errors.PermissionDenied: Integration 'sentry' write requires approval. ...
    """

    read: str = ALLOW
    write: str = ASK

    def answer(self, operation: str) -> str:
        """Return the answer of the policy to an operation, "read" or "write"."""
        return self.write if operation == "write" else self.read

    def check(self, integration: str, operation: str) -> None:
        """Raise `PermissionDenied` unless the operation is allowed; a headless run cannot ask anybody."""
        answer = self.answer(operation)
        if answer == DENY:
            raise PermissionDenied(
                f"Integration '{integration}' {operation} access denied. The policy for {operation} calls is deny: "
                f"change it with `kosmo integrations:configure {integration} --{operation}=allow`, "
                "or pass --force to bypass it for this run."
            )
        if answer == ASK:
            raise PermissionDenied(
                f"Integration '{integration}' {operation} requires approval. Nobody can be asked in a headless run: "
                f"pass --force to approve this run, or allow {operation} calls with "
                f"`kosmo integrations:configure {integration} --{operation}=allow`."
            )
