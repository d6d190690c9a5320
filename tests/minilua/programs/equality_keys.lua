-- what is one key and what is two
local t = {}
t[1] = "int"; t[1.0] = "float"; t["1"] = "string"; t[true] = "boolean"; t[false] = "no"; t[0] = "zero"; t[-0.0] = "minus"
print(t[1], t[1.0], t["1"], t[true], t[false], t[0], t[0.0], t[-0.0])
local count = 0
for k, v in pairs(t) do count = count + 1 end
print(count)
t[2^53] = "big"
print(t[2^53], t[1 << 53], t[(1 << 53) + 1])
for k in pairs({[3.0] = 1}) do print(k, math.type(k)) end
for k in pairs({[2^31] = 1}) do print(k, math.type(k)) end
for k in pairs({[2^70] = 1}) do print(k, math.type(k)) end
t[true] = nil
print(t[1], t[true], t[1.0])
t[1] = nil
t[true] = "again"
print(t[1], t[true])
t[0] = nil
print(t[0], t[false])
print(pcall(function() t[nil] = 1 end))
print(pcall(function() t[0 / 0] = 1 end))
print(t[nil], t[0 / 0])
print(pcall(rawset, {}, nil, 1))
print(pcall(rawset, {}, 0 / 0, 1))
print(pcall(next, {}, "nothing"))
local f, g = function() end, function() end
t[f] = 1; t[g] = 2; t[t] = 3; t[print] = 4
print(t[f], t[g], t[t], t[print], t[{}])
t[1.5] = "half"; t[-1] = "negative"; t[math.huge] = "inf"; t[-math.huge] = "-inf"
print(t[1.5], t[-1], t[math.huge], t[-math.huge], t[1.25])
t[math.maxinteger] = "max"; t[math.mininteger] = "min"
print(t[math.maxinteger], t[math.mininteger], t[math.maxinteger + 0.0], t[math.mininteger + 0.0])
local u = {[1] = "a", [1.0] = "b", [2] = "c", [true] = "d"}
print(u[1], u[2], u[true], #u)
u = {"x", [1] = "y"}
print(u[1])
u = {[true] = "t", [false] = "f", 10, 20}
print(u[true], u[false], u[1], u[2], #u)
local keys = {}
for k in pairs(u) do keys[#keys + 1] = tostring(k) end
table.sort(keys)
print(table.concat(keys, " "))
local mixed = {}
mixed[1] = 1; mixed[2.0] = 2; mixed[3] = 3
print(#mixed, mixed[2], mixed[3.0])
print(rawequal(1, 1.0), rawequal(1, true), rawequal("a", "a"), rawequal({}, {}), rawequal(0, -0.0))
