"""A thousand issues made, filtered, grouped, counted, joined with their teams, sorted and reported."""

from __future__ import annotations

from functools import cmp_to_key
from typing import Any, Dict, List

N = 6000

LEVELS = ["fatal", "error", "warning", "info"]
TEAMS = {"web": "frontend", "api": "platform", "jobs": "platform", "mobile": "apps", "billing": "money"}
PROJECTS = ["web", "api", "jobs", "mobile", "billing"]

Issue = Dict[str, Any]


def make(n: int) -> List[Issue]:
    issues = []
    for i in range(1, n + 1):
        issues.append(
            {
                "id": str(1000 + i),
                "title": f"Error number {i}",
                "level": LEVELS[i % 4],
                "status": "resolved" if i % 3 == 0 else "unresolved",
                "count": str(i * 37 % 101),
                "users": i * 7 % 13,
                "project": {"slug": PROJECTS[i * i % 5], "platform": "python"},
                "metadata": {
                    "type": f"ValueError{i % 17}",
                    "value": "bad value",
                    "filename": f"app/module{i % 9}.py",
                },
                "tags": [{"key": "browser", "value": f"b{i % 3}"}, {"key": "release", "value": f"1.{i % 5}"}],
            }
        )
    return issues


def busier(a: Issue, b: Issue) -> int:
    left, right = int(a["count"]), int(b["count"])
    if left != right:
        return -1 if left > right else 1
    return -1 if a["id"] < b["id"] else 1


def analyse(issues: List[Issue]) -> str:
    open_issues = []
    for issue in issues:
        if issue["status"] == "unresolved" and issue["level"] != "info":
            open_issues.append(issue)

    groups: Dict[str, Dict[str, Any]] = {}
    releases: Dict[str, int] = {}
    for issue in open_issues:
        slug = issue["project"]["slug"]
        group = groups.get(slug)
        if group is None:
            group = {"slug": slug, "team": TEAMS[slug], "issues": 0, "events": 0, "users": 0, "types": {}}
            groups[slug] = group
        group["issues"] += 1
        group["events"] += int(issue["count"])
        group["users"] = max(group["users"], issue["users"])
        kind = issue["metadata"]["type"]
        group["types"][kind] = group["types"].get(kind, 0) + 1
        for tag in issue["tags"]:
            if tag["key"] == "release":
                releases[tag["value"]] = releases.get(tag["value"], 0) + 1

    ordered = sorted(groups.values(), key=lambda group: (-group["events"], group["slug"]))
    open_issues.sort(key=cmp_to_key(busier))

    lines = []
    for rank, group in enumerate(ordered, 1):
        lines.append(
            f"{rank}. {group['slug']} ({group['team']}): {group['issues']} issues, {group['events']} events, "
            f"{len(group['types'])} kinds, up to {group['users']} users"
        )
    for issue in open_issues[:10]:
        lines.append(f"#{issue['id']} {issue['title']} x{issue['count']} in {issue['metadata']['filename']}")
    for name in sorted(releases):
        lines.append(f"{name}={releases[name]}")
    return "\n".join(lines)


def run(n: int) -> str:
    return analyse(make(n))
