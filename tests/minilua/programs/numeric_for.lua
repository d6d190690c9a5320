for i = 1, 3 do last = i end
print(last)
for i = 3, 1 do print("never") end
for i = 3, 1, -1 do print(i) end
for i = 1, 10, 4 do print(i) end
for i = 10, 1, -4 do print(i) end
for i = 1.0, 3 do print(i) end
for i = 1, 3.5 do print(i) end
for i = 1, 2, 0.5 do print(i) end
for i = 1.5, 3 do print(i) end
for i = 3, 1.5, -1 do print(i) end
for i = 0, -1.5, -1 do print(i) end
for i = 0.1, 0.35, 0.1 do print(i) end
for i = 1, 0.5 do print("never") end
for i = 1, math.huge do if i > 3 then break end print(i) end
for i = 1, -math.huge, -1 do if i < -1 then break end print(i) end
for i = -math.huge, 1 do print("once", i) break end
for i = 1, -math.huge do print("never") end
for i = 1, 0 / 0 do print("never") end
local max, min = math.maxinteger, math.mininteger
for i = max - 1, max do print(i) end
for i = min + 1, min, -1 do print(i) end
for i = max - 1, math.huge do print(i) end
for i = max, max do print("one", i) end
for i = max, 1e100 do print("e100", i) end
for i = min, min, -1 do print("one", i) end
for i = min, max, max do print(i) end
for i = max, min, min do print(i) end
for i = 1, max, max do print(i) end
for i = -1, min, min do print(i) end
for i = max - 5, max, 4 do print(i) end
for i = 1, 3 do local j = i i = i * 10 print(j, i) end
for i = 1, 3 do for i = i, i + 1 do last = i end print(i, last) end
local n = 3
for i = 1, n do n = 1 print(i) end
for i = n, n do print("n", i) end
local function limits() print("evaluated") return 1, 2 end
for i = (limits()), 2 do print(i) end
for i = 1, #"abc" do print(("abc"):sub(i, i)) end
local function try(f) print(pcall(f)) end
try(function() for i = 1, 10, 0 do end end)
try(function() for i = 1.0, 10, 0 do end end)
try(function() for i = "1", 10 do end end)
try(function() for i = 1, "10" do end end)
try(function() for i = 1, 10, "1" do end end)
try(function() for i = nil, 10 do end end)
try(function() for i = 1, nil do end end)
try(function() for i = 1, 2, {} do end end)
try(function() for i = {}, nil do end end)
try(function() for i = 1, "x" do end end)
for i = 3, 2, 1 do print("no") end
for i = 3, 3 do print("once") end
for i = 1, 3 do if i == 2 then goto skip end print("kept", i) ::skip:: end
local list = {}
for i = 5, 1, -2 do list[#list + 1] = i end
print(table.concat(list, ","))
local sum = 0
for i = 1, 100 do for j = i, 100, i do sum = sum + j end end
print(sum)
for i = 1, 3 do local x <const> = i * 2 last = x end
print(last, i)
for i = -3, -1 do print(i) end
for i = 2^53, 2^53 + 2 do print(i) break end
for i = 1 << 62, (1 << 62) + 1 do print(i) end
for i = 0x7ffffffffffffffd, 0x7fffffffffffffff, 1 do print(i) end
local function early() for i = 1, 10 do if i * i > 20 then return i end end return "none" end
print(early())
for i = -0.0, 0 do print(i, 1 / i) end
-- a limit that is not a number
for i = 3, 0/0, -1 do if i < 1 then break end print("down to NaN", i) end
for i = 3, 0/0 do print("up to NaN", i) end
for i = 3.0, 0/0, -1 do print("floats", i) end
