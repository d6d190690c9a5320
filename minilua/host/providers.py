"""The installed integrations: what the packages of this environment announce in the group `minilua.integrations`."""

from __future__ import annotations

import os
import sys
from typing import Any, Callable, Dict, Iterator, List, Mapping, Tuple

from minilua.host.catalog import Provider
from minilua.host.errors import HostError, UnknownName
from minilua.host.suggestions import did_you_mean

GROUP = "minilua.integrations"


class Providers(Mapping[str, Provider]):
    """The providers by name, each imported when it is first asked for.

    >>> Providers.installed()["sentry"].title
    'Sentry'
    """

    def __init__(self, loaders: Mapping[str, Callable[[], Provider]]) -> None:
        self._loaders = dict(loaders)
        self._loaded: Dict[str, Provider] = {}

    @classmethod
    def installed(cls) -> Providers:
        """Return the providers that installed packages announce."""
        return cls({name: _loader(name, reference) for name, reference in _announced()})

    @classmethod
    def of(cls, *providers: Provider) -> Providers:
        """Return the given providers."""

        def already(provider: Provider) -> Callable[[], Provider]:
            return lambda: provider

        return cls({provider.name: already(provider) for provider in providers})

    def __getitem__(self, name: str) -> Provider:
        if name not in self._loaded:
            self._loaded[name] = self._loaders[name]()
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._loaders  # and not, as a Mapping does it, by loading

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaders)

    def __len__(self) -> int:
        return len(self._loaders)

    def available(self) -> List[Provider]:
        """Return the providers that can be loaded, by name: one broken package must not take the others along."""
        found = []
        for name in sorted(self):
            try:
                found.append(self[name])
            except HostError:
                pass
        return found

    def named(self, name: str) -> Provider:
        """Return the provider of a name, or raise `UnknownName` with the names that there are."""
        if name in self:
            return self[name]
        raise UnknownName(
            f"Unknown integration '{name}'. Installed integrations: {', '.join(sorted(self)) or 'none'}."
            + did_you_mean(name, self)
        )


def _loader(name: str, reference: str) -> Callable[[], Provider]:
    def load() -> Provider:
        import importlib

        module, _, attribute = reference.partition(":")
        try:
            found = getattr(importlib.import_module(module.strip()), attribute.strip())
            provider = found if isinstance(found, Provider) else found()
        except Exception as error:
            raise HostError(f"Integration '{name}' cannot be loaded: {type(error).__name__}: {error}") from error
        if not isinstance(provider, Provider):
            raise HostError(f"Integration '{name}' cannot be loaded: {reference} is no provider")
        return provider

    return load


def _announced() -> List[Tuple[str, str]]:
    """Return name and `module:attribute` of each entry point of the group.

    importlib.metadata does the same, but importing it and parsing every package's metadata with it takes longer than
    all else that the command does before a script runs. It is asked where the plain reading finds nothing, which
    covers installations that are not folders: zip files, import hooks.
    """
    found: Dict[str, str] = {}
    for folder in sys.path:
        try:
            names = sorted(os.listdir(folder or "."))
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                for key, reference in _entries(os.path.join(folder, name, "entry_points.txt")):
                    found.setdefault(key, reference)  # as in importing, the first on the path counts
    if not found:
        from importlib import metadata

        points: Any = metadata.entry_points()
        group = points.select(group=GROUP) if hasattr(points, "select") else points.get(GROUP, ())  # Python 3.9
        found = {point.name: point.value for point in group}
    return sorted(found.items())


def _entries(path: str) -> Iterator[Tuple[str, str]]:
    try:
        with open(path, encoding="utf-8") as file:
            content = file.read()
    except OSError:
        return
    if GROUP not in content:
        return
    section = ""
    for line in content.splitlines():
        line = line.strip()
        if line.startswith("["):
            section = line.strip("[]").strip()
        elif section == GROUP and "=" in line and not line.startswith("#"):
            name, _, reference = line.partition("=")
            yield name.strip(), reference.partition("[")[0].strip()
