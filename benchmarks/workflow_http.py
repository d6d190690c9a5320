"""A Lua workflow over Sentry's functions against the same work in Python, both over HTTP on loopback.

    python benchmarks/workflow_http.py [--rounds N] [--commands]

Three ways, timed in turn: bare httpx, which asks for the very URLs that the integration asks for and reads the answers
as dictionaries; the integration's session called from Python; and the Lua workflow, from its source to its result.
The ratio that counts is the last one's to the first. The server is a process of its own with canned answers.

With `--commands` it is whole programs: one of bare httpx, and `kosmo integrations:lua`, which keeps compiled scripts.
"""

from __future__ import annotations

import argparse
import inspect
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import httpx

from minilua.host import workflow
from minilua.host.accounts import Account
from minilua.host.catalog import Demo, Session
from minilua.host.config import Config
from minilua.host.integrations import Integrations
from minilua.host.providers import Providers
from sentry_integration import provider
from sentry_integration.session import SentrySession

TOKEN = "benchmark"
PROJECTS = ("web", "api", "jobs", "mobile", "billing")
WORKFLOW = """
local sentry = app.integrations.sentry
local groups = {}
for _, project in ipairs(sentry.list_projects({})) do
  local org = project.organization.slug
  local issues = sentry.list_issues({org_slug = org, project_slug = project.slug, limit = 100})
  for _, issue in ipairs(issues) do
    local kind = issue.metadata.type
    local group = groups[kind]
    if not group then
      group = {kind = kind, issues = 0, events = 0, users = 0}
      groups[kind] = group
    end
    group.issues = group.issues + 1
    group.events = group.events + tonumber(issue.count)
    group.users = math.max(group.users, issue.userCount)
  end
end
local ordered = {}
for _, group in pairs(groups) do
  ordered[#ordered + 1] = group
end
table.sort(ordered, function(a, b)
  if a.events ~= b.events then
    return a.events > b.events
  end
  return a.kind < b.kind
end)
local lines = {}
for i, group in ipairs(ordered) do
  lines[i] = string.format("%s: %d issues, %d events, %d users", group.kind, group.issues, group.events, group.users)
end
return table.concat(lines, "\\n")
"""


def analyse(pages: List[List[Dict[str, Any]]]) -> str:
    """What the workflow does with the issues, in Python."""
    groups: Dict[str, Dict[str, Any]] = {}
    for issues in pages:
        for issue in issues:
            kind = issue["metadata"]["type"]
            group = groups.setdefault(kind, {"kind": kind, "issues": 0, "events": 0, "users": 0})
            group["issues"] += 1
            group["events"] += int(issue["count"])
            group["users"] = max(group["users"], issue["userCount"])
    ordered = sorted(groups.values(), key=lambda group: (-group["events"], group["kind"]))
    return "\n".join(f"{g['kind']}: {g['issues']} issues, {g['events']} events, {g['users']} users" for g in ordered)


def issue(project: str, i: int) -> Dict[str, Any]:
    return {
        "id": str(i),
        "shortId": f"{project.upper()}-{i}",
        "title": f"ValueError{i % 17}: invalid literal",
        "culprit": f"app/views.py in handle_{i % 9}",
        "permalink": f"http://sentry.example/organizations/acme/issues/{i}/",
        "level": ("fatal", "error", "warning")[i % 3],
        "status": "unresolved",
        "platform": "python",
        "project": {"id": "1", "name": project, "slug": project, "platform": "python"},
        "type": "error",
        "metadata": {"type": f"ValueError{i % 17}", "value": "invalid literal", "filename": "app/views.py"},
        "count": str(i * 37 % 101),
        "userCount": i * 7 % 13,
        "firstSeen": "2026-11-01T10:00:00Z",
        "lastSeen": "2026-11-22T10:00:00Z",
        "stats": {"24h": [[1763700000 + hour * 3600, hour * i % 5] for hour in range(24)]},
    }


def answers() -> Dict[str, bytes]:
    """The server's world: a JSON text for each path."""
    organization = {"id": "1", "slug": "acme", "name": "Acme"}
    projects = [
        {"id": str(i), "slug": slug, "name": slug, "platform": "python", "organization": organization}
        for i, slug in enumerate(PROJECTS)
    ]
    world: Dict[str, Any] = {"/api/0/projects/": projects, "/api/0/organizations/": [organization]}
    world["/api/0/organizations/acme/projects/"] = projects
    for slug in PROJECTS:
        world[f"/api/0/projects/acme/{slug}/issues/"] = [issue(slug, i) for i in range(1, 101)]
    return {path: json.dumps(answer).encode() for path, answer in world.items()}


