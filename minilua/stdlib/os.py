"""The `os` library (manual §6.9): time and date always, and apart from them what touches the machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any, Callable

from minilua.errors import BadArgument, Fault
from minilua.limits import check, reserve
from minilua.stdlib.arguments import (
    NO_VALUE,
    check_integer,
    check_option,
    check_string,
    check_table,
    opt_integer,
    opt_string,
)
from minilua.values.closing import ProgramLeft
from minilua.values.numbers import to_integer
from minilua.values.operations import index, setindex
from minilua.values.table import new_table

if TYPE_CHECKING:
    from minilua.runtime import LuaRuntime


# ---------------------------------------------------------------- dates

_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
Moment = time.struct_time


def _weekday(t: Moment) -> int:
    """Days since Sunday."""
    return (t.tm_wday + 1) % 7


def _hour12(t: Moment) -> int:
    return (t.tm_hour + 11) % 12 + 1


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _iso_week(t: Moment) -> tuple[int, int]:
    """Year and week of ISO 8601: a week belongs to the year that its Thursday is in."""
    year = t.tm_year
    thursday = t.tm_yday - t.tm_wday + 3
    if thursday < 1:
        year -= 1
        thursday += 365 + _leap(year)
    elif thursday > 365 + _leap(year):
        thursday -= 365 + _leap(year)
        year += 1
    return year, (thursday - 1) // 7 + 1


def _zone(t: Moment) -> str:
    minutes = abs(t.tm_gmtoff or 0) // 60
    return f"{'-' if (t.tm_gmtoff or 0) < 0 else '+'}{minutes // 60:02d}{minutes % 60:02d}"


# The conversions of C99's strftime in the C locale.
_CONVERSIONS: dict[str, Callable[[Moment], str]] = {
    "a": lambda t: _DAYS[_weekday(t)][:3],
    "A": lambda t: _DAYS[_weekday(t)],
    "b": lambda t: _MONTHS[t.tm_mon - 1][:3],
    "B": lambda t: _MONTHS[t.tm_mon - 1],
    "c": lambda t: _date(t, "%a %b %e %H:%M:%S %Y"),
    "C": lambda t: str(t.tm_year // 100),  # as glibc, where years before 1000 have one digit
    "d": lambda t: f"{t.tm_mday:02d}",
    "D": lambda t: _date(t, "%m/%d/%y"),
    "e": lambda t: f"{t.tm_mday:2d}",
    "F": lambda t: f"{t.tm_year}-{t.tm_mon:02d}-{t.tm_mday:02d}",
    "g": lambda t: f"{_iso_week(t)[0] % 100:02d}",
    "G": lambda t: str(_iso_week(t)[0]),
    "h": lambda t: _MONTHS[t.tm_mon - 1][:3],
    "H": lambda t: f"{t.tm_hour:02d}",
    "I": lambda t: f"{_hour12(t):02d}",
    "j": lambda t: f"{t.tm_yday:03d}",
    "m": lambda t: f"{t.tm_mon:02d}",
    "M": lambda t: f"{t.tm_min:02d}",
    "n": lambda _: "\n",
    "p": lambda t: "AM" if t.tm_hour < 12 else "PM",
    "r": lambda t: _date(t, "%I:%M:%S %p"),
    "R": lambda t: f"{t.tm_hour:02d}:{t.tm_min:02d}",
    "S": lambda t: f"{t.tm_sec:02d}",
    "t": lambda _: "\t",
    "T": lambda t: f"{t.tm_hour:02d}:{t.tm_min:02d}:{t.tm_sec:02d}",
    "u": lambda t: str(t.tm_wday + 1),
    "U": lambda t: f"{(t.tm_yday + 6 - _weekday(t)) // 7:02d}",
    "V": lambda t: f"{_iso_week(t)[1]:02d}",
    "w": lambda t: str(_weekday(t)),
    "W": lambda t: f"{(t.tm_yday + 6 - t.tm_wday) // 7:02d}",
    "x": lambda t: _date(t, "%m/%d/%y"),
    "X": lambda t: _date(t, "%H:%M:%S"),
    "y": lambda t: f"{t.tm_year % 100:02d}",
    "Y": lambda t: str(t.tm_year),
    "z": _zone,
    "Z": lambda t: t.tm_zone or "",
    "%": lambda _: "%",
}
# Modified conversions: alternative eras and digits, which the C locale does not have.
_CONVERSIONS.update({"E" + letter: _CONVERSIONS[letter] for letter in "cCxXyY"})
_CONVERSIONS.update({"O" + letter: _CONVERSIONS[letter] for letter in "deHImMSuUVwWy"})


def _date(t: Moment, format: str) -> str:
    """`format` with its conversions replaced by parts of `t`."""
    reserve(len(format) * 16)
    text, *parts = format.split("%")
    parts.reverse()
    pieces = [text]
    while parts:
        part = parts.pop()
        if not part and parts:  # "%%"
            pieces += ["%", parts.pop()]
            continue
        if not len(parts) % 1000:
            check()
        length = 2 if part[:2] in _CONVERSIONS and part[:1] in "EO" else 1
        convert = _CONVERSIONS.get(part[:length])
        if convert is None:
            rest = "%".join([part, *reversed(parts)])
            raise BadArgument(1, f"invalid conversion specifier '%{rest}'")
        pieces += [convert(t), part[length:]]
    return "".join(pieces)


def _fields(t: Moment) -> dict[str, object]:
    """The fields of a date table."""
    fields: dict[str, object] = {
        "year": t.tm_year,
        "month": t.tm_mon,
        "day": t.tm_mday,
        "hour": t.tm_hour,
        "min": t.tm_min,
        "sec": t.tm_sec,
        "yday": t.tm_yday,
        "wday": _weekday(t) + 1,
    }
    if t.tm_isdst >= 0:
        fields["isdst"] = bool(t.tm_isdst)
    return fields


def _broken_down(seconds: int, utc: bool, wanted: str = "date") -> Moment:
    try:
        if _FIRST_SECOND <= seconds < _END_OF_TIME:
            return time.gmtime(seconds) if utc else time.localtime(seconds)
    except (OverflowError, ValueError, OSError):
        pass
    raise _unrepresentable(wanted)


def _unrepresentable(wanted: str) -> Fault:
    return Fault(f"{wanted} result cannot be represented in this installation")


def date(format: Any = None, moment: Any = None, *_: Any) -> Any:
    """`os.date([format [, time]])`."""
    text = opt_string(format, 1, "%c")
    seconds = int(time.time()) if moment is None else check_integer(moment, 2)
    utc = text.startswith("!")
    if utc:
        text = text[1:]
    broken_down = _broken_down(seconds, utc)
    if text.partition("\0")[0] == "*t":
        return new_table(_fields(broken_down))
    return _date(broken_down, text)


def _field(table: Any, key: str, default: int | None, delta: int) -> int:
    """An integer field of a date table, as C's `struct tm` counts it."""
    value = index(table, key)
    integer = to_integer(value)
    if integer is None:
        if value is not None:
            raise Fault(f"field '{key}' is not an integer")
        if default is None:
            raise Fault(f"field '{key}' missing in date table")
        return default
    if not -(2**31) <= integer - delta <= 2**31 - 1:
        raise Fault(f"field '{key}' is out-of-bound")
    return integer


