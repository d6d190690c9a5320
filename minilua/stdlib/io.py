"""The `io` library (manual §6.8) over Python's binary files.

A file is a userdata around a stream of bytes, each byte one character of a Lua string. Where C gives an error number,
functions return nil, the message and the number.
"""

from __future__ import annotations

import errno
import io
import os
import re
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, TextIO, Tuple

from ..blame import register_library
from ..errors import BadArgument, Fault
from ..limits import reserve
from ..values.numbers import number_text, to_number
from ..values.operations import address
from ..values.table import new_table, set_attribute
from ..values.userdata import Userdata
from .arguments import NO_VALUE, check_integer, check_option, check_string, opt_integer, opt_string, type_error
from .chunks import host_path

if TYPE_CHECKING:
    from ..runtime import LuaRuntime

MODE = re.compile("[rwa][+]?b*")
LONGEST_NUMERAL = 200
MOST_FORMATS = 250
PIECE = 2**20
"""How much is read at a time, lest a large count be allocated for a small file."""

WHENCE = {"set": os.SEEK_SET, "cur": os.SEEK_CUR, "end": os.SEEK_END}
SPACES = b" \t\n\v\f\r"
DIGITS = b"0123456789"
HEXADECIMAL = b"0123456789abcdefABCDEF"


class File(Userdata):
    """A file handle; `λstream` is None once it is closed."""

    __slots__ = ("λbuffering", "λend", "λstream")
    λstream: Any
    λend: Callable[[Any], Any]
    λbuffering: str

    def __init__(self, stream: Any, end: Callable[[Any], Any]) -> None:
        set_attribute(self, "λstream", stream)
        set_attribute(self, "λend", end)  # closes the stream and gives the results of `close`
        set_attribute(self, "λbuffering", "full")


class Output:
    """The standard output or error as a stream of bytes: where `print` writes to, in the same order."""

    def __init__(self, write: Callable[[str], None], stream: Callable[[], TextIO]) -> None:
        self.write_text = write
        self.stream = stream

    def write(self, data: bytes) -> None:
        self.write_text(data.decode("latin-1"))

    def flush(self) -> None:
        self.stream().flush()

    def seek(self, offset: int, whence: int) -> int:
        self.flush()
        return self.stream().buffer.seek(offset, whence)


class Input:
    """The standard input, found when it is first read from."""

    def __getattr__(self, name: str) -> Any:
        return getattr(sys.stdin.buffer, name)


class Directory:
    """What C makes of a directory that is opened: a file that cannot be read."""

    def fail(self, *_: Any) -> Any:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))

    read = peek = readline = fail

    def write(self, data: bytes) -> Any:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    def flush(self) -> None:
        pass

    def seek(self, offset: int, whence: int) -> int:
        return offset if whence == os.SEEK_SET else 2**63 - 1

    def close(self) -> None:
        pass


def write_to_stderr(text: str) -> None:
    stream = sys.stderr
    if text.isascii() or not hasattr(stream, "buffer"):
        stream.write(text)
    else:
        stream.flush()
        stream.buffer.write(text.encode("latin-1"))


# ---------------------------------------------------------------- results


def failure(error: Exception, name: Optional[str] = None) -> Tuple[None, str, int]:
    """nil, a message and the error's number (`luaL_fileresult`)."""
    number = getattr(error, "errno", None)
    if not number:  # Python's own refusal of what the stream was not opened for
        number = errno.EBADF
    message = os.fsencode(os.strerror(number)).decode("latin-1")
    return None, message if name is None else f"{name}: {message}", number


def check_file(value: Any) -> File:
    """The open file that a method is called on."""
    if value.__class__ is not File:
        raise type_error(value, 1, "FILE*")
    if value.λstream is None:
        raise Fault("attempt to use a closed file")
    return value


def end_stream(stream: Any) -> Any:
    try:
        stream.close()
    except (OSError, ValueError) as error:
        return failure(error)
    return True


def keep_open(stream: Any) -> Any:
    return None, "cannot close standard file"


