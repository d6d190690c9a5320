local log = {}
local names = {"add", "sub", "mul", "div", "mod", "pow", "unm", "idiv", "band", "bor", "bxor", "shl", "shr", "bnot", "concat", "len", "eq", "lt", "le", "call"}
local function show(v) if type(v) == "table" then return rawget(v, "name") or "{}" end return tostring(v) end
local mt = {}
for _, n in ipairs(names) do mt["__" .. n] = function(a, b, ...) return n .. "(" .. show(a) .. "," .. show(b) .. ")" .. select("#", ...) end end
local function new(name) return setmetatable({name = name}, mt) end
local a, b = new "a", new "b"
print(a + b, a + 1, 1 + a, a + "x", "x" + a, a + nil, {name = "plain"} + a)
print(a - b, a - 1, 1 - a, a * b, a * 2, 2 * a, a / b, a / 2, 2 / a)
print(a % b, a % 2, 2 % a, a ^ b, a ^ 2, 2 ^ a, a // b, a // 2, 2 // a)
print(-a, ~a, #a, not a)
print(a & b, a & 1, 1 & a, a | b, a | 1, 1 | a, a ~ b, a ~ 1, 1 ~ a, a << b, a << 1, 1 << a, a >> b, a >> 1, 1 >> a)
print(a & 1.5, 1.5 | a, "x" & a, a .. b, a .. 1, 1 .. a, "s" .. a, a .. "s", a .. nil, true .. a)
print(a == b, a ~= b, a == a, a == 1, 1 == a, a ~= a, a == "a", a == {})
print(a < b, a <= b, a > b, a >= b, a < 1, 1 < a, a <= "x", "x" > a, a < nil)
print(a(), a(1), a(1, 2, 3))
print((a + b) .. "!", -a .. "", #a .. "")
-- the metamethod's result is cut to one value, comparisons to a boolean
mt.__add = function() return 1, 2, 3 end mt.__sub = function() end mt.__lt = function() return nil end mt.__le = function() return 0 end mt.__eq = function() return "yes" end mt.__len = function() return "long", 2 end mt.__unm = function(x, y) return x == y end mt.__concat = function() return nil end
print(a + b, (a + b)) print(a - b) print(a < b, a <= b, a > b, a == b, a ~= b) print(#a) print(-a) print(a .. b)
-- one operand has it, the other has another: left first
local left, right = setmetatable({}, {__add = function() return "left" end}), setmetatable({}, {__add = function() return "right" end, __lt = function() return true end, __concat = function() return "rc" end, __eq = function() return true end})
print(left + right, right + left, 1 + right, left < right, right < left, left .. right, right .. left, left == right, right == left, left ~= right)
-- none has it
local function try(f) print(pcall(f)) end
local plain = setmetatable({}, {})
try(function() return plain + 1 end) try(function() return plain < plain end) try(function() return plain <= 1 end) try(function() return plain .. "x" end) try(function() return plain() end) try(function() return -plain end) try(function() return plain & 1 end) print(#plain, plain == {}, plain == plain)
-- __index of a metamethod lookup is raw
local indirect = setmetatable({}, setmetatable({}, {__index = {__add = function() return "never" end}})) try(function() return indirect + 1 end)
-- metamethods that are not functions
local callable = setmetatable({}, {__call = function(_, x, y) return "called " .. tostring(rawequal(x, left)) .. tostring(y) end}) local odd = setmetatable({}, {__add = callable, __index = callable, __unm = callable}) print(odd + 5, pcall(function() return odd.key end))
local broken = setmetatable({}, {__add = 5, __len = "x", __call = 7, __concat = {}, __lt = true}) try(function() return broken + 1 end) try(function() return #broken end) try(function() return broken() end) try(function() return broken .. 1 end) try(function() return broken < 1 end)
-- vectors
local V = {} V.__index = V
function V.new(x, y) return setmetatable({x = x, y = y}, V) end
V.__add = function(p, q) return V.new(p.x + q.x, p.y + q.y) end V.__mul = function(p, k) if type(p) == "number" then p, k = k, p end return type(k) == "number" and V.new(p.x * k, p.y * k) or p.x * k.x + p.y * k.y end V.__eq = function(p, q) return p.x == q.x and p.y == q.y end V.__lt = function(p, q) return p:len2() < q:len2() end V.__le = function(p, q) return not (q < p) end V.__unm = function(p) return V.new(-p.x, -p.y) end V.__tostring = function(p) return "(" .. p.x .. "," .. p.y .. ")" end V.__len = function() return 2 end V.__concat = function(p, q) return tostring(p) .. tostring(q) end V.__call = function(p, f) return f(p.x), f(p.y) end V.__idiv = function(p, k) return V.new(p.x // k, p.y // k) end
function V:len2() return self.x * self.x + self.y * self.y end
local p, q = V.new(1, 2), V.new(3, 4)
print(tostring(p + q), tostring(p * 2), tostring(2 * p), p * q, p == V.new(1, 2), p ~= q, p < q, p >= q, p <= q, tostring(-p), #p, p .. q, p .. "!", "!" .. p, p(math.sqrt), tostring(q // 2), q:len2())
local sum = V.new(0, 0) for i = 1, 10 do sum = sum + V.new(i, -i) * i end print(tostring(sum))
-- the metatable changes later
local late = setmetatable({}, {}) local lmt = getmetatable(late) try(function() return late + 1 end) lmt.__add = function() return "now" end print(late + 1) lmt.__add = nil try(function() return late + 1 end) setmetatable(late, {__add = function() return "other" end}) print(late + 1) setmetatable(late, nil) try(function() return late + 1 end)
