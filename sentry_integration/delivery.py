"""Sending an event to a project's ingest address, by the newest way the server takes."""

from __future__ import annotations

from typing import Any, List, Mapping

from sentry_integration import events
from sentry_integration.address import Ingest
from sentry_integration.faults import Fault
from sentry_integration.http import Http
from sentry_integration.patience import Budget


class Delivery:
    """Sends events; remembers which servers are too old for envelopes."""

    def __init__(self, http: Http) -> None:
        self._http = http
        self._without_envelopes: List[str] = []

    def send(self, target: Ingest, event_id: str, payload: Mapping[str, Any], budget: Budget) -> None:
        """Send an event once: however often it is attempted, `event_id` is the same and servers keep one.

        Raises:
            Fault: it was refused or could not be sent.
        """
        try:
            self._send(target, event_id, payload, budget)
        except Fault as fault:
            if fault.status is not None:
                fault.kind = "ingest"
            if fault.sent:
                words = f" ({fault.words})" if fault.words else ""
                fault.words = f"the event {event_id} may have arrived all the same{words}"
            raise

    def _send(self, target: Ingest, event_id: str, payload: Mapping[str, Any], budget: Budget) -> None:
        key = events.authorization(target.public_key)
        if target.envelope not in self._without_envelopes:
            body, encoding = events.compressed(events.envelope(event_id, payload))
            headers = {"Content-Type": "application/x-sentry-envelope", **key, **encoding}
            try:
                self._post(target.envelope, headers, body, budget)
            except Fault as fault:
                # Legacy Sentry meets an address that it does not know with a page about CSRF.
                if not (fault.kind == "page" or fault.status in (404, 405)):
                    raise
            else:
                return
            self._without_envelopes.append(target.envelope)
        body, encoding = events.compressed(events.bare(event_id, payload))
        self._post(target.store, {"Content-Type": "application/json", **key, **encoding}, body, budget)

    def _post(self, url: str, headers: Mapping[str, str], body: bytes, budget: Budget) -> None:
        try:
            self._http.post(url, headers, body, budget)
        except Fault as fault:
            if "already exists" not in fault.words:
                raise
            # An earlier attempt arrived although its answer did not.
