-- What is done in place is evaluated in the order of a call.
local x=1 local function f() x=5 return 2 end
print(math.max(x,f()))
local s, i = "abcdef", 2
local function up() i = 4 s = "xyzxyz" return 3 end
print(s:sub(i, up()))
i, s = 2, "abcdef"
print(string.sub(s, i, up()))
i, s = 2, "abcdef"
print((s:sub(up(), i)))
local y = 3
local function g() y = 10 return 1 end
print(math.min(y, g()), math.max(y, (g())))
y = 3
print(math.max(y, (g())))
y = 3
print(math.max(y, (g()) + 0), math.abs(y))
i, s = 2, "abcdef"
print((s:sub(i, (up()))))
local t = {1,2}
local function chg() s = "zzzz" return 1 end
s = "abcd"
print(s:byte((chg())), s)
local m = math.floor
print(math.floor(2.5), (function() local y = 2.7 local function h() y = 9 return 0 end return math.max(y, h() + 1) end)())
local n1, G1 = 1, nil print(pcall(function() n1(G1:sub(n1.y)) end)) local l print(pcall(function() n1(l:sub(n1.y)) end)) print(pcall(function() return l:upper(), n1.x end))
