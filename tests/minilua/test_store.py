"""Compiled chunks on the disk: used where they can be trusted, and never where they cannot."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator, List

import pytest

from minilua import LuaError, LuaRuntime
from minilua.compiler import program
from minilua.compiler.store import MOST_FILES, Store, default_directory

SCRIPT = """
local function culprit(t)
  return t.field.inner
end
local object = setmetatable({}, {__index = function(_, k) return k .. "!" end})
local wrapped = coroutine.wrap(function(...)
  for i = 1, select("#", ...) do
    coroutine.yield(i, object.missing)
  end
end)
print(wrapped(1, 2))
print(wrapped())
print(pcall(culprit, {}))
print(select(2, pcall(error, "x", 2)), _ENV == nil)
for i = 1, 3 do
  if i == 2 then goto continue end
  print(i, ("s"):rep(i))
  ::continue::
end
culprit({})
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(str(tmp_path / "cache" / "minilua"))
    program.keep_programs(made)
    program.recent.clear()
    yield made
    program.keep_programs(None)
    program.recent.clear()


def files(store: Store) -> List[Path]:
    directory = Path(store.directory)
    return sorted(directory.iterdir()) if directory.is_dir() else []


def outcome(capsys: pytest.CaptureFixture[str], source: str = SCRIPT) -> Any:
    """What a script prints and fails with, in a runtime that compiles it or has it from the disk."""
    program.recent.clear()
    try:
        LuaRuntime().execute(source, name="stored.lua")
    except LuaError as error:
        return capsys.readouterr().out, str(error), error.traceback
    return capsys.readouterr().out


def test_a_stored_chunk_does_what_a_fresh_one_does(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    program.keep_programs(None)
    fresh = outcome(capsys)
    assert "stored.lua:3: attempt to index a nil value (field 'field')" in fresh[1]
    program.keep_programs(store)
    assert outcome(capsys) == fresh
    assert len(files(store)) == 1
    assert outcome(capsys) == fresh


def test_a_stored_chunk_is_not_compiled_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    LuaRuntime().execute("return 1", name="a.lua")
    program.recent.clear()
    monkeypatch.setattr("minilua.compiler.translation.generate", lambda *_: pytest.fail("compiled"))
    assert LuaRuntime().execute("return 1", name="a.lua") == 1


def test_source_and_name_make_chunks_of_their_own(store: Store) -> None:
    for source, name in (("return 1", "a"), ("return 2", "a"), ("return 1", "b")):
        LuaRuntime().execute(source, name=name)
    assert len(files(store)) == 3


def test_another_version_of_the_package_has_chunks_of_its_own(store: Store) -> None:
    LuaRuntime().execute("return 1")
    program.recent.clear()
    store.maker += "changed"
    LuaRuntime().execute("return 1")
    assert len(files(store)) == 2


def test_the_directory_and_its_files_are_the_users_alone(store: Store) -> None:
    LuaRuntime().execute("return 1")
    assert os.stat(store.directory).st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in files(store)] == [0o600]


def planted(store: Store) -> Path:
    """A file in the store, in place of which `evil` is put."""
    LuaRuntime().execute("return 'good'", name="x")
    program.recent.clear()
    return files(store)[0]


def evil(path: Path) -> None:
    """Code of another chunk under the name of this one, as it may come from another place."""
    made = Store(str(path.parent.parent / "other"))
    program.keep_programs(made)
    LuaRuntime().execute("return 'evil'", name="x")
    program.recent.clear()
    path.write_bytes(files(made)[0].read_bytes())
    path.chmod(0o600)


def test_a_file_under_the_name_of_another_is_not_run(store: Store) -> None:
    evil(planted(store))
    program.keep_programs(store)
    assert LuaRuntime().execute("return 'good'", name="x") == "good"


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 100, marshal.dumps(("x", (), ()))])
def test_a_damaged_file_is_not_run(store: Store, damage: bytes) -> None:
    path = planted(store)
    path.write_bytes(damage)
    assert LuaRuntime().execute("return 'good'", name="x") == "good"
    program.recent.clear()
    content = path.read_bytes()
    assert content != damage, "it should have been written anew"
    path.write_bytes(content[:-1])
    assert LuaRuntime().execute("return 'good'", name="x") == "good"


@pytest.mark.parametrize("what", ["directory", "file"])
def test_what_others_may_write_is_not_read(store: Store, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    path = planted(store)
    os.chmod(path.parent if what == "directory" else path, 0o777 if what == "directory" else 0o666)
    monkeypatch.setattr(marshal, "loads", lambda content: pytest.fail("read"))
    assert LuaRuntime().execute("return 'good'", name="x") == "good"


def test_what_belongs_to_others_is_not_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    planted(store)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    monkeypatch.setattr(marshal, "loads", lambda content: pytest.fail("read"))
    assert LuaRuntime().execute("return 'good'", name="x") == "good"


def test_symbolic_links_are_not_followed(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = planted(store)
    elsewhere = tmp_path / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    monkeypatch.setattr(marshal, "loads", lambda content: pytest.fail("read"))
    assert LuaRuntime().execute("return 'good'", name="x") == "good"


def test_a_place_that_cannot_be_written_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    program.keep_programs(Store(str(tmp_path / "file" / "minilua")))
    program.recent.clear()
    try:
        assert LuaRuntime().execute("return 1") == 1
    finally:
        program.keep_programs(None)


def test_old_chunks_make_room(store: Store) -> None:
    LuaRuntime().execute("return 1", name="newest")
    for number in range(MOST_FILES + 5):
        path = Path(store.directory) / f"old{number}"
        path.write_bytes(b"")
        os.utime(path, (number, number))
    LuaRuntime().execute("return 2", name="newest")
    left = files(store)
    assert len(left) == MOST_FILES * 3 // 4 and Path(store.directory) / "old0" not in left
    assert sum(not path.name.startswith("old") for path in left) == 2


def test_where_chunks_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_directory() == str(tmp_path / "minilua")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert default_directory() == os.path.join(str(tmp_path), ".cache", "minilua")


def run(tmp_path: Path, *arguments: str) -> str:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONHASHSEED": "random"}
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


WHAT_IS_IMPORTED = (
    "import sys; from minilua.command import main; main(sys.argv[1:]); "
    "print(sorted({'lark', 'httpx', 'ast', 'argparse', 'dataclasses', 'inspect', 'minilua.compiler.codegen'}"
    ".intersection(sys.modules)))"
)


def test_the_command_keeps_what_it_compiles_and_then_needs_no_compiler(tmp_path: Path) -> None:
    script = tmp_path / "hello.lua"
    script.write_text("print('hello')")
    assert run(tmp_path, "-c", WHAT_IS_IMPORTED, "--no-cache", str(script)).startswith("hello\n")
    assert not (tmp_path / "cache").exists()
    run(tmp_path, "-c", WHAT_IS_IMPORTED, str(script))
    assert run(tmp_path, "-c", WHAT_IS_IMPORTED, str(script)) == "hello\n[]\n"
    assert len(list((tmp_path / "cache" / "minilua").iterdir())) == 1


def test_generating_does_not_depend_on_the_order_of_sets(tmp_path: Path) -> None:
    script = tmp_path / "script.lua"
    script.write_text(SCRIPT)
    shown = {run(tmp_path, "-m", "minilua", "--no-cache", "--python", str(script)) for _ in range(3)}
    assert len(shown) == 1
