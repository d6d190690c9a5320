-- Tables that are made with their metatable: what the metatable says holds for all of them, the later ones as well.
local function show(object)
  local names = {}
  for name, value in pairs(object) do
    names[#names + 1] = name .. "=" .. tostring(value)
  end
  table.sort(names)
  print(table.concat(names, " "))
end

local Point = {}
Point.__index = Point
function Point.new(x, y)
  return setmetatable({x = x, y = y}, Point)
end
function Point:sum() return (self.x or 0) + (self.y or 0) end

for _, point in ipairs({Point.new(1, 2), Point.new(3, 4), Point.new(nil, 5), Point.new(false, 6), Point.new()}) do
  show(point)
  print(point.x, point.y, getmetatable(point) == Point, rawget(point, "sum"), point:sum())
end

-- The metatable changes between one object and the next.
Point.x = 10
print(Point.new(nil, 1):sum(), Point.new(2, 1):sum())
Point.__index = function(_, name) return name .. "?" end
print(Point.new(1).y, Point.new(1, 2).y)
Point.__newindex = function(t, name, value) rawset(t, name, value * 2) end
local point = Point.new(1)
point.y = 4
point.x = 5
print(point.x, point.y)
Point.__newindex = nil
Point.__eq = function() return true end
print(Point.new(1, 2) == Point.new(3, 4), Point.new() ~= Point.new())
Point.__eq = nil
print(Point.new(1, 2) == Point.new(1, 2))
Point.__call = function(self, n) return self.x + n end
Point.__len = function(self) return self.x * 100 end
Point.__tostring = function(self) return "point " .. tostring(self.x) end
Point.__concat = function(a, b) return tostring(a) .. "|" .. tostring(b) end
print(Point.new(3, 1)(4), #Point.new(3, 1), tostring(Point.new(7, 7)), Point.new(1, 1) .. Point.new(2, 2))
Point.__metatable = "closed"
print(getmetatable(Point.new(1, 2)), pcall(setmetatable, Point.new(1, 2), {}))

-- What comes of something else than a metatable, and of another function.
for _, metatable in ipairs({1, "text", true, print}) do
  print(pcall(function() return setmetatable({x = 1}, metatable) end))
end
print(pcall(function() local none; return getmetatable(setmetatable({x = 1}, none)) end))
print(pcall(function() return setmetatable({x = 1}) end))
print(select("#", setmetatable({x = 1}, Point)))
local calls = 0
local function value(v) calls = calls + 1 return v end
local object = setmetatable({a = value(1), b = value(nil), c = value(3)}, {__index = {b = value(4)}})
print(object.a, object.b, object.c, calls)
do
  local setmetatable = function(t, m) t.x = t.x + 1 return t, m end
  local t, m = setmetatable({x = 1}, Point)
  print(t.x, m == Point, getmetatable(t))
end
local before = setmetatable
setmetatable = function(t) t.replaced = true return t end
show(setmetatable({x = 1}, Point))
setmetatable = before
show(setmetatable({x = 1, x = 2}, Point))

-- In the order of the text.
local log = {}
local function note(name, value) log[#log + 1] = name return value end
local made = setmetatable({b = note("b", 1), a = note("a", 2), c = note("c")}, note("metatable", Point))
print(table.concat(log, " "), made.b, made.a, made.c)
local x = 1
local function change() x = x + 1 return x end
made = setmetatable({first = x, second = change(), third = x, fourth = change()}, Point)
print(made.first, made.second, made.third, made.fourth)

-- Weak ones, and those with `__index` chains.
local Weak = {__mode = "v", __index = {kind = "weak"}}
for i = 1, 3 do
  local weak = setmetatable({number = i, table = {}}, Weak)
  collectgarbage()
  print(weak.number, weak.kind, weak.table)
end
local Base = {name = "base"}
Base.__index = Base
local Derived = setmetatable({}, Base)
Derived.__index = Derived
for i = 1, 2 do
  local derived = setmetatable({i = i}, Derived)
  print(derived.i, derived.name, derived.missing)
  Base.name = "changed"
  Derived.missing = "found"
end

-- In coroutines.
print(coroutine.wrap(function()
  local made = setmetatable({x = coroutine.yield and 1, y = 2}, Point)
  return made.x, made.y, rawequal(getmetatable(made), "closed")
end)())
