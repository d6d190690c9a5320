-- tracebacks: names, tail calls, metamethods, what is left out of long ones; and levels of `error` past tail calls
local function show(f, ...)
  local text = select(2, xpcall(f, debug.traceback, ...))
  print((text:gsub("\n\t%[C%]: in function 'xpcall'.*", "")))
end
local function first() error("deep") end
local function second() return first() end
show(function() second() return 1 end)
local callable = setmetatable({}, {__call = function(self, x) error("in call " .. x) end})
show(function() local function f() return callable(5) end f() end)
local indexed = setmetatable({}, {__index = function(self, key) error("in index " .. key) end})
show(function() local function f() return indexed:m(5) end f() end)
show(function() local function f() return indexed.m(5) end f() end)
local function outer() error("x", 2) end
local function generic() for i in pairs {1} do return outer() end end
local function numeric() for i = 1, 2 do return outer() end end
local function closing() local c <close> = nil return outer() end
local function tail() return outer() end
local function tails() return error("x", 2) end
for _, f in ipairs {generic, numeric, closing, tail, tails} do
  show(function() f() return 1 end) show(function() return f() end) print(pcall(function() return f() end))
end
local function down(n) if n == 0 then error("end") end return down(n - 1) end
show(down, 3) show(down, 1000)
local co = coroutine.create(function(...) local function f(n) if n == 0 then coroutine.yield() end return f(n - 1) end return f(...) end)
print(coroutine.resume(co, 5)) print(debug.traceback(co))
local function trace(n, level) if n == 0 then return debug.traceback("long", level) end return trace(n - 1, level) .. "" end
for n = 12, 22 do
  for level = 0, 2 do print((trace(n, level):gsub("\n\t%[C%]: in function 'pcall'.*", ""))) end
end
show(function() load("error('x')", "=text")() return 1 end) show(function() return load("error('x')", "=text")() end)
show(string.rep) show(function() return string.rep() end) show(function() return ("x"):rep({}) end)
local closed = setmetatable({}, {__close = function() error("closed") end})
show(function() do local y <close> = closed end return 1 end)
show(function() for i in function() return error("iterated") end do end end)
show(function() return "10" // 0 end) show(function() return "a" + 1 end) show(function() return "1.5" | 1 end)
local M = {} function M.foo() error("x") end function M:bar() return M.foo() end
show(M.bar, M) show(function() M:bar() end)
