from __future__ import annotations

import json
from typing import List

import pytest
from runs import Kosmo
from tracker import Tracker


def test_the_envelope_has_exactly_these_keys(kosmo: Kosmo) -> None:
    run = kosmo("integrations:call", "tracker.whoami", "--json")
    envelope = run.json
    assert run.status == 0
    assert list(envelope) == ["function", "success", "data", "error", "meta", "duration_ms"]
    assert envelope["function"] == "tracker.whoami" and envelope["success"] is True and envelope["error"] is None
    assert envelope["data"] == {"account": "default", "url": "https://tracker.example"}
    assert envelope["meta"] == {
        "dry_run": False,
        "operation": "read",
        "permission_bypassed": False,
        "account": "default",
    }
    assert envelope["duration_ms"] >= 0


@pytest.mark.parametrize(
    "argv",
    [
        ["--project=web", "--limit=1", "--open", "--labels", '["a"]'],
        ["--project", "web", "--limit", "1", "--open=true", '--labels=["a"]'],
        ['{"project": "web", "limit": 1, "open": true, "labels": ["a"]}'],
        ['{"project": "other", "limit": 7, "labels": ["a"]}', "--project", "web", "--limit=1", "--open"],
        ["--arg", "project=web", "--arg=limit=1", "--arg", "open=true", "--arg", 'labels=["a"]'],
    ],
)
def test_arguments_are_json_and_flags_that_override_it(kosmo: Kosmo, tracker: Tracker, argv: List[str]) -> None:
    run = kosmo("integrations:call", "tracker.list_items", *argv)
    assert run.status == 0, run.err
    assert [item["id"] for item in run.json] == [1]
    assert tracker.calls == [("default", "list_items", {"project": "web", "limit": 1, "open": True, "labels": ["a"]})]


@pytest.mark.parametrize("argv", [[], ["-"], ["-", "--limit=1"]])
def test_json_on_standard_input(kosmo: Kosmo, tracker: Tracker, argv: List[str]) -> None:
    assert kosmo("integrations:call", "tracker.list_items", *argv, stdin='{"project": "in"}').status == 0
    assert tracker.calls[0][2]["project"] == "in"


@pytest.mark.parametrize(
    "name",
    ["tracker.whoami", "integrations.tracker.whoami", "app.integrations.tracker.whoami", "tracker.tracker_whoami"],
)
def test_functions_go_by_several_names(kosmo: Kosmo, name: str) -> None:
    assert kosmo("integrations:call", name, "--json").json["function"] == "tracker.whoami"


def test_the_shortcut_lists_and_calls(kosmo: Kosmo) -> None:
    listing = kosmo("integrations:tracker")
    assert listing.status == 0 and listing.out.splitlines()[1] == "create_item  write  Create an item."
    assert kosmo("integrations:tracker", "--json").json["functions"][0]["name"] == "tracker.list_items"
    for name in ("whoami", "tracker.whoami"):
        assert kosmo("integrations:tracker", name, "--json").json["function"] == "tracker.whoami"


def test_accounts(kosmo: Kosmo) -> None:
    kosmo.environment["TRACKER_WORK_TOKEN"] = "trk_work_token"
    for argv in (
        ["tracker.whoami", "--account", "work"],
        ["tracker.work.whoami"],
        ["tracker.whoami", "--account=work"],
    ):
        run = kosmo("integrations:call", *argv, "--json").json
        assert run["data"]["account"] == run["meta"]["account"] == "work"
    run = kosmo("integrations:call", "tracker.whoami", "--account", "home")
    assert run.status == 2 and "Unknown account 'home'" in run.err and "default, work" in run.err


def test_a_dry_run_sends_nothing_and_needs_no_approval(kosmo: Kosmo, tracker: Tracker) -> None:
    argv = ["integrations:call", "tracker.create_item", "--project=web", "--title=x", "--json"]
    refused = kosmo(*argv)
    assert refused.status == 1 and "requires approval" in refused.json["error"]
    run = kosmo(*argv, "--dry-run").json
    assert run["meta"]["dry_run"] is True and run["meta"]["operation"] == "write"
    assert run["data"] == {"would": "create_item", "with": {"project": "web", "title": "x"}}
    read = kosmo("integrations:call", "tracker.whoami", "--dry-run", "--json").json
    assert read["data"] == {"function": "whoami", "arguments": {}}
    assert tracker.calls == []
    assert "Missing required" in kosmo("integrations:call", "tracker.create_item", "--dry-run").err
    forced = kosmo(*argv, "--force").json
    assert forced["data"] == {"id": "17", "title": "x"} and forced["meta"]["permission_bypassed"] is True


@pytest.mark.parametrize(
    "argv, status, text",
    [
        ([], 2, "Name a function, such as"),
        (["tracker"], 2, "Not a function: tracker. Functions: tracker.list_items"),
        (["tracker.whoam"], 2, "Unknown function: tracker.whoam. Did you mean: tracker.whoami"),
        (["traker.whoami"], 2, "Unknown integration 'traker'."),
        (["tracker.list_items"], 2, "Missing required parameter(s): project"),
        (["tracker.list_items", "--projekt=x"], 2, "Unknown option: --projekt. Did you mean: --project"),
        (["tracker.whoami", "--x"], 2, "Unknown option: --x. Parameters of whoami: none"),
        (["tracker.whoami", "-x"], 2, "Unknown option: -x"),
        (["tracker.list_items", "--project=a", "--limit=ten"], 2, 'must be an integer, got a string ("ten")'),
        (["tracker.list_items", "--project=a", "--limit=500"], 2, "must be between 1 and 100, got 500"),
        (["tracker.list_items", "--project=a", "--sort=x"], 2, 'must be one of "date", "votes", got "x"'),
        (["tracker.list_items", "{project}"], 2, "Arguments are not valid JSON"),
        (["tracker.list_items", "[1]"], 2, "Arguments must be a JSON object"),
        (["tracker.list_items", "{}", "{}"], 2, "Unexpected argument: {}"),
        (["tracker.list_items", "--arg", "project"], 2, "--arg needs KEY=VALUE, got 'project'"),
        (["tracker.list_items", "--account"], 2, "--account needs a value"),
        (["tracker.fail"], 1, "HTTP 401 with token [redacted]"),
        (["tracker.fail", "--how=defect"], 1, "Integration 'tracker' failed: KeyError: 'slug'"),
    ],
)
def test_errors(kosmo: Kosmo, argv: List[str], status: int, text: str) -> None:
    plain = kosmo("integrations:call", *argv)
    assert plain.status == status and plain.out == "" and text in plain.err
    enveloped = kosmo("integrations:call", *argv, "--json")
    assert enveloped.status == status and enveloped.err == ""
    assert enveloped.json["success"] is False and text in enveloped.json["error"]


def test_data_is_redacted_like_everything_else(kosmo: Kosmo) -> None:
    from tracker import SECRET

    run = kosmo("integrations:call", "tracker.create_item", "--project=p", f"--title={SECRET}", "--force")
    assert json.loads(run.out)["title"] == "[redacted]"
