-- library functions that are done in place, and others in their place
local function try(f, ...) print(pcall(f, ...)) end
for _, v in ipairs { 1, -1, 0, 1.5, -1.5, -0.0, 2^53, 2^62, 2^63, -2^63, 1e308, 1/0, -1/0, math.maxinteger, math.mininteger, "10", "2.5", "x" } do
  try(function() return math.floor(v) end) try(function() return math.abs(v) end) try(function() return (math.sqrt(v)) == math.sqrt(v), type(v) end)
  try(function() return math.max(v, 1), math.min(v, 1), math.max(1, v), math.min(2.5, v) end)
end
try(function() return math.floor(0/0) end) try(function() return math.floor() end) try(function() return math.floor(nil) end) try(function() return math.floor({}) end)
try(function() return math.floor(true) end) try(function() return math.sqrt("x") end) try(function() return math.abs() end) try(function() return math.max() end) try(function() return math.max(1, nil) end)
print(math.type(math.floor(3)), math.type(math.floor(3.7)), math.type(math.max(1, 1.0)), math.type(math.max(1.0, 1)), math.max(0/0, 1) ~= math.max(0/0, 1), math.max(1, 0/0))
print(type(nil), type(1), type(1.5), type("s"), type({}), type(print), type(true), type(coroutine.create(print)), type(setmetatable({}, {__name = "x"})))
try(function() return type() end) print(type((nil))) local function none() end try(function() return type(none()) end) print(type(none(), 1)) print((type(nil)))
local t = {} table.insert(t, 1) table.insert(t, "b") table.insert(t, nil) table.insert(t, 2.5) table.insert(t, 1, "first") table.insert(t, {}) print(#t, t[1], t[2], t[3], t[4])
try(function() table.insert(nil, 1) end) try(function() table.insert({}) end) try(function() table.insert({}, 1, 2, 3) end) try(function() table.insert({}, 5, 2) end) try(function() table.insert(5, 1) end)
local logged = setmetatable({}, {__newindex = function(s, k, v) print("new", k, v) rawset(s, k, v) end}) table.insert(logged, "x") table.insert(logged, "y") print(#logged)
local sparse = {1, 2, nil, 4} table.insert(sparse, 5) print(sparse[#sparse]) local h = {[2] = "two"} table.insert(h, "one") table.insert(h, "next") print(h[1], h[2], h[3])
local function count(...) return select("#", ...), (select("#", ...)) end print(count()) print(count(nil)) print(count(1, nil, nil)) print(select("#")) print(select("#", count(1)))
try(function(...) return select(0, ...) end, 1) try(function(...) return select(-1, ...) end, 1, 2) try(function(...) return select("x", ...) end, 1) print((function(...) return select("2", ...) end)("a", "b"))
local real = {floor = math.floor, insert = table.insert, type = type, select = select, max = math.max}
math.floor = function(x, ...) return "floor", x, select("#", ...) end print(math.floor(1.5)) print((math.floor(1.5))) local r = math.floor(2) print(r, math.floor(3) .. "!") math.floor = real.floor
table.insert = function(a, b) a.inserted = b return "r" end local u = {} table.insert(u, 5) print(u.inserted, #u, table.insert(u, 6)) table.insert = real.insert
type = function() return "kind", 2 end print(type(1)) print((type(1))) if type(1) == "kind" then print("replaced") end type = real.type
select = function(...) return "selected", ... end print((function(...) return select("#", ...) end)(1, 2)) select = real.select
math.max = nil try(function() return math.max(1, 2) end) math.max = real.max
local saved = math math = {sqrt = function() return "own" end} print(math.sqrt(4)) try(function() return math.floor(1) end) math = nil try(function() return math.floor(1) end) math = saved
do local math = {floor = function(x) return -x end} print(math.floor(3)) local type = function() return "local" end print(type(1)) end
local co = coroutine.wrap(function() local l = {} table.insert(l, coroutine.yield(math.floor(1.5))) math.floor(2.5) type(3) table.insert(l, 1, math.max(3, 4)) coroutine.yield(#l, l[1], l[2], type(l)) math.floor = function(x) return coroutine.yield("inside", x) end local v = math.floor(9.5) math.floor(1) return v, select("#", coroutine.yield(math.sqrt(16))) end)
print(co()) print(co("sent")) print(co()) print(co("resumed")) print(co("again")) print(co(7, 8)) math.floor = real.floor
