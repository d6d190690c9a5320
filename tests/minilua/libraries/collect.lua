-- What `collectgarbage` finds to be garbage: what no variable in scope refers to, and nothing that still is a
-- temporary of the function that asks.
local function count(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
local function weak(mode) return setmetatable({}, {__mode = mode}) end
local function new(x) return {x} end
local function full() collectgarbage() collectgarbage() end

local w = weak "k"
w[{}] = true collectgarbage() print("temporary", count(w))
do local k = {} w[k] = 1 end collectgarbage() print("block", count(w))
do local k = {} w[k] = 1 local z = 1 collectgarbage() print("in the block", count(w)) end full() print("after", count(w))
w[new(1)] = 1 full() print("result", count(w))
for i = 1, 10 do w[{}] = i end collectgarbage("collect") print("loop", count(w))
for i = 1, 10 do local k = {} w[k] = i end collectgarbage() print("loop's local", count(w))
for i = 1, 3 do w[new(i)] = i if i > 1 then collectgarbage() end print("turn", count(w)) end
for _, v in ipairs {{}, {}} do w[v] = 1 end collectgarbage() print("ipairs", count(w))
for k, v in pairs {{}, {}} do w[v] = k end collectgarbage() print("pairs", count(w))
do local function f() end w[f] = 1 end collectgarbage() print("function", count(w))
local n = 0
while n < 2 do n = n + 1 local k = {} w[k] = n end collectgarbage() print("while", count(w))
repeat local k = {} w[k] = 1 until true collectgarbage() print("repeat", count(w))
if n == 2 then local k = {} w[k] = 1 else local z = {} w[z] = 2 end collectgarbage() print("if", count(w))

local kept = {}
do local k = {} w[k] = 1 kept.f = function() return k end end collectgarbage() print("captured", count(w))
print(type(kept.f())) kept.f = nil w = weak "k"
for i = 1, 2 do local k = {} w[k] = i kept[i] = function() return k end end collectgarbage() print("in a loop", count(w))
print(type(kept[1]()), type(kept[2]())) kept[1] = nil collectgarbage() print("let go", count(w))
kept[2] = nil collectgarbage() print("both", count(w))
local one, two = {}, {}
w[one], w[two] = 1, 2 collectgarbage() print("in scope", count(w))
one = nil collectgarbage() print("assigned", count(w), two ~= nil)

local v = weak "v"
v[1] = {} v.x = {} v[{}] = {} collectgarbage() print("values", count(v))
v[1] = new(1) v.y = new(2) table.insert(v, {}) collectgarbage() print("results", count(v))

local function inside()
  local w = weak "k"
  w[{}] = 1
  local before = count(w)
  collectgarbage()
  return before, count(w)
end
print(inside())
print(coroutine.wrap(function()
  local w = weak "k"
  w[{}] = 1
  coroutine.yield()
  do local k = {} w[k] = 1 end
  full()
  return count(w)
end)())
do
  local i = 1
  ::again::
  w[{}] = i
  collectgarbage()
  print("goto", count(w))
  i = i + 1
  if i < 4 then goto again end
end

local finalized = {}
local gc = {__gc = function(object) finalized[#finalized + 1] = object[1] end}
local function object(i) return setmetatable({i}, gc) end
local function told() table.sort(finalized) local text = table.concat(finalized, " ") finalized = {} return text end
setmetatable({1}, gc) collectgarbage() print(told())
do local a = object(2) end collectgarbage() print(told())
for i = 3, 5 do local a = object(i) end collectgarbage() print(told())
print(#{object(6)}) collectgarbage() print(told())
local ok = pcall(function() local x = object(7) error(x) end) collectgarbage() print(told())
local x = object(8)[1] + object(9)[1] collectgarbage() print(x, told())
local co = coroutine.wrap(function() local x = object(10) coroutine.yield(1) end) co() co = nil collectgarbage() print(told())
local a, b = object(11), object(12) a, b = b[1], a[1] collectgarbage() print(a, b, told())

-- in a finalizer there is no collector
do
  local object = setmetatable({}, {__gc = function()
    for _, option in ipairs {"collect", "count", "step", "isrunning", "stop", "restart", "generational", "setpause"} do
      print("finalizer", option, collectgarbage(option))
    end
    print("finalizer", pcall(collectgarbage, "other"))
  end})
end
full() print("running", collectgarbage("isrunning"))
