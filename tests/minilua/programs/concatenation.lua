print("a" .. "b" .. "c", 1 .. 2, 1 .. "", 1.0 .. "|", 2^63 .. "|", -0.0 .. "|", 1e100 .. "|")
print("x" .. 1 + 2 .. "y", "n=" .. #"abc", "neg" .. -1, 2 .. -3)
local a, b, c = "a", 2, 3.5
print(a .. b .. c, b .. b, c .. c, a .. a .. a, (a .. b) .. c, a .. (b .. c))
local s = ""
for i = 1, 20 do s = s .. i .. "," end
print(s, #s)
local t = {name = "n", n = 5}
print(t.name .. "=" .. t.n .. ";" .. t.name:upper() .. t["n"])
t.name = t.name .. "m"
print(t.name)
local mt = {__concat = function(l, r)
  local function show(v) return type(v) == "table" and "T" or tostring(v) end
  return "<" .. show(l) .. "+" .. show(r) .. ">"
end}
local o = setmetatable({}, mt)
print(o .. "x", "x" .. o, o .. o, 1 .. o, o .. 1.5, "a" .. "b" .. o, o .. "a" .. "b", "a" .. o .. "b")
print(o .. nil, pcall(function() return nil .. o end))
local function try(f) print(pcall(f)) end
local n, f, bool, tab = nil, print, true, {}
try(function() return "a" .. n end)
try(function() return n .. "a" end)
try(function() return "a" .. "b" .. n end)
try(function() return "a" .. n .. "b" end)
try(function() return f .. "a" end)
try(function() return "a" .. bool end)
try(function() return tab .. "a" end)
try(function() return "a" .. tab.x end)
try(function() return "a" .. tab.x.y end)
try(function() return tab.x .. "a" end)
try(function() return unknown .. "a" end)
try(function() return 1 .. {} end)
try(function() return a .. b .. tab .. c end)
try(function() return ("x"):rep(3) .. n end)
local log = {}
local function v(x) log[#log + 1] = x return x end
local r = v("1") .. v("2") .. v("3") .. v("4")
print(r, table.concat(log, " "))
print(("%s"):rep(2) .. "%d", "\0" .. "a" == "\0a", #("\0" .. "\0"))
print("é" .. "ü", #("é" .. "ü"), "\xff" .. "\xfe" == "\xff\xfe")
