"""A GlitchTip in the process, which answers as one of December 2025 did, with all that it does differently from Sentry.

Lists have a Link header that is a Python set in text; searches take what has a colon for a tag, and what comes after
the first other word for text; orders are its own, and others a 422; what it does not know is a web page, with 200 where
the path looks like one of its pages; a project that is not there has empty lists; keys do not say whether they are
active. One of up to version 4.0, an early one, passes over orders that it does not know, has `-created` for the newest
first, takes a level for a tag, and calls an event's issue so.
"""

from __future__ import annotations

import json
import re
import shlex
from typing import Any, Dict, Iterable, List, Optional, Tuple
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
from scripted import TOKEN, Clock

ORIGIN = "https://glitchtip.example"
KEY = "62f713b2b6b54ec8a401660b65d58819"
ORDERS = ("last_seen", "first_seen", "count", "priority")
MOMENT = re.compile(r"now-(\d+)([mhd])|\d{4}-\d\d-\d\d.*")
PAGE = b"<!doctype html>\n<html><head><title>GlitchTip</title></head></html>"
USER = {"id": "1", "username": "jane@example.com", "email": "jane@example.com", "name": "Jane Schmidt"}

Answer = Tuple[int, Any]


class GlitchTip(httpx.BaseTransport):
    """One organization, `acme-corp`, with the projects `web` and `api-unicode`, whose platform is null."""

    def __init__(self, clock: Clock, *, early: bool = False) -> None:
        self.clock = clock
        self.early = early
        self.requests: List[str] = []
        self.issues: List[Dict[str, Any]] = []
        self.events: Dict[str, Dict[str, Any]] = {}
        self.unready: List[str] = []
        self.releases = [
            {"version": f"web@1.{n}.0", "dateReleased": None if n < 6 else "2026-11-23T15:01:45.189Z", "ref": None}
            for n in (6, 5, 4, 3, 2, 1, 0)
        ]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        parts = urlsplit(str(request.url))
        self.requests.append(f"{request.method} {parts.path}")
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        if request.method == "POST":
            status, body = self._post(parts.path, request)
        elif request.headers.get("Authorization") != f"Bearer {TOKEN}":
            status, body = 401, {"detail": "Unauthorized"}
        else:
            status, body = self._get(parts.path, query)
        if isinstance(body, bytes):
            return httpx.Response(status, content=body, headers={"Content-Type": "text/html; charset=utf-8"})
        if status == 200 and isinstance(body, list):
            return self._page(str(request.url), body, query)
        return httpx.Response(status, json=body)

    def _page(self, url: str, items: List[Any], query: Dict[str, str]) -> httpx.Response:
        start, size = int(query.get("cursor", 0)), min(int(query.get("limit", 50)), 100)
        end = start + size
        after = f'<{url.partition("?")[0]}?cursor={end}>; rel="next"; results="true"; cursor="{end}"'
        if end >= len(items):
            after = f'<{url}>; rel="next"; results="false"'
        link = {f'<{url}>; rel="previous"; results="false", {after}'}
        return httpx.Response(200, json=items[start:end], headers={"Link": str(link)})

    def _get(self, path: str, query: Dict[str, str]) -> Answer:
        projects = {project["slug"]: project for project in self._projects()}
        if path == "/api/0/":
            return 200, {"version": "0", "user": USER, "auth": {"id": 1, "token": TOKEN}}
        if path == "/api/0/users/me/":
            return 200, USER
        if path == "/api/0/organizations/":
            return 200, [ORGANIZATION]
        if path in ("/api/0/projects/", "/api/0/organizations/acme-corp/projects/"):
            return 200, list(projects.values())
        found = re.fullmatch(r"/api/0/issues/(\d+)/", path)
        if found:
            return _one(issue for issue in self.issues if issue["id"] == found.group(1))
        found = re.fullmatch(r"/api/0/projects/([\w-]+)/([\w-]+)/(?:(\w+)/)?(?:([\w-]+)/)?", path)
        if not found:
            looks_like_a_page = re.search(r"/(issues|settings|performance|projects|releases)", path)
            return (200 if looks_like_a_page else 404), PAGE
        organization, slug, what, which = found.groups()
        project = projects.get(slug) if organization == "acme-corp" else None
        if what == "issues":
            return self._search(slug if project else "", query)
        if what == "releases":
            return 200, self.releases if slug == "web" else []
        if what == "keys":
            dsn = {"public": f"https://{KEY}@glitchtip.example/{project['id']}"} if project else {}
            return 200, [{"id": str(UUID(KEY)), "label": "", "dsn": dsn}] if project else []
        if what == "events" and which:
            if which in self.unready:
                self.unready.remove(which)
                return 404, {"detail": "Not Found"}
            return _one(event for event in self.events.values() if event["id"] == which)
        return (200, project) if project else (404, {"detail": "Not Found"})

    def _projects(self) -> List[Dict[str, Any]]:
        return [
            {
                "id": "2",
                "slug": "api-unicode",
                "name": "API — ünïcode 💥",
                "platform": None,
                "organization": ORGANIZATION,
            },
            {"id": "1", "slug": "web", "name": "Web", "platform": "python", "organization": ORGANIZATION},
        ]

    def _search(self, slug: str, query: Dict[str, str]) -> Answer:
        order = query.get("sort", "-last_seen")
        orders = ("last_seen", "created", "count", "priority") if self.early else ORDERS
        if order.lstrip("-") not in orders or order.startswith("--"):
            if not self.early:
                complaint = {"type": "literal_error", "loc": ["query", "sort"], "msg": "Input should be ..."}
                return 422, {"detail": [complaint]}
            order = "-last_seen"
        found = [issue for issue in self.issues if issue["project"]["slug"] == slug]
        for name, sign in (("start", 1), ("end", -1)):
            if name in query:
                if not MOMENT.fullmatch(query[name]):
                    return 422, {"detail": [{"loc": ["query", name], "msg": "Input should be a valid datetime"}]}
                found = [issue for issue in found if sign * (issue["_first"] - self._time(query[name])) >= 0]
        try:
            terms = shlex.split(query.get("query", ""))
        except ValueError:
            return 500, b"<!doctype html>\n<html lang=en><head><title>Server Error (500)</title></head></html>"
        while terms and ":" in terms[0]:
            key, _, value = terms.pop(0).partition(":")
            if key == "is" or (key == "level" and not self.early):
                field = "status" if key == "is" else "level"
                found = [issue for issue in found if issue[field] == value]
            elif key == "has":
                found = [issue for issue in found if value in issue["_tags"]]
            else:
                found = [issue for issue in found if issue["_tags"].get(key) == value]
        found = [issue for issue in found if all(word.lower() in issue["title"].lower() for word in terms)]
        keys = {"last_seen": "_last", "first_seen": "_first", "created": "_first"}
        found.sort(key=lambda issue: float(issue[keys.get(order.lstrip("-"), "_count")]), reverse=order.startswith("-"))
        return 200, [_shown(issue) for issue in found]

    def _time(self, moment: str) -> float:
        number, unit = MOMENT.fullmatch(moment).groups()  # type: ignore[union-attr]
        return self.clock.time - int(number) * {"m": 60, "h": 3600, "d": 86400}[unit]

    def _post(self, path: str, request: httpx.Request) -> Answer:
        found = re.fullmatch(r"/api/(\d+)/envelope/", path)
        if not found:
            return 405, {"detail": "Method not allowed"}
        assert "Authorization" not in request.headers
        if f"sentry_key={KEY}" not in request.headers.get("X-Sentry-Auth", ""):
            return 403, {"detail": "Denied"}
        header, item, payload = request.read().split(b"\n")[:3]
        assert json.loads(item)["length"] == len(payload)
        event, event_id = json.loads(payload), json.loads(header)["event_id"]
        if event_id not in self.events:
            self._store(event_id, event, found.group(1))
        return 200, {"id": event_id}

    def _store(self, event_id: str, event: Dict[str, Any], number: str) -> None:
        self.clock.time += 1.0
        project = next(project for project in self._projects() if project["id"] == number)
        tags = {**event.get("tags", {}), **{key: event[key] for key in ("environment", "release") if key in event}}
        same = [issue for issue in self.issues if issue["_hash"] == (number, event["fingerprint"])]
        issue: Dict[str, Any] = same[0] if same else {"_hash": (number, event["fingerprint"]), "_count": 0, "_tags": {}}
        if not same:
            mine = [other for other in self.issues if other["project"]["id"] == number]
            issue.update(id=str(len(self.issues) + 1), shortId=f"{project['slug'].upper()}-{len(mine) + 1}")
            issue.update(
                _first=self.clock.time, project=project, title=event["message"], culprit="", level=event["level"]
            )
            self.issues.append(issue)
        issue["_tags"].update(tags)
        issue.update(
            _last=self.clock.time, _count=issue["_count"] + 1, status="unresolved", userCount=0, type="default"
        )
        issue["count"] = str(issue["_count"])
        self.unready.append(event_id)
        self.events[event_id] = {
            "id": event_id,
            **({"issue": int(issue["id"])} if self.early else {"groupID": issue["id"]}),
            "tags": [{"key": key, "value": value} for key, value in tags.items()],
            "context": event.get("extra"),
        }


ORGANIZATION = {"id": "1", "slug": "acme-corp", "name": "Acme Corp", "isEarlyAdopter": False}


def _one(found: Iterable[Dict[str, Any]]) -> Answer:
    item: Optional[Dict[str, Any]] = next(iter(found), None)
    return (200, _shown(item)) if item else (404, {"detail": "Not Found"})


def _shown(item: Dict[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in item.items() if not name.startswith("_")}
