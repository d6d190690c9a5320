-- Loops that do nothing but t[i] = value, on tables of every kind.
local function show(label, t, n)
  local out = {}
  for i = -2, n or 12 do out[#out + 1] = tostring(t[i]) end
  print(label, table.concat(out, " "))  -- not #t: a table with holes has many borders
end

local function each(label, make, n)
  local t = make()
  for i = 1, 10 do t[i] = false end
  show(label .. " constant", t, n)
  t = make()
  for i = 1, 10 do t[i] = i end
  show(label .. " itself", t, n)
  t = make()
  for i = 3, 9, 3 do t[i] = "three" end
  show(label .. " step", t, n)
  t = make()
  for i = 10, 1, -1 do t[i] = i end
  show(label .. " down", t, n)
  t = make()
  for i = 9, 1, -4 do t[i] = 0.5 end
  show(label .. " down by four", t, n)
  t = make()
  for i = -1, 2 do t[i] = true end
  show(label .. " from below", t, n)
  t = make()
  for i = 5, 4 do t[i] = true end
  show(label .. " nowhere", t, n)
  t = make()
  for i = 1.0, 3 do t[i] = i end
  show(label .. " floats", t, n)
end

each("empty", function() return {} end)
each("short", function() return {"a", "b"} end)
each("long", function() return {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12} end)
each("hash", function() return {x = 1, [5] = "five", [11] = "eleven"} end)
each("holes", function() return {1, nil, 3, nil, 5} end)
each("metatable", function() return setmetatable({1, 2}, {}) end)

local stores = 0
each("newindex", function()
  return setmetatable({1, 2}, {__newindex = function(t, k, v) stores = stores + 1 rawset(t, k, v) end})
end)
print(stores)

local t = {1, 2, 3}
local nothing
for i = 1, 5 do t[i] = nothing end
print(#t, next(t))
local shared = {}
for i = 1, 3 do t[i] = shared end
print(t[1] == shared and t[3] == shared, #t)
for i = 1, 3 do t[i] = t end
print(t[2] == t)
local function parameter(t, n, value)
  for i = 1, n do t[i] = value end
  return t
end
print(table.concat(parameter({}, 4, "x"), ","), table.concat(parameter({1, 2, 3, 4, 5, 6}, 4, 9), ","))
print(pcall(parameter, nil, 2, 1))
print(pcall(parameter, 1, 2, 1))
print(pcall(parameter, {}, "x", 1))
print(pcall(parameter, nil, 0, 1))
print(next(parameter({}, 3, nil)))
print(#parameter({}, 2.5, 1), #parameter({}, "3", 1))
local sieve = {}
for i = 2, 100 do sieve[i] = true end
for i = 2, 10 do
  if sieve[i] then
    for j = i * i, 100, i do sieve[j] = false end
  end
end
local primes = {}
for i = 2, 100 do
  if sieve[i] then primes[#primes + 1] = i end
end
print(table.concat(primes, " "))
print(coroutine.wrap(function() for i = 1, 3 do primes[i] = 0 end return primes[2], #primes end)())
global = {}
for i = 1, 3 do global[i] = i end
print(#global)
