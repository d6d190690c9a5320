"""What can go wrong between a workflow and its integrations::

Exception
 └── HostError              its text is what a script gets through pcall, and what the command prints
      ├── UnknownName       no such provider, function, account, page or server
      ├── InvalidArguments  arguments that do not fit a function's parameters
      ├── PermissionDenied  the policy says deny, or ask where nobody can answer
      ├── NotConfigured     an integration that is switched off or lacks credentials
      └── UsageError        the command line, the configuration or the script file is unusable: exit status 2
 └── OutputLost            standard output takes no more text: nothing that a script or a report could tell of
"""

from __future__ import annotations

from typing import Optional


class HostError(Exception):
    """A failure that is explained in full by its text."""


class UnknownName(HostError):
    """Nothing goes by the name that was asked for; the text lists or suggests what does."""


class InvalidArguments(HostError):
    """The arguments of a call do not fit the function's parameters."""


class PermissionDenied(HostError):
    """The permission policy does not let the call through."""


class NotConfigured(HostError):
    """The integration is switched off, or the account lacks credentials."""


class UsageError(HostError):
    """The command cannot start: bad arguments, configuration or script file."""


class OutputLost(Exception):
    """Standard output takes no more text. `why` is None where its reader has gone, as `head` does."""

    def __init__(self, why: Optional[str]) -> None:
        super().__init__(why)
        self.why = why
