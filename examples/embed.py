"""A Python program that lets its users write their rules in Lua.

python examples/embed.py
"""

from __future__ import annotations

from minilua import LuaError, LuaRuntime

ORDERS = [
    {"customer": "Ada", "total": 120.0, "items": ["keyboard", "cable"]},
    {"customer": "Zoë", "total": 9.5, "items": ["cable"]},
    {"customer": "Bob", "total": 0, "items": []},
]

RULE = """
local function label(order)
  if order.total >= 100 then
    return "large"
  end
  return #order.items > 0 and "small" or nil
end

return function(orders)
  local found = {}
  for number, order in ipairs(orders) do
    local text = label(order)
    if text then
      found[#found + 1] = { number = number, label = text, customer = order.customer }
      notify(order.customer, text)
    end
  end
  return found
end
"""


def notify(customer: str, label: str) -> None:
    """What the script may call: a Python function like any other."""
    print(f"{customer} has a {label} order")


def main() -> None:
    lua = LuaRuntime()
    lua.globals()["notify"] = notify
    rule = lua.execute(RULE, name="rule.lua")
    print(rule(ORDERS).to_python())

    try:
        rule([{"customer": "Eve"}])
    except LuaError as error:
        print(error)
        print(error.traceback)


if __name__ == "__main__":
    main()
