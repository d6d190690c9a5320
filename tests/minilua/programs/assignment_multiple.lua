-- Variables among the values and the targets of one assignment.
do
local a a, a = 1, 2 print(a)
local f = print f, f = f, {} print(type(f))
local function g(x) x, x = x, {1} return x end print(g(5))
local t = {} t.x, t.x = 1, 2 print(t.x)
G, G = 1, 2 print(G)
local b = 7 b, b = b, b + 1 print(b)
local c = 1 local function h() return c end c, c = c, 9 print(c, h())
local function r(...) local q = 3 q, q = q, ... return q end print(r(4))
local i, j = 1, {} i, j[i] = i + 1, 20 print(i, j[1], j[2])
local d, e = 1, 2 d, e, d = e, d, 5 print(d, e)
end
local function f() return 3, 4, 5 end
local function g(...) return ... end
local a,b=1,2 a,b=b,f() print(a,b)
local a,b=1,2 a,b=b,g(7) print(a,b)
local a,b,c=1,2,3 a,b,c=c,f() print(a,b,c)
local a,b,c=1,2,3 a,c,b=c,g(8,9) print(a,b,c)
local function v(...) local a,b=1,2 a,b=b,... return a,b end print(v(6))
local function w(...) local a,b,c=1,2,3 a,b,c=c,... return a,b,c end print(w(6,7))
local a,b=1,2 a,b=b,("x"):rep(2) print(a,b)
local t,i={},1 i,t[i],t[i+1]=i+5,g(1,2) print(i,t[1],t[2])
for n, m in g(function(_, k) if not k then return 1, 2 end end) do n, m = m, g(9) print(n, m) end
local x, y = 1, 2 do local function cap() return x, y end x, y = y, g(3) print(cap()) end
local s, u = 1, 2 s, u = u, coroutine.wrap(function() return 5 end)() print(s, u)
