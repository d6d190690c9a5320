-- each round of a loop has variables of its own
local fs = {}
for i = 1, 3 do fs[i] = function() return i end end
print(fs[1](), fs[2](), fs[3]())
fs = {}
for i = 1, 3 do fs[i] = {get = function() return i end, set = function(v) i = v end} end
fs[1].set(10)
print(fs[1].get(), fs[2].get(), fs[3].get())
fs = {}
for k, v in pairs({a = 1}) do fs[1] = function() return k, v end end
print(fs[1]())
fs = {}
for i, v in ipairs {"x", "y", "z"} do fs[i] = function() v = v .. i return v end end
print(fs[1](), fs[1](), fs[2](), fs[3]())
fs = {}
local j = 0
while j < 3 do
  j = j + 1
  local k = j
  fs[j] = function() k = k + 1 return k end
end
print(fs[1](), fs[1](), fs[2](), fs[3](), j)
fs = {}
local n = 0
repeat
  local m = n
  fs[#fs + 1] = function() m = m + 10 return m end
  n = n + 1
until m >= 2
print(#fs, fs[1](), fs[1](), fs[2](), fs[3]())
fs = {}
for i = 1, 2 do
  local shared = i * 100
  for q = 1, 2 do
    fs[#fs + 1] = function() shared = shared + q return shared end
  end
end
print(fs[1](), fs[2](), fs[3](), fs[4](), fs[1]())
-- a local without initialiser is nil anew
for i = 1, 3 do
  local v
  if i == 2 then v = "set" end
  fs[i] = function() return v end
end
print(fs[1](), fs[2](), fs[3]())
-- goto continue keeps rounds apart
fs = {}
for i = 1, 5 do
  local v = i
  if i % 2 == 0 then goto continue end
  fs[#fs + 1] = function() v = v + 1 return v end
  ::continue::
end
print(#fs, fs[1](), fs[2](), fs[3](), fs[1]())
-- goto backwards makes new locals too
do
  local list, i = {}, 0
  ::again::
  local v = i
  list[#list + 1] = function() v = v + 1 return v end
  i = i + 1
  if i < 3 then goto again end
  print(list[1](), list[2](), list[3](), list[1]())
end
-- modified loop variable in a closure does not change the loop
local seen = {}
for i = 1, 3 do
  local bump = function() i = i + 100 end
  bump()
  seen[#seen + 1] = i
end
print(table.concat(seen, " "))
-- break out with a closure kept
local kept
for i = 1, 10 do
  local v = i
  kept = function() return v, i end
  if i == 4 then break end
end
print(kept())
-- function declared within a loop
for i = 1, 2 do
  local function rec(d) if d == 0 then return i end return rec(d - 1) end
  fs[i] = rec
end
print(fs[1](3), fs[2](3))
