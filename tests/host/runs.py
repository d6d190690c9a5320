"""Runs of the command in this process, and what they came to."""

from __future__ import annotations

import io
import json
from typing import Any, Dict, NamedTuple, Optional

from tracker import SECRET, Tracker

from minilua.host.command import main
from minilua.host.providers import Providers


class Run(NamedTuple):
    """What one run of the command came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Kosmo:
    """The command with the tracker installed and credentials for it in the environment; the home folder is empty."""

    def __init__(self, tracker: Tracker, home: str) -> None:
        self.environment: Dict[str, str] = {"HOME": home, "TRACKER_TOKEN": SECRET}
        self.providers = Providers.of(tracker.provider)

    def __call__(self, *argv: str, stdin: Optional[str] = None) -> Run:
        out, err = io.StringIO(), io.StringIO()
        given = io.StringIO(stdin or "")
        status = main(argv, given, out, err, self.environment, self.providers)
        assert SECRET not in out.getvalue() + err.getvalue()
        assert "Traceback (most recent" not in out.getvalue() + err.getvalue()
        return Run(status, out.getvalue(), err.getvalue())

    def eval(self, code: str, *argv: str) -> Run:
        return self("integrations:lua", "--eval", code, *argv)
