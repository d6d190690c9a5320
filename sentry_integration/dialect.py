"""What differs between servers that speak Sentry's API, found out by asking and remembered for the session.

Three dialects are known: current Sentry, GlitchTip, and legacy Sentry up to about 10. Nothing in an answer names the
server reliably, so a request that only some of them understand is tried in each one's spelling.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional

from sentry_integration.faults import Fault

Items = List[Dict[str, Any]]

# GlitchTip's plain "priority" is ascending and accepted, so that spelling comes last.
_SORTS: Dict[str, Dict[str, str]] = {
    "current": {"date": "date", "freq": "freq", "new": "new", "priority": "trends"},
    "glitchtip": {"date": "-last_seen", "freq": "-count", "new": "-first_seen", "priority": "-priority"},
    "legacy": {"date": "date", "freq": "freq", "new": "new", "priority": "priority"},
}


class Dialect:
    """One server's dialect, as far as it is known: `possible` shrinks with each answer.

    `refused_projects` is how the server refused to list projects other than under organizations,
    `issues_of_organization` is set once it proved to list issues under organizations alone, and `user_path` once one
    of the user endpoints has answered.
    """

    def __init__(self) -> None:
        self.possible = list(_SORTS)
        self.refused_projects: Optional[Fault] = None
        self.issues_of_organization = False
        self.user_path: Optional[str] = None

    @property
    def may_be_glitchtip(self) -> bool:
        """Whether the server may be a GlitchTip, by what is known."""
        return "glitchtip" in self.possible

    @staticmethod
    def is_glitchtips(order: str) -> bool:
        """Whether only a GlitchTip understands the name of an order."""
        return order in _SORTS["glitchtip"].values()

    def sorted_list(self, sort: str, ask: Callable[[str, bool], Items]) -> Items:
        """A list in the order `sort`; `ask(name, patient)` asks for it with the server's name of that order.

        Raises:
            Fault: the first refusal, where no spelling is understood.
        """
        names = list(dict.fromkeys(_SORTS[dialect][sort] for dialect in self.possible))
        refusals: List[Fault] = []
        remaining = self.possible
        for name in names:
            # Legacy Sentry fails with 500 at an order that it does not know: no reason then to ask again.
            known_to_legacy = len(names) == 1 or name in _SORTS["legacy"].values()
            try:
                found = ask(name, known_to_legacy)
            except Fault as fault:
                if fault.kind == "argument":  # not the server's word, so that only the refusals before it count
                    self.possible = remaining
                if not _may_mean_the_order(fault, known_to_legacy):
                    raise
                refusals.append(fault)
                remaining = [dialect for dialect in remaining if _SORTS[dialect][sort] != name]
            else:
                self.possible = [dialect for dialect in self.possible if _SORTS[dialect][sort] == name]
                return found
        raise refusals[0]


def _may_mean_the_order(fault: Fault, known_to_legacy: bool) -> bool:
    if fault.kind != "status":
        return False
    if fault.status == 500:
        return not known_to_legacy
    words = fault.words.lower()
    return fault.status in (400, 422) and ("sort" in words or "query" not in words)
