local max, min, nan, inf = math.maxinteger, math.mininteger, 0 / 0, math.huge
print(1 == 1.0, 1 ~= 1.0, 1 == "1", 0 == -0, 0.0 == -0.0, "a" == "a", nil == false)
print(1 == true, 0 == false, true == true, true == 1, false == 0, false == nil, 1.0 == true, "true" == true)
print(1 ~= true, 0 ~= false, true ~= 1.0, false ~= 0.0)
local one, zero, yes, no = 1, 0, true, false
print(one == yes, zero == no, yes == one, one ~= yes, zero ~= no, yes == not no, (one == 1) == yes)
print(nan == nan, nan ~= nan, nan < nan, nan <= nan, nan > nan, nan >= nan, nan < 1, 1 < nan)
print(1 < 2, 2 < 1, 1 <= 1, 1 < 1.5, 1.5 <= 1, -1 < 0, -inf < min, inf > max)
print(max < max + 0.0, max <= max + 0.0, max == max + 0.0, max > max - 1.0, min == min + 0.0, min <= min + 0.0)
print(2^53 == 2^53 + 1, (1 << 53) + 1 == 2^53 + 1, (1 << 53) + 1 > 2^53, (1 << 53) + 1 <= 2^53)
print("a" < "b", "a" < "B", "" < "a", "a" < "aa", "aa" < "b", "Z" < "a", "a\0b" < "a\0c", "10" < "9", "é" > "z")
print("a" <= "a", "a" >= "b", "b" > "a", "\255" > "\127", "\200" < "\201", "" == "", "" < "")
local t, u = {}, {}
print(t == t, t == u, t ~= u, print == print, print == tostring, t == 1, t == "t", t == nil)
print(not nil, not false, not 0, not "", not {}, not not nil, not not 0)
local s = "x"
print(s == "x", s == "xy", #s == 1, s .. "y" == "xy", ("x"):rep(3) == "xxx")
local function try(f) print(pcall(f)) end
try(function() return 1 < "1" end)
try(function() return "1" < 1 end)
try(function() return {} < 1 end)
try(function() return {} < {} end)
try(function() return nil < nil end)
try(function() return true < true end)
try(function() return print < print end)
try(function() return {} <= 1 end)
try(function() return 1 >= nil end)
try(function() return "a" > {} end)
try(function() return 2 > "1" end)
local list = {true, false, 1, 0, 1.0, 0.0, "1", "", "0"}
for i, a in ipairs(list) do
  local row = {}
  for j, b in ipairs(list) do row[j] = a == b and "=" or "." end
  print(i, table.concat(row))
end
if 0 then print("0 is true") end
if "" then print("empty is true") end
if nil then print("no") elseif false then print("no") else print("else") end
print(1 < 2 == true, "abc" < "abd" == not false, 3 == 3.0 == true)
