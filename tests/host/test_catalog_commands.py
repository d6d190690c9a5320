from __future__ import annotations

from pathlib import Path

from runs import Kosmo

from minilua.host.providers import Providers


def test_list(kosmo: Kosmo) -> None:
    assert kosmo("integrations:list").out == "tracker  ready  A tracker of items.\n"
    (entry,) = kosmo("integrations:list", "--json").json["integrations"]
    assert entry["name"] == "tracker" and entry["active"] and entry["configured"] and entry["functions"] == 4
    del kosmo.environment["TRACKER_TOKEN"]
    assert "not configured" in kosmo("integrations:list").out


def test_without_integrations(kosmo: Kosmo) -> None:
    kosmo.providers = Providers.of()
    assert kosmo("integrations:list").out == "No integrations are installed.\n"
    assert kosmo("integrations:status", "--json").json["integrations"] == []
    assert kosmo("integrations:search", "x").out == "No functions match 'x'.\n"
    assert "Installed integrations: none" in kosmo("integrations:fields", "x").err
    assert kosmo.eval("app.integrations.x.y()").err.endswith("Installed integrations: none\n")


def test_status_names_fields_and_never_values(kosmo: Kosmo) -> None:
    kosmo.environment.update(TRACKER_WORK_TOKEN="trk_work_token", TRACKER_WORK_URL="https://work.example")
    run = kosmo("integrations:status")
    assert run.out == (
        "tracker: ready; read allow, write ask\n  default (default): token set\n  work: token, url set\n"
    )
    (entry,) = kosmo("integrations:status", "tracker", "--json").json["integrations"]
    assert entry["default_account"] == "default"
    assert entry["accounts"][1] == {"name": "work", "set": ["token", "url"], "missing": []}
    assert entry["permissions"] == {"read": "allow", "write": "ask"}


def test_doctor_finds_what_is_wrong(kosmo: Kosmo, tmp_path: Path) -> None:
    assert kosmo("integrations:doctor").out == "tracker: ok\n"
    del kosmo.environment["TRACKER_TOKEN"]
    path = tmp_path / "c.json"
    path.write_text('{"integrations": {"tracker": {"enabled": false, "accounts": {"work": {"url": "u"}}}}}')
    path.chmod(0o600)
    run = kosmo("integrations:doctor", "tracker", "--config", str(path), "--json")
    assert run.status == 1 and run.json["success"] is False
    (check,) = run.json["checks"]
    assert len(check["problems"]) == 2
    assert "not active" in check["problems"][0] and "account 'work'" in check["problems"][1]


def test_doctor_finds_settings_of_no_integration(kosmo: Kosmo, tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text('{"integrations": {"traker": {"enabled": true}}}')
    run = kosmo("integrations:doctor", "--config", str(path))
    assert run.status == 1
    assert run.out == (
        "tracker: ok\ntraker: needs attention\n"
        "  the configuration file has settings for it, and it is not installed. Did you mean: tracker\n"
    )
    assert kosmo("integrations:doctor", "tracker", "--config", str(path)).status == 0


def test_fields_name_their_variables(kosmo: Kosmo) -> None:
    assert kosmo("integrations:fields", "tracker").out.splitlines()[0] == "token  TRACKER_TOKEN  required  API token"
    fields = kosmo("integrations:fields", "tracker", "--json").json["fields"]
    assert fields[0] == {
        "name": "token",
        "description": "API token",
        "required": True,
        "secret": True,
        "default": None,
        "environment": "TRACKER_TOKEN",
    }
    run = kosmo("integrations:fields", "traker")
    assert run.status == 2 and "Unknown integration 'traker'. Installed integrations: tracker." in run.err


def test_search_docs_and_examples(kosmo: Kosmo) -> None:
    assert kosmo("integrations:search", "create", "item").out == "tracker.create_item - Create an item.\n"
    assert kosmo("integrations:search", "create", "--json").json["results"] == [
        {"name": "tracker.create_item", "operation": "write", "description": "Create an item."}
    ]
    assert kosmo("integrations:docs", "tracker").out.startswith("# Tracker")
    assert kosmo("integrations:docs", "tracker.create_item", "--json").json["content"].startswith("## create_item")
    assert kosmo("integrations:docs").out.startswith("tracker - A tracker of items.\n")
    assert kosmo("integrations:docs", "tracker.x", "--json").status == 2
    examples = kosmo("integrations:examples", "tracker", "--json").json["examples"]
    assert len(examples) == 3 and examples[2].startswith("app.integrations.tracker.work")


def test_schema(kosmo: Kosmo) -> None:
    plain = kosmo("integrations:schema", "tracker.create_item").json
    assert plain["required"] == ["project", "title"] and plain["properties"]["tags"] == {
        "type": "object",
        "description": "Tags",
    }
    enveloped = kosmo("integrations:schema", "tracker.create_item", "--json").json
    assert enveloped["schema"] == plain and enveloped["operation"] == "write"
