-- functions that are mostly called with integers, called with everything else
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
print(fib(20), fib(10.0), fib(2.5), fib(-5), fib(1.5), math.type(fib(3.0)))
print(pcall(fib, "7"), pcall(fib, nil), pcall(fib, {}), pcall(fib, true), pcall(fib))
local number = setmetatable({}, {__lt = function() return true end, __sub = function() return 1 end})
print(fib(number) == number)
local function gcd(a, b) while b ~= 0 do a, b = b, a % b end return a end
print(gcd(48, 18), gcd(48.0, 18), gcd(2^60, 2^40), gcd(1 << 62, 1 << 61), pcall(gcd, 1, "x"), pcall(gcd, {}, 1))
local function grow(n, by) local r = n for i = 1, 3 do r = r * by + n end return r end
print(grow(2, 3), grow(1 << 40, 1 << 20), grow(math.maxinteger, 2), grow(1073741823, 1073741823), grow(0.5, 2), grow("2", 3))
local function edge(n) return n + 1, n - 1, n * 2, -n, n // 3, n % 3, n / 2 end
for _, v in ipairs { 1, 0, -7, math.maxinteger, math.mininteger, 2 ^ 53, 1073741823, 1073741824, -1073741824 } do print(edge(v)) end
local function power(b, e) local r = 1 while e > 0 do if e % 2 == 1 then r = r * b end b = b * b e = e // 2 end return r end
print(power(2, 10), power(3, 40), power(2, 63), power(2, 64), power(2.0, 64), power(7, 0))
local function ack(m, n) if m == 0 then return n + 1 elseif n == 0 then return ack(m - 1, 1) end return ack(m - 1, ack(m, n - 1)) end
print(ack(2, 3), ack(2.0, 3), pcall(ack, "a", 1))
local function depth(n) if n == 0 then return error("bottom") end return 1 + depth(n - 1) end
print(pcall(depth, 3)) print(pcall(depth, 3.0))
local function level(n) if n == 0 then error("two up", 2) end local r = level(n - 1) return r end
print(pcall(level, 0)) print(pcall(level, 1)) print(pcall(level, 2)) print(pcall(function() local x = level(0) return x end))
function global_sum(n) if n <= 0 then return 0 end return n + global_sum(n - 1) end
print(global_sum(10), global_sum(10.5), pcall(global_sum, "5"), pcall(global_sum, "x"))
local function branches(n, x) if n > 3 then x = x or "default" return x .. n elseif n == 3 then return n, x end end
print(branches(5), branches(4, "v"), branches(3, 1), branches(1)) print(branches(3.0, "f"), branches(3.5), select("#", branches(0)))
local function collatz(n) local steps = 0 while n ~= 1 do if n % 2 == 0 then n = n // 2 else n = 3 * n + 1 end steps = steps + 1 end return steps end
print(collatz(27), collatz(27.0), collatz(837799)) print(pcall(collatz, "x"))
local function sum_to(n, t) local s = 0 for i = 1, n do s = s + (t and t[i] or i) end return s end
print(sum_to(10), sum_to(3, {1.5, 2, 3}), sum_to(2.9), pcall(sum_to, "3"), pcall(sum_to, 2, {1, {}}))
local co = coroutine.wrap(function() local function walk(n) if n == 0 then coroutine.yield("end") return 0 end coroutine.yield(n) return 1 + walk(n - 1) end return walk(3) end)
print(co(), co(), co(), co(), co())
local function bits(n) return n & 0xFF, n | 1, n ~ 3, n << 2, n >> 1 end print(bits(1000)) print(bits(-1)) print(bits(3.0)) print(pcall(bits, 1.5)) print(pcall(bits, "x"))
local function both(a, b) return a * b - a + b, a - b * 2 + 1 end print(both(3, 4)) print(both(1 << 62, 4)) print(both(1.5, 4)) print(both(3, 4.5)) print(pcall(both, {}, 1)) print(pcall(both, 1)) print(both("3", 4))
local function compare(a, b) return a < b, a <= b, a == b, a ~= b, a > b end print(compare(1, 2)) print(compare(1, 1.0)) print(compare("a", "b")) print(pcall(compare, 1, "1")) print(pcall(compare, true, false))
