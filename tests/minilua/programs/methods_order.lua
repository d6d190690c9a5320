-- a method is looked up before its arguments are evaluated
local t = {m = function(self, ...) return "old", ... end, v={1,2,3}}
local function change() t.m = function(self, ...) return "new", ... end return 1 end
print(t:m(change())) print(t:m(t.v[2], change())) print(t:m(t.v[1] + t.v[2], t.v[3]))
print(pcall(function() local n; n:x(error("arg", 0)) end))
print(pcall(function() t:nope(error("arg", 0)) end))
local log = setmetatable({}, {__index = function(_, k) print("index", k) return function(...) return select("#", ...) end end})
print(log:a(log:b(log.c), log:d()))
local s = "abc" local function up() s = "xyz" return 2 end
print(s:sub(up())) print(s:rep(2, s:sub(1, 1)))
local x = {f = function(self, y) return self == y end}
local function swap() local old = x x = {f = function() return "other" end} return old end
print(x:f(swap()))
print(coroutine.wrap(function() local t = {m = function(self, ...) return "old", ... end} return t:m(coroutine.yield(1), (function() t.m = nil return 2 end)()) end)())
