-- recursion inside coroutines, coroutines inside coroutines, and many of them
local function depth(n) if n == 0 then return coroutine.yield("bottom") end return 1 + depth(n - 1) end
local co = coroutine.create(function() return depth(100) end) print(coroutine.resume(co)) print(coroutine.resume(co, 0))
local function nest(n) if n == 0 then coroutine.yield("inner") return 0 end local c = coroutine.wrap(function() return nest(n - 1) end) local r = c() while r == "inner" do coroutine.yield(r) r = c() end return r + 1 end
local top = coroutine.wrap(function() return nest(20) end) print(top()) print(top())
local function overflow() return 1 + overflow() end local ok, m = coroutine.resume(coroutine.create(overflow)) print(ok, m:match("stack overflow") or m)
local ok2, m2 = coroutine.resume(coroutine.create(function() return pcall(overflow) end)) print(ok2, m2)
local all = {} for i = 1, 1000 do all[i] = coroutine.create(function(a) local b = coroutine.yield(a + i) return b * 2 end) end local s = 0 for i = 1, 1000 do local _, v = coroutine.resume(all[i], 1) s = s + v end for i = 1, 1000 do local _, v = coroutine.resume(all[i], i) s = s + v end print(s, coroutine.status(all[1]), coroutine.status(all[1000]))
local function gen(n) return coroutine.wrap(function() if n > 0 then for v in gen(n - 1) do coroutine.yield(v) end coroutine.yield(n) end end) end local out = {} for v in gen(30) do out[#out + 1] = v end print(#out, out[1], out[30])
local fact = coroutine.wrap(function() local function f(n) if n <= 1 then return 1 end coroutine.yield(n) return n * f(n - 1) end return "result", f(5) end) for _ = 1, 4 do print(fact()) end print(fact())
local tail = coroutine.wrap(function() local function loop(n) if n == 0 then return "done" end if n % 5000 == 0 then coroutine.yield(n) end return loop(n - 1) end return loop(10000) end) print(tail()) print(tail()) print(tail())
