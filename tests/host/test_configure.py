from __future__ import annotations

import json
from pathlib import Path

import pytest
from runs import Kosmo


@pytest.fixture
def path(kosmo: Kosmo) -> Path:
    return Path(kosmo.environment["HOME"]) / ".config" / "kosmo" / "config.json"


def test_what_is_configured_is_in_force(kosmo: Kosmo, path: Path) -> None:
    del kosmo.environment["TRACKER_TOKEN"]
    run = kosmo(
        "integrations:configure", "tracker", "--set", "token=trk_configured", "--set=url=https://x", "--write=allow"
    )
    assert run.status == 0 and run.out == f"Wrote {path}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    code = 'local t = app.integrations.tracker t.create_item({project = "p", title = "t"}) return t.whoami().url'
    assert kosmo.eval(code).out == "https://x\n"


def test_changes_keep_what_is_there(kosmo: Kosmo, path: Path) -> None:
    kosmo("integrations:configure", "tracker", "--account", "work", "--set", "token=trk_configured")
    kosmo("integrations:configure", "tracker", "--account", "work", "--set", "url=u", "--disable", "--read=deny")
    kosmo("integrations:configure", "tracker", "--enable", "--default", "work")
    assert json.loads(path.read_text()) == {
        "integrations": {
            "tracker": {
                "accounts": {"work": {"token": "trk_configured", "url": "u"}},
                "enabled": True,
                "permissions": {"read": "deny"},
                "default": "work",
            }
        }
    }


def test_the_answer_never_shows_the_value(kosmo: Kosmo) -> None:
    run = kosmo("integrations:configure", "tracker", "--set", "token=trk_configured", "--json")
    assert run.json["set"] == ["token"] and "trk_configured" not in run.out


@pytest.mark.parametrize(
    "argv, text",
    [
        (["tracker"], "Nothing to configure"),
        (["tracker", "--set", "token"], "--set needs KEY=VALUE, got 'token'"),
        (["tracker", "--set", "tokn=x"], "Integration 'tracker' has no field 'tokn'. Did you mean: token"),
        (["tracker", "--write", "maybe"], "argument --write: invalid choice: 'maybe'"),
        (["traker", "--enable"], "Unknown integration 'traker'"),
        (["tracker", "--enable", "--disable"], "not allowed with argument"),
        ([], "the following arguments are required: integration"),
    ],
)
def test_unusable_arguments_change_nothing(kosmo: Kosmo, path: Path, argv: list, text: str) -> None:  # type: ignore[type-arg]
    run = kosmo("integrations:configure", *argv)
    assert run.status == 2 and text in run.err and not path.exists()


def test_a_toml_file_is_left_to_its_owner(kosmo: Kosmo, path: Path) -> None:
    path.parent.mkdir(parents=True)
    toml = path.with_suffix(".toml")
    toml.write_text("# mine\n")
    run = kosmo("integrations:configure", "tracker", "--set", "token=trk_configured", "--write=allow", "--enable")
    assert run.status == 2 and toml.read_text() == "# mine\n"
    assert run.err.endswith(
        "Add to it:\n\n[integrations.tracker]\nenabled = true\n\n"
        '[integrations.tracker.permissions]\nwrite = "allow"\n\n'
        '[integrations.tracker.accounts.default]\ntoken = "..."\n'
    )


def test_what_a_toml_file_lacks_repeats_no_table(kosmo: Kosmo, path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.with_suffix(".toml").write_text("[integrations.tracker]\n")
    run = kosmo("integrations:configure", "tracker", "--set", "token=trk_configured")
    assert run.err.endswith('Add to it:\n\n[integrations.tracker.accounts.default]\ntoken = "..."\n')


def test_a_broken_file_is_not_written_over(kosmo: Kosmo, path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text('{"integrations": {"tracker": {"accounts": []}}}')
    run = kosmo("integrations:configure", "tracker", "--enable")
    assert run.status == 2 and "accounts must be a table" in run.err
    assert kosmo("integrations:configure", "tracker", "--set", "token=trk_configured").status == 2
    assert path.read_text() == '{"integrations": {"tracker": {"accounts": []}}}'