# ---------------------------------------------------------------- reading


def read_formats(stream: Any, formats: Tuple[Any, ...], first: int) -> Any:
    """What `read` returns for its formats, the first of which is the argument at `first`."""
    if not formats:
        formats = ("l",)
    results: List[Any] = []
    try:
        for position, wanted in enumerate(formats, first):
            if wanted.__class__ is int or wanted.__class__ is float:
                value = read_count(stream, check_integer(wanted, position))
            else:
                reader = READERS.get(check_string(wanted, position).lstrip("*")[:1])
                if reader is None:
                    raise BadArgument(position, "invalid format")
                value = reader(stream)
            results.append(value)
            if value is None:
                break
    except (OSError, ValueError, AttributeError) as error:  # what is only written to has no `peek`
        return failure(error)
    return results[0] if len(results) == 1 else tuple(results)


def read_count(stream: Any, count: int) -> Optional[str]:
    if count == 0:
        return "" if stream.peek(1) else None
    pieces = []
    while count > 0:
        piece = stream.read(min(count, PIECE))
        if not piece:
            break
        reserve(len(piece))
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces).decode("latin-1") if pieces else None


def line_of(stream: Any) -> bytes:
    """The next line with its end, in pieces that are asked for: a device need not have an end of line."""
    pieces = []
    while True:
        piece: bytes = stream.readline(PIECE)
        pieces.append(piece)
        if len(piece) < PIECE or piece[-1:] == b"\n":
            return piece if len(pieces) == 1 else b"".join(pieces)
        reserve(len(piece))


def read_line(stream: Any) -> Optional[str]:
    line = line_of(stream)
    if line[-1:] == b"\n":
        return line[:-1].decode("latin-1")
    return line.decode("latin-1") if line else None


def read_whole_line(stream: Any) -> Optional[str]:
    line = line_of(stream)
    return line.decode("latin-1") if line else None


def read_all(stream: Any) -> str:
    return read_count(stream, sys.maxsize) or ""


def read_number(stream: Any) -> Any:
    """The longest prefix that looks like a numeral, as a number if it is one."""
    text = bytearray()

    def accept(characters: bytes) -> bool:
        following = stream.peek(1)[:1]
        if not following or following not in characters or len(text) >= LONGEST_NUMERAL:
            return False
        text.extend(stream.read(1))
        return True

    def accept_digits(characters: bytes) -> int:
        count = 0
        while accept(characters):
            count += 1
        return count

    while accept(SPACES):
        text.clear()
    accept(b"+-")
    digits, exponent, count = DIGITS, b"eE", 0
    if accept(b"0"):
        if accept(b"xX"):
            digits, exponent = HEXADECIMAL, b"pP"
        else:
            count = 1
    count += accept_digits(digits)
    if accept(b"."):
        count += accept_digits(digits)
    if count > 0 and accept(exponent):
        accept(b"+-")
        accept_digits(DIGITS)
    if len(text) >= LONGEST_NUMERAL:
        stream.read(1)
        return None
    return to_number(text.decode("latin-1"))


READERS: Dict[str, Callable[[Any], Any]] = {"n": read_number, "l": read_line, "L": read_whole_line, "a": read_all}


def lines_of(file: File, formats: Tuple[Any, ...], and_close: bool) -> Any:
    """The iterator of `lines`."""
    if len(formats) > MOST_FORMATS:
        raise BadArgument(MOST_FORMATS + 2, "too many arguments")

    def step(*_: Any) -> Any:
        if file.λstream is None:
            raise Fault("file is already closed")
        results = read_formats(file.λstream, formats, 2)
        first = results[0] if results.__class__ is tuple else results
        if first is not None:
            return results
        if results.__class__ is tuple and len(results) == 3 and results[1] is not None:
            raise Fault(results[1])
        if and_close:
            close_file(file)
        return ()

    register_library(step, "?")
    return step


# ---------------------------------------------------------------- writing


