-- the metatable of strings, changed
do
  local strings = getmetatable("")
  local index = strings.__index
  strings.__index = nil
  print(pcall(function() return ("x"):upper() end))
  print(pcall(function() local s = "x" return s.upper end))
  strings.__index = function(_, key) return function() return "called " .. key end end
  print(pcall(function() local s = "x" return s:upper() end))
  strings.__index = index
  print(pcall(function() return ("x"):upper() end))
end
-- functions that were made before it was changed are compiled anew
local earlier = load("return function(s) return s(1) end, function(a, b) return a < b, a >= b end, function(s) s.x = 1 end")
local call, compare, store = earlier()
print(pcall(call, "s")) print(pcall(compare, "a", 1)) print(pcall(store, "s"))
local metatable = getmetatable("x")
for event, handler in pairs {__call = function(...) return ... end, __lt = function(a, b) return a == "a" end,
  __le = function() return false end, __newindex = print} do metatable[event] = handler end
print(call("s")) print(compare("a", 1)) store("s")
print(coroutine.wrap(function() return call("in"), ("x")("y") end)())
print(pcall("x", 5))
for a, b in function(s, i) if i < 3 then return i + 1, s end end, "s", 0 do print(a, b) end
for event in pairs {__call = 1, __lt = 1, __le = 1, __newindex = 1} do metatable[event] = nil end
print(pcall(call, "s")) print(pcall(compare, "a", 1)) print(pcall(store, "s"))
local smt = getmetatable("")
smt.__index = function(s, i) if type(i) == "number" then return s:byte(i) else return string[i] end end
print(("abc")[2], ("x"):rep(3), #"abc")
smt.__call = function(s, ...) return s:format(...) end
print(("%d-%s")(5, "x"))
smt.__mod = function(s, t) return s:format(t) end print("%5d" % 3)
smt.__mul = string.rep print("ab" * 3)
smt.__sub = nil print(pcall(function() return "5" - 2 end))
smt.__unm = function(s) return s:reverse() end print(-"abc")
smt.__len = function() return "never" end print(#"abc")
smt.__bnot = function(s) return s:upper() end print(~"abc")
smt.__concat=function() return "never" end print("a".."b", pcall(function() return "a"..{} end))
smt.__lt = function(a, b) return "lt", a, b end print("a" < 1, 1 > "a", "a" < "b", {} < "a")
smt.__eq = function() return true end print("a" == "b", "a" == 1)
smt.__newindex=print local s = "q" s.x = 5 s[1] = 6
smt.__pairs = function(s) return function(_, i) i = i + 1 if i <= #s then return i, s:sub(i,i) end end, s, 0 end
for i, c in pairs("hey") do io.write(i, c, " ") end print()
smt.__tostring=function(s) return "<"..s..">" end print("x", tostring("y"))
smt.__name="Str" print(pcall(math.floor, "abc")) print(pcall(function() return "x" + 1 end), pcall(function() return ("x").y.z end))
smt.__metatable="locked" print(getmetatable("x"), pcall(setmetatable, {}, nil))
