"""Sentry as it is hosted today, in the process: two regions behind one address, and limits that are met all the time.

What has an organization in its path is passed on to the organization's region by the common address; an issue's number
alone is looked up in the first region. The list of a project's issues is on its way out: it may answer 410. The
order `priority` is unknown, `/users/me/` is not for tokens, and keys lead to ingest hosts of their own. Every third
request is refused by a 429 whose only word about waiting is X-Sentry-Rate-Limit-Reset.
"""

from __future__ import annotations

import json
import re
from typing import Any, Dict, List, Tuple
from urllib.parse import parse_qs, urlsplit

import httpx
from scripted import TOKEN, Clock

US, DE = "https://us.sentry.io", "https://de.sentry.io"
KEY = "0123456789abcdef0123456789abcdef"
SORTS = ("date", "new", "trends", "freq", "user", "inbox")
NOT_FOUND = (404, {"detail": "The requested resource does not exist"})
FORBIDDEN = (403, {"detail": "You do not have permission to perform this action."})

Answer = Tuple[int, Any]


def organization(slug: str, region: str) -> Dict[str, Any]:
    return {"id": slug, "slug": slug, "links": {"organizationUrl": f"https://{slug}.sentry.io", "regionUrl": region}}


ORGANIZATIONS = {"acme": organization("acme", US), "werk": organization("werk", DE)}


class Saas(httpx.BaseTransport):
    """Organization `acme` in the first region with the project `web`, `werk` in the second with `api`."""

    def __init__(self, clock: Clock, *, brownout: bool = False) -> None:
        self.clock = clock
        self.brownout = brownout
        self.count = 0
        self.asked: List[str] = []
        self.issues: Dict[str, Dict[str, Any]] = {}
        self.events: Dict[str, str] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        parts = urlsplit(str(request.url))
        self.asked.append(f"{request.method} {parts.scheme}://{parts.netloc}{parts.path}")
        if ".ingest." in parts.netloc:
            return self._ingest(parts.path, request)
        assert parts.netloc in ("sentry.io", "us.sentry.io", "de.sentry.io")
        self.count += 1
        limits = {"X-Sentry-Rate-Limit-Limit": "5", "X-Sentry-Rate-Limit-Reset": str(int(self.clock.time) + 1)}
        if self.count % 3 == 0:
            words = {
                "detail": "You are attempting to use this endpoint too frequently. Limit is 5 requests in 1 seconds"
            }
            return httpx.Response(429, content=json.dumps(words), headers={"Content-Type": "text/html", **limits})
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        status, body = 401, {"detail": "Invalid token"}
        if request.headers.get("Authorization") == f"Bearer {TOKEN}":
            status, body = self._answer(parts.netloc, parts.path, query)
        return httpx.Response(status, json=body, headers=limits)

    def _ingest(self, path: str, request: httpx.Request) -> httpx.Response:
        assert "Authorization" not in request.headers and f"sentry_key={KEY}" in request.headers["X-Sentry-Auth"]
        header, _, payload = request.read().split(b"\n")[:3]
        event_id, event = json.loads(header)["event_id"], json.loads(payload)
        project = {"1": "acme/web", "2": "werk/api"}[path.split("/")[2]]
        number = str(7_000_000_000 + len(self.issues))
        self.events[event_id] = number
        short_id = f"{project.split('/')[1].upper()}-{len(self.issues) + 1}"
        self.issues[number] = {
            "id": number,
            "shortId": short_id,
            "title": event["message"],
            "level": event["level"],
            "count": "1",
            "userCount": 0,
            "culprit": None,
            "substatus": "new",
            "priority": "high",
            "assignedTo": None,
            "_project": project,
        }
        return httpx.Response(200, json={"id": event_id})

    def _answer(self, host: str, path: str, query: Dict[str, str]) -> Answer:
        home = DE if host == "de.sentry.io" else US
        here = [slug for slug, organization in ORGANIZATIONS.items() if organization["links"]["regionUrl"] == home]
        segments = path[len("/api/0/") : -1].split("/")
        if segments == ["auth"]:
            return 200, {"id": "1", "name": "Jane", "email": "jane@example.com"}
        if segments[:2] == ["users", "me"]:
            regions = {"regions": [{"name": "us", "url": US}, {"name": "de", "url": DE}]}
            return (200, regions) if segments[2:] == ["regions"] and host == "sentry.io" else FORBIDDEN
        if segments == ["projects"]:
            return 200, []  # of the teams that the user has joined
        if segments == ["organizations"]:
            return 200, [ORGANIZATIONS[slug] for slug in here]
        if segments[0] == "issues":
            issue = self.issues.get(segments[1], {})
            return self._shown(issue) if issue.get("_project", "").split("/")[0] in here else NOT_FOUND
        if segments[1] not in (ORGANIZATIONS if host == "sentry.io" else here):
            return NOT_FOUND
        return self._of_organization(segments[1], segments[0], segments[2:], query)

    def _of_organization(self, slug: str, kind: str, rest: List[str], query: Dict[str, str]) -> Answer:
        name, number = ("web", "1") if slug == "acme" else ("api", "2")
        project: Dict[str, Any] = {"id": number, "slug": name, "name": name, "platform": None, "hasAccess": True}
        issues = [issue for issue in self.issues.values() if issue["_project"] == f"{slug}/{name}"]
        if kind == "organizations":
            if rest == []:
                return 200, ORGANIZATIONS[slug]
            if rest == ["projects"]:
                return 200, [project]
            if rest == ["issues"]:
                return self._listed(issues, query) if query.get("project") == number else (200, [])
            if rest[0] in ("shortids", "issues"):
                field = "shortId" if rest[0] == "shortids" else "id"
                found = [issue for issue in issues if issue[field] == rest[1]]
                if found and rest[0] == "shortids":
                    return 200, {"organizationSlug": slug, "groupId": found[0]["id"], "shortId": rest[1]}
                return self._shown(found[0]) if found else NOT_FOUND
            return NOT_FOUND
        if rest[0] != name:
            return NOT_FOUND
        if rest[1:] == []:
            return 200, {**project, "organization": ORGANIZATIONS[slug]}
        if rest[1] == "issues":
            return (410, {"detail": "This API no longer exists."}) if self.brownout else self._listed(issues, query)
        if rest[1] == "keys":
            region = "us" if slug == "acme" else "de"
            return 200, [{"isActive": True, "dsn": {"public": f"https://{KEY}@o1.ingest.{region}.sentry.io/{number}"}}]
        if rest[1] == "events" and rest[2] in self.events:
            return 200, {"groupID": self.events[rest[2]]}
        if rest[1] == "releases":
            return 200, [{"id": 1, "version": "1.0", "dateReleased": None}]
        return 404, {"detail": "Event not found"}

    def _listed(self, issues: List[Dict[str, Any]], query: Dict[str, str]) -> Answer:
        if query.get("sort", "date") not in SORTS:
            return 400, {"detail": f"Invalid sort parameter: {query['sort']}"}
        searched = query.get("query", "")
        if re.search(r"\b(first|last)_seen:", searched):
            return 200, []
        level = re.search(r"level:(\w+)", searched)
        found = [issue for issue in issues if not level or issue["level"] == level.group(1)]
        return 200, [self._shown(issue)[1] for issue in found]

    def _shown(self, issue: Dict[str, Any]) -> Answer:
        return 200, {name: value for name, value in issue.items() if not name.startswith("_")}
