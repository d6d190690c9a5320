from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from minilua.host.config import Config, directory, load, save
from minilua.host.errors import UsageError
from minilua.host.permissions import Permissions

TOML = """
[integrations.tracker]
enabled = false
default = "work"

[integrations.tracker.permissions]
write = "deny"

[integrations.tracker.accounts.work]
token = "w"
"""


def written(folder: Path, name: str, content: Any) -> str:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    path.chmod(0o600)
    return str(path)


def test_without_a_file_everything_has_its_defaults(tmp_path: Path) -> None:
    config = load({"HOME": str(tmp_path)})
    assert config == Config()
    settings = config.integration("tracker")
    assert settings.enabled and settings.permissions == Permissions("allow", "ask") and not settings.accounts


def test_the_folder_follows_the_xdg_specification() -> None:
    assert directory({"HOME": "/h"}) == os.path.join("/h", ".config", "kosmo")
    assert directory({"HOME": "/h", "XDG_CONFIG_HOME": "/x"}) == os.path.join("/x", "kosmo")
    assert directory({"HOME": "/h", "XDG_CONFIG_HOME": "x"}) == os.path.join("/h", ".config", "kosmo")


def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, "c.json", '\ufeff{"integrations": {"tracker": {"enabled": false}}}')
    assert not load({}, path).integration("tracker").enabled


@pytest.mark.skipif(sys.version_info < (3, 11), reason="tomllib came with 3.11")
def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    data = {
        "integrations": {
            "tracker": {
                "enabled": False,
                "default": "work",
                "permissions": {"write": "deny"},
                "accounts": {"work": {"token": "w"}},
            }
        }
    }
    toml = load({}, written(tmp_path, "c.toml", TOML)).integration("tracker")
    plain = load({}, written(tmp_path, "c.json", data)).integration("tracker")
    assert toml == plain
    assert plain.permissions == Permissions("allow", "deny") and plain.default == "work" and not plain.enabled


def test_toml_without_a_reader_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tomllib", None)
    monkeypatch.setitem(sys.modules, "tomli", None)
    with pytest.raises(UsageError, match=r"Install tomli, or write the same settings as config.json"):
        load({}, written(tmp_path, "c.toml", TOML))


def test_the_place_of_the_file(tmp_path: Path) -> None:
    folder = tmp_path / ".config" / "kosmo"
    folder.mkdir(parents=True)
    home = {"HOME": str(tmp_path)}
    written(folder, "config.json", {"integrations": {"tracker": {"enabled": False}}})
    assert not load(home).integration("tracker").enabled
    other = written(tmp_path, "other.json", {})
    assert load(home, other).integration("tracker").enabled
    assert load({**home, "KOSMO_CONFIG": other}).integration("tracker").enabled
    written(folder, "config.toml", "")
    with pytest.raises(UsageError, match="Two configuration files"):
        load(home)


@pytest.mark.parametrize(
    "content, why",
    [
        ("{", "c.json is not valid: "),
        ("[]", "the whole must be an object"),
        ({"integration": {}}, "unknown key 'integration' in the file"),
        ({"integrations": []}, "integrations must be a table"),
        ({"integrations": {"t": {"enable": True}}}, "unknown key 'enable' in integrations.t"),
        ({"integrations": {"t": {"enabled": "yes"}}}, "integrations.t.enabled must be true or false"),
        ({"integrations": {"t": {"default": 1}}}, "integrations.t.default must be the name of an account"),
        ({"integrations": {"t": {"permissions": {"write": "yes"}}}}, "must be one of allow, ask, deny"),
        ({"integrations": {"t": {"accounts": {"a": {"token": 1}}}}}, "accounts.a.token must be a string"),
    ],
)
def test_mistakes_in_the_file_are_named(tmp_path: Path, content: Any, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        load({}, written(tmp_path, "c.json", content))
    assert why in str(caught.value)
    assert "c.json" in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Configuration file not found: .*gone.json"):
        load({}, str(tmp_path / "gone.json"))
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        load({}, str(tmp_path))
    (tmp_path / "latin.json").write_bytes(b'{"\xff": 1}')
    with pytest.raises(UsageError, match="is not UTF-8"):
        load({}, str(tmp_path / "latin.json"))


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_credentials_that_others_can_read_are_warned_of(tmp_path: Path) -> None:
    path = written(tmp_path, "c.json", {"integrations": {"t": {"accounts": {"a": {"token": "x"}}}}})
    assert load({}, path).warnings == ()
    os.chmod(path, 0o644)
    (warning,) = load({}, path).warnings
    assert path in warning and "can be read by other users" in warning and "chmod 600" in warning
    os.chmod(path, 0o620)
    (warning,) = load({}, path).warnings
    assert "can be changed by other users" in warning
    without = written(tmp_path, "d.json", {"integrations": {"t": {"enabled": True}}})
    os.chmod(without, 0o644)
    assert load({}, without).warnings == ()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_written_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.json"
    save(str(path), {"integrations": {}})
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    os.chmod(path, 0o644)
    save(str(path), {"integrations": {"t": {}}})
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(path.parent) == ["config.json"]


@pytest.mark.skipif(os.name != "posix", reason="links need no rights there")
def test_a_link_to_the_file_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    save(str(tmp_path / "link.json"), {"integrations": {}})
    assert (tmp_path / "link.json").is_symlink() and (tmp_path / "real.json").exists()


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        save(str(tmp_path / "file" / "config.json"), {})
