"""`LuaRuntime`: the one object that an embedder meets."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from itertools import repeat

from . import blame, convert, stdlib
from . import limits as bounds
from .compiler.marks import CAREFUL, marks_of
from .compiler.program import compile_anew, compile_chunk
from .compiler.surface import SURFACE
from .convert import LuaFunction, LuaTable
from .errors import LuaError, LuaLimitError, LuaSyntaxError
from .limits import Budget, Limits, Stopped
from .recursion import Nesting, c_level, deep_calls, levels
from .values import operations
from .values.finalizers import call_finalizer, with_finalizers
from .values.globals import GlobalTable, original, untouched
from .values.operations import finish, index, setindex
from .values.table import BaseTable, new_table, stand_in, type_metatables, watch
from .watchdog import watchdog

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, TextIO, Union

    Source = Union[str, bytes]

ENTERED_TWICE = "this LuaRuntime is running in another thread: a runtime runs in one thread at a time"


class LuaRuntime:
    """A Lua state: globals, libraries and what runs in them.

    Args:
        stdout: the text stream that `print` writes to; the process's standard output by default.
        attribute_filter: asked for every attribute of a host object that a script wants to read, as
            `filter(object, name)`; a true answer allows it. Without one, host objects are opaque. Names that start
            with an underscore are never asked for.
        libraries: what a script gets besides the harmless: any of "debug", "io", "os" and "package", which reach files,
            processes and the insides of functions (see `minilua.stdlib`); `UNSAFE_LIBRARIES` names them all.
        loader: where `require` finds modules: called with a module's name, it returns the source or None.
        limits: what each call into the runtime may use, whatever it does; one that would use more ends with
            `LuaLimitError`. `Limits()` bounds nothing, and lets `cancel` work.

    Raises:
        ValueError: there is no library of a name in `libraries`.

    >>> lua = LuaRuntime()
    >>> lua.eval("1 + 1")
    2
    >>> lua.globals()["greet"] = lambda name: f"Hello, {name}!"
    >>> lua.execute("return greet('Lua')")
    'Hello, Lua!'
    """

    def __init__(
        self,
        *,
        stdout: Optional[TextIO] = None,
        attribute_filter: Optional[Callable[[Any, str], bool]] = None,
        libraries: Iterable[str] = (),
        loader: Optional[Callable[[str], Union[str, bytes, None]]] = None,
        limits: Optional[Limits] = None,
    ) -> None:
        self._stdout = stdout
        self._loader = loader
        self._attribute_filter = attribute_filter
        self._limits = limits
        self._mechanism = ""
        self._is_careful = False
        self._budgets: List[Budget] = []  # of the calls that are running, innermost last
        self._entrance = threading.RLock()
        self._nesting = Nesting()
        self._global_values: Dict[str, Any] = {
            "__builtins__": {},
            **SURFACE,
            "λglobals_watched": False,
            "λglobal": self._missing_global,
            "λset_global": self._set_global,
            "λlimited": False,
            "λexhausted": False,
            "λstop": self._stop,
            "λturns": operations.turns(),
            "λticks": bounds.ticks,
            "λentries": bounds.entries,
            "λcheck_depth": self._check_depth,
        }
        self._global_values["λglobals"] = self._global_values
        if limits is not None:
            self._be_stoppable(limits)
        self._global_table = GlobalTable(self._global_values)
        self._type_metatables: Dict[type, BaseTable] = {}
        self._global_values["λtypes"] = self._type_metatables  # tells whose handler of `__gc` a function is
        stdlib.open_libraries(self, libraries)
        host_metatable = new_table({"__index": self._host_attribute, "__name": "userdata"})
        self._type_metatables[convert.HostObject] = host_metatable

    # ------------------------------------------------------------ running

    def execute(
        self, source: Source, *arguments: Any, name: Optional[str] = None, limits: Optional[Limits] = None
    ) -> Any:
        """Run a chunk with `...` being the arguments, and return what it returns.

        One value is returned as it is, several as a tuple, none as None. `name` stands for the chunk in messages;
        without one they quote the start of the source. `limits` take the place of the runtime's own for this call.

        Raises:
            LuaSyntaxError: the source is not Lua.
            LuaLimitError: the script used up what it may use.
            LuaError: the script failed.
        """
        if limits is not None:
            with self.limited(limits):
                return self.execute(source, *arguments, name=name)
        if self._is_to_be_bounded():
            return self._within_limits(lambda: self.compile(source, name)(*arguments))
        return self.compile(source, name)(*arguments)

    def eval(self, expression: Source, *arguments: Any, limits: Optional[Limits] = None) -> Any:
        """The value of an expression (a list of expressions gives a tuple).

        Raises:
            LuaSyntaxError: it is no expression.
            LuaLimitError: its evaluation used up what it may use.
            LuaError: its evaluation failed.
        """
        if isinstance(expression, bytes):
            return self.execute(b"return " + expression, *arguments, limits=limits)
        return self.execute("return " + expression, *arguments, limits=limits)

    def compile(self, source: Source, name: Optional[str] = None) -> LuaFunction:
        """The chunk as a function, not yet run.

        Raises:
            LuaSyntaxError: the source is not Lua.
        """
        text = source.decode("latin-1") if isinstance(source, bytes) else convert.text_to_lua(source)
        if name is None:
            chunk_name = text
        else:
            chunk_name = convert.text_to_lua(name if name[:1] in ("@", "=") else "@" + name)
        if self._is_to_be_bounded():
            return self._within_limits(lambda: self.compile(source, name))  # type: ignore[no-any-return]
        try:
            program = compile_chunk(text, chunk_name, mode=self._mode, is_kept=True)
        except LuaSyntaxError as error:
            raise LuaSyntaxError(convert.text_to_python(error.value)) from None
        return LuaFunction(program.instantiate(self._global_values, self._global_table), self)

    # ------------------------------------------------------------ limits

    @contextmanager
    def limited(self, limits: Limits) -> Iterator[None]:
        """A context in which each call into the runtime may use what `limits` say, instead of the runtime's own.

        A call from inside a script, by a function of the host's, uses up the limits around it as well.

        >>> lua = LuaRuntime()
        >>> spin = lua.eval("function() while true do end end")
        >>> with lua.limited(Limits(seconds=0.1)):
        ...     spin()
        Traceback (most recent call last):
        minilua.errors.LuaLimitError: [string "return function() while true do end end"]:1: the time limit ...
        """
        with self._entered():
            if self._be_stoppable(limits):
                compile_anew(self._global_values, self._mode)
            outer, self._limits = self._limits, limits
            try:
                yield
            finally:
                self._limits = outer

    def _be_stoppable(self, limits: Limits) -> bool:
        """Compile for these limits from now on; whether what is compiled already does not do for them."""
        before = self._mechanism
        if limits.depth is not None and not before.endswith("depth"):
            self._mechanism = bounds.MECHANISM + " and depth"
            self._global_values["λturns"] = repeat(True)  # tail calls do not count
        elif not before:
            self._mechanism = bounds.MECHANISM
        self._global_values["λlimited"] = True
        return self._mechanism != before

    @property
    def _mode(self) -> str:
        """How chunks are compiled."""
        return self._mechanism + (CAREFUL if self._is_careful else "")

    def be_careful(self) -> None:
        """Compile for metamethods of values that are no tables from now on, what has been compiled before as well."""
        self._give_simple_values_texts()
        if not self._is_careful:
            self._is_careful = True
            compile_anew(self._global_values, self._mode)

    def set_string_metatable(self, metatable: Optional[BaseTable]) -> None:
        """Look the fields of strings up as another metatable says, which is theirs already."""
        self._global_values["λstrings"] = stand_in(metatable)
        self._global_values[untouched("string")] = False
        if metatable is not None:
            watch(metatable, self._strings_changed)
            for event in metatable.λhash:
                self._strings_changed(event)

    def _strings_changed(self, event: str) -> None:
        """The metatable of strings has got an event."""
        if event == "__index":
            self._global_values[untouched("string")] = False
        elif event in ("__call", "__lt", "__le", "__newindex"):
            self.be_careful()
        elif event == "__tostring":
            self._give_simple_values_texts()

    def _give_simple_values_texts(self) -> None:
        """From now on strings, numbers and the like may have a `__tostring`."""
        operations.simple_values_have_texts = True
        self._global_values[original(None, "tostring")] = None

    def _check_depth(self) -> None:
        """Called by code of a limited program, by every so many functions."""
        budget = bounds.current.budget
        if budget is None or budget.limits.depth is None:
            return
        left = budget.limits.depth
        frame: Any = sys._getframe(1)
        while frame is not None:
            if marks_of(frame.f_code) is not None:
                left -= 1
                if left < 0:
                    budget.stop("depth")
            frame = frame.f_back

    def close(self) -> None:
        """Call the finalizers (`__gc`) of all that is left, the last one set first, as `lua` does when a program ends.

        The runtime calls none after that. An embedder need not close a runtime.
        """

        def finalize_all() -> None:
            self._global_values["λclosed"] = True
            for table in tables:
                call_finalizer(table.λmetatable.λhash["__gc"], table)  # type: ignore[union-attr]

        def is_ours(handler: Any) -> bool:
            return getattr(handler, "__globals__", None) is self._global_values

        tables = with_finalizers(is_ours)
        if tables:
            self._enter(finalize_all, [])

    def cancel(self) -> None:
        """End what runs in this runtime, from another thread or from a function of the host's, with LuaLimitError.

        Nothing happens if nothing runs.

        Raises:
            RuntimeError: the runtime has no limits; `Limits()` are enough.
        """
        if not self._mechanism:
            raise RuntimeError("a LuaRuntime without limits cannot be cancelled: make it with limits=Limits()")
        for budget in list(self._budgets):
            budget.cancel()

    def _is_to_be_bounded(self) -> bool:
        """Whether a call into the runtime starts here that is to have a budget of its own."""
        if self._limits is None:
            return False
        budget = bounds.current.budget
        while budget is not None and budget.flags is not self._global_values:
            budget = budget.outer
        return budget is None or budget.limits is not self._limits

    @contextmanager
    def _entered(self) -> Iterator[None]:
        if not self._entrance.acquire(blocking=False):
            raise RuntimeError(ENTERED_TWICE)
        try:
            yield
        finally:
            self._entrance.release()

    def _within_limits(self, action: Callable[[], Any]) -> Any:
        assert self._limits is not None
        budget = Budget(self._limits, self._global_values, bounds.current.budget)
        with self._entered():
            self._budgets.append(budget)
            bounds.current.budget = budget
            if self._mechanism.startswith("flag"):
                watchdog.watch(budget)
            try:
                return action()
            except Stopped as stopped:
                if stopped.budget is not budget:
                    raise
                ended = stopped
            finally:
                watchdog.forget(budget)
                bounds.current.budget = budget.outer
                self._budgets.pop()
                bounds.lower_flag(self._global_values)
                if budget.outer is not None:
                    budget.outer.look_on()
        raise self._limit_error(ended)

    def _stop(self) -> None:
        """Called by code of a limited program, at a safe point, when the flag is up."""
        bounds.lower_flag(self._global_values)
        if bounds.current.budget is not None:
            bounds.current.budget.check()

    def _limit_error(self, stopped: Stopped) -> LuaLimitError:
        levels = blame.levels_of_error(stopped.__traceback__)
        stopped.__traceback__ = None
        text = blame.place_of(levels) + stopped.budget.limits.told(stopped.limit)
        error = LuaLimitError(convert.text_to_python(text), limit=stopped.limit)
        error.traceback = convert.text_to_python(blame.traceback_text(blame.lua_levels(levels)))
        return error

    # ------------------------------------------------------------ values

    def globals(self) -> LuaTable:
        """The table of globals, `_G`."""
        return LuaTable(self._global_table, self)

    def table(self, *items: Any, **fields: Any) -> LuaTable:
        """A new table of positional and named values."""
        table = new_table({}, [self._to_lua(item) for item in items])
        for key, value in fields.items():
            table.λhash[convert.text_to_lua(key)] = self._to_lua(value)
        return LuaTable(table, self)

    def table_from(self, *sources: Any, recursive: bool = False) -> LuaTable:
        """A new table with the contents of mappings and iterables.

        Mappings give their pairs, iterables their items at 1, 2, ... With `recursive`, containers inside become
        tables as well; without, they are opaque to Lua. All is copied before this returns, while containers that are
        handed to Lua otherwise are copied as a script reads them.

        >>> LuaRuntime().table_from({"a": [1, 2]}, recursive=True).a[2]
        2
        """
        table = new_table()
        position = 1
        crossing = convert.Crossing(self)
        for source in sources:
            if hasattr(source, "items"):
                for key, value in source.items():
                    setindex(table, self._to_lua(key), self._inner_to_lua(value, recursive, crossing))
            else:
                for value in source:
                    setindex(table, position, self._inner_to_lua(value, recursive, crossing))
                    position += 1
        convert.complete(table)
        return LuaTable(table, self)

    def _inner_to_lua(self, value: Any, recursive: bool, crossing: convert.Crossing) -> Any:
        if not recursive and isinstance(value, (dict, list, tuple)):
            return convert.HostObject(value, self)
        return convert.to_lua(value, self, crossing)

    # ------------------------------------------------------------ the boundary

    def _to_lua(self, value: Any) -> Any:
        return convert.to_lua(value, self)

    def _to_python(self, value: Any) -> Any:
        return convert.to_python(value, self)

    def _enter(self, function: Any, arguments: List[Any]) -> Any:
        """Call a Lua value from Python: convert the result, and errors into those that the embedder knows."""
        if self._limits is not None and self._is_to_be_bounded():
            return self._within_limits(lambda: self._enter_unlimited(function, arguments))
        return self._enter_unlimited(function, arguments)

    def _enter_unlimited(self, function: Any, arguments: List[Any]) -> Any:
        if not self._entrance.acquire(blocking=False):
            raise RuntimeError(ENTERED_TWICE)
        outer, outer_nesting = type_metatables.by_class, levels.nesting
        type_metatables.by_class, levels.nesting = self._type_metatables, self._nesting
        own_depth, self._nesting.depth = self._nesting.depth, outer_nesting.depth
        try:
            with deep_calls, c_level:
                results = finish(function(*arguments))
        except Exception as error:
            public = self._public_error(error)
            raise public from public.__cause__
        finally:
            self._nesting.depth = own_depth
            type_metatables.by_class, levels.nesting = outer, outer_nesting
            self._entrance.release()
        if results.__class__ is tuple:
            if len(results) > 1:
                return tuple([convert.to_python(result, self) for result in results])
            results = results[0] if results else None
        return convert.to_python(results, self)

    blame.register_role(_enter, blame.CAUGHT_IN)

    def _public_error(self, error: Exception) -> LuaError:
        completed = blame.lua_error(error)
        if completed.has_lua_value or completed.traceback is not None:
            return completed
        levels = blame.levels_of_error(error.__traceback__)
        raw = blame.error_value(completed)
        kind = type(completed) if isinstance(completed, LuaSyntaxError) else LuaError
        made = kind(convert.to_python(raw, self))
        made.traceback = convert.text_to_python(blame.traceback_text(blame.lua_levels(levels)))
        made.lua_value, made.has_lua_value = raw, True
        made.__cause__ = completed.__cause__
        return made

    def _missing_global(self, name: str, invoke: operations.Invoke = operations.call) -> Any:
        if self._global_table.λmetatable is None:
            return None
        return index(self._global_table, name, invoke)

    def _set_global(self, name: str, value: Any, invoke: operations.Invoke = operations.call) -> None:
        setindex(self._global_table, name, value, invoke)

    def _module_source(self, name: str) -> Optional[str]:
        """The source of a module of the embedder's."""
        assert self._loader is not None
        source = self._loader(convert.text_to_python(name))
        if isinstance(source, str):
            return convert.text_to_lua(source)
        return None if source is None else bytes(source).decode("latin-1")

    def _host_attribute(self, host: Any = None, key: Any = None, *_: Any) -> Any:
        """`__index` of host objects."""
        allowed = self._attribute_filter
        name = convert.text_to_python(key) if key.__class__ is str else None
        if host.__class__ is not convert.HostObject or allowed is None or name is None or name[:1] == "_":
            return None
        if not allowed(host.λobject, name):
            return None
        return self._to_lua(getattr(host.λobject, name))

    def _stream(self) -> TextIO:
        return sys.stdout if self._stdout is None else self._stdout

    def _write(self, text: str) -> None:
        """`print`'s way out: the bytes of a Lua string."""
        bounds.wrote(len(text))
        stream = self._stream()
        if text.isascii():
            stream.write(text)
            return
        decoded = convert.text_to_python(text)
        try:
            stream.write(decoded)
        except UnicodeEncodeError:  # bytes that are no text, or a terminal that cannot show it
            stream.flush()
            stream.buffer.write(text.encode("latin-1"))
