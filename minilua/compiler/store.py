"""Compiled chunks on the disk, for the next process that runs the same source.

Code from a file is run as it is, so it is read only from where nobody else can write: a directory of the user's own
with no rights for others, in files of the user's own. A file is named after a digest of all that the code depends on,
the source, this package and the Python at hand, and carries a digest of its contents, so that a damaged one is never
unmarshalled. Nothing here raises: a store that cannot be read or written is none.
"""

from __future__ import annotations

import marshal
import os
import sys
from types import CodeType

try:
    from _blake2 import blake2b  # hashlib, which has it too, takes longer to import than a small script takes to run
except ImportError:
    from hashlib import blake2b

from .marks import Marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Mapping, Optional, Tuple, Union

    Stored = Tuple[CodeType, Tuple[str, ...], Tuple[str, ...]]

DIGEST_SIZE = 32

MOST_FILES = 500
"""How many chunks are kept; beyond that, those written longest ago are removed."""


def default_directory(environment: Mapping[str, str] = os.environ) -> Optional[str]:
    """Where the commands keep compiled chunks: `minilua` in XDG_CACHE_HOME, else in ~/.cache."""
    root = environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(root):  # to be ignored, says the XDG specification
        home = environment.get("HOME") or os.path.expanduser("~")
        if not os.path.isabs(home):
            return None
        root = os.path.join(home, ".cache")
    return os.path.join(root, "minilua")


class Store:
    """The directory of compiled chunks, made when the first is written."""

    def __init__(self, directory: str) -> None:
        self.directory = directory
        self.maker = maker()

    def load(self, marks: Marks) -> Optional[Stored]:
        """What was saved of the chunk with these marks, or None."""
        key = self._key(marks)
        if not self._is_private():
            return None
        try:
            file = os.open(os.path.join(self.directory, key), os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            with os.fdopen(file, "rb") as stream:
                if not is_own(os.fstat(stream.fileno())):
                    return None
                content = stream.read()
            code = memoryview(content)[DIGEST_SIZE:]
            if digest(key.encode(), code) != content[:DIGEST_SIZE]:
                return None
            stored: Stored = marshal.loads(code)
        except (OSError, ValueError, EOFError, TypeError):
            return None
        return stored

    def save(self, marks: Marks, stored: Stored) -> None:
        key = self._key(marks)
        path = os.path.join(self.directory, key)
        temporary = f"{path}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(self.directory), exist_ok=True)
            if not os.path.isdir(self.directory):
                os.mkdir(self.directory, 0o700)
            if not self._is_private():
                return
            content = marshal.dumps(stored)
            file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(file, "wb") as stream:
                    stream.write(digest(key.encode(), content) + content)
                os.replace(temporary, path)
            except OSError:
                os.unlink(temporary)
                return
            self._make_room()
        except (OSError, ValueError):
            return

    def _key(self, marks: Marks) -> str:
        named = marks.name, marks.is_stripped
        parts = (marks.source, named, marks.environment_is_variable, marks.mode, self.maker)
        return digest(repr(parts).encode("utf-8", "surrogatepass")).hex()

    def _is_private(self) -> bool:
        """Whether the directory is the user's own, and nobody else's to write or read."""
        try:
            found = os.lstat(self.directory)
        except OSError:
            return False
        return found.st_mode & 0o170000 == 0o040000 and is_own(found)

    def _make_room(self) -> None:
        if len(os.listdir(self.directory)) <= MOST_FILES:  # looking at each takes long, so room is made for many
            return
        with os.scandir(self.directory) as entries:
            files = [(entry.stat().st_mtime, entry.path) for entry in entries]
        for _, path in sorted(files)[: -MOST_FILES * 3 // 4]:
            os.unlink(path)


def is_own(found: os.stat_result) -> bool:
    if not hasattr(os, "geteuid"):  # Windows, where a user's directories are private as they are
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & 0o077


def digest(*parts: Union[bytes, memoryview]) -> bytes:
    found = blake2b(digest_size=DIGEST_SIZE)
    for part in parts:
        found.update(part)
    return found.digest()


def maker() -> str:
    """All that the code of a chunk depends on besides its source: this package, as it is on the disk, and Python."""
    from .. import __version__

    package = os.path.dirname(os.path.dirname(__file__))
    stamps = []
    for folder in ("compiler", "syntax", "values"):
        try:
            with os.scandir(os.path.join(package, folder)) as entries:
                for entry in entries:
                    if entry.name.endswith((".py", ".lark", ".lalr")):
                        found = entry.stat()
                        stamps.append((folder, entry.name, found.st_size, found.st_mtime_ns))
        except OSError:  # a package in a zip file has its version alone
            pass
    return repr((__version__, sys.version, sys.implementation.cache_tag, sorted(stamps)))
