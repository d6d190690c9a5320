local function count(...) return select("#", ...) end
print(count(), count(nil), count(nil, nil), count(1, nil, 3, nil), count((nil)))
local function pass(...) return ... end
print(pass(), "end")
print(pass(1, nil, 3))
print((pass(1, 2, 3)))
print(pass(1, 2), pass(3, 4))
print(count(pass()), count(pass(), pass()), count((pass())), count(pass(nil)))
local function first(...) local a = ... return a end
print(first(), first(5, 6), first(nil, 7))
local function two(...) local a, b = ... return b, a end
print(two(1), two(1, 2), two(1, 2, 3))
local function named(a, b, ...) return a, b, select("#", ...), ... end
print(named())
print(named(1))
print(named(1, 2, 3, 4))
print(named(1, 2, nil))
local t = table.pack(1, nil, 3, nil)
print(t.n, t[1], t[2], t[3], t[4], #table.pack())
print(table.unpack({1, 2, 3}))
print(table.unpack({1, nil, 3}, 1, 3))
print(table.unpack({1, 2, 3}, 2))
print(table.unpack({1, 2, 3}, 2, 5))
print(table.unpack({}, 1, 0), "none")
print(table.unpack({1, 2}, -1, 1))
local function sum(...)
  local s = 0
  for i = 1, select("#", ...) do s = s + (select(i, ...) or 0) end
  return s
end
print(sum(), sum(1, 2, 3), sum(1, nil, 3))
print(select(2, "a", "b", "c"))
print(select(-1, "a", "b", "c"), select(-2, "a", "b", "c"))
print(select("#"), select("#", nil), (select(2, "a", "b", "c")))
print(select(4, "a", "b", "c"), "nothing before")
print(pcall(select, 0, "a"))
print(pcall(select, -5, "a"))
print(pcall(select, "x", "a"))
print(pcall(select))
local tab = {pass(1, 2, 3), pass(4, 5, 6)}
print(#tab, tab[1], tab[2], tab[4])
tab = {pass(1, 2, 3), (pass(4, 5, 6))}
print(#tab, tab[2])
tab = {pass(), 1}
print(tab[1], tab[2])
tab = {n = pass(1, 2), pass(3, 4)}
print(tab.n, #tab)
tab = {[1] = "x", pass("a", "b")}
print(tab[1], tab[2])
local function collect(...)
  local list = {...}
  return function() return table.unpack(list) end
end
print(collect(1, 2, 3)())
local function tail(_, ...) return ... end
local function length(...) if count(...) == 0 then return 0 end return 1 + length(tail(...)) end
print(length(1, 2, nil, 4))
local function map(f, ...)
  if select("#", ...) == 0 then return end
  return f((...)), map(f, select(2, ...))
end
print(map(function(x) return x * 2 end, 1, 2, 3))
print(string.format("%s %s", pass("a", "b", "c")), math.max(pass(3, 9, 4)))
local function fixed(a, b) return a, b end
print(fixed(1), fixed(1, 2, 3), fixed(pass(1, 2, 3, 4)))
print(fixed(pass(1, 2), 5))
do local a, b, c = pass(1, 2), 10 print(a, b, c) end
print(#{...}, select("#", ...))
local inner = (function(...) local f = function(...) return ... end return f(...), f(..., "x") end)
print(inner(1, 2))
for i, v in ipairs({pass("p", "q")}) do print(i, v) end
print(pass(nil, nil) == nil, pass() == nil, not pass(), -pass(3), #pass("abc"), pass(1) + pass(2))
print((function(...) local a <const>, b = ... return a, b end)(1, 2))
