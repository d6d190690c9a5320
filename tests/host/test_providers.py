from __future__ import annotations

import sys
from pathlib import Path

import pytest
from runs import Kosmo

from minilua.host.errors import HostError, UnknownName
from minilua.host.providers import Providers


def install(folder: Path, distribution: str, entry_points: str) -> None:
    metadata = folder / distribution
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution.split('-')[0]}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(entry_points)


ENTRIES = """
[console_scripts]
tracker = tracker:main

[minilua.integrations]
# a comment
one = made_up_module:provider
two = tracker:Tracker [extra]
three=made_up_module:nothing
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    install(tmp_path / "site", "made_up-1.0.dist-info", ENTRIES)
    (tmp_path / "site" / "made_up_module.py").write_text("import tracker\nprovider = tracker.Tracker().provider\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.delitem(sys.modules, "made_up_module", raising=False)
    return tmp_path / "site"


def test_entry_points_are_found_and_imported_when_needed(site: Path) -> None:
    providers = Providers.installed()
    assert {"one", "two", "three"} <= set(providers)
    assert "made_up_module" not in sys.modules
    assert providers["one"].title == "Tracker"
    assert providers["one"] is providers["one"]


def test_the_first_on_the_path_counts(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "later", "other-1.0.dist-info", "[minilua.integrations]\none = gone:provider\nfour = x:y\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "later")])
    providers = Providers.installed()
    assert "four" in providers and providers["one"].title == "Tracker"


def test_what_cannot_be_loaded_says_so(site: Path) -> None:
    with pytest.raises(HostError, match=r"Integration 'three' cannot be loaded: .*nothing"):
        Providers.installed()["three"]
    with pytest.raises(HostError, match="Integration 'two' cannot be loaded: tracker:Tracker is no provider"):
        Providers.installed()["two"]


def test_a_broken_package_does_not_take_the_others_along(
    site: Path, kosmo: Kosmo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kosmo, "providers", Providers.installed())
    code = """
    print(app.integrations.one.whoami({}).account)
    print(select(2, pcall(app.integrations.three.anything, {})))
    print(docs.search("whoami"))
    """
    run = kosmo.eval(code)
    assert run.status == 0, run.err
    assert run.out.startswith("default\nIntegration 'three' cannot be loaded: AttributeError")
    assert "tracker.whoami - " in run.out
    assert "tracker" in kosmo("integrations:list").out
    assert "cannot be loaded" in kosmo("integrations:doctor").out


def test_unknown_names(site: Path) -> None:
    with pytest.raises(UnknownName, match=r"Unknown integration 'tow'. Installed integrations: .*Did you mean: two"):
        Providers.installed().named("tow")


def test_the_plain_reading_finds_what_importlib_finds(site: Path) -> None:
    from importlib import metadata

    points = metadata.entry_points()
    group = points.select(group="minilua.integrations") if hasattr(points, "select") else points["minilua.integrations"]
    assert set(Providers.installed()) == {point.name for point in group}
