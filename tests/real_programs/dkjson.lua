-- What dkjson makes of all kinds of values, and that it reads again what it has written.

local json = require("dkjson")

local order = {__jsonorder = {"name", "list", "nested", "empty", "numbers", "odd", "nothing"}}
local value = setmetatable({
  name = "dkjson \"quoted\" \\ \n\t\1 \u{e9}\u{20ac}\u{1f600}",
  list = {1, 2, 3, "four", true, false},
  nested = {{{}}, {{a = {b = {c = 1}}}}},
  empty = setmetatable({}, {__jsontype = "object"}),
  numbers = {0, -1, 2^53, 1e300, 0.1, -1.5e-7, math.maxinteger, math.mininteger},
  odd = {[1] = "a", [3] = "c"},
  nothing = json.null,
}, order)

local text = json.encode(value)
print(text)
print(json.encode(value, {indent = true}))
local read = json.decode(text, 1, json.null)
print(read.nothing == json.null, getmetatable(read.empty).__jsontype, getmetatable(read.list).__jsontype)
print(json.encode(setmetatable(read, order)) == text)

for _, wrong in ipairs {"", "[1, 2", '{"a" 1}', "tru", '"\\u12"', "[1,,2]", "nul", "{1: 2}", "01"} do
  print(json.decode(wrong))
end
print(pcall(json.encode, {print}))
print(json.encode({print}, {exception = function(reason) return '"' .. reason .. '"' end}))
local loop = {}
loop[1] = loop
print(pcall(json.encode, loop))
print(json.encode({1, {2, 3}}, {indent = true, level = 1}))
print(json.decode("/* comment */ [1, // one\n 2]")[2])

local big = {}
for i = 1, 500 do
  big[i] = {id = i, ratio = i / 7, label = ("x"):rep(i % 13), flags = {i % 2 == 0, i % 3 == 0}}
end
local again = json.decode(json.encode(big))
local sum = 0
for i, item in ipairs(again) do
  assert(item.id == i and item.label == big[i].label and item.flags[1] == (i % 2 == 0))
  sum = sum + item.ratio
end
print(#again, ("%.10f"):format(sum))