def _days_since_1970(year: int, month: int, day: int) -> int:
    """The number of a day in the Gregorian calendar; months and days may be out of their ranges."""
    year += (month - 1) // 12
    month = (month - 1) % 12 + 1
    if month <= 2:  # count years from March, so that the leap day is the last
        year -= 1
        month += 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day - 719469


_FIRST_SECOND, _END_OF_TIME = [_days_since_1970(1900 + years, 1, 1) * 86400 for years in (-(2**31), 2**31)]
"""What C's `tm_year`, an int that counts from 1900, can hold; not every system's `localtime` asks for that."""


def _seconds(year: int, month: int, day: int, hour: int, minute: int, second: int, isdst: int) -> int:
    """The time of a local date, as C's `mktime`."""
    naive = _days_since_1970(year, month, day) * 86400 + hour * 3600 + minute * 60 + second
    if abs(naive) < 2**51:  # a float of `time.mktime` is exact
        try:
            return int(time.mktime((year, month, day, hour, minute, second, 0, 0, isdst)))
        except (OverflowError, ValueError):
            pass
    return naive - (_broken_down(naive, False, "time").tm_gmtoff or 0)


def current_time(table: Any = None, *_: Any) -> int:
    """`os.time([table])`: the fields of `table` are brought into their ranges, too."""
    if table is None:
        return int(time.time())
    check_table(table, 1)
    year = _field(table, "year", None, 1900)
    month = _field(table, "month", None, 1)
    day = _field(table, "day", None, 0)
    hour = _field(table, "hour", 12, 0)
    minute = _field(table, "min", 0, 0)
    second = _field(table, "sec", 0, 0)
    summer = index(table, "isdst")
    seconds = _seconds(year, month, day, hour, minute, second, -1 if summer is None else int(summer is not False))
    for key, value in _fields(_broken_down(seconds, False, "time")).items():
        setindex(table, key, value)
    if seconds == -1:  # C's sign of failure
        raise _unrepresentable("time")
    return seconds


