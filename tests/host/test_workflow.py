from __future__ import annotations

import json
from pathlib import Path

import pytest
from runs import Kosmo
from tracker import SECRET, Tracker


def test_the_envelope_has_exactly_these_keys(kosmo: Kosmo) -> None:
    run = kosmo.eval('print("a", 1) print("b") return 7, {x = {}}, nil, "é"', "--json")
    envelope = run.json
    assert run.status == 0 and run.err == ""
    assert list(envelope) == [
        "success",
        "output",
        "error",
        "result",
        "execution_time_ms",
        "memory_usage",
        "integration_calls",
        "meta",
    ]
    assert envelope["success"] is True and envelope["error"] is None
    assert envelope["output"] == "a\t1\nb"
    assert envelope["result"] == [7, {"x": []}, None, "é"]
    assert envelope["execution_time_ms"] > 0 and envelope["memory_usage"] >= 0
    assert envelope["integration_calls"] == []
    assert envelope["meta"] == {"permission_bypassed": False}


@pytest.mark.parametrize("option", ["--eval", "-e"])
@pytest.mark.parametrize("code", ["--comment\nprint(1)", "-- a comment\nprint(1)", "--[[x]]print(1)", "print(1)--json"])
def test_code_that_starts_like_an_option(kosmo: Kosmo, option: str, code: str) -> None:
    assert kosmo("integrations:lua", option, code, "--json").json["output"] == "1"


def test_nothing_returned_is_null(kosmo: Kosmo) -> None:
    envelope = kosmo.eval("local x = 1", "--json").json
    assert envelope["result"] is None and envelope["output"] == ""


def test_results_that_are_no_data_are_shown_as_text(kosmo: Kosmo) -> None:
    result = kosmo.eval("local t = {} t.t = t return print, 0/0, {1/0, print}, t", "--json").json["result"]
    assert result[0].startswith("function: ") and "nan" in result[1]
    assert result[2][0] == "inf" and result[2][1].startswith("function: ")
    assert result[3] == "{\n  t: <circular>\n}"


def test_plain_form_is_output_then_results_with_errors_on_stderr(kosmo: Kosmo) -> None:
    run = kosmo.eval('print("out") return "text", {1, {a = true}}, 2.0, nil, 5')
    assert run.out == 'out\ntext\n[\n    1,\n    {\n        "a": true\n    }\n]\n2.0\nnil\n5\n'
    assert run.err == "" and run.status == 0
    run = kosmo.eval('print("before") error("boom")')
    assert (run.status, run.out, run.err) == (1, "before\n", "eval:1: boom\n")


def test_failing_scripts(kosmo: Kosmo) -> None:
    run = kosmo.eval('print("before") local x = nil; x.y = 1', "--json")
    assert run.status == 1
    assert run.json["success"] is False and run.json["output"] == "before" and run.json["result"] is None
    assert run.json["error"] == "eval:1: attempt to index a nil value (local 'x')"


def test_error_values_that_are_no_text_are_shown(kosmo: Kosmo) -> None:
    assert kosmo.eval('error({code = "E1"})').err == "{\n  code: E1\n}\n"
    assert kosmo.eval("error(42)").err == "42\n"
    assert kosmo.eval('error(setmetatable({}, {__tostring = function() return "told" end}))').err == "told\n"
    assert kosmo.eval("error()").err == "nil\n"
    failing = "setmetatable({}, {__tostring = function() error('no') end})"
    assert kosmo.eval(f"error({failing})").err == "(a table that cannot be shown)\n"
    assert kosmo.eval(f"return {failing}, 1", "--json").json["result"] == [[], 1]


def test_a_defect_of_ours_is_one_sentence(kosmo: Kosmo, monkeypatch: pytest.MonkeyPatch) -> None:
    def defective(*_: object) -> None:
        raise ZeroDivisionError("here")

    monkeypatch.setattr("minilua.host.namespaces.install", defective)
    assert kosmo.eval("return 1", "--json").json["error"] == "Internal error: ZeroDivisionError: here"
    monkeypatch.setattr("minilua.host.docs.Documentation.list", defective)
    run = kosmo("integrations:docs")
    assert (run.status, run.err) == (1, "Internal error: ZeroDivisionError: here\n")


