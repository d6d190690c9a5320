-- order and adjustment of multiple assignment
local a, b, c = 1, 2
print(a, b, c)
a, b = b, a
print(a, b)
a, b, c = c, a, b
print(a, b, c)
local x, y, z = (function() return 1, 2, 3 end)()
print(x, y, z)
x, y, z = 0, (function() return 1, 2, 3 end)()
print(x, y, z)
x, y, z = (function() return 1, 2, 3 end)(), 10
print(x, y, z)
x, y, z = ((function() return 1, 2, 3 end)())
print(x, y, z)
x, y, z = (function() end)()
print(x, y, z)
local i, t = 1, {10, 20, 30}
i, t[i] = i + 1, "changed"
print(i, t[1], t[2])
t[1], t[2], t[3] = t[3], t[1], t[2]
print(t[1], t[2], t[3])
local function f(name) io_log = (io_log or "") .. name return {} end
f("a").x, f("b").y = f("c"), f("d")
print(io_log)
local q = {}
q.a, q.b, q.c = 1, 2
print(q.a, q.b, q.c)
q.a, q.a = 1, 2
print(q.a == 1 or q.a == 2)
do
  local a = a
  a = a and a + 1 or "none"
  print(a)
end
local p = {x = 1}
local old = p
p, p.x = {x = "new"}, "old changed"
print(p.x, old.x)
local n = 0
local function next_n() n = n + 1 return n end
local k = {next_n(), next_n(), next_n()}
print(k[1], k[2], k[3])
local m = {}
m[next_n()], m[next_n()] = next_n(), next_n()
print(m[4], m[5], m[6], m[7])
g1, g2 = 1, 2
g1, g2 = g2, g1
print(g1, g2)
local s1, s2, s3 = "a", "b", "c"
s1, s2, s3 = s3, s1, s2
print(s1, s2, s3)
local fib_a, fib_b = 0, 1
for _ = 1, 10 do fib_a, fib_b = fib_b, fib_a + fib_b end
print(fib_a, fib_b)
local u = {1, 2, 3}
local first, rest = u[1], {table.unpack(u, 2)}
print(first, #rest, rest[1])
local nested = {a = {b = {c = 1}}}
nested.a.b.c, nested.a.b.d = nested.a.b.c + 1, nested.a.b.c
print(nested.a.b.c, nested.a.b.d)
local extra1, extra2 = 1, 2, print("evaluated though unused")
print(extra1, extra2)
local r <const>, s <const> = 5, "const"
print(r + 1, s .. "!")
