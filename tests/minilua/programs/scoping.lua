local x = 1
do
  local x = x + 1
  print(x)
  do
    local x = x * 10
    print(x)
  end
  print(x)
end
print(x)
local x = "shadow in the same scope"
print(x)
local function f() return x end
local x = "later"
print(f(), x)
local function g(x) x = x .. "!" return x end
print(g("arg"), x)
for x = 1, 2 do local x = x * 100 print(x) end
for _, x in ipairs {"p"} do print(x) end
print(x)
if true then local x = "if" print(x) end
local function shadow(a, a2) local a = a2 return a end
print(shadow(1, 2))
local print2 = print
do local print = function(...) print2("wrapped", ...) end print("inner") end
print("outer")
-- a local function sees itself, `local f = function` does not
fact = function() return "global" end
local fact = function(n) if n == 0 then return 1 end return fact(n) end
print(fact(3))
local function fact2(n) if n == 0 then return 1 end return n * fact2(n - 1) end
print(fact2(5))
-- initialiser sees the outer name
local y = y
print(y)
local z = 5
local z = z + 1
print(z)
-- repeat's condition sees the body's locals
local i = 0
repeat local done = i >= 3 i = i + 1 until done
print(i)
-- loop variables are gone after the loop
for index = 1, 3 do end
print(index)
-- globals made inside functions
local function define() made_global = "made" end
print(made_global)
define()
print(made_global, _G.made_global, _ENV.made_global)
-- _ENV as a local
do
  local _ENV = {print = print, v = "from env"}
  print(v, undefined)
  w = 5
  print(_ENV.w)
end
print(w, v)
local function with_env(_ENV) return a + b end
print(with_env {a = 1, b = 2})
local env = setmetatable({}, {__index = _G})
local chunk = load("q = 1; return q, print ~= nil, _G.q", "chunk", "t", env)
print(chunk())
print(q, env.q)
-- many names in one scope
local a1, a2, a3, a4, a5 = 1, 2, 3, 4, 5
do local a1, a3 = "x", "y" print(a1, a2, a3, a4, a5) end
print(a1, a2, a3, a4, a5)
local function nest()
  local v = 1
  local function one()
    local function two()
      local function three() v = v + 1 return v end
      return three()
    end
    return two()
  end
  one()
  return one(), v
end
print(nest())