def test_the_place_of_an_error_names_the_chunk(kosmo: Kosmo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    script = Path("workflow.lua")
    script.write_text("#!/usr/bin/env kosmo\nlocal x = 1\nlocal y = x + nil\n")
    assert kosmo("integrations:lua", str(script)).err.startswith(f"{script}:3: attempt to perform arithmetic on a nil")
    assert kosmo("integrations:lua", stdin="\nx()").err.startswith("stdin:2: attempt to call a nil value (global 'x')")
    script.write_text("local 1 = 2")
    run = kosmo("integrations:lua", str(script))
    assert (run.status, run.err) == (1, f"{script}:1: <name> expected near '1'\n")


def test_a_file_with_a_byte_order_mark(kosmo: Kosmo, tmp_path: Path) -> None:
    script = tmp_path / "w.lua"
    script.write_bytes(b"\xef\xbb\xbfprint(1)")
    assert kosmo("integrations:lua", str(script)).out == "1\n"


def test_calls_reach_the_provider_with_checked_arguments(kosmo: Kosmo, tracker: Tracker) -> None:
    run = kosmo.eval(
        """
        local tracker = app.integrations.tracker
        for _, item in ipairs(tracker.list_items({project = "web", limit = 1})) do
          print(item.title, item.project.slug, item.closed or "open", math.type(item.votes))
        end
        return tracker.list_items("web", "votes")
        """,
        "--json",
    )
    assert run.json["output"] == "Größe\tweb\topen\tfloat"
    assert [item["id"] for item in run.json["result"][0]] == [1, 2]
    assert tracker.calls == [
        ("default", "list_items", {"project": "web", "limit": 1}),
        ("default", "list_items", {"project": "web", "limit": 25, "sort": "votes"}),
    ]
    assert len(tracker.connections) == 1 and tracker.closed == 1


def test_calls_are_listed(kosmo: Kosmo) -> None:
    calls = kosmo.eval(
        """
        local tracker = app.integrations.tracker
        tracker.default.whoami()
        pcall(tracker.list_items, {})
        pcall(tracker.nothing)
        """,
        "--json",
    ).json["integration_calls"]
    assert all(call.pop("durationMs") >= 0 for call in calls)
    path = "app.integrations.tracker."
    assert calls == [
        {"path": path + "default.whoami", "status": "ok", "error": None, "name": "whoami", "group": "tracker"},
        {
            "path": path + "list_items",
            "status": "error",
            "error": "Missing required parameter(s): project",
            "name": "list_items",
            "group": "tracker",
        },
        {
            "path": path + "nothing",
            "status": "error",
            "error": f"Unknown function: {path}nothing. "
            f"Functions of {path[:-1]}: list_items, create_item, whoami, fail",
            "name": "nothing",
            "group": "tracker",
        },
    ]


@pytest.mark.parametrize(
    "call, text",
    [
        (
            "tracker.list_item({})",
            "Unknown function: app.integrations.tracker.list_item. Did you mean: app.integrations.tracker.list_items",
        ),
        (
            "tracker.default.whoam()",
            "Unknown function: app.integrations.tracker.default.whoam. "
            "Did you mean: app.integrations.tracker.default.whoami",
        ),
        (
            "tracker.defualt.whoami()",
            "Unknown function: app.integrations.tracker.defualt.whoami. Did you mean: app.integrations.tracker.default",
        ),
        (
            "tracker.work.whoami()",
            "Unknown function: app.integrations.tracker.work.whoami. Accounts of tracker: default",
        ),
        (
            "app.integrations.traker.whoami()",
            "Unknown function: app.integrations.traker.whoami. Did you mean: app.integrations.tracker",
        ),
        (
            "app.integrations.github.list_issues({})",
            "Unknown function: app.integrations.github.list_issues. Installed integrations: tracker",
        ),
        ("app.mcp.files.read({})", "Unknown MCP server: files. No MCP servers are configured."),
        ("tracker.list_items()", "Missing required parameter(s): project"),
        ("tracker.create_item({})", "Integration 'tracker' write requires approval."),
        ("tracker.list_items({projekt = 1})", "list_items: unknown parameter 'projekt'. Did you mean: project"),
        ("tracker.list_items({'web'})", "list_items: unknown parameter '1'. Its parameters: project, sort, limit"),
        ("tracker:whoami()", "Call app.integrations.tracker.whoami with a dot, not with a colon"),
        ("tracker.whoami(1)", "whoami: takes no arguments, got 1"),
        ("tracker.list_items({project = print})", "list_items: parameter 'project' must be a string, got a function"),
        ("tracker.list_items({project = {}})", "list_items: parameter 'project' must be a string, got an array"),
        (
            "tracker.list_items({project = 'web', limit = '5'})",
            "list_items: parameter 'limit' must be an integer, got a string",
        ),
        ("tracker.fail()", "HTTP 401 with token [redacted]"),
        ("tracker.fail('defect')", "Integration 'tracker' failed: KeyError: 'slug'"),
    ],
)
def test_errors_of_calls_reach_pcall_and_stderr(kosmo: Kosmo, call: str, text: str) -> None:
    caught = kosmo.eval(
        f"local tracker = app.integrations.tracker print(select(2, pcall(function() return {call} end)))"
    )
    assert text in caught.out and caught.status == 0
    uncaught = kosmo.eval(f"local tracker = app.integrations.tracker\n{call}")
    assert uncaught.err.startswith("eval:2: " + text) and uncaught.status == 1


def test_an_unknown_function_fails_when_it_is_called_so_that_pcall_can_take_it(kosmo: Kosmo) -> None:
    run = kosmo.eval("print(pcall(app.integrations.tracker.nothing, {}))")
    assert run.status == 0 and run.out.startswith("false\t") and "Unknown function" in run.out


def test_namespaces_can_be_listed(kosmo: Kosmo) -> None:
    code = """
    local names = {}
    for name in pairs(app.integrations.tracker) do names[#names + 1] = name end
    table.sort(names)
    print(table.concat(names, " "))
    for _ in ipairs(app.integrations.tracker) do print("endless") break end
    """
    assert kosmo.eval(code).out == "create_item default fail list_items whoami\n"


def test_arguments_with_cycles_are_refused(kosmo: Kosmo) -> None:
    run = kosmo.eval("local t = {} t.t = t app.integrations.tracker.create_item({tags = t})", "--force")
    assert run.status == 1 and "contains itself" in run.err


def test_accounts_have_namespaces_of_their_own(kosmo: Kosmo) -> None:
    kosmo.environment["TRACKER_WORK_TOKEN"] = "trk_work_token"
    code = """
    local tracker = app.integrations.tracker
    print(tracker.whoami({}).account, tracker.default.whoami({}).account, tracker.work.whoami().account)
    """
    assert kosmo.eval(code).out == "default\tdefault\twork\n"


def test_missing_credentials_fail_at_the_call(kosmo: Kosmo) -> None:
    del kosmo.environment["TRACKER_TOKEN"]
    run = kosmo.eval('print("first") app.integrations.tracker.whoami({})')
    assert run.out == "first\n" and run.status == 1
    assert "Integration 'tracker' is missing required credentials for account 'default'." in run.err
    assert "TRACKER_TOKEN" in run.err


def configured(tmp_path: Path, **settings: object) -> str:
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"integrations": {"tracker": settings}}))
    path.chmod(0o600)
    return str(path)


