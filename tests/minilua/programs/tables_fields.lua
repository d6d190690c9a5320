-- fields that come and go: nil, false, names of every kind, many objects of one shape and of many
local function point(x, y) return {x = x, y = y} end
local p = point(1) print(p.x, p.y) p.y = 2 print(p.x + p.y) p.x = nil print(p.x, next(p)) p.x = 5 p.z = 9 print(p.x, p.y, p.z)
local list = {} for i = 1, 50 do list[i] = {id = i, even = i % 2 == 0, name = i % 3 == 0 and "n" .. i or nil} end
local evens, named, ids = 0, 0, 0 for _, o in ipairs(list) do if o.even then evens = evens + 1 end if o.name then named = named + 1 end ids = ids + o.id end print(evens, named, ids)
for _, o in ipairs(list) do o.id = nil o.extra = "e" end local n = 0 for _, o in ipairs(list) do for k in pairs(o) do n = n + 1 end end print(n)
local shapes = {{a = 1}, {a = 2, b = 1}, {b = 1, a = 3}, {["a"] = 4, c = 1}, setmetatable({}, {__index = {a = 5}}), setmetatable({}, {__index = function() return 6 end}), {a = false}, {}} for i, s in ipairs(shapes) do print(i, s.a, s.b, rawget(s, "a")) end
local function get(o) return o.a end for _, s in ipairs(shapes) do io_sum = (io_sum or 0) + (get(s) or 0) end print(io_sum)
local counter = {n = 0} for _ = 1, 10 do counter.n = counter.n + 1 end print(counter.n) counter.n = nil print(pcall(function() counter.n = counter.n + 1 end)) counter.n = "5" counter.n = counter.n + 1 print(counter.n)
local t = {} t.a = {} t.a.b = {} t.a.b.c = 1 t.a.b.c = t.a.b.c + 1 print(t.a.b.c, t["a"].b["c"]) local key = "dyn" t[key] = 1 t[key .. "2"] = 2 t[key] = t[key] + t[key .. "2"] print(t.dyn, t.dyn2) t[key] = nil print(t.dyn)
local copy = {} for k, v in pairs({a = 1, b = 2, 10, 20}) do copy[k] = v end print(copy.a, copy.b, copy[1], copy[2], #copy) local keys = {} for k in pairs(copy) do keys[#keys + 1] = tostring(k) end table.sort(keys) print(table.concat(keys, " "))
local self = {} self.f = function() return self end print(self.f().f() == self) local weird = {["a b"] = 1, ["1"] = 2, [""] = 3, ["\0"] = 4, ["é"] = 5, ["_ENV"] = 6, ["self"] = 7, ["λ"] = 8, ["end"] = 9} print(weird["a b"], weird["1"], weird[""], weird["\0"], weird["é"], weird._ENV, weird.self, weird["λ"], weird["end"])
local big = {} for i = 1, 2000 do big["k" .. i] = i end for i = 1, 2000, 2 do big["k" .. i] = nil end local sum, count = 0, 0 for _, v in pairs(big) do sum = sum + v count = count + 1 end print(sum, count) for i = 1, 2000 do big["k" .. i] = nil end print(next(big)) big.x = 1 print(next(big))
local function sorted(t) local ks = {} for k in pairs(t) do ks[#ks + 1] = k end table.sort(ks) local i = 0 return function() i = i + 1 if ks[i] ~= nil then return ks[i], t[ks[i]] end end end for k, v in sorted {z = 1, a = 2, m = 3} do print(k, v) end
