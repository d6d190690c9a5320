-- what is evaluated when, where functions change the variables that are being used
local x = 1
local function g() x = x + 1 return 1 end
local t = {5, 6, 7}
print(x, t[g()])
print(x, g())
local function two(a, b) return a, b end
local function tail() return two(x, g()) end
print(tail())
print(x + t[g()])
print(x .. t[g()] .. x)
print(x, t[g()] + t[g()], x)
local u = {x, t[g()], x}
print(u[1], u[2], u[3])
local a, b, c = x, t[g()], x
print(a, b, c)
t[x - 8] = g()
local function f() return x, t[g()] end
print(f())
print(x < t[g()], x == t[g()])
local o = {m = function(self, p, q) return p, q end}
print(o:m(x, t[g()]))
local function va(...) return select("#", ...), ... end
print(va(two(1, 2)), (va(two(1, 2))), va(x, two(nil, nil)), va(x, va()))
local function rec(n, ...) if n == 0 then return ... end return rec(n - 1, two(n, ...)) end
print(rec(5, 1))
local function id(...) return ... end
local function loop(n) if n == 0 then return "done" end return id(loop2(n - 1)) end
function loop2(n) return loop(n) end
print(loop(100))
print(pcall(id, id(), id(1), id()))
-- fields of a constructor in the order of the text, positional or not
print(pcall(function() local t = {math.floor(G1), n = G1.m, G3.len} end))
local trace = {} local function note(x) trace[#trace + 1] = x return x end
local t = {note(1), a = note(2), note(3), [note(4)] = note(5), note(6), b = note(7)} print(table.concat(trace, " "))
trace = {} t = {note(1), a = note(2), note(3), b = note(4), note(5)} print(table.concat(trace, " "))
trace = {} t = {a = note(1), b = note(2), note(3), note(4)} print(table.concat(trace, " "), t.a, t[1], t[2])
