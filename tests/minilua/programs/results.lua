-- how many results, in every place that adjusts them
local function none() end
local function none2() return end
local function one() return 1 end
local function two() return 1, 2 end
local function nils() return nil, nil end
print(none()) print(one()) print(two()) print(nils())
print(none(), none2()) print((none())) print((two())) print((nils()))
print(none(), 1) print(two(), 1) print(1, two())
local a = none() local b = two() local c, d, e = two() print(a, b, c, d, e)
local t = {none(), two(), none(), two()} print(#t, t[1], t[2], t[3], t[4], t[5])
t = {two(), nil} print(t[1], t[2])
t = {x = two()} print(t.x)
t = {none()} print(#t, t[1])
t = {(two())} print(#t)
t[two()] = two() print(t[1])
local function tail1() return two() end
local function tail2() return (two()) end
local function tail3() return two(), two() end
local function tail4() return none() end
print(tail1()) print(tail2()) print(tail3()) print(tail4()) print(select("#", tail4()), select("#", (tail4())))
if none() then print("no") else print("none is false") end
if two() then print("two is true") end
while none() do end
print(two() + two(), two() .. two(), -two(), not none(), two() == one(), none() == nil)
print(#{two()}, ({two()})[2], (two()))
for i = one(), two() do print("for", i) end
local function iter() return ipairs({5, 6}) end
for k, v in iter() do print(k, v) end
print(pcall(none)) print(pcall(two)) print(pcall(nils))
print(select("#", pcall(none)), select("#", pcall(nils)))
print(string.rep("ab", two())) print(math.max(two()), math.min(two(), 0))
print(tostring(nils()), pcall(tostring)) print(pcall(tostring, none()))
print(type(nils()), pcall(type, none()))
local function deep(n) if n == 0 then return 1, 2, 3 end return deep(n - 1) end
print(deep(10))
local obj = {m = function(self, ...) return ..., self.v end, v = "v"}
print(obj:m()) print(obj:m(1)) print(obj:m(1, 2)) print((obj:m(1, 2)))
print(obj.m({v = "w"}, two()))
local r = {pcall(error, "x")} print(#r, r[1], r[2])
print((("x"):gsub("x", "y")), ("x"):gsub("x", "y"))
print(("a,b"):find(","), ("a,b"):match("(%a),(%a)"))
print(next({})) print(next({10})) print(type(next), (next({10})))
print(assert(1, 2, 3)) print(select("#", assert(two()))) print(pcall(assert, false, "m")) print(pcall(assert, nil)) print(pcall(assert))
print(load("return 1, 2, 3")()) print(load("return")()) print(load("")())
local v1, v2 = (function(...) return select("#", ...), ... end)(nil, nil) print(v1, v2)
return two()
