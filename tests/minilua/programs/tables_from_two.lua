-- Tables whose integer keys do not start at 1, or have holes.
local function show(t)
  local keys = {}
  for key in pairs(t) do
    keys[#keys + 1] = key
  end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  for place, key in ipairs(keys) do
    keys[place] = tostring(key) .. "=" .. tostring(t[key])
  end
  print(table.concat(keys, " "), next({}) == nil)
end

local function sieve(n)
  local composite, primes = {}, {}
  for i = 2, n do
    if not composite[i] then
      primes[#primes + 1] = i
      for j = i * i, n, i do
        composite[j] = true
      end
    end
  end
  return table.concat(primes, " ")
end
print(sieve(100))

local is_prime = {}
for i = 2, 50 do
  is_prime[i] = true
end
for i = 2, 7 do
  if is_prime[i] then
    for j = i * i, 50, i do
      is_prime[j] = false
    end
  end
end
show(is_prime)
print(#is_prime, is_prime[1], is_prime[51], is_prime[2.0], rawlen(is_prime))
for i, v in ipairs(is_prime) do
  print("never", i, v)
end
is_prime[1] = "one"
for i, v in ipairs(is_prime) do
  io_count = i
end
print(io_count)

local t = {}
t[true] = "yes"
t[2], t[3], t[5] = 2, 3, 5
t.x, t[-1], t[2.5] = "x", -1, 2.5
show(t)
t[4] = 4
show(t)
print(t[1], t[true])
t[8] = 8
t[7] = 7
show(t)
t[5] = nil
t[3] = nil
show(t)
t[1] = 1
t[3] = 3
t[5] = 5
t[6] = 6
show(t)
print(#t)

-- Every second place is too few; so are places far away.
local half = {}
for i = 2, 64, 2 do
  half[i] = i
end
show(half)
local far = {}
for _, place in ipairs({1 << 20, 1 << 40, 1 << 62, math.mininteger, 4, 8, 16}) do
  far[place] = place
end
show(far)
print(#far)

-- With a metatable a store must find a value there.
local log = {}
local watched = setmetatable({}, {__newindex = function(self, key, value) log[#log + 1] = key rawset(self, key, value) end})
for i = 2, 9 do
  watched[i] = i
end
for i = 1, 9 do
  watched[i] = -i
end
print(table.concat(log, " "))
show(watched)
local filled = {}
for i = 2, 20 do
  filled[i] = i
end
setmetatable(filled, {__index = function(_, key) return "none " .. key end, __newindex = function(self, key, value) log = key end})
print(filled[1], filled[2], filled[20], filled[21])
filled[1] = 1
print(log, rawget(filled, 1))
show(filled)

-- Down to two, and a walk that removes what it finds.
local down = {}
for i = 20, 2, -1 do
  down[i] = i
end
show(down)
for key in pairs(down) do
  down[key] = nil
end
show(down)
print(next(down))

-- A loop sees what is stored ahead of it.
local ahead = {1, 2, 3}
for i, v in ipairs(ahead) do
  if i == 1 then
    for place = 5, 8 do
      ahead[place] = -place
    end
  elseif i == 3 then
    ahead[4] = "in time"
  end
  print(i, v)
end

-- Powers of two are few, however far they go; so are places beyond a list with holes.
local powers = {}
for i = 0, 60 do
  powers[2^i] = i
end
local count = 0
for key, value in pairs(powers) do
  count = count + 1
  assert(key == 2^value)
end
print(count)
local hollow = {}
for i = 2, 9 do
  hollow[i] = i
end
for i = 2, 8 do
  hollow[i] = nil
end
for step = 1, 40 do
  local first = 9 << step
  for i = first, first + 1 do
    hollow[i] = i
  end
  hollow[1 << step + 4] = step
end
count = 0
for _ in pairs(hollow) do
  count = count + 1
end
print(count)
