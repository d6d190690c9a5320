-- `select` and `table.remove`, done in place where they can be.
local function pick(n, ...)
  return select(n, ...)
end
local function one(n, ...)
  local value = select(n, ...)
  return value, (select(n, ...))
end
print(pick(1, "a", "b", "c"))
print(pick(2, "a", "b", "c"))
print(pick(3, "a", "b", nil))
print(select("#", pick(4, "a", "b", "c")), select("#", pick(3, "a", "b", nil)))
print(pick(-1, "a", "b", "c"), pick(-3, "a", "b", "c"))
print(one(2, "a", "b", "c"))
print(one(9, "a", "b", "c"))
print(one(2.0, "a", "b"), one("2", "a", "b"))
print(pcall(pick, 0, "a"))
print(pcall(pick, -5, "a"))
print(pcall(pick, {}, "a"))
print(pcall(pick, 1.5, "a"))
print(pcall(pick))
print(pick("#", 1, nil, nil), pick("#"))
local function sum(...)
  local s = 0
  for i = 1, select("#", ...) do
    s = s + select(i, ...)
  end
  return s
end
print(sum(), sum(1), sum(1, 2, 3))
local function tail(first, ...)
  if select("#", ...) == 0 then
    return first
  end
  return first, tail(select(1, ...))
end
print(tail(1, 2, 3, 4))
local function tuple(...)
  return select(2, ...), select(1, ...)
end
print(tuple("x", "y", "z"))
local before = select
select = function(n, ...) return "own", n, ... end
print(pick(1, "a"), one(2, "a", "b"))
select = before
print(coroutine.wrap(function(...) return (select(2, ...)), select(2, ...) end)(1, 2, 3))

local t = {1, 2, 3, nil, 5}
print(table.remove(t), #t == 3, t[5])
print(table.remove(t), table.remove(t), table.remove(t), table.remove(t), #t)
local stack = {}
for i = 1, 5 do stack[i] = i * i end
while #stack > 0 do
  print(table.remove(stack))
end
print(table.remove(stack), #stack, next(stack))
local holes = {1, nil, 3}
print(table.remove(holes), holes[1], #holes)
local proxy = setmetatable({1, 2, 3}, {__index = function(_, i) return i end, __len = function() return 5 end})
print(table.remove(proxy), table.remove(proxy))
print(pcall(table.remove, 1), pcall(function() return table.remove() end))
local own = {1, 2, 3, x = 1, [0] = "zero"}
print(table.remove(own), table.remove(own), table.remove(own), table.remove(own), own[0], own.x)

-- Objects that change their class.
local Base, Derived = {}, {}
Base.__index, Derived.__index = Base, Derived
function Base:name() return "base" .. self.n end
function Derived:name() return "derived" .. self.n end
local function base(n) local self = setmetatable({}, Base) self.n = n return self end
local function derived(n) return setmetatable(base(n), Derived) end
for n = 1, 3 do
  local object = derived(n)
  print(object:name(), getmetatable(object) == Derived, getmetatable(base(n)) == Base)
  setmetatable(object, nil)
  print(object.name, getmetatable(object))
end
local object = derived(4)
Base.__metatable = "locked"
print(pcall(setmetatable, base(5), Derived))
print((pcall(setmetatable, object, Base)))
print(getmetatable(object), pcall(setmetatable, object, Derived))
Base.__metatable = nil
print(setmetatable(object, Derived):name())
Derived.__newindex = function(self, key, value) rawset(self, key, value .. "!") end
object.later = "x"
print(object.later, setmetatable(object, Base):name())
object.more = "y"
print(object.more)
