-- metatables of nil, numbers, booleans, functions and threads
debug.setmetatable(nil, {__index=function(t,k) return nil end, __call=function(s,...) return "nilcall", ... end, __add=function() return "nil+" end, __concat=function(a,b) return "nil.." end, __len=function() return 42 end, __unm=function() return "-nil" end, __lt=function() return true end, __le=function() return false end, __newindex=function(t,k,v) print("set", t,k,v) end, __band=function() return "band" end})
local x
print(x.y.z, x[1], x(1,2), x+1, 1+x, x.."a", "a"..x, #x, -x, x<1, x<=1, 1>x, x&1)
x.y = 3 x[1] = 4
print(undefinedglobal.foo.bar, undefinedglobal())
print(x:foo(3))
local function late(a) return a.b, a(1) end
print(late(nil))
debug.setmetatable(0, {__index=math, __call=function(n, x) return n*x end, __len=function(n) return n end, __concat=function(a,b) return "cat" end, __tostring=function() return "num" end, __name="NUM", __close=function() print"close" end})
print((5):sqrt(), (2.5):floor(), (3)(4), #7, 1 .. 2, tostring(5), (5).pi)
for i = 1, 2 do print(i.pi, i:max(10)) end
print(pcall(function() return 1 < "x" end), pcall(function() return 1 + {} end))
print(pcall(string.rep, {}, 5), pcall(ipairs))
do local c <close> = 5 end
debug.setmetatable(true, {__index={name="bool"}, __add=function(a,b) return tostring(a)..tostring(b) end, __call=function(b, x, y) return b and x or y end, __eq=function() return true end})
print((true).name, true + false, (true)(1,2), (false)(1,2), true == false)
debug.setmetatable(print, {__index={foo=function(f, x) return "foo", x end}, __add=function(f,g) return function(...) return f(g(...)) end end, __concat=function(f,g) return "f..g" end, __lt=function() return true end, __len=function() return 9 end, __newindex=function(f,k,v) print("fset",k,v) end, __tostring=function() return "FUN" end})
local function inc(x) return x+1 end
print((inc+inc)(1), inc:foo(3), inc.foo(1,2), inc.bar, inc..inc, inc<inc, #inc, tostring(print))
inc.x = 1 inc[1] = 2
print(print.foo, string.rep.foo ~= nil)
local co = coroutine.wrap(function() local n; coroutine.yield(n.x, n(1)) coroutine.yield(inc:foo(9)) for i=1,2 do coroutine.yield(i.pi, i(3), n < i, inc > inc) end end)
print(co()) print(co()) print(co()) print(co())
local th = coroutine.create(print)
debug.setmetatable(th, {__index=coroutine, __call=coroutine.resume})
print(th:status(), th(5), th:status())
debug.setmetatable(nil, nil) debug.setmetatable(0, nil) debug.setmetatable(true, nil) debug.setmetatable(print, nil) debug.setmetatable(th, nil)
print(pcall(function() local n return n.x end)) print(pcall(function() local n return n() end)) print(pcall(function() return (5).x end), (pcall(function() return inc.x end)), pcall(function() return th.x end)) print(pcall(function() return inc < inc end))
