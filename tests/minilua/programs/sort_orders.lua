-- Comparators that compare keys, and some that only look so. `sort_ties` is about values that are equal in an order.
local function people()
  local made = {}
  for i = 1, 20 do
    made[i] = {id = i, group = i * 7 % 5, name = "n" .. i * 3 % 7, count = tostring(i % 4), at = {x = i * 11 % 20}}
  end
  return made
end

local function show(label, values, field)
  local out = {}
  for i, value in ipairs(values) do
    out[i] = tostring(field and value[field] or value)
  end
  print(label, table.concat(out, " "))
end

local function sorted(label, comparator)
  local values = people()
  table.sort(values, comparator)
  show(label, values, "id")
end

sorted("field", function(a, b) return a.id > b.id end)
sorted("swapped", function(a, b) return b.id < a.id end)
sorted("swapped greater", function(a, b) return b.id > a.id end)
sorted("nested", function(a, b) return a.at.x < b.at.x end)
sorted("unequal first", function(a, b)
  if a.group ~= b.group then return a.group > b.group end
  return a.id < b.id
end)
sorted("unequal first, swapped", function(a, b)
  if b.group ~= a.group then return b.group > a.group end
  return b.id < a.id
end)
sorted("equal first", function(a, b)
  if a.name == b.name then return a.id > b.id end
  return a.name < b.name
end)
sorted("three", function(a, b)
  if a.group ~= b.group then return a.group < b.group end
  if a.count ~= b.count then return a.count > b.count end
  return a.id < b.id
end)
sorted("otherwise", function(a, b)
  if a.group ~= b.group then
    return a.group < b.group
  else
    return a.id > b.id
  end
end)
sorted("or and", function(a, b) return a.group < b.group or (a.group == b.group and a.id > b.id) end)
sorted("locals", function(a, b)
  local left, right = tonumber(a.count), tonumber(b.count)
  if left ~= right then return left > right end
  return a.id < b.id
end)
sorted("arithmetic", function(a, b) return a.group * 100 + a.id < b.group * 100 + b.id end)
sorted("negative", function(a, b) return -a.id < -b.id end)
sorted("default", function(a, b) return (a.none or a.id) > (b.none or b.id) end)
sorted("joined", function(a, b) return a.name .. "/" .. a.count .. "/" .. a.id < b.name .. "/" .. b.count .. "/" .. b.id end)

local rank = {}
for i = 1, 20 do rank[i] = i * 13 % 23 end
sorted("lookup", function(a, b) return rank[a.id] < rank[b.id] end)
for _, field in ipairs({"id", "at"}) do
  if field == "id" then
    sorted("variable of a loop", function(a, b) return a[field] > b[field] end)
  end
end
local by = {}
for _, direction in ipairs({1, -1}) do
  by[#by + 1] = function(a, b) return a.id * direction < b.id * direction end
end
sorted("closure 1", by[1])
sorted("closure 2", by[2])

-- What looks like keys and is not.
sorted("other fields", function(a, b)
  if a.group ~= b.group then return a.id < b.id end
  return a.id < b.id
end)
sorted("other sides", function(a, b)
  if a.id ~= b.id then return b.id > a.id end
  return false
end)
sorted("negated", function(a, b) return not (a.id < b.id) and a.id ~= b.id end)
sorted("assigned", function(a, b)
  a, b = b, a
  return a.id < b.id
end)
local calls = 0
sorted("counts", function(a, b)
  calls = calls + 1
  return a.id > b.id
end)
print(calls > 19)

-- Values of every kind.
local function values(label, list, comparator)
  table.sort(list, comparator)
  show(label, list)
end
values("numbers", {5, 2.5, -1, 8, 0, 2^60, math.mininteger, math.huge, -math.huge},
  function(a, b) return a > b end)
values("integers and floats", {9007199254740993, 9007199254740992.0, 9007199254740991}, function(a, b) return a < b end)
values("bytes", {"\xff", "a", "", "\0", "\xc3\xa9", "Z", "a\0b"}, function(a, b) return a > b end)
values("lower", {"b", "C", "a", "D"}, function(a, b) return a:lower() < b:lower() end)
values("upper", {"b", "C", "a", "D"}, function(a, b) return string.upper(a) > string.upper(b) end)
values("length", {"ccc", "a", "dddd", "bb"}, function(a, b) return #a > #b end)
values("absolute", {-5, 4, -3, 2}, function(a, b) return math.abs(a) < math.abs(b) end)

local ordered = {__lt = function(a, b) return a.value < b.value end, __tostring = function(a) return "<" .. a.value .. ">" end}
local objects = {}
for i = 1, 9 do objects[i] = setmetatable({value = i * 5 % 11}, ordered) end
values("metamethods", objects, function(a, b) return b < a end)
local proxies = {}
for i = 1, 9 do
  proxies[i] = setmetatable({}, {
    __index = function(_, name) return name == "value" and i * 5 % 11 or nil end,
    __tostring = function() return "<" .. i .. ">" end,
  })
end
values("fields that are found", proxies, function(a, b) return a.value > b.value end)

-- Keys that cannot be compared.
print(pcall(table.sort, {1, 2, "x"}, function(a, b) return a < b end))
print(pcall(table.sort, {{}, {x = 1}}, function(a, b) return a.x < b.x end))
print(pcall(table.sort, {{}, 1}, function(a, b) return a.x.y < b.x.y end))
print(pcall(table.sort, {true, false}, function(a, b) return a < b end))
print(pcall(table.sort, {{n = "1"}, {n = 2}}, function(a, b) return a.n < b.n end))
print(pcall(table.sort, {{n = "x"}, {n = "1"}}, function(a, b) return tonumber(a.n) < tonumber(b.n) end))

-- Such a function is a function like any other.
local function before(a, b)
  if a.x ~= b.x then return a.x < b.x end
  return a.y > b.y
end
print(before({x = 1, y = 1}, {x = 2, y = 1}), before({x = 1, y = 1}, {x = 1, y = 1}), before({x = 1, y = 2}, {x = 1, y = 1}))
print(pcall(before))
print(coroutine.wrap(function() local t = {{x = 2, y = 1}, {x = 1, y = 1}} table.sort(t, before) return t[1].x end)())
local tonumber = function(text) return -#text end
values("a tonumber of one's own", {"a", "ccc", "bb"}, function(a, b) return tonumber(a) < tonumber(b) end)
