"""Lua's operators where Python's own do not do: the slow paths of generated code, metamethods and coercions.

Generated code tries Python's operator under the cheapest guard that keeps the meaning and comes here for the rest,
so a function here assumes nothing of its operands.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import chain
from types import BuiltinFunctionType, FunctionType

from ..errors import Fault, LuaError, OperandError
from ..limits import POINTER, SMALL, reserve
from ..recursion import c_level
from . import numbers
from .coroutines import Coroutine
from .numbers import number_text, to_number, wrap
from .table import BaseTable, Table, length, metatable_of, rawget, rawset, remove_key, set_integer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

NoneType = type(None)

MINIMUM = -(2**63)
MAXIMUM = 2**63 - 1

LOOP_LIMIT = 2000
"""How long a chain of `__index` or `__newindex` may be (PUC's MAXTAGLOOP)."""

TYPE_NAMES: Dict[type, str] = {
    type(None): "nil",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    FunctionType: "function",
    BuiltinFunctionType: "function",
    Coroutine: "thread",
}


def type_name(value: Any) -> str:
    """What `type` answers."""
    name = TYPE_NAMES.get(value.__class__)
    if name is not None:
        return name
    return "table" if isinstance(value, BaseTable) else "userdata"


def described_type(value: Any) -> str:
    """The type as messages name it: a table's metatable may give it another `__name`."""
    metatable = metatable_of(value)
    if metatable is not None and value.__class__ is not str:
        name = metatable.λhash.get("__name")
        if name.__class__ is str:
            return str(name)
    return type_name(value)


def metamethod(value: Any, event: str) -> Any:
    metatable = metatable_of(value)
    return None if metatable is None else metatable.λhash.get(event)


def handler_of(value: Any, event: str) -> Any:
    """The metamethod of an operator, certain to be callable."""
    metatable = metatable_of(value)
    handler = None if metatable is None else metatable.λhash.get(event)
    if handler is not None and handler.__class__ is not FunctionType and not is_callable(handler):
        raise OperandError(f"attempt to call a {described_type(handler)} value (metamethod '{event[2:]}')")
    return handler


def is_callable(value: Any) -> bool:
    return value.__class__ is FunctionType or metamethod(value, "__call") is not None


class PendingCall:
    """Marks a tuple that is no list of results but a tail call still to be made: (TAIL_CALL, function, arguments).

    Every so many tail calls one returns such a tuple instead of calling. Its caller, if that was a tail call as well,
    passes it on, so that the stack empties down to the first call that wants the results, and goes on from there.
    """


TAIL_CALL = PendingCall()

ORDER: Any = object()
"""Given to a function that compares by keys, and says so by knowing it: it returns the functions of its keys, each with
whether larger keys come first."""


@cache
def irregular() -> List[bool]:
    """Which tail call returns instead: one in a hundred, in no rhythm that a program could be in step with."""
    turns = []
    state = 1
    for _ in range(9973):
        state = state * 1103515245 + 12345 & 0x7FFFFFFF  # as in the example of C's standard, §7.22.2
        turns.append((state >> 16) % 100 == 0)
    return turns


def turns() -> Iterator[bool]:
    """The tail calls of one runtime, so that none is told of in tracebacks otherwise for what others have done."""
    return chain.from_iterable(iter(irregular, None))


def is_lua(function: Any, global_values: Dict[str, Any]) -> bool:
    """Whether a call may be left to the caller: of a function over these globals, or of a table that stands for one."""
    for _ in range(LOOP_LIMIT):
        if not isinstance(function, BaseTable):
            break
        function = metamethod(function, "__call")  # what cannot be called is for the call itself to say
    return function.__class__ is FunctionType and function.__globals__ is global_values


def enter() -> None:
    """Called for the sake of the call, where that is what finds the stack too deep."""


def finish(results: Any) -> Any:
    """What a call returned, once no tail call of it is pending."""
    while results.__class__ is tuple and len(results) == 3 and results[0] is TAIL_CALL:
        results = results[1](*results[2])
    return results


def first(results: Any) -> Any:
    """The first of what a call returned, where it is known to be a tuple."""
    return one(results) if results else None


def one(results: Any) -> Any:
    """What a call returned, adjusted to one value."""
    if results.__class__ is tuple:
        if not results:
            return None
        if results[0] is TAIL_CALL:
            return one(finish(results))
        return results[0]
    return results


def many(results: Any) -> Tuple[Any, ...]:
    """What a call returned, as a tuple."""
    if results.__class__ is not tuple:
        return (results,)
    if results and results[0] is TAIL_CALL:
        return many(finish(results))
    if len(results) > MANY:
        reserve_many(results)
    return results


def reserve_many(values: Tuple[Any, ...]) -> None:
    """Ask for the memory of so many arguments or results: to hand them on through many calls takes long."""
    reserve(POINTER * len(values))


MANY = SMALL // POINTER
"""So many results that `reserve` is to know of them."""


# ---------------------------------------------------------------- calls


def call(function: Any, *arguments: Any) -> Any:
    """`function(arguments)` for a value that may not be callable."""
    if function.__class__ is not FunctionType:
        function, arguments = callee(function, arguments)
    results = function(*arguments)
    return finish(results) if results.__class__ is tuple else results


def callee(value: Any, arguments: Tuple[Any, ...]) -> Tuple[Any, Tuple[Any, ...]]:
    """The function that a call of a value comes to by `__call`, and its arguments.

    Raises:
        OperandError: the value cannot be called.
    """
    extra = []
    while not callable_directly(value):
        handler = metamethod(value, "__call")
        if handler is None:
            raise not_callable(value)
        extra.append(value)
        if len(extra) > LOOP_LIMIT:
            raise Fault("stack overflow")
        value = handler
    extra.reverse()
    return value, (*extra, *arguments)


def callable_of(value: Any) -> Any:
    """What a call of a value calls in Python, for one that may have `__call` without being a table."""
    if callable_directly(value) or isinstance(value, BaseTable) or metamethod(value, "__call") is None:
        return value
    function, arguments = callee(value, ())
    return lambda *more: function(*arguments, *more)  # a `partial` would call it from C


def callable_directly(value: Any) -> bool:
    return value.__class__ is FunctionType or value.__class__ is BuiltinFunctionType


def not_callable(value: Any) -> OperandError:
    return OperandError("call", 0, described_type(value))


# ---------------------------------------------------------------- indexing


if TYPE_CHECKING:
    Invoke = Callable[..., Any]
    """How an operator calls a metamethod: `call`, or in a coroutine what hands the call to the coroutine."""


def not_indexable(value: Any, turn: int) -> OperandError:
    """The error of a value without fields; one that a metatable led to has no name."""
    kind = described_type(value)
    return OperandError("index", 0, kind) if turn == 0 else OperandError(f"attempt to index a {kind} value")


def index(object: Any, key: Any, invoke: Invoke = call) -> Any:
    """`object[key]`."""
    if object.__class__ is Table:
        return rawget(object, key)
    for turn in range(LOOP_LIMIT):
        if isinstance(object, BaseTable):
            value = rawget(object, key)
            if value is not None:
                return value
            metatable = object.λmetatable
            handler = None if metatable is None else metatable.λhash.get("__index")
            if handler is None:
                return None
        else:
            handler = metamethod(object, "__index")
            if handler is None:
                raise not_indexable(object, turn)
        if handler.__class__ is FunctionType:
            return one(invoke(handler, object, key))
        object = handler
    raise OperandError("'__index' chain too long; possible loop")


def setindex(object: Any, key: Any, value: Any, invoke: Invoke = call) -> None:
    """`object[key] = value`."""
    if object.__class__ is Table:  # it has no metatable
        if key.__class__ is int:
            set_integer(object, key, value)
        else:
            rawset(object, key, value)
        return
    for turn in range(LOOP_LIMIT):
        if isinstance(object, BaseTable):
            metatable = object.λmetatable
            handler = None if metatable is None else metatable.λhash.get("__newindex")
            if handler is None or rawget(object, key) is not None:
                rawset(object, key, value)
                return
        else:
            handler = metamethod(object, "__newindex")
            if handler is None:
                raise not_indexable(object, turn)
        if handler.__class__ is FunctionType:
            finish(invoke(handler, object, key, value))
            return
        object = handler
    raise OperandError("'__newindex' chain too long; possible loop")


def clear_field(object: Any, name: str, invoke: Invoke = call) -> None:
    """`object.name = nil`."""
    if isinstance(object, BaseTable) and "__newindex" not in (object.λmetatable or object).λhash:
        remove_key(object, name)
    else:
        setindex(object, name, None, invoke)


def append(object: Any, value: Any, invoke: Invoke = call) -> None:
    """`object[#object + 1] = value`."""
    if object.__class__ is Table:
        set_integer(object, len(object.λarray), value)
    else:
        setindex(object, add(size(object), 1), value, invoke)


# ---------------------------------------------------------------- arithmetic


def arithmetic(event: str, operate: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    """An arithmetic operator in full: numbers, metamethods, an error that names the culprit."""

    def operator(a: Any, b: Any, invoke: Invoke = call) -> Any:
        a_kind, b_kind = a.__class__, b.__class__
        if (a_kind is int or a_kind is float) and (b_kind is int or b_kind is float):
            return operate(a, b)
        handler = handler_of(a, event)
        if handler is None:
            handler = handler_of(b, event)
        if handler is not None:
            if handler.__class__ is FunctionType and invoke is call:
                results = handler(a, b)
                return one(results) if results.__class__ is tuple else results
            return one(invoke(handler, a, b))
        # The second operand is to blame if the first is a number.
        culprit = 1 if a_kind in NUMBERS else 0
        raise OperandError("perform arithmetic on", culprit, described_type((a, b)[culprit]))

    def of_strings(a: Any = None, b: Any = None, *_: Any) -> Any:
        a_number = to_number(a) if a.__class__ is str else a
        b_number = to_number(b) if b.__class__ is str else b
        if a_number.__class__ in NUMBERS and b_number.__class__ in NUMBERS:
            try:
                return operate(a_number, b_number)
            except Fault as zero:  # what refuses it is the metamethod, which has no place in a chunk
                raise LuaError(zero.message) from None
        handler = handler_of(b, event) if b.__class__ is not str else None
        if handler is not None:
            return one(call(handler, a, b))
        raise Fault(f"attempt to {event[2:]} a '{type_name(a)}' with a '{type_name(b)}'")

    string_metamethods[event] = of_strings
    return operator


string_metamethods: Dict[str, Callable[..., Any]] = {}
"""Arithmetic on strings that spell numbers: metamethods of strings, as the string library of PUC-Rio has them."""

NUMBERS = (int, float)


def plus(a: Any, b: Any) -> Any:
    result = a + b
    return result if result.__class__ is float or MINIMUM <= result <= MAXIMUM else wrap(result)


def minus(a: Any, b: Any) -> Any:
    result = a - b
    return result if result.__class__ is float or MINIMUM <= result <= MAXIMUM else wrap(result)


def times(a: Any, b: Any) -> Any:
    result = a * b
    return result if result.__class__ is float or MINIMUM <= result <= MAXIMUM else wrap(result)


def quotient(a: Any, b: Any) -> Any:
    if a.__class__ is int and b.__class__ is int:
        return numbers.int_floordiv(a, b)
    return numbers.float_floordiv(a, b)


def remainder(a: Any, b: Any) -> Any:
    if a.__class__ is int and b.__class__ is int:
        return numbers.int_mod(a, b)
    return numbers.float_mod(a, b)


add = arithmetic("__add", plus)
subtract = arithmetic("__sub", minus)
multiply = arithmetic("__mul", times)
divide = arithmetic("__div", numbers.float_divide)
floor_divide = arithmetic("__idiv", quotient)
modulo = arithmetic("__mod", remainder)
power = arithmetic("__pow", numbers.power)


def negate(a: Any, invoke: Invoke = call) -> Any:
    if a.__class__ is int:
        return -a if a != MINIMUM else a
    if a.__class__ is float:
        return -a
    handler = handler_of(a, "__unm")
    if handler is not None:
        return one(invoke(handler, a, a))
    raise OperandError("perform arithmetic on", 0, described_type(a))


# The second operand of a metamethod for a unary operator is the first again.
arithmetic("__unm", lambda a, _: negate(a))


# ---------------------------------------------------------------- bits


def bitwise(event: str, operate: Callable[[int, int], int]) -> Callable[..., Any]:
    def operator(a: Any, b: Any, invoke: Invoke = call) -> Any:
        if a.__class__ is int and b.__class__ is int:
            return operate(a, b)
        handler = handler_of(a, event)
        if handler is None:
            handler = handler_of(b, event)
        if handler is not None:
            return one(invoke(handler, a, b))
        return operate(*bit_operands(a, b))

    return operator


def bit_operands(a: Any, b: Any) -> Tuple[int, int]:
    integers: List[Any] = []
    for position, value in enumerate((a, b)):
        if value.__class__ not in NUMBERS:
            # A first operand that is a number is not to blame for the type of the second.
            raise OperandError("perform bitwise operation on", position, described_type(value))
        integers.append(value if value.__class__ is int else numbers.float_to_integer(value))
    if None in integers:
        raise OperandError("number%s has no integer representation", integers.index(None))
    return integers[0], integers[1]


def shift_right(a: int, b: int) -> int:
    return numbers.shift_left(a, -b)


band = bitwise("__band", lambda a, b: a & b)
bor = bitwise("__bor", lambda a, b: a | b)
bxor = bitwise("__bxor", lambda a, b: a ^ b)
shl = bitwise("__shl", numbers.shift_left)
shr = bitwise("__shr", shift_right)


def bnot(a: Any, invoke: Invoke = call) -> Any:
    if a.__class__ is int:
        return ~a
    handler = handler_of(a, "__bnot")
    if handler is not None:
        return one(invoke(handler, a, a))
    return ~bit_operands(a, a)[0]


# ---------------------------------------------------------------- concatenation and length


def concat(*operands: Any, invoke: Invoke = call) -> Any:
    """`a .. b .. c`, from the right as Lua does it."""
    right = operands[-1]
    pieces: List[str] = []  # the texts to the left of a metamethod's last result, right to left
    for position in range(len(operands) - 2, -1, -1):
        left = operands[position]
        left_text = concat_text(left)
        right_text = concat_text(right) if not pieces else ""
        if left_text is not None and right_text is not None:
            if not pieces:
                pieces.append(right_text)
            pieces.append(left_text)
            right = ""
            continue
        if pieces:
            right = join(pieces)
            pieces = []
            right_text = right
        handler = handler_of(left, "__concat")
        if handler is None:
            handler = handler_of(right, "__concat")
        if handler is None:
            culprit = position if left_text is None else position + 1
            raise OperandError("concatenate", culprit, described_type(left if left_text is None else right))
        right = one(invoke(handler, left, right))
    return join(pieces) if pieces else right


def join(pieces: Any) -> str:
    reserve(sum(map(len, pieces)))
    return "".join(reversed(pieces))


def concat_text(value: Any) -> Optional[str]:
    kind = value.__class__
    if kind is str:
        return str(value)
    if kind is int or kind is float:
        return number_text(value)
    return None


def size(value: Any, invoke: Invoke = call) -> Any:
    """`#value`."""
    if value.__class__ is str:
        return len(value)
    handler = handler_of(value, "__len")
    if handler is not None:
        return one(invoke(handler, value, value))
    if isinstance(value, BaseTable):
        return length(value)
    raise OperandError("get length of", 0, described_type(value))


# ---------------------------------------------------------------- comparison


def equal(a: Any, b: Any, invoke: Invoke = call) -> bool:
    """`a == b`, with the metamethod where both are tables."""
    if a is b:
        return a.__class__ is not float or a == a  # NaN is not itself
    if isinstance(a, BaseTable):
        if not isinstance(b, BaseTable):
            return False
        handler = handler_of(a, "__eq")
        if handler is None:
            handler = handler_of(b, "__eq")
        return handler is not None and truth(one(invoke(handler, a, b)))
    if a.__class__ is bool or b.__class__ is bool:
        return False
    return bool(a == b)


def alike(a: Any, b: Any) -> bool:
    """Whether two values that are equal in Python are so in Lua, where booleans are no numbers."""
    return (a.__class__ is bool) == (b.__class__ is bool)


def truth(value: Any) -> bool:
    return value is not None and value is not False


def comparable(a: Any, b: Any) -> bool:
    kind, other = a.__class__, b.__class__
    if kind is int or kind is float:
        return other is int or other is float
    return kind is str and other is str


def compare(event: str, a: Any, b: Any, invoke: Invoke) -> bool:
    handler = handler_of(a, event)
    if handler is None:
        handler = handler_of(b, event)
    if handler is None:
        one_type, other_type = described_type(a), described_type(b)
        if one_type == other_type:
            raise OperandError(f"attempt to compare two {one_type} values")
        raise OperandError(f"attempt to compare {one_type} with {other_type}")
    return truth(one(invoke(handler, a, b)))


def less_than(a: Any, b: Any, invoke: Invoke = call) -> bool:
    return a < b if comparable(a, b) else compare("__lt", a, b, invoke)


def less_equal(a: Any, b: Any, invoke: Invoke = call) -> bool:
    return a <= b if comparable(a, b) else compare("__le", a, b, invoke)


def greater_than(a: Any, b: Any, invoke: Invoke = call) -> bool:
    return less_than(b, a, invoke)


def greater_equal(a: Any, b: Any, invoke: Invoke = call) -> bool:
    return less_equal(b, a, invoke)


# ---------------------------------------------------------------- methods


def method(object: Any, name: str, invoke: Invoke = call) -> Any:
    """What `object:name` calls, for a receiver that is not a table."""
    handler = metamethod(object, "__index")
    if isinstance(handler, BaseTable) and handler.λmetatable is None:
        return handler.λhash.get(name)
    return index(object, name, invoke)


# ---------------------------------------------------------------- text


simple_values_have_texts = False
"""Whether any program has given a metatable to strings, numbers, booleans or nil that may say how they are shown."""


def tostring(value: Any) -> str:
    """Lua's `tostring`, with `__tostring` and `__name`."""
    kind = value.__class__
    if simple_values_have_texts and metamethod(value, "__tostring") is not None:
        kind = BaseTable
    if kind is str:
        return str(value)
    if kind is int or kind is float:
        return number_text(value)
    if kind is NoneType:
        return "nil"
    if kind is bool:
        return "true" if value else "false"
    metatable = metatable_of(value)
    if metatable is not None:
        handler = metatable.λhash.get("__tostring")
        if handler is not None:
            with c_level:
                text = one(call(handler, value))
            if text.__class__ is not str:
                if text.__class__ is int or text.__class__ is float:
                    return number_text(text)
                raise Fault("'__tostring' must return a string")
            return str(text)
        name = metatable.λhash.get("__name")
        if name.__class__ is str:
            return f"{name}: {address(value)}"
    return f"{type_name(value)}: {address(value)}"


def address(value: Any) -> str:
    """What stands for a value's address: unique while the value lives, and not its place in memory."""
    return f"0x{(id(value) ^ ADDRESS_MASK) & 0xFFFFFFFFFFFF:012x}"


ADDRESS_MASK = int.from_bytes(os.urandom(6), "big")
