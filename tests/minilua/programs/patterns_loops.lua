-- Loops over matches, which go on where they or calls have left off.
local f = ("a1 b2 c3"):gmatch("(%a)(%d)")
for a in f do print(a) break end
print(f())
for a, b, c in f do print(a, b, c) end
print(f())
for w in ("one two three"):gmatch("%a+") do print(w, ".") end
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do print(k, v, ";") end
for k, v, x in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do print(k, v, tostring(x), ";") end
for k in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do print(k, ";") end
for p in ("abc"):gmatch("()") do print(p, ";") end
for p, q in ("abc"):gmatch("()(.)") do print(p, q, ";") end
for p in ("abc"):gmatch("%f[%w]%w+") do print(p, ";") end
for p in ("(a)(b)"):gmatch("%b()") do print(p, ";") end
for p in ("a,b,,c"):gmatch("[^,]*") do print("<", p, ">") end
print(coroutine.wrap(function() for w in ("x y"):gmatch("%a") do coroutine.yield(w) end end)())
local co = coroutine.wrap(function() for w, v in ("x1 y2"):gmatch("(%a)(%d)") do coroutine.yield(w .. v) end end)
print(co(), co(), co())
local g = ("a b"):gmatch("%a")
for x in g do print(x, g()) end
print(pcall(function() for x in ("a"):gmatch("(") do end end))
