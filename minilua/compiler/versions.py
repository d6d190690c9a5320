"""Functions that are put out twice: once for small integers as arguments, once for all others.

What a parameter is, nobody knows before the call; what follows from its being a small integer can be found out once,
and then a test at the entry stands for all the guards in the body. A function whose calls are in sight and pass small
integers for certain (a recursive one calls itself so) has that version as a function of its own, with a result of a
type that is known.
"""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Optional, Set

from ..syntax import nodes as n
from .facts import ANY, SMALL, called_function, infer, passes_integers, type_of
from .resolve import Resolution

SIZE_LIMIT = 250
"""Nodes of a function that is put out twice."""

USES = 2
"""What the uses of parameters as numbers must be worth to be worth a test at the entry."""

ARITHMETIC = frozenset(("+", "-", "*", "//", "%", "<", "<=", ">", ">=", "&", "|", "~", "<<", ">>"))


class Version:
    """What holds in a function when the parameters at the places `integers` are small integers.

    `types` are those of its variables then, `result` that of its one result, and `is_function` says whether the
    version is a Python function of its own, called `python_name`.
    """

    __slots__ = ("integers", "types", "result", "is_function", "python_name")

    def __init__(self, integers: List[int]) -> None:
        self.integers = integers
        self.types: Dict[n.Declaration, int] = {}
        self.result = 0
        self.is_function = False
        self.python_name = ""


def find_versions(resolution: Resolution) -> None:
    """Give the functions that are worth it their `version`; their variables' types must have been inferred."""
    parents = {function.parent for function in resolution.functions}
    owned: Dict[n.Function, List[n.Declaration]] = {}
    for declaration in resolution.declarations:
        owned.setdefault(declaration.owner, []).append(declaration)  # type: ignore[arg-type]
    for function in resolution.functions:
        if function.parent is None or function in parents:
            continue
        integers = integer_parameters(function)
        if integers:
            function.version = version = Version(integers)
            settle(function, version, owned[function])
            version.is_function = False
    candidates: Set[n.Function] = set()
    for call in resolution.calls:
        called = called_function(call)
        if called is None or called.version is None or called.is_vararg:
            continue
        if call.expected is not None or not call.function.declaration.in_loop:  # type: ignore[attr-defined]
            candidates.add(called)
    for function in candidates:
        function.version.is_function = True
    # A call from the version of the function itself, or from elsewhere, that certainly passes small integers.
    wanted: Set[n.Function] = set()
    for call in resolution.calls:
        called = called_function(call)
        if called in candidates and passes_integers(call, called.version):
            wanted.add(called)
    for function in candidates - wanted:
        version = function.version
        version.is_function = calls_itself(function, version)
        if not version.is_function:
            version.result = ANY
    for function in candidates:
        if function.version.is_function:
            settle(function, function.version, owned[function])


def settle(function: n.Function, version: Version, declarations: List[n.Declaration]) -> None:
    """Find the types of a function's variables, and of its result, in its version."""
    general = [declaration.type for declaration in declarations]
    assumed = {function.parameters[place]: SMALL for place in version.integers}
    version.result = 0
    for _ in range(8):
        infer(declarations, assumed)
        result = 0
        for statement in function.returns:
            result |= type_of(statement.values[0]) if function.single else ANY
        if result == version.result:
            break
        version.result = result
    else:
        version.result = ANY
        infer(declarations, assumed)
    version.types = {declaration: declaration.type for declaration in declarations}
    for declaration, type in zip(declarations, general):
        declaration.type = type


def calls_itself(function: n.Function, version: Version) -> bool:
    """Whether the version has a call of the function that passes small integers."""
    general = {declaration: declaration.type for declaration in version.types}
    for declaration, type in version.types.items():
        declaration.type = type
    found = any(
        node.__class__ is n.Call and called_function(node) is function and passes_integers(node, version)
        for node in nodes_in(function.body)
    )
    for declaration, type in general.items():
        declaration.type = type
    return found


def integer_parameters(function: n.Function) -> List[int]:
    """The places of the parameters that look like integers, or none where two versions are not worth it."""
    parameters = set(function.parameters)
    if not parameters:
        return []
    uses: Dict[n.Declaration, int] = dict.fromkeys(function.parameters, 0)
    others: Set[Optional[n.Declaration]] = set()

    def used(node: Any) -> Optional[n.Declaration]:
        while node.__class__ is n.Parenthesis:
            node = node.expression
        found = node.declaration if node.__class__ is n.Name else None
        return found if found in parameters else None

    for count, node in enumerate(nodes_in(function.body)):
        if count > SIZE_LIMIT:
            return []
        kind = node.__class__
        if kind is n.Binary and node.operator in ARITHMETIC:
            for operand, other in ((node.left, node.right), (node.right, node.left)):
                parameter = used(operand)
                if parameter is not None:
                    uses[parameter] += worth(other)
        elif kind is n.NumericFor:
            for bound in (node.start, node.limit):
                parameter = used(bound)
                if parameter is not None:
                    uses[parameter] += 1
        elif kind is n.Index or kind is n.MethodCall:
            others.add(used(node.object))
        elif kind is n.Call:
            others.add(used(node.function))
        elif kind is n.Unary and node.operator == "#":
            others.add(used(node.operand))
    chosen = [parameter for parameter, count in uses.items() if count and parameter not in others]
    if sum(uses[parameter] for parameter in chosen) < USES:
        return []
    return [place for place, parameter in enumerate(function.parameters) if parameter in chosen]


def worth(other: Any) -> int:
    """What it is worth to know that one operand of an operator is an integer, given the other."""
    if other.__class__ is n.Number:
        return 2 if other.value.__class__ is int else 0
    return 1 if other.__class__ is n.Name and other.declaration is not None else 0


def nodes_in(block: n.Block) -> Iterator[Any]:
    """The nodes of a block, in no order."""
    waiting: List[Any] = [block]
    while waiting:
        part = waiting.pop()
        if part.__class__ in (list, tuple):
            waiting += part
        elif part.__class__ is n.Block:
            waiting += part.statements
        elif isinstance(part, n.Node) and part.__class__ is not n.Declaration:
            yield part
            if part.__class__ is n.Function:
                continue
            for kind in part.__class__.__mro__[:-1]:
                waiting += [getattr(part, name) for name in kind.__slots__ if name not in NO_CHILDREN]  # type: ignore[attr-defined]


NO_CHILDREN = frozenset(("line", "declaration", "target", "environment"))
