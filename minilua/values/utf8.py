"""UTF-8 as it was before it was cut down to Unicode: six bytes reach 2^31 (manual §3.1, §6.5).

Strings hold one byte a character, so it is read and written here by hand.
"""

from __future__ import annotations

_LEAST = (0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000)  # what needs so many continuation bytes


def continues(s: str, at: int) -> bool:
    """Whether a continuation byte stands at index `at`."""
    return at < len(s) and "\x80" <= s[at] <= "\xbf"


def decode(s: str, at: int, lax: bool) -> tuple[int, int] | None:
    """The code point at index `at` (0 for the end of `s`, which counts as a zero byte) and the index after it.

    None if it is not well formed; `lax` allows surrogates and what is beyond Unicode, up to 2^31.
    """
    first = ord(s[at]) if at < len(s) else 0
    if first < 0x80:
        return first, at + 1
    count = 0
    code = 0
    while first & 0x40:
        count += 1
        if not continues(s, at + count):
            return None
        code = code << 6 | ord(s[at + count]) & 0x3F
        first <<= 1
    if not 1 <= count <= 5:
        return None
    code |= (first & 0x7F) << count * 5
    if code < _LEAST[count]:
        return None
    if not lax and (code > 0x10FFFF or 0xD800 <= code <= 0xDFFF):
        return None
    return code, at + count + 1


def encode(code: int) -> str:
    """The bytes of a code point below 2^31."""
    if code < 0x80:
        return chr(code)
    tail = ""
    room = 0x3F  # what fits into the first byte
    while code > room:
        tail = chr(0x80 | code & 0x3F) + tail
        code >>= 6
        room >>= 1
    return chr((~room << 1) & 0xFF | code) + tail
