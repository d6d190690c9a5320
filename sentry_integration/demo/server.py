"""The demo server: Sentry's paths over a small world of data files, in this process and without network.

It speaks as current Sentry does, and pages more often than a real server, so that what works here works there. What
create_issue makes stays until the process ends.
"""

from __future__ import annotations

import json
import pkgutil
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple
from urllib.parse import parse_qs, unquote, urlsplit

from sentry_integration.demo.search import ORDERS, search

ORIGIN = "https://sentry.example"
ACCOUNTS = ("default", "work", "personal")

Reply = Tuple[int, Mapping[str, str], bytes]
_NOW = datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc)  # the demo's world stands still, so its answers are the same
_LARGEST_PAGE = 10
_MISSING = 404, {"detail": "The requested resource does not exist"}


class DemoServer:
    """One world: `serve` answers a request of any account, by the token it carries."""

    def __init__(self) -> None:
        self.worlds: List[Dict[str, Any]] = []
        for name in ACCOUNTS:
            text = pkgutil.get_data(__package__ or __name__, f"data/{name}.json")
            assert text is not None
            self.worlds.append(_completed(json.loads(text)))
        self._next_id = 5_500_000_001

    def serve(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Answer one request: status, headers and body."""
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        path = [unquote(segment) for segment in parts.path.strip("/").split("/")]
        if path[:2] != ["api", "0"]:
            return _json(*self._ingest(method, path, headers, body))
        token = headers.get("authorization", "").partition(" ")[2]
        world = next((world for world in self.worlds if world["token"] == token), None)
        if world is None:
            return _json(401, {"detail": "Invalid token"})
        if not parts.path.endswith("/"):
            return _json(*_MISSING)
        if method != "GET":
            return _json(405, {"detail": f'Method "{method}" not allowed.'})
        status, answer = self._answer(world, path[2:], query)
        if not isinstance(answer, list):
            return _json(status, answer)
        return _page(answer, query, url)

    def _answer(self, world: Dict[str, Any], path: List[str], query: Mapping[str, str]) -> Tuple[int, Any]:
        if path == ["auth"]:
            return 200, world["user"]
        if path == ["projects"]:
            return 200, [_project(world, project) for project in world["projects"] if _named(project, query)]
        if path == ["organizations"]:
            return 200, [_organization(organization) for organization in world["organizations"]]
        if path[0] == "issues" and len(path) == 2:
            return self._issue(world, lambda issue: issue["id"] == path[1])
        if path[0] == "organizations" and len(path) >= 3 and _found(world["organizations"], path[1]):
            return self._of_organization(world, path[1], path[2:], query)
        if path[0] == "projects" and len(path) >= 3:
            for project in world["projects"]:
                if [project["organization"], project["slug"]] == path[1:3]:
                    return self._of_project(world, project, path[3:], query)
        return _MISSING

    def _of_organization(
        self, world: Dict[str, Any], slug: str, rest: List[str], query: Mapping[str, str]
    ) -> Tuple[int, Any]:
        if rest == ["projects"]:
            projects = [_project(world, project) for project in world["projects"] if _named(project, query)]
            own = [project for project in projects if project.pop("organization")["slug"] == slug]
            return 200, own
        if rest[0] == "shortids" and len(rest) == 2:
            status, issue = self._issue(world, lambda issue: issue["shortId"] == rest[1])
            return (status, issue) if status != 200 else (200, {"groupId": issue["id"], "group": issue})
        return _MISSING

    def _of_project(
        self, world: Dict[str, Any], project: Dict[str, Any], rest: List[str], query: Mapping[str, str]
    ) -> Tuple[int, Any]:
        if not rest:
            return 200, _project(world, project)
        if rest == ["issues"]:
            return self._issues(world, project, query)
        if rest == ["releases"]:
            return 200, [_release(project, release) for release in project["releases"]]
        if rest == ["keys"]:
            host = ORIGIN.replace("://", f"://{_key(project)}@")
            return 200, [{"id": _key(project), "isActive": True, "dsn": {"public": f"{host}/{project['id']}"}}]
        if rest[0] == "events" and len(rest) == 2 and rest[1] in project["events"]:
            return 200, project["events"][rest[1]]
        return _MISSING

    def _issues(self, world: Dict[str, Any], project: Dict[str, Any], query: Mapping[str, str]) -> Tuple[int, Any]:
        order = ORDERS.get(query.get("sort", "date"))
        if order is None:
            return 400, {"detail": f"Invalid sort: {query['sort']}"}
        try:
            found = search(project["issues"], query.get("query", "is:unresolved"), world["user"]["email"])
        except ValueError as error:
            return 400, {"detail": str(error)}
        return 200, [_issue(project, issue) for issue in sorted(found, key=order)]

    def _issue(self, world: Dict[str, Any], wanted: Callable[[Dict[str, Any]], bool]) -> Tuple[int, Any]:
        for project in world["projects"]:
            for issue in filter(wanted, project["issues"]):
                tags = [{"key": key, "name": key.title(), "totalValues": issue["count"]} for key in issue["tags"]]
                return 200, {**_issue(project, issue), "tags": tags, "activity": [], "seenBy": [], "participants": []}
        return _MISSING

    def _ingest(self, method: str, path: List[str], headers: Mapping[str, str], body: bytes) -> Tuple[int, Any]:
        if method != "POST" or len(path) != 3 or path[0] != "api" or path[2] != "envelope":
            return 404, {"detail": "not found"}
        for world in self.worlds:
            for project in world["projects"]:
                if project["id"] == path[1] and f"sentry_key={_key(project)}" in headers.get("x-sentry-auth", ""):
                    event = json.loads(body.split(b"\n")[2])
                    self._take(project, event)
                    return 200, {"id": event["event_id"]}
        return 403, {"detail": "event submission rejected with_reason: ProjectId"}

    def _take(self, project: Dict[str, Any], event: Dict[str, Any]) -> None:
        issue = next((known for known in project["issues"] if known["title"] == event["message"]), None)
        if issue is None:
            issue = _complete_issue(
                {"id": str(self._next_id), "title": event["message"], "culprit": "", "count": 0, "first": 0}, project
            )
            self._next_id += 1
            project["issues"].append(issue)
        issue.update(last=0, level=event["level"], status="unresolved", platform=event["platform"])
        issue["count"] += 1
        issue["tags"].update(event.get("tags", {}))
        project["events"][event["event_id"]] = {
            "id": event["event_id"],
            "eventID": event["event_id"],
            "groupID": issue["id"],
            "title": issue["title"],
            "message": event["message"],
            "tags": [{"key": key, "value": value} for key, value in {"level": event["level"], **issue["tags"]}.items()],
            "context": event.get("extra", {}),
        }


def _completed(world: Dict[str, Any]) -> Dict[str, Any]:
    for project in world["projects"]:
        project["events"], listed, project["issues"] = {}, project["issues"], []
        for issue in listed:
            project["issues"].append(_complete_issue(issue, project))
    return world


def _complete_issue(issue: Dict[str, Any], project: Dict[str, Any]) -> Dict[str, Any]:
    number = len(project["issues"]) + 1
    short = {"shortId": f"{project['slug'].upper()}-{number}"}
    blank = {"status": "unresolved", "assigned": None, "users": 0, "last": 0, "platform": None}
    return {**blank, **short, "tags": {}, **issue}


def _json(status: int, value: Any, headers: Optional[Mapping[str, str]] = None) -> Reply:
    return status, {"Content-Type": "application/json", **(headers or {})}, json.dumps(value).encode()


def _page(items: List[Any], query: Mapping[str, str], url: str) -> Reply:
    size = int(query.get("limit") or query.get("per_page") or _LARGEST_PAGE)
    if not 1 <= size <= 100:
        return _json(400, {"detail": "Invalid per_page value. Must be between 1 and 100."})
    size = min(size, _LARGEST_PAGE)
    start = int(query.get("cursor", "0:0:0").split(":")[1])
    more = start + size < len(items)
    cursor, base = f"0:{start + size}:0", url.partition("?")[0]
    link = f'<{base}?&cursor={cursor}>; rel="next"; results="{"true" if more else "false"}"; cursor="{cursor}"'
    return _json(200, items[start : start + size], {"Link": link})


def _found(items: List[Dict[str, Any]], slug: str) -> Optional[Dict[str, Any]]:
    return next((item for item in items if item["slug"] == slug), None)


def _named(project: Mapping[str, Any], query: Mapping[str, str]) -> bool:
    wanted = query.get("query", "").casefold()
    return wanted in project["name"].casefold() or wanted in project["slug"]


def _at(hours: float) -> str:
    return (_NOW - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _key(project: Mapping[str, Any]) -> str:
    return f"{int(project['id']):032x}"


def _organization(organization: Mapping[str, Any]) -> Dict[str, Any]:
    status = {"id": "active", "name": "active"}
    return {**organization, "status": status, "dateCreated": _at(20000), "links": {"regionUrl": ORIGIN}}


def _project(world: Dict[str, Any], project: Mapping[str, Any]) -> Dict[str, Any]:
    organization = _found(world["organizations"], project["organization"])
    assert organization is not None
    releases = project["releases"]
    return {
        **{key: project[key] for key in ("id", "slug", "name", "platform")},
        "organization": _organization(organization),
        "status": "active",
        "dateCreated": _at(15000),
        "firstEvent": _at(14000) if project["issues"] else None,
        "latestRelease": {"version": releases[0]["version"]} if releases else None,
        "features": ["releases"] if releases else [],
        "isMember": True,
        "hasAccess": True,
        "teams": [{"id": "9" + project["id"], "slug": "team", "name": "Team"}],
    }


def _release(project: Mapping[str, Any], release: Mapping[str, Any]) -> Dict[str, Any]:
    return {
        "id": int(project["id"]) * 1000 + round(release["hours"]),
        "version": release["version"],
        "shortVersion": release["version"],
        "status": "open",
        "dateCreated": _at(release["hours"]),
        "dateReleased": None if release["released"] is None else _at(release["released"]),
        "ref": None,
        "url": None,
        "owner": None,
        "authors": [],
        "commitCount": 0,
        "lastCommit": None,
        "newGroups": 0,
        "projects": [{key: project[key] for key in ("slug", "name", "platform")}],
    }


def _issue(project: Mapping[str, Any], issue: Mapping[str, Any]) -> Dict[str, Any]:
    assigned = issue["assigned"]
    return {
        **{key: issue[key] for key in ("id", "shortId", "title", "culprit", "level", "status", "platform")},
        "permalink": f"{ORIGIN}/organizations/{project['organization']}/issues/{issue['id']}/",
        "logger": None,
        "type": "default",
        "metadata": {"title": issue["title"]},
        "count": str(issue["count"]),
        "userCount": issue["users"],
        "firstSeen": _at(issue["first"]),
        "lastSeen": _at(issue["last"]),
        "assignedTo": None if assigned is None else {"type": "user", "email": assigned, "name": assigned},
        "project": {key: project[key] for key in ("id", "slug", "name", "platform")},
        "isPublic": False,
        "isSubscribed": True,
        "hasSeen": False,
        "shareId": None,
        "statusDetails": {},
        "substatus": None,
        "priority": None,
        "annotations": [],
        "numComments": 0,
    }