def clock(*_: Any) -> float:
    """`os.clock()`."""
    return time.process_time()


def difftime(later: Any = NO_VALUE, earlier: Any = NO_VALUE, *_: Any) -> float:
    """`os.difftime(t2, t1)`."""
    return float(check_integer(later, 1) - check_integer(earlier, 2))


def library(_runtime: LuaRuntime) -> dict[str, object]:
    """The names of an `os` table that touches nothing but the clock."""
    return {"clock": clock, "date": date, "difftime": difftime, "time": current_time}


# ---------------------------------------------------------------- the machine


def _host_text(s: str) -> str:
    """A Lua string as Python names files and variables."""
    return os.fsdecode(s.encode("latin-1"))


def _lua_text(s: str) -> str:
    return os.fsencode(s).decode("latin-1")


def _failure(error: OSError, name: str | None) -> tuple[None, str, int]:
    """nil, a message and the error's number (`luaL_fileresult`)."""
    message = _lua_text(error.strerror or str(error))
    return None, message if name is None else f"{name}: {message}", error.errno or 0


def execute(command: Any = None, *_: Any) -> Any:
    """`os.execute([command])`."""
    if command is None:
        return os.path.exists("/bin/sh") or sys.platform == "win32"
    text = check_string(command, 1)
    try:
        status = subprocess.run(_host_text(text), shell=True, check=False).returncode
    except (OSError, ValueError):
        return None, "exit", -1
    if status < 0:
        return None, "signal", -status
    return True if status == 0 else None, "exit", status


def leave(code: Any = None, close: Any = None, *_: Any) -> None:
    """`os.exit([code [, close]])`."""
    if code.__class__ is bool:
        status = 0 if code else 1
    else:
        status = opt_integer(code, 1, 0)
    raise (SystemExit if close is None or close is False else ProgramLeft)(status & 0xFF)


def getenv(name: Any = NO_VALUE, *_: Any) -> str | None:
    """`os.getenv(varname)`."""
    value = os.environ.get(_host_text(check_string(name, 1)))
    return None if value is None else _lua_text(value)


def remove(name: Any = NO_VALUE, *_: Any) -> Any:
    """`os.remove(filename)`: a file or an empty directory."""
    text = check_string(name, 1)
    path = _host_text(text.partition("\0")[0])
    try:
        (os.rmdir if os.path.isdir(path) and not os.path.islink(path) else os.remove)(path)
    except OSError as error:
        return _failure(error, text)
    return True


def rename(old: Any = NO_VALUE, new: Any = NO_VALUE, *_: Any) -> Any:
    """`os.rename(oldname, newname)`."""
    source, target = check_string(old, 1), check_string(new, 2)
    try:
        os.rename(_host_text(source.partition("\0")[0]), _host_text(target.partition("\0")[0]))
    except OSError as error:
        return _failure(error, None)
    return True


def setlocale(locale: Any = None, category: Any = None, *_: Any) -> str | None:
    """`os.setlocale([locale [, category]])`: there is no locale but C here."""
    name = opt_string(locale, 1, "C")
    check_option(category, 2, ("all", "collate", "ctype", "monetary", "numeric", "time"), "all")
    return "C" if name in ("", "C", "POSIX") else None


def tmpname(*_: Any) -> str:
    """`os.tmpname()`."""
    try:
        handle, path = tempfile.mkstemp(prefix="lua_")
    except OSError:
        raise Fault("unable to generate a unique filename") from None
    os.close(handle)
    return _lua_text(path)


def unsafe(_runtime: LuaRuntime) -> dict[str, object]:
    """The rest of the `os` table: what reaches files, processes and the environment."""
    return {
        "execute": execute,
        "exit": leave,
        "getenv": getenv,
        "remove": remove,
        "rename": rename,
        "setlocale": setlocale,
        "tmpname": tmpname,
    }
