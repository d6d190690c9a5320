-- functions have no fields
local function f() end
print(pcall(function() f.x = 1 end)) print(pcall(function() local function g() end g.x = 1 return g.x end))
local function h() end
local ok, e = pcall(function() h.y, h.z = 1, 2 end) print(e)
local t = {} print(pcall(function() t.f = f t.f.x = 2 end)) print(pcall(function() print.x = 1 end))
print(pcall(function() local p = print p.x = 1 end)) print(pcall(function(a) a.x = 1 end, f))
print(pcall(function(a) local y = a.x a.x = 1 end, f))