def test_policies(kosmo: Kosmo, tmp_path: Path) -> None:
    create = 'return app.integrations.tracker.create_item({project = "web", title = "x"}).id'
    deny = configured(tmp_path, permissions={"read": "deny", "write": "deny"})
    denied = kosmo.eval(create, "--config", deny)
    assert "Integration 'tracker' write access denied. " in denied.err and denied.status == 1
    denied = kosmo.eval("app.integrations.tracker.whoami()", "--config", deny)
    assert "Integration 'tracker' read access denied. " in denied.err
    forced = kosmo.eval(create, "--config", deny, "--force", "--json")
    assert forced.json["result"] == ["17"] and forced.json["meta"] == {"permission_bypassed": True}
    assert kosmo.eval(create, "--config", configured(tmp_path, permissions={"write": "allow"})).out == "17\n"


def test_an_inactive_integration_stays_so_under_force(kosmo: Kosmo, tmp_path: Path) -> None:
    run = kosmo.eval("app.integrations.tracker.whoami()", "--force", "--config", configured(tmp_path, enabled=False))
    assert "Integration 'tracker' is installed but not active. " in run.err


def test_force_bypasses_nothing_but_the_policy(kosmo: Kosmo, tracker: Tracker) -> None:
    assert "Missing required parameter(s)" in kosmo.eval("app.integrations.tracker.create_item({})", "--force").err
    del kosmo.environment["TRACKER_TOKEN"]
    assert "missing required credentials" in kosmo.eval("app.integrations.tracker.whoami()", "--force").err
    assert tracker.calls == []


