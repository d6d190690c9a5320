-- Methods of strings that are done in place: every kind of argument, and what takes the place of a method.
local s = "Hello World"
local function pieces(i, j)
  return s:sub(i, j), s:sub(i), s:byte(i), string.sub(s, i, j), string.byte(s, i)
end
for _, p in ipairs({{1, 3}, {0, 5}, {-3, -1}, {3, 100}, {5, 2}, {-100, 4}, {2, -2}, {12, 14}, {1, 0}, {math.maxinteger, 1},
  {math.mininteger, math.maxinteger}, {2.0, 3.0}, {"2", "4"}, {1, -12}}) do
  print(p[1], p[2], pieces(p[1], p[2]))
end
print(s:upper(), s:lower(), s:len(), ("\xe9A"):upper() == "\xe9A", ("\xc9A"):lower() == "\xc9a", ("a\0b"):upper():len())
print(s:sub(1, 1), s:sub(-1), s:sub(2, -2), s:sub(-4, -2), s:sub(0), s:sub(1, -20), s:sub(-20, 3), s:sub(3, -100), s:sub(4, 0))
print(s:byte(), s:byte(1), s:byte(20), s:byte(-1), (""):byte(), s:byte(1, 3))
print(s:sub(2.0, 3.0), s:sub("2", "4"))
print(pcall(function() return s:sub() end))
print(pcall(function() return s:sub({}) end))
print(pcall(function() return s:sub(1, {}) end))
print(pcall(function() return s:sub(1.5) end))
print(pcall(function() return s:byte({}) end))
print(pcall(function() local x = 5 return x:upper() end))
print(pcall(function() local x return x:upper() end))
print(pcall(function() local x = {} return x:upper() end))
local object = {name = "o", upper = function(self, ...) return "upper " .. self.name, select("#", ...) end}
print(object:upper(), object:upper(1, nil))
local function tail(x) return x:upper() end
print(tail("abc"), tail(object))
local function tail_piece(x, ...) return x:sub(...) end
print(tail_piece("abcdef", 2, 3), tail_piece("abcdef", 2))
print(coroutine.wrap(function() coroutine.yield() return ("abc"):upper(), tail("x"), ("abc"):sub(2) end)() == nil)
local co = coroutine.wrap(function() coroutine.yield(("abc"):upper()) return ("abc"):sub(2) end)
print(co(), co())
local metatable = getmetatable("")
local upper = string.upper
string.upper = function(text) return "mine: " .. text end
print(("abc"):upper(), tail("abc"))
string.upper = upper
print(("abc"):upper(), tail("abc"))
metatable.__index = function(text, name) return function(...) return name, ... end end
print(("abc"):upper(), ("abc"):sub(1, 2))
metatable.__index = nil
print(pcall(function() return ("x"):upper() end))
metatable.__index = string
local count = 0
for i = 1, #s do if s:sub(i, i) == "l" then count = count + s:byte(i) end end
print(count, (("x"):rep(3) .. s):sub(2, 5):upper():lower():len())
