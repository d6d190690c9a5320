-- What a test has said of a variable holds only until the variable is assigned, and only where the test was made.
local function show(...) print(...) end

local function mix(a, b)
  local d = a.x - b.x * 1.0
  local e = d * d + 0.5
  d = a.y
  local f = d * 2 + e
  if f > 10 then d = "7" else d = 3 end
  local g = d * 2.5 + f
  return d, e, f, g, d + 1, d * d
end
show(mix({x = 1, y = 2}, {x = 0.5}))
show(mix({x = "3", y = "0x10"}, {x = 2}))
show(mix({x = 1.5, y = "7"}, {x = 0.5}))
show(mix({x = 1.5, y = math.maxinteger}, {x = 0.5}))
show(mix({x = 2^53, y = 2^53}, {x = math.mininteger}))
show(pcall(mix, {x = 1, y = true}, {x = 2}))
show(pcall(mix, {x = 1}, {x = 2}))
show(pcall(mix, {x = false, y = 1}, {x = 2}))
show(pcall(mix, nil, {x = 2}))
show(pcall(mix, {x = 1, y = 1}, "text"))

local function branch(a, b)
  local d = a.x - b.x * 1.0
  local e = d * 0.5
  if e > 1 then d = "7" end
  local f = d * 2.5 + e
  for i = 1, 2 do
    local g = d * 0.5
    if i == 1 then d = math.maxinteger end
    e = g * d
  end
  return d * e, d + 1, e, f
end
show(branch({x = 9.5}, {x = 1.0})) show(branch({x = 1.5}, {x = 0.5})) show(branch({x = 9}, {x = 2}))

local function turns(n)
  local x, kept = n / 2, nil
  for i = 1, 3 do
    local half = x * 0.5
    if i == 2 then x = 7 else x = half + 1.0 end
    kept = kept or half
    show(i, x, half, x * half, kept * x, math.type(x * x))
  end
  local again = x * 1.5
  while again > 1 do
    again = again - 1.0
    if again < 2 then again = 1 end
    show(again, again * again)
  end
  return again, x
end
show(turns(10)) show(turns(11.5))

local function upvalue(v)
  local x = v * 1.5
  local function set(to) x = to end
  local y = x + 0.5
  set(3)
  local z = x * x
  set("4")
  return y, z, x * x + y
end
show(upvalue(1)) show(upvalue(2.0))

local function jumps(v)
  local count = 0
  ::top::
  local w = v.x * 0.5
  count = count + 1
  v = {x = count == 1 and 3 or count == 2 and "8" or 1.5}
  local sum = w + w * w
  if count < 4 then show(w, sum) goto top end
  return w, sum
end
show(jumps({x = 2}))

-- Fields of what may be a string: the test of the first field serves for the others.
local function fields(v)
  local a = v.alpha
  local b = v.beta
  return a, b, v.gamma or v.alpha, v.beta and v.gamma
end
show(fields({alpha = 1, gamma = 2})) show(fields({beta = 1, gamma = 2}))
show(fields("text"))
string.alpha = "strings have it"
show(fields("text"))
string.alpha = nil
show(pcall(fields, 12)) show(pcall(fields))

local function sometimes(flag, v)
  local first = flag and v.one
  local second = v.two
  if flag then second = v.one end
  return first, second, v.one
end
show(sometimes(true, {one = 1, two = 2})) show(sometimes(false, {one = 1, two = 2}))
show(sometimes(false, "s")) show(sometimes(true, "s")) show(pcall(sometimes, false, nil))

local generator = coroutine.wrap(function(v)
  local x = v.x * 0.5
  local y = coroutine.yield(x)
  local z = x * y + x
  x = coroutine.yield(z)
  return x * x, v.y, v.z
end)
show(generator({x = 3, y = 1, z = 2})) show(generator(2)) show(generator("5"))

local vector = {}
vector.__index = vector
vector.__sub = function(a, b) return "sub" end
vector.__mul = function(a, b) return 2.5 end
local one = setmetatable({x = setmetatable({}, vector)}, vector)
local function metamethods(a, b)
  local d = a.x - b.x
  local e = a.x * 0.5
  return d, e, e * e, pcall(function() return d * e end)
end
show(metamethods(one, {x = 1.0})) show(metamethods({x = 1.0}, {x = 0.5}))
show(2^1023 * 2.0 - 2^1023 * 2.0 ~= 0, (1 / 0) * 0.5, -(0.0) * 0.5)