def write_values(file: File, values: Tuple[Any, ...], first: int) -> Any:
    pieces = []
    for position, value in enumerate(values, first):
        if value.__class__ is str:
            pieces.append(value)
        elif value.__class__ is float:
            text = number_text(value)
            pieces.append(text[:-2] if text.endswith(".0") else text)  # C's "%.14g"
        else:
            pieces.append(check_string(value, position))
    text = "".join(pieces)
    stream = file.λstream
    try:
        stream.write(text.encode("latin-1"))
        if file.λbuffering == "no" or (file.λbuffering == "line" and "\n" in text):
            stream.flush()
    except (OSError, ValueError) as error:
        return failure(error)
    return file


# ---------------------------------------------------------------- opening and closing


def open_file(name: str, mode: str) -> File:
    """The file of a name.

    Raises:
        OSError: it cannot be opened.
    """
    binary = mode if "b" in mode else mode + "b"
    try:
        return File(open(host_path(name), binary), end_stream)
    except IsADirectoryError:
        if mode.rstrip("b") != "r":
            raise
        return File(Directory(), end_stream)


def cannot_open(name: str, error: OSError) -> Fault:
    return Fault(f"cannot open file '{name}' ({failure(error)[1]})")


def close_file(file: File) -> Any:
    if file.λend is keep_open:
        return keep_open(file.λstream)
    stream = file.λstream
    set_attribute(file, "λstream", None)
    return file.λend(stream)


def close(file: Any = NO_VALUE, *_: Any) -> Any:
    return close_file(check_file(file))


def close_if_open(file: Any = NO_VALUE, *_: Any) -> Any:
    """`__gc` and `__close`."""
    if file.__class__ is not File:
        raise type_error(file, 1, "FILE*")
    if file.λstream is not None:
        close_file(file)
    return ()


def file_read(file: Any = NO_VALUE, *formats: Any) -> Any:
    return read_formats(check_file(file).λstream, formats, 2)


def file_write(file: Any = NO_VALUE, *values: Any) -> Any:
    return write_values(check_file(file), values, 2)


def file_lines(file: Any = NO_VALUE, *formats: Any) -> Any:
    return lines_of(check_file(file), formats, False)


def flush_file(file: File) -> Any:
    try:
        file.λstream.flush()
    except (OSError, ValueError) as error:
        return failure(error)
    return True


def file_flush(file: Any = NO_VALUE, *_: Any) -> Any:
    return flush_file(check_file(file))


def seek(file: Any = NO_VALUE, whence: Any = None, offset: Any = None, *_: Any) -> Any:
    handle = check_file(file)
    start = check_option(whence, 2, tuple(WHENCE), "cur")
    distance = opt_integer(offset, 3, 0)
    try:
        return handle.λstream.seek(distance, WHENCE[start])
    except io.UnsupportedOperation:
        return failure(OSError(errno.ESPIPE, ""))
    except (ValueError, OverflowError):  # to before the beginning
        return failure(OSError(errno.EINVAL, ""))
    except OSError as error:
        return failure(error)


def setvbuf(file: Any = NO_VALUE, mode: Any = NO_VALUE, size: Any = None, *_: Any) -> Any:
    handle = check_file(file)
    buffering = check_option(mode, 2, ("no", "full", "line"))
    opt_integer(size, 3, 1024)
    set_attribute(handle, "λbuffering", buffering)
    return True


def file_text(file: Any = NO_VALUE, *_: Any) -> str:
    """`__tostring`."""
    if file.__class__ is not File:
        raise type_error(file, 1, "FILE*")
    return "file (closed)" if file.λstream is None else f"file ({address(file)})"


def type_(value: Any = NO_VALUE, *_: Any) -> Optional[str]:
    if value is NO_VALUE:
        raise BadArgument(1, "value expected")
    if value.__class__ is not File:
        return None
    return "closed file" if value.λstream is None else "file"


