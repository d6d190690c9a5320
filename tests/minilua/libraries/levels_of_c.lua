-- what runs out of C stack in PUC-Rio, and orders that are none
local function overflow(f) local ok, message = pcall(f) return ok, (tostring(message):gsub("^.*: ", "")) end
local function g() return (("a"):gsub("a", g)) end print(overflow(g))
local function s() table.sort({1, 2, 3}, s) end print(overflow(s))
local function ts() return tostring(setmetatable({}, {__tostring = ts})) end print(overflow(ts))
local function w() coroutine.wrap(w)() end print(overflow(w))
print(overflow(function() local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) return t[1] end))
print(overflow(function() local t = setmetatable({}, {__add = function(t, k) return t + k end}) return t + 1 end))
local function deep() return 1 + deep() end print(overflow(deep)) print(xpcall(deep, deep))
print(xpcall(error, function() error("again") end, "x"))
for n = 2, 20 do
  for _, f in ipairs{function(a, b) return a <= b end, function() return true end, function(a, b) return a >= b end} do
    local t = {} for i = 1, n do t[i] = (i * 7) % 5 end print(n, pcall(table.sort, t, f))
    t = {} for i = 1, n do t[i] = 1 end print(n, pcall(table.sort, t, f))
  end
end
print(pcall(next, {10, 20}, 3)) print(next({10, 20}, 2))
local t = {1, 2, 3, 4, 5} for k in next, t do t[k] = nil end print(next(t))
local t = {1, 2, 3, 4, 5} local k = next(t) k = next(t, k) for i = 5, 1, -1 do t[i] = nil end print(pcall(next, t, k))
local names = {} for i = 1, 201 do names[i] = "a" .. i end
print(load("local " .. table.concat(names, ",") .. " = 1", "=n")) print(load("function f(" .. table.concat(names, ",") .. ") end", "=n"))
for _, n in ipairs{250, 253, 254, 255, 256} do
  local list = ("x"):rep(n, ",")
  print(load("f(" .. list .. ") y = 1", "=n")) print(load("local a, b a:f(" .. list .. ") y = 1", "=n"))
end
print(load(("a"):rep(300, "..") .. "..", "=n")) print(load(("a"):rep(300, ","), "=n"))
