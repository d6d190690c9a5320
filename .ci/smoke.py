"""Whether the installed packages work at all: the language, and the demonstration of the host kit."""

from __future__ import annotations

import io
import json
import platform
import sys

from minilua import LuaError, LuaRuntime
from minilua.host.command import main

WORKFLOW = "return #app.integrations.sentry.list_projects({}), app.integrations.sentry.work.get_current_user({}).name"


def smoke() -> None:
    lua = LuaRuntime()
    lua.globals()["twice"] = lambda number: 2 * number
    assert lua.eval("twice(21) .. ' ' .. ('%5.2f'):format(1 / 3)") == "42  0.33"
    generated = "return coroutine.wrap(function() for n = 1, 3 do coroutine.yield(n) end end)"
    step = lua.execute(generated)
    assert [step(), step(), step()] == [1, 2, 3]
    try:
        lua.execute("local t = {}\nreturn t.x.y", name="smoke.lua")
        raise AssertionError("no error")
    except LuaError as error:
        assert str(error) == "smoke.lua:2: attempt to index a nil value (field 'x')", error
    out = io.StringIO()
    arguments = ["integrations:lua", "--eval", WORKFLOW, "--demo", "--json"]
    status = main(arguments, stdin=io.StringIO(), stdout=out, stderr=sys.stderr, environment={})
    envelope = json.loads(out.getvalue())
    assert (status, envelope["result"]) == (0, [3, "Bob Work"]), out.getvalue()


if __name__ == "__main__":
    smoke()
    print(f"works on {platform.python_implementation()} {platform.python_version()}, {sys.platform}")
