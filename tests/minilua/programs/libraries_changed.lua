-- What a script does to a library holds from then on, however it does it, and for code that runs already.
local function calls()
  local t = {}
  table.insert(t, math.floor(2.5))
  table.insert(t, string.upper("a"))
  t[#t + 1] = ("b"):upper()
  t[#t + 1] = utf8.char(65)
  return table.concat(t, " ")
end

local function attempt(change, ...)
  local ok, message = pcall(change, ...)
  if not ok then
    print(message)
  end
  print(select(2, pcall(calls)))
end

print(calls())

-- A field, by its name, by a computed one, raw, through another name, and not there any more.
local floor, upper, insert = math.floor, string.upper, table.insert
attempt(function() math.floor = function(x) return "floor of " .. x end end)
attempt(function() math["flo" .. "or"] = math.ceil end)
attempt(rawset, math, "floor", function() return "raw" end)
attempt(function() local m = package.loaded.math m.floor = function() return "loaded" end end)
attempt(function() math.floor = nil end)
attempt(function() for name, f in pairs({floor = floor}) do math[name] = f end end)
attempt(function() table.insert = function(t, v) insert(t, 1, v) end end)
attempt(function() table.insert = insert end)
attempt(function() string.upper = function(s) return "<" .. s .. ">" end end)
attempt(function() string.upper = upper end)

-- New fields change nothing of the others.
attempt(function()
  function string:twice() return self .. self end
  function math.half(x) return x / 2 end
  print(("x"):twice(), math.half(3))
end)

-- The global of a library.
local original = math
attempt(function() math = {floor = function() return "another" end} end)
attempt(function() math = nil end)
attempt(function() _G.math = setmetatable({}, {__index = original}) end)
attempt(function() _G["ma" .. "th"] = original end)
attempt(function() rawset(_G, "utf8", {char = function() return "raw global" end}) end)
attempt(load("utf8 = nil"))
attempt(load("_ENV.utf8 = {char = string.char}"))
attempt(function() local _ENV = {} math = 1 utf8 = 2 end)
print((load("return math.floor(1.5)", "=chunk", "t", {math = {floor = function() return "own" end}}))())

-- What strings have.
attempt(function() getmetatable("").__index = function(s, name) return function() return name .. " of " .. s end end end)
attempt(function() getmetatable("").__index = string end)

-- A function that changes what is being called: it was looked up before.
local function argument(x)
  math.max = function() return "later" end
  return x
end
print(math.max(argument(1), 2), math.max(3, 4))

-- Coroutines.
local yield = coroutine.yield
local function numbers()
  for i = 1, 3 do
    coroutine.yield(i)
  end
end
local function all()
  local t = {}
  for i in coroutine.wrap(numbers) do
    t[#t + 1] = i
  end
  return table.concat(t, ",")
end
print(all())
coroutine.yield = function(i) return yield(i * 10) end
print(all())
coroutine.yield = yield
print(all())
local co = coroutine.wrap(function()
  for i = 1, 4 do
    if i == 2 then
      coroutine.yield = function(x) return yield(x .. "!") end
    elseif i == 4 then
      coroutine = {yield = yield}
    end
    coroutine.yield(i)
  end
end)
print(co(), co(), co(), co())