def serve(address: Any) -> None:
    """The server process: tells its port, then answers until it is ended."""
    world = answers()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            body = world.get(self.path.partition("?")[0])
            self.send_response(200 if body is not None else 404)
            body = body if body is not None else b'{"detail": "The requested resource does not exist"}'
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address.send(server.server_address[1])
    server.serve_forever()


class Recorder(httpx.HTTPTransport):
    """A transport that notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: List[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.urls.append(str(request.url))
        return super().handle_request(request)


def with_session(session: Session) -> str:
    """What the workflow does, in Python by the integration's session."""
    pages = []
    for project in session.call("list_projects", {}):
        place = {"org_slug": project["organization"]["slug"], "project_slug": project["slug"]}
        pages.append(session.call("list_issues", {**place, "limit": 100}))
    return analyse(pages)


def ways(account: Account) -> Dict[str, Callable[[], str]]:
    """The three jobs; each keeps its connections from run to run."""
    recorder = Recorder()
    with_session(SentrySession(account, transport=recorder))
    client = httpx.Client(headers={"Authorization": f"Bearer {TOKEN}"})

    def with_httpx() -> str:
        responses = [client.get(url) for url in recorder.urls]
        return analyse(
            [response.raise_for_status().json() for response in responses if "/issues/" in str(response.url)]
        )

    kept = SentrySession(account)

    class Kept:
        """The session of every run, left open between them, as a long-lived host leaves it."""

        call, preview = kept.call, kept.preview

        def close(self) -> None:
            pass

    def with_lua() -> str:
        provided = provider._replace(demo=lambda: Demo((account,), lambda _: Kept()))
        integrations = Integrations(Providers.of(provided), Config(), {}, demo=True)
        script = workflow.Workflow(WORKFLOW, "workflow.lua", 1 << 26, 60.0)
        outcome = workflow.run(script, lambda text: None, integrations)
        if outcome.error is not None or not outcome.results:
            raise RuntimeError(outcome.error)
        return str(outcome.results[0])

    return {"httpx": with_httpx, "session": lambda: with_session(kept), "Lua workflow": with_lua}


BARE = """
import json
from typing import *

import httpx

{analyse}

with httpx.Client(headers={{"Authorization": "Bearer {token}"}}) as client:
    responses = [client.get(url) for url in {urls}]
    print(analyse([r.raise_for_status().json() for r in responses if "/issues/" in str(r.url)]))
"""


def programs(account: Account, folder: Path) -> Dict[str, Callable[[], str]]:
    """The workflow and the same with bare httpx as commands, each a process from its start to its end."""
    recorder = Recorder()
    with_session(SentrySession(account, transport=recorder))
    (folder / "workflow.lua").write_text(WORKFLOW, encoding="utf-8")
    bare = BARE.format(analyse=inspect.getsource(analyse), token=TOKEN, urls=recorder.urls)
    (folder / "bare.py").write_text(bare, encoding="utf-8")
    inherited = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    environment = {
        **inherited,
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder),
        "SENTRY_AUTH_TOKEN": TOKEN,
        "SENTRY_URL": account.settings["url"],
    }

    def program(*arguments: str) -> Callable[[], str]:
        def run() -> str:
            command = [sys.executable, *arguments]
            done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=True)
            return done.stdout.strip()

        return run

    return {
        "httpx": program("bare.py"),
        "kosmo": program("-m", "minilua.host.command", "integrations:lua", "workflow.lua"),
    }


def measure(jobs: Dict[str, Callable[[], str]], rounds: int) -> Tuple[Dict[str, List[float]], bool]:
    """The seconds of every job, in turn, and whether all results agree."""
    agree = len({job() for job in jobs.values()}) == 1
    seconds: Dict[str, List[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            started = time.perf_counter()
            job()
            seconds[name].append(time.perf_counter() - started)
    return seconds, agree


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=20, metavar="N", help="runs of each way (default %(default)s)")
    parser.add_argument("--commands", action="store_true", help="time whole programs instead")
    options = parser.parse_args()

    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    try:
        account = Account("sentry", "default", {"auth_token": TOKEN, "url": f"http://127.0.0.1:{ours.recv()}/api/0"})
        with tempfile.TemporaryDirectory() as folder:
            jobs = programs(account, Path(folder)) if options.commands else ways(account)
            seconds, agree = measure(jobs, options.rounds)
    finally:
        server.terminate()
    base = seconds["httpx"]
    print(f"{'way':<14}{'min ms':>8}{'median ms':>11}{'ratio':>8}{'median':>8}")
    for name, times in seconds.items():
        least, median = min(times), statistics.median(times)
        ratios = f"{least / min(base):>8.2f}{median / statistics.median(base):>8.2f}"
        print(f"{name:<14}{least * 1000:>8.1f}{median * 1000:>11.1f}{ratios}")
    if not agree:
        print("WRONG: the results differ")
    return int(not agree)


if __name__ == "__main__":
    sys.exit(main())