def open_(name: Any = NO_VALUE, mode: Any = None, *_: Any) -> Any:
    text = check_string(name, 1)
    wanted = opt_string(mode, 2, "r")
    if not MODE.fullmatch(wanted):
        raise BadArgument(2, "invalid mode")
    try:
        return open_file(text, wanted.partition("b")[0])
    except OSError as error:
        return failure(error, text)


def popen(command: Any = NO_VALUE, mode: Any = None, *_: Any) -> Any:
    text = check_string(command, 1)
    wanted = opt_string(mode, 2, "r")
    if wanted not in ("r", "w"):
        raise BadArgument(2, "invalid mode")
    sys.stdout.flush()
    try:
        if wanted == "r":
            process = subprocess.Popen(host_path(text), shell=True, stdout=subprocess.PIPE)
        else:
            process = subprocess.Popen(host_path(text), shell=True, stdin=subprocess.PIPE)
    except (OSError, ValueError) as error:
        return failure(error, text)

    def end(stream: Any) -> Any:
        stream.close()
        return exit_results(process.wait())

    return File(process.stdout if wanted == "r" else process.stdin, end)


def exit_results(status: int) -> Tuple[Any, str, int]:
    """What `close` and `os.execute` tell of a process (`luaL_execresult`)."""
    if status < 0:
        return None, "signal", -status
    return True if status == 0 else None, "exit", status


def tmpfile(*_: Any) -> Any:
    try:
        return File(tempfile.TemporaryFile("w+b"), end_stream)
    except OSError as error:
        return failure(error)


# ---------------------------------------------------------------- the library


def unsafe(runtime: LuaRuntime) -> Dict[str, object]:
    """The `io` table; files get their metatable in the runtime."""
    stdin = File(Input(), keep_open)
    stdout = File(Output(runtime._write, runtime._stream), keep_open)
    stderr = File(Output(write_to_stderr, lambda: sys.stderr), keep_open)
    defaults = {"input": stdin, "output": stdout}

    def default(what: str) -> File:
        file = defaults[what]
        if file.λstream is None:
            raise Fault(f"default {what} file is closed")
        return file

    def choose(what: str, mode: str, file: Any) -> File:
        if file.__class__ is str or file.__class__ is int or file.__class__ is float:
            name = check_string(file, 1)
            try:
                defaults[what] = open_file(name, mode)
            except OSError as error:
                raise cannot_open(name, error) from None
        elif file is not None:
            defaults[what] = check_file(file)
        return defaults[what]

    def input_(file: Any = None, *_: Any) -> File:
        return choose("input", "r", file)

    def output(file: Any = None, *_: Any) -> File:
        return choose("output", "w", file)

    def close_(file: Any = None, *_: Any) -> Any:
        return close_file(default("output") if file is None else check_file(file))

    def read(*formats: Any) -> Any:
        return read_formats(default("input").λstream, formats, 1)

    def write(*values: Any) -> Any:
        return write_values(default("output"), values, 1)

    def flush(*_: Any) -> Any:
        return flush_file(default("output"))

    def lines(name: Any = None, *formats: Any) -> Any:
        if name is None:
            return lines_of(default("input"), formats, False)
        text = check_string(name, 1)
        try:
            file = open_file(text, "r")
        except OSError as error:
            raise cannot_open(text, error) from None
        return lines_of(file, formats, True), None, None, file

    methods = {
        "close": close,
        "flush": file_flush,
        "lines": file_lines,
        "read": file_read,
        "seek": seek,
        "setvbuf": setvbuf,
        "write": file_write,
    }
    events = {"__close": close_if_open, "__gc": close_if_open, "__tostring": file_text}
    for function in (*methods.values(), *events.values()):
        register_library(function, "?")
    runtime._type_metatables[File] = new_table({"__index": new_table(dict(methods)), "__name": "FILE*", **events})
    return {
        "close": close_,
        "flush": flush,
        "input": input_,
        "lines": lines,
        "open": open_,
        "output": output,
        "popen": popen,
        "read": read,
        "stderr": stderr,
        "stdin": stdin,
        "stdout": stdout,
        "tmpfile": tmpfile,
        "type": type_,
        "write": write,
    }
