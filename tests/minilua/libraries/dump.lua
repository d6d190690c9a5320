-- functions as strings, and binary chunks
local a, b = 1, 2
local K <const>, S <const> = 5.5, "q\n\0"
local t = {}
function t.m(p) return p + 1 end
function t:n(p) return self, p end
function t:z() return self end
print(load(string.dump(t.m))(4)) print(load(string.dump(t.n))(4, 5)) print(load(string.dump(t.z))(9))
print(load(string.dump(function(...) return K, #S, ... end))(7))
local s = string.dump(function() local function inner() return 1 end
  error("here") end)
print(pcall(load(s))) print(debug.getinfo(load(s), "S").linedefined, debug.getinfo(load(s), "S").source)
print(load(s, "x", "t")) print(load("return 1", "x", "b"))
for i = 1, #s - 1, 9 do print((select(2, load(s:sub(1, i), "=z")):match("truncated"))) if i > 60 then break end end
for i = 1, 20 do print((load(s:sub(1, i - 1) .. string.char(s:byte(i) ~ 1) .. s:sub(i + 1)))) end
print(pcall(string.dump, string.rep)) print(pcall(string.dump))
local x = load(string.dump(function(x) if x == "set" then a = 10 + b; b = b + 1 else return a end end), "", "b", nil)
print(x()) print(debug.setupvalue(x, 1, "hi")) print(x()) debug.setupvalue(x, 2, 13) x("set") print(x())
do local function f() return "for end do -- function" --[[ function ]] end local function g() return 2 end print(load(string.dump(g))(), load(string.dump(f))()) end
local h = load(string.dump(function() local i = 0 repeat local z = i i = i + 1 until z > 3 while i < 10 do i = i + 1 if i == 8 then goto e end end ::e:: for k = 1, 3 do i = i + k end return i end)) print(h())
local stripped = load(string.dump(function(p) return p + 1 end, true))
print(stripped(1), pcall(stripped, {})) print(debug.getinfo(stripped, "S").short_src)
print(load(string.dump(load("return ...", "=chunk")))(3, 4))
