-- What is equal comes out in the order of PUC-Rio's quicksort, which makes the same comparisons in the same order.
local function records(count, modulus)
  local made = {}
  for i = 1, count do
    made[i] = {id = i, key = i * 7919 % modulus, name = "n" .. i % 3}
  end
  return made
end

local function show(label, values)
  local out = {}
  for i, value in ipairs(values) do
    out[i] = type(value) == "table" and value.id or tostring(value)
  end
  print(label, table.concat(out, " "))
end

for _, count in ipairs {2, 3, 4, 5, 7, 10, 31, 99, 100, 101, 102, 300, 1000} do
  local values = records(count, count // 3 + 1)
  table.sort(values, function(a, b) return a.key < b.key end)
  show("by a key", values)
  values = records(count, 4)
  table.sort(values, function(a, b)
    if a.key ~= b.key then return a.key > b.key end
    return a.name < b.name
  end)
  show("by two keys", values)
  values = records(count, 5)
  table.sort(values, function(a, b) return (a.key < b.key) end)
  show("by a key in parentheses", values)
  local calls = 0
  values = records(count, 6)
  table.sort(values, function(a, b)
    calls = calls + 1
    return a.key < b.key
  end)
  show("by a comparator that counts: " .. calls, values)
  values = records(count, 3)
  local class = {__lt = function(a, b) return a.key < b.key end}
  for _, value in ipairs(values) do setmetatable(value, class) end
  table.sort(values)
  show("by a metamethod", values)
end

-- Where the partitions are of very different size PUC-Rio takes pivots by chance; equal values have one result anyway.
local ascending = {}
for i = 1, 3000 do ascending[i] = i <= 1500 and 0 or i end
table.sort(ascending, function(a, b) return not not (a < b) end)
print(ascending[1], ascending[1500], ascending[1501], ascending[3000])

show("numbers of two kinds", (function() local t = {1, 2.0, 1.0, 3, 2, 1, 0.5, 3.0} table.sort(t) return t end)())
show("two zeros", (function() local t = {0.0, -0.0, 0.0, 1.0, -0.0, -1.0} table.sort(t) return t end)())
for count = 2, 12 do
  local values = {}
  for i = 1, count do values[i] = i % 3 == 0 and 0 / 0 or -i end
  local fine, message = pcall(table.sort, values)
  for i = 1, count do values[i] = values[i] ~= values[i] and "nan" or values[i] end
  show("with NaN " .. tostring(message), values)
end

local trace = {}
local function traced(values, limit)
  return pcall(table.sort, values, function(a, b)
    trace[#trace + 1] = a .. "<" .. b
    if #trace == limit then error("enough", 0) end
    return a < b
  end)
end
print(traced({3, 1, 2}), table.concat(trace, " "))
for limit = 1, 14 do
  trace = {}
  local values = {5, 2, 8, 1, 9, 3, 7}
  print(limit, traced(values, limit))
  print(table.concat(trace, " "), table.concat(values, " "))
end

-- What stops in the middle leaves what has been exchanged.
for _, values in ipairs {{4, 3, "x", 2, 1}, {9, 8, 7, 6, {}, 4}, {2, 1, true}, {"b", "a", 1, "c"}} do
  print(pcall(table.sort, values))
  for i = 1, #values do values[i] = type(values[i]) == "table" and "table" or tostring(values[i]) end
  print(table.concat(values, " "))
end
local proxy_values = {3, 1, 2, 1}
local proxy = setmetatable({}, {__index = proxy_values, __newindex = proxy_values, __len = function() return 4 end})
print(pcall(table.sort, proxy), table.concat(proxy_values, " "), rawlen(proxy))
print(pcall(table.sort, {1, 2, 3, 4, 5}, function() return true end))
print(pcall(table.sort, {3, 1, 2, 3, 1, 2, 5, 1}, function(a, b) return a <= b end))
