"""The documentation of the integrations: the library `docs` of workflows, and the same pages for the command line.

A page is a provider, `sentry`, or one of its functions, `sentry.list_projects`. `integrations.` and `app.integrations.`
in front say the same.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Tuple

from minilua.host.catalog import Function, Provider, find
from minilua.host.errors import HostError, UnknownName
from minilua.host.providers import Providers
from minilua.host.suggestions import did_you_mean


def short(page: str) -> str:
    """Return a page's name without what may stand in front of it.

    >>> short("app.integrations.sentry.list_projects")
    'sentry.list_projects'
    """
    for prefix in ("app.", "integrations."):
        if page.startswith(prefix):
            page = page[len(prefix) :]
    return page


def spoken(provider: Provider, name: str) -> str:
    """Return a function's name without the provider's in front of it: `sentry_list_projects` is `list_projects`."""
    prefix = provider.name + "_"
    names = [function.name for function in provider.functions]
    return name[len(prefix) :] if name not in names and name.startswith(prefix) else name


class Documentation:
    """The pages of the given providers.

    >>> Documentation(providers).search("projects")
    'sentry.list_projects - List all Sentry projects accessible to the authenticated user.'
    """

    def __init__(self, providers: Providers) -> None:
        self._providers = providers

    def library(self) -> Dict[str, Callable[..., Any]]:
        """Return the functions of the Lua library `docs`."""

        def search(query: Any = None, *_: Any) -> str:
            return self.search(_text("search", "query", query))

        def read(page: Any = None, *_: Any) -> str:
            return self.read(_text("read", "page", page))

        return {"list": lambda *_: self.list(), "search": search, "read": read}

    def list(self) -> str:
        """Return all pages, one a line with its description."""
        lines: List[str] = []
        for provider in self._providers.available():
            lines.append(f"{provider.name} - {provider.description}")
            lines.extend(_line(provider, function) for function in provider.functions)
        return "\n".join(lines)

    def found(self, query: str) -> List[Tuple[Provider, Function]]:
        """Return the functions that have every word of the query in their name, description or parameters."""
        words = query.lower().split()
        found = []
        for provider in self._providers.available():
            for function in provider.functions:
                text = " ".join(
                    [provider.name, provider.title, function.name, function.description, function.operation]
                    + [p.name + " " + p.description for p in function.parameters]
                ).lower()
                if all(word in text for word in words):
                    found.append((provider, function))
        return found

    def search(self, query: str) -> str:
        """Return the functions that a query finds, one a line, or a line that says that none is found."""
        found = self.found(query)
        return "\n".join(_line(*one) for one in found) or f"No functions match '{query}'."

    def read(self, page: str) -> str:
        """Return a page in Markdown."""
        name, _, function_name = short(page).partition(".")
        if name not in self._providers:
            pages = self.pages()
            raise UnknownName(
                f"Unknown page: {page}."
                + (did_you_mean(short(page), pages) or f" Pages: {', '.join(sorted(self._providers)) or 'none'}")
            )
        provider = self._providers[name]
        if not function_name:
            return provider.reference
        names = [function.name for function in provider.functions]
        function_name = spoken(provider, function_name)
        if function_name not in names:
            raise UnknownName(
                f"Unknown page: {page}."
                + (did_you_mean(function_name, names, name + ".") or f" Functions of {name}: {', '.join(names)}")
            )
        return section(provider.reference, function_name) or _made(find(provider, function_name))

    def pages(self) -> List[str]:
        """Return the names of all pages."""
        available = self._providers.available()
        return [name for p in available for name in [p.name] + [f"{p.name}.{f.name}" for f in p.functions]]

    def examples(self, page: str) -> List[str]:
        """Return the Lua examples of a page."""
        examples: List[str] = []
        lines: List[str] = []
        inside = False
        for line in self.read(page).splitlines():
            if line.startswith("```"):
                if inside:
                    examples.append("\n".join(lines))
                inside = not inside and line.strip() == "```lua"
                lines = []
            elif inside:
                lines.append(line)
        return examples


def section(reference: str, name: str) -> str:
    """Return the section of a reference page whose heading is `## name`, or nothing."""
    lines: List[str] = []
    inside = fenced = False
    for line in reference.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        if not fenced and line.startswith("## "):
            if inside:
                break
            inside = line[3:].strip().strip("`") == name
        if inside:
            lines.append(line)
    text = "\n".join(lines).strip()
    return text[:-3].rstrip() if text.endswith("\n---") else text


def _line(provider: Provider, function: Function) -> str:
    return f"{provider.name}.{function.name} - {function.description}"


def _made(function: Function) -> str:
    """Return a page for a function that the provider's reference does not describe."""
    lines = [f"## {function.name}", "", function.description, "", "### Parameters", ""]
    if not function.parameters:
        return "\n".join([*lines, "None."])
    lines += ["| Name | Type | Required | Description |", "|------|------|----------|-------------|"]
    for p in function.parameters:
        lines.append(f"| `{p.name}` | {p.type} | {'yes' if p.required else 'no'} | {p.description} |")
    return "\n".join(lines)


def _text(function: str, name: str, value: Any) -> str:
    if value.__class__ is not str:
        from minilua.host.data import lua_type

        raise HostError(f"docs.{function}: expected string {name}, got {lua_type(value)}")
    return value
