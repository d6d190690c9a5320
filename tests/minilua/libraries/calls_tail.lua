-- tail calls in coroutines, and chains of __call
local function loop(n) if n == 0 then return "done" end if n % 1000 == 0 then coroutine.yield(n) end return loop(n - 1) end
local co, c = coroutine.create(loop), 0
repeat local ok, v = coroutine.resume(co, 50000) c = c + 1 until coroutine.status(co) == "dead" print(c)
for v in coroutine.wrap(function() return loop(20000) end) do if v == "done" then print(v) break end end
local function even(n) if n == 0 then return true end return odd(n - 1) end function odd(n) if n == 0 then return false end return even(n - 1) end
local w = coroutine.wrap(function() local a = (loop(3000)) local t = {loop(2500)} local b = even(100001) print(a, t[1], b) return pcall(loop, 4000) end)
for i = 1, 10 do print(w()) end
local obj = {} function obj:m(n) if n == 0 then return self == obj, 1, 2 end return self:m(n - 1) end
print(coroutine.wrap(function() return obj:m(30000) end)())
print(coroutine.wrap(function() local function nothing(n) if n == 0 then return end return nothing(n - 1) end return nothing(30000) end)())
print(coroutine.wrap(function() local function many(n, ...) if n == 0 then return ... end return many(n - 1, ...) end local a, b, c, d = many(30000, 1, 2, 3) print(a, b, c, d) print((many(500, 7, 8))) end)())
local co = coroutine.create(function() local function bad(n) if n == 0 then error("bad") end return bad(n - 1) end return bad(30000) end)
print(coroutine.resume(co)) print(coroutine.status(co), coroutine.resume(co))
local n = 10000
local function foo() if n == 0 then return 1023 end n = n - 1 return foo() end
for _ = 1, 30 do foo = setmetatable({}, {__call = foo}) end
print(coroutine.wrap(function() return foo() end)()) n = 5000 print((function() return foo() end)())
local function in_gsub(n) if n == 0 then return "end" end return (("x"):gsub("x", function() return in_gsub(n - 1) end)) end print(in_gsub(50))
local function triple(s, c) if c < 1000 then return (function() return c + 1, c, s end)() end end
local sum = 0 for a, b, d in triple, 5, 0 do sum = sum + a + b + d end print(sum)
