"""What a function lets go of before it has garbage collected: its temporaries, and variables whose scope has ended.

Python keeps the value of a variable until the function returns or gives it another. A program that asks for a
collection, and then looks at what has become of its weak tables and finalizers, would find all of it alive. So a call
of `collectgarbage` as a statement, or of a local function that makes such a call, is preceded by assignments of None.
"""

from __future__ import annotations

import ast
from typing import Any, Iterator, List, Set

from ..syntax import nodes as n
from .facts import known_function
from .outline import names


def is_collection(statement: Any, through: bool = True) -> bool:
    """Whether a statement is a call of `collectgarbage`, or, `through` one, of a local function that has it."""
    if statement.__class__ is not n.CallStatement or statement.call.__class__ is not n.Call:
        return False
    function = statement.call.function
    if function.__class__ is n.Name and function.declaration is None:
        return bool(function.name == "collectgarbage")
    known = known_function(function) if through else None
    return known is not None and any(is_collection(inner, False) for inner in known.body.statements)


class Done:
    """What is done of a block so far: its statements, and what they have become in the Python block around them."""

    def __init__(self, statements: List[n.Statement], made: List[ast.stmt]) -> None:
        self.statements = statements
        self.made = made
        self.first = self.position = 0
        self.first_made = self.made_before = len(made)

    def reach(self, position: int) -> None:
        self.position, self.made_before = position, len(self.made)

    def forget(self) -> None:
        """What has been let go of holds nothing any more."""
        self.first, self.first_made = self.position, len(self.made)

    def left_over(self, nameless: Set[str]) -> List[str]:
        """The Python variables that hold values and will not be read: temporaries, functions that are `nameless` in
        Lua, and variables that are out of scope."""
        made = self.made[self.first_made : self.made_before]
        used = [name for statement in made for name in names(statement, ast.Store)]
        hidden = [declaration.python_name for declaration in ended(self.statements[self.first : self.position])]
        return [*(name for name in used if name in nameless or name[0] == "λ" and name[1:].isdigit()), *hidden]


def ended(statements: List[Any]) -> Iterator[n.Declaration]:
    """The variables that are declared in blocks inside of statements, and can be seen no more.

    What functions share with this one, they share for good; those made in a loop have their own.
    """
    for statement in statements:
        for block in blocks(statement):
            for inner in block.statements:
                if inner.__class__ is n.Local:
                    yield from filter(is_own, inner.names)
                elif inner.__class__ is n.LocalFunction and is_own(inner.name):
                    yield inner.name
            yield from ended(block.statements)
        if statement.__class__ is n.NumericFor:
            yield from filter(is_own, [statement.variable])
        elif statement.__class__ is n.GenericFor:
            yield from filter(is_own, statement.variables)


def is_own(declaration: n.Declaration) -> bool:
    return not declaration.captured or declaration.in_loop


def blocks(statement: Any) -> List[n.Block]:
    """The blocks that a statement is made of."""
    if statement.__class__ is n.If:
        made = [block for _, block in statement.clauses]
        return made if statement.otherwise is None else [*made, statement.otherwise]
    if statement.__class__ in (n.Do, n.While, n.Repeat, n.NumericFor, n.GenericFor):
        return [statement.body]
    return []
