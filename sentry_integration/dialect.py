"""What differs between servers that speak Sentry's API, found out by asking and remembered for the session.

Four dialects are known: current Sentry, legacy Sentry up to about 10, GlitchTip, and early GlitchTip up to 4.0. Nothing
in an answer names the server reliably, so a request that only some of them understand is tried in each one's spelling.
Early GlitchTip refuses nothing: what it does not know it passes over. That it is one shows in its links.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional

from sentry_integration.faults import Fault

Items = List[Dict[str, Any]]

# GlitchTip's plain "priority" is ascending and accepted, so that spelling comes last.
_SORTS: Dict[str, Dict[str, str]] = {
    "current": {"date": "date", "freq": "freq", "new": "new", "priority": "trends"},
    "early glitchtip": {"date": "-last_seen", "freq": "-count", "new": "-created", "priority": "-priority"},
    "glitchtip": {"date": "-last_seen", "freq": "-count", "new": "-first_seen", "priority": "-priority"},
    "legacy": {"date": "date", "freq": "freq", "new": "new", "priority": "priority"},
}


_GLITCHTIPS = ("early glitchtip", "glitchtip")


class Dialect:
    """One server's dialect, as far as it is known: `possible` shrinks with each answer.

    `links_as_glitchtip` is set once a list had links as GlitchTip writes them, `issues_of_organization` once the server
    proved to list issues under organizations alone, and `user_path` once one of the user endpoints has answered.
    `refused_projects` is how the server refused to list projects other than under organizations.
    """

    def __init__(self) -> None:
        self.possible = list(_SORTS)
        self.links_as_glitchtip = False
        self.refused_projects: Optional[Fault] = None
        self.issues_of_organization = False
        self.user_path: Optional[str] = None

    @property
    def may_be_glitchtip(self) -> bool:
        """Whether the server may be a GlitchTip, by what is known."""
        return any(dialect in self.possible for dialect in _GLITCHTIPS)

    def is_early_glitchtip(self, ask: Callable[[str], object]) -> bool:
        """Whether a server with links as GlitchTip's is an early one; `ask(name)` asks for a list in some order."""
        if all(dialect in self.possible for dialect in _GLITCHTIPS):
            found = "early glitchtip"
            try:
                ask(_SORTS["current"]["date"])
            except Fault as fault:
                if fault.status not in (400, 422):
                    raise
                found = "glitchtip"
            self.possible = [found]
        return "early glitchtip" in self.possible

    @staticmethod
    def is_glitchtips(order: str) -> bool:
        """Whether only a GlitchTip understands the name of an order."""
        return any(order in _SORTS[dialect].values() for dialect in _GLITCHTIPS)

    def sorted_list(self, sort: str, ask: Callable[[str, bool], Items]) -> Items:
        """A list in the order `sort`; `ask(name, patient)` asks for it with the server's name of that order.

        Raises:
            Fault: the first refusal, where no spelling is understood.
        """
        names = list(dict.fromkeys(_SORTS[dialect][sort] for dialect in self.possible))
        suspected = self.links_as_glitchtip
        if suspected:
            names.sort(key=self.is_glitchtips, reverse=True)
        refusals: List[Fault] = []
        remaining = self.possible
        for name in names:
            fitting = [dialect for dialect in remaining if _SORTS[dialect][sort] == name]
            if not fitting:
                continue
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
                remaining = [
                    dialect for dialect in remaining if dialect not in fitting and dialect != "early glitchtip"
                ]
            else:
                if self.links_as_glitchtip and not suspected and not self.is_glitchtips(name):
                    return self.sorted_list(sort, ask)  # that it was accepted means nothing
                self.possible = fitting
                return found
        raise refusals[0]


def _may_mean_the_order(fault: Fault, known_to_legacy: bool) -> bool:
    if fault.kind != "status":
        return False
    if fault.status == 500:
        return not known_to_legacy
    words = fault.words.lower()
    return fault.status in (400, 422) and ("sort" in words or "query" not in words)