def test_the_configuration_of_the_environment_counts(kosmo: Kosmo, tmp_path: Path) -> None:
    kosmo.environment["KOSMO_CONFIG"] = configured(
        tmp_path, accounts={"work": {"token": "trk_file_token"}}, default="work"
    )
    del kosmo.environment["TRACKER_TOKEN"]
    assert kosmo.eval("return app.integrations.tracker.whoami().account").out == "work\n"


def test_a_readable_configuration_is_warned_of_on_stderr_alone(kosmo: Kosmo, tmp_path: Path) -> None:
    path = configured(tmp_path, accounts={"default": {"token": "trk_file_token"}})
    Path(path).chmod(0o644)
    run = kosmo.eval("return 1", "--json", "--config", path)
    assert run.json["success"] is True and run.err.startswith("Warning: Configuration file")


@pytest.mark.parametrize("how", ["option", "environment"])
def test_demo_uses_the_demonstration_alone(kosmo: Kosmo, tracker: Tracker, how: str) -> None:
    kosmo.environment["TRACKER_URL"] = "https://real.example"
    kosmo.environment["KOSMO_CONFIG"] = "/nowhere"
    kosmo.environment["KOSMO_DEMO"] = "1" if how == "environment" else ""
    run = kosmo.eval(
        "local t = app.integrations.tracker return t.whoami(), t.work.whoami()",
        *(["--demo"] if how == "option" else []),
        "--json",
    )
    assert run.json["result"] == [{"account": "default", "url": "demo:"}, {"account": "work", "url": "demo:"}]
    assert {account.settings["token"] for account in tracker.connections} == {"demo_token"}


def test_no_secret_leaves_in_output_results_or_errors(kosmo: Kosmo) -> None:
    code = f'local s = "{SECRET}" print(s) dump({{[s] = s}}) return s, {{s}}, {{[s] = 1}}'
    for form in ([], ["--json"]):
        assert "[redacted]" in kosmo.eval(code, *form).out  # the fixture checks that the secret is nowhere
        kosmo.eval(f'error("{SECRET}")', *form)
        kosmo.eval("app.integrations.tracker.fail()", *form)


def test_mcp_lua_has_no_integrations(kosmo: Kosmo) -> None:
    run = kosmo(
        "mcp:lua", "--eval", "dump(mcp.servers()) print(app.integrations, docs.list() == '', json ~= nil)", "--json"
    )
    assert run.json["output"] == "{}\nnil\ttrue\ttrue"


def test_mcp_functions_without_servers(kosmo: Kosmo) -> None:
    run = kosmo.eval('print(#mcp.tools()) print(pcall(mcp.call, "files.read", {})) print(pcall(mcp.resources))')
    assert "Unknown MCP server: files. No MCP servers are configured." in run.out
    assert "mcp.resources: no MCP servers are configured." in run.out


def test_docs_in_a_script(kosmo: Kosmo) -> None:
    assert kosmo.eval('print(docs.read("tracker.create_item"))').out.startswith("## create_item\n")
    assert kosmo.eval('print(docs.search("create"))').out == "tracker.create_item - Create an item.\n"
    assert "tracker.whoami - " in kosmo.eval("print(docs.list())").out
    assert "Did you mean: tracker.create_item" in kosmo.eval('docs.read("tracker.create_itm")').err
    assert "docs.read: expected string page, got nil" in kosmo.eval("docs.read()").err


@pytest.mark.parametrize("name", ["require", "loadfile", "dofile", "os.execute", "os.getenv", "io", "package"])
def test_nothing_reaches_the_machine(kosmo: Kosmo, name: str) -> None:
    assert kosmo.eval(f"print({name})").out == "nil\n"


def test_limits_stop_a_script(kosmo: Kosmo) -> None:
    run = kosmo.eval("while true do end", "--cpu-limit", "0.2", "--json")
    assert run.status == 1 and run.json["success"] is False and "time" in run.json["error"]
    run = kosmo.eval("local s = {} for i = 1, 1e9 do s[i] = ('x'):rep(1000) end", "--memory-limit", "10000000")
    assert run.status == 1 and "memory" in run.err
