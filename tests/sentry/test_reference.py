"""The reference page says the facts of the page whose scripts run here, and the catalog says the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import List

import pytest

from minilua.host.catalog import Function
from sentry_integration import provider

# The facts of the published page: its parameter tables, query filters and Lua examples.
FACTS = (Path(__file__).with_name("fixtures") / "reference-facts.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", provider.reference, re.MULTILINE | re.DOTALL))


def test_every_fact_stands_verbatim() -> None:
    facts = [fact.strip("\n") for fact in re.split(r"\n{2,}(?=```|\||- |##)", FACTS) if fact.strip()]
    assert len(facts) > 20
    missing = [fact for fact in facts if fact not in provider.reference]
    assert not missing


def test_one_section_each() -> None:
    assert list(SECTIONS)[:7] == [function.name for function in provider.functions]
    assert list(SECTIONS)[:7] == [
        "list_projects",
        "get_project",
        "list_issues",
        "get_issue",
        "list_releases",
        "create_issue",
        "get_current_user",
    ]


@pytest.mark.parametrize("function", provider.functions, ids=lambda function: function.name)
def test_the_catalog_says_what_the_page_says(function: Function) -> None:
    rows: List[str] = re.findall(r"^\| `.*", SECTIONS[function.name], re.MULTILINE)
    assert [row.split("|")[1].strip(" `") for row in rows] == [parameter.name for parameter in function.parameters]
    for row, parameter in zip(rows, function.parameters):
        _, _, kind, required, description, _ = (cell.strip() for cell in row.split("|"))
        assert (kind, required) == (parameter.type, "yes" if parameter.required else "no")
        said = description.replace("`", "")
        assert parameter.description == said or parameter.description.startswith(said + " (e.g.")


def test_only_creating_writes() -> None:
    assert [function.name for function in provider.functions if function.operation == "write"] == ["create_issue"]
    assert all(function.operation in ("read", "write") for function in provider.functions)


def test_fields() -> None:
    assert [(field.name, field.required, field.secret) for field in provider.fields] == [
        ("auth_token", True, True),
        ("url", False, False),
        ("organization", False, False),
        ("region", False, False),
        ("ca_bundle", False, False),
        ("proxy", False, True),
    ]
