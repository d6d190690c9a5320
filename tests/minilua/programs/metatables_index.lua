-- __index and __newindex as functions and tables
local base = {color = "red", size = 1}
local d = setmetatable({size = 2}, {__index = base})
print(d.color, d.size, d.none, rawget(d, "color")) d.color = "blue" print(d.color, base.color) d.color = nil print(d.color)
local f = setmetatable({}, {__index = function(t, k) return "<" .. tostring(k) .. ">", "extra" end}) print(f.x, f[1], f[true], (f.y), f[1.5]) print(f.a, #{f.a, f.b})
local calls = 0 local cached = setmetatable({}, {__index = function(t, k) calls = calls + 1 local v = k * 2 t[k] = v return v end}) print(cached[2], cached[2], cached[3], calls)
-- chains
local A = {name = "A", a = 1} local B = setmetatable({name = "B", b = 2}, {__index = A}) local C = setmetatable({name = "C"}, {__index = B}) print(C.name, C.b, C.a, C.zzz) A.late = "late" print(C.late) B.late = "b" print(C.late)
local chain = {} for i = 1, 30 do chain = setmetatable({["k" .. i] = i}, {__index = chain}) end print(chain.k1, chain.k15, chain.k30, chain.k31)
local mixed = setmetatable({}, {__index = setmetatable({}, {__index = function(t, k) return "f:" .. k end})}) print(mixed.deep)
-- __newindex
local log = {} local n = setmetatable({}, {__newindex = function(t, k, v) log[#log + 1] = tostring(k) .. "=" .. tostring(v) rawset(t, k, v) end}) n.x = 1 n.x = 2 n[1] = "a" n[1] = "b" n.x = nil n.x = 3 print(table.concat(log, " "), n.x, n[1])
local store = {} local redirect = setmetatable({}, {__newindex = store, __index = store}) redirect.k = "v" redirect[1] = "one" print(rawget(redirect, "k"), store.k, redirect.k, redirect[1], #redirect, #store)
local ro = setmetatable({}, {__index = {pi = 3}, __newindex = function(t, k) error("read-only: " .. k, 2) end}) print(ro.pi, pcall(function() ro.pi = 4 end)) print(rawset(ro, "pi", 5).pi)
local chained = setmetatable({}, {__newindex = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v .. "!") end})}) chained.x = "y" print(rawget(chained, "x"), getmetatable(chained).__newindex.x)
local array = setmetatable({1, 2}, {__newindex = function(t, k, v) rawset(t, k, v * 10) end}) array[2] = 5 array[3] = 3 array[#array + 1] = 4 print(array[1], array[2], array[3], array[4])
-- nil is absent, false is not
local falsy = setmetatable({f = false}, {__index = {f = "no", g = false}}) print(falsy.f, falsy.g, falsy.h)
-- methods
local Stack = {} Stack.__index = Stack function Stack.new() return setmetatable({items = {}, n = 0}, Stack) end function Stack:push(...) for _, v in ipairs {...} do self.n = self.n + 1 self.items[self.n] = v end return self end function Stack:pop() local v = self.items[self.n] self.items[self.n] = nil self.n = self.n - 1 return v end
local s = Stack.new():push(1, 2, 3) print(s:pop(), s:pop(), s.n, Stack.n, s.items[1])
local Animal = {} Animal.__index = Animal function Animal.new(n, snd) local o = setmetatable({}, Animal) o.name = n o.sound = snd return o end function Animal:speak() return self.name .. " says " .. self.sound end function Animal:kind() return "animal" end
local Dog = setmetatable({}, {__index = Animal}) Dog.__index = Dog function Dog.new(n) local o = Animal.new(n, "woof") return setmetatable(o, Dog) end function Dog:kind() return "dog, " .. Animal.kind(self) end function Dog:fetch() return self.name .. " fetches" end
local Puppy = setmetatable({}, {__index = Dog}) Puppy.__index = Puppy function Puppy.new(n) return setmetatable(Dog.new(n), Puppy) end function Puppy:speak() return Dog.speak(self):upper() end
local r, p = Dog.new("Rex"), Puppy.new("Pip") print(r:speak(), r:kind(), r:fetch()) print(p:speak(), p:kind(), p:fetch()) print(rawget(p, "speak"), getmetatable(p) == Puppy, getmetatable(Puppy).__index == Dog) function Animal:late() return "late " .. self.name end print(p:late(), r:late()) Dog.speak = nil Puppy.speak = nil print(p:speak()) p.speak = function() return "own" end print(p:speak(), r:speak()) p.speak = nil print(p:speak())
print(pcall(function() return p:missing() end)) print(pcall(function() return p.x.y end)) print(pcall(function() r.a.b = 1 end)) print(pcall(function() Animal.speak() end)) print(pcall(function() return Animal.speak({}) end)) print(pcall(function() return Animal:speak() end))
-- loops of __index and __newindex
local l1, l2 = {}, {} setmetatable(l1, {__index = l2}) setmetatable(l2, {__index = l1}) print(pcall(function() return l1.x end)) local w1 = {} setmetatable(w1, {__newindex = w1}) print(pcall(function() w1.x = 1 end)) local i1 = {} setmetatable(i1, {__index = i1}) print(pcall(function() return i1.x end))
print(pcall(function() return setmetatable({}, {__index = 5}).x end)) print(pcall(function() return setmetatable({}, {__index = "str"}).len == string.len end)) print(pcall(function() setmetatable({}, {__newindex = 5}).x = 1 end)) print(pcall(function() return setmetatable({}, {__index = function(t, k) error("idx " .. k) end}).boom end))
print(pcall(setmetatable, 1, {})) print(pcall(setmetatable, {}, 1)) print(pcall(setmetatable, {})) print(pcall(setmetatable)) print(getmetatable({}), getmetatable("x").__index == string, getmetatable(1), getmetatable(print), getmetatable(nil) == nil, pcall(getmetatable))
local prot = setmetatable({}, {__metatable = "locked"}) print(getmetatable(prot), pcall(setmetatable, prot, {})) local prot2 = setmetatable({}, {__metatable = false}) print(getmetatable(prot2), pcall(setmetatable, prot2, nil)) print(setmetatable(d, nil) == d, getmetatable(d), d.size, d.color)
-- one metatable for many, changed while in use
local shared = {__index = {v = 1}} local o1, o2 = setmetatable({}, shared), setmetatable({}, shared) print(o1.v, o2.v) shared.__index = {v = 2} print(o1.v, o2.v) shared.__index = function(_, k) return k end print(o1.v, o2.w) shared.__index = nil print(o1.v, o2.w) o1.v = 5 shared.__newindex = function(t, k, x) rawset(t, k, x + 1) end o1.v = 6 o1.w = 6 o2.v = 6 print(o1.v, o1.w, o2.v) rawset(shared, "__index", {z = "raw"}) print(o1.z, o2.z)
_G.setmetatable(_G, {__index = function(_, k) return "global " .. k end, __newindex = function(t, k, v) rawset(t, k, v) end}) print(undefined_name, print ~= nil) defined_name = 1 print(defined_name) setmetatable(_G, nil) print(undefined_name)
string.shout = function(s) return s:upper() .. "!" end print(("hey"):shout(), ("x").shout("y")) string.shout = nil print(("x").shout)
