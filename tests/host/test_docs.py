from __future__ import annotations

import pytest
from tracker import REFERENCE, Tracker

from minilua.host.docs import Documentation, section
from minilua.host.errors import UnknownName
from minilua.host.providers import Providers


@pytest.fixture
def docs(tracker: Tracker) -> Documentation:
    return Documentation(Providers.of(tracker.provider))


@pytest.mark.parametrize("page", ["tracker", "integrations.tracker", "app.integrations.tracker"])
def test_a_provider_is_its_whole_reference(docs: Documentation, page: str) -> None:
    assert docs.read(page) == REFERENCE


@pytest.mark.parametrize(
    "page",
    ["tracker.create_item", "integrations.tracker.create_item", "tracker.tracker_create_item"],
)
def test_a_function_is_its_section(docs: Documentation, page: str) -> None:
    text = docs.read(page)
    assert text.startswith("## create_item\n") and text.endswith("```")
    assert "Multi-Account" not in text and "---" not in text


def test_headings_in_code_are_no_headings(docs: Documentation) -> None:
    text = docs.read("tracker.list_items")
    assert "## not a heading" in text and text.endswith("end\n```")


def test_a_function_without_a_section_gets_a_page_from_the_catalog(docs: Documentation) -> None:
    assert docs.read("tracker.whoami") == "## whoami\n\nTell whose credentials are used.\n\n### Parameters\n\nNone."
    assert "| `how` | string | no |  |" in docs.read("tracker.fail")
    assert section(REFERENCE, "whoami") == ""


@pytest.mark.parametrize(
    "page, text",
    [
        ("tracker.list_item", "Unknown page: tracker.list_item. Did you mean: tracker.list_items"),
        ("trakcer", "Unknown page: trakcer. Did you mean: tracker"),
        ("x", "Unknown page: x. Pages: tracker"),
        ("tracker.zzz", "Unknown page: tracker.zzz. Functions of tracker: list_items, create_item, whoami, fail"),
    ],
)
def test_unknown_pages_get_a_suggestion_or_the_list(docs: Documentation, page: str, text: str) -> None:
    with pytest.raises(UnknownName) as caught:
        docs.read(page)
    assert str(caught.value) == text


def test_list_and_search_are_lines(docs: Documentation) -> None:
    assert docs.list().splitlines()[:2] == [
        "tracker - A tracker of items.",
        "tracker.list_items - List the items of a project.",
    ]
    assert docs.search("ITEM create") == "tracker.create_item - Create an item."
    assert docs.search("write") == "tracker.create_item - Create an item."
    assert docs.search("nothing") == "No functions match 'nothing'."


def test_examples_are_the_lua_of_a_page(docs: Documentation) -> None:
    assert docs.examples("tracker.create_item") == [
        'print(app.integrations.tracker.create_item({project = "web", title = "Bug"}).id)'
    ]
    assert len(docs.examples("tracker")) == 3
