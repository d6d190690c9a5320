local t = {1, 2, 3}
local function show(t) print(#t, table.concat(t, ",")) end
table.insert(t, 4) show(t) table.insert(t, 1, 0) show(t) table.insert(t, #t + 1, "end") show(t) table.insert(t, 3, "mid") show(t)
print(table.remove(t)) show(t) print(table.remove(t, 1)) show(t) print(table.remove(t, 2)) show(t) print(table.remove({})) print(table.remove({}, 0)) print(#t, table.remove(t, #t + 1)) print(table.remove({}, nil))
print(select("#", table.remove({})), select("#", table.insert({}, 1)))
local function try(f, ...) print(pcall(f, ...)) end
try(table.insert, {1, 2}, 5, "x") try(table.insert, {1, 2}, 0, "x") try(table.insert, {1}) try(table.insert, {1}, 1, 2, 3) try(table.insert, nil, 1) try(table.insert, {}, "a", 1) try(table.insert) try(table.insert, 5, 5)
try(table.remove, {1, 2, 3}, 5) try(table.remove, {1, 2, 3}, -1) try(table.remove, {}, 1) try(table.remove) try(table.remove, {1}, "x") try(table.remove, {}, 2)
print(table.concat({}), table.concat({1, 2.5, "x"}), table.concat({1, 2, 3}, ", "), table.concat({1, 2, 3}, ", ", 2), table.concat({1, 2, 3}, ", ", 2, 3), table.concat({1, 2, 3}, ", ", 3, 2) == "", table.concat({1, 2, 3}, 0))
try(table.concat, {1, {}, 3}) try(table.concat, {1, nil, 3}, ",", 1, 3) try(table.concat, {true}) try(table.concat, nil) try(table.concat, {}, {}) try(table.concat, {}, "", 1, 1) try(table.concat, {1}, ",", "x") try(table.concat)
print(table.unpack({1, 2, 3}, -1, 1)) try(table.unpack, {}, 1, 1e8) try(table.unpack) try(table.unpack, {}, "x") print(table.unpack("abc" and {}, 1, 2)) try(table.unpack, {}, math.mininteger, math.maxinteger)
local p = table.pack() print(p.n, #p) p = table.pack(nil) print(p.n, #p) p = table.pack(1, nil, 3) print(p.n, p[3])
show(table.move({1, 2, 3}, 1, 3, 2)) show(table.move({1, 2, 3}, 2, 3, 1)) show(table.move({1, 2, 3}, 1, 3, 1, {})) show(table.move({1, 2, 3}, 1, 0, 5)) show(table.move({1, 2, 3}, 1, 3, 3)) try(table.move, {}, 1, math.maxinteger, 2) try(table.move, {}, -1, math.maxinteger, 2) try(table.move, {1}, 1, 1) try(table.move, 1, 1, 1, 1) try(table.move, {}, 1, 2, math.maxinteger)
t = {5, 2, 8, 1, 9, 3} table.sort(t) show(t) table.sort(t, function(a, b) return a > b end) show(t)
t = {"banana", "apple", "Cherry", "date"} table.sort(t) show(t) table.sort(t, function(a, b) return a:lower() < b:lower() end) show(t)
t = {3.5, 1, 2.5, -1, 0} table.sort(t) show(t) t = {} table.sort(t) show(t) t = {1} table.sort(t) show(t) t = {2, 1} table.sort(t) show(t)
try(table.sort, {1, "x"}) try(table.sort, {1, 2, nil, 4}) try(table.sort, {{}, {}}) try(table.sort) try(table.sort, {1, 2}, 5) try(table.sort, {3, 1, 2}, function(a, b) error("in comparator", 0) end) try(table.sort, {true, false}) try(table.sort, {"a", 1})
t = {3, 1, 2} table.sort(t, nil) show(t)
local people = {{n = "Ann", a = 30}, {n = "Bob", a = 25}, {n = "Cid", a = 35}, {n = "Dan", a = 25}} table.sort(people, function(x, y) if x.a ~= y.a then return x.a < y.a end return x.n < y.n end) for _, q in ipairs(people) do print(q.n, q.a) end
t = {} for i = 1, 200 do t[i] = (i * 7919) % 211 end table.sort(t) local ok = true for i = 2, #t do if t[i - 1] > t[i] then ok = false end end print(ok, t[1], t[200])
local mt = setmetatable({}, {__index = function(_, i) if i <= 3 then return "v" .. i end end, __len = function() return 3 end}) print(table.concat(mt, " "), table.unpack(mt)) 
local log = {} local proxy = setmetatable({}, {__newindex = function(t, k, v) log[#log + 1] = k rawset(t, k, v) end}) table.insert(proxy, "a") table.insert(proxy, "b") print(table.concat(log, ","), #proxy)
local lt = setmetatable({}, {__lt = function() return false end}) try(table.sort, {lt, lt, lt}) print(table.concat(setmetatable({}, {__len = function() return 2 end, __index = function(_, i) return i end}), "-")) try(table.insert, setmetatable({}, {__len = function() return "x" end}), 1)
local o = {} for i = 1, 5 do table.insert(o, 1, i) end show(o) for i = 1, 2 do table.insert(o, #o, "b" .. i) end show(o) while #o > 3 do table.remove(o, 2) end show(o)
print(next({}), next({1}), type(next), #table.pack(next({a = 1}))) print(table.unpack({1, 2, 3}, 2, 2)) print((table.unpack({1, 2, 3})))
for first = -3, 4 do for last = -4, 4 do print(first, last, pcall(table.concat, {1, 2, 3}, ",", first, last)) end end
for first = -3, 4 do for last = -4, 4 do print(first, last, table.unpack({1, 2, 3}, first, last)) end end
