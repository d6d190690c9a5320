local function pair()
  local v = 0
  return function() v = v + 1 return v end, function() return v end, function(x) v = x end
end
local inc, get, set = pair()
inc() inc()
print(get())
set(10)
print(inc(), get())
local inc2, get2 = pair()
print(inc2(), get2(), get())
-- parameters as upvalues
local function adder(a) return function(b) a = a + b return a end end
local add = adder(1)
print(add(1), add(2), adder(5)(5))
-- deep nesting and writes from the innermost
local function deep()
  local a, b = 1, 2
  return function()
    local c = 3
    return function()
      local d = 4
      return function()
        a, b, c, d = a + 1, b + 1, c + 1, d + 1
        return a, b, c, d
      end
    end
  end
end
local d3 = deep()()()
print(d3())
print(d3())
-- upvalue of a vararg function
local function keep(...) local args = {...} return function(i) return args[i], select("#", table.unpack(args)) end end
print(keep("a", "b")(2))
-- recursion with captured state
local function counter(n)
  local calls = 0
  local function go(i) calls = calls + 1 if i > 0 then go(i - 1) go(i - 2) end end
  go(n)
  return calls
end
print(counter(5), counter(8))
-- mutual recursion through forward declared locals
local even, odd
function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(10), odd(7), even(7))
-- a closure that sees a local assigned after it was made
local later
local function reads() return later end
print(reads())
later = "now"
print(reads())
-- accumulators, memo tables
local memo = {}
local function fib(n)
  if n < 2 then return n end
  local m = memo[n]
  if m then return m end
  m = fib(n - 1) + fib(n - 2)
  memo[n] = m
  return m
end
print(fib(80))
-- closures compare by identity
local function make() return function() end end
print(make() == make(), inc == inc)
-- upvalue set to nil and back
local maybe = 1
local function clear() maybe = nil end
local function give(v) maybe = v end
clear()
print(maybe)
give(false)
print(maybe)
-- a chunk's varargs are captured by nobody, but its locals are
local top = 1
function global_inc() top = top + 1 return top end
print(global_inc(), global_inc(), top)
local t = {n = 0}
function t.inc() t.n = t.n + 1 return t.n end
function t:add(k) self.n = self.n + k return function() return self.n end end
print(t.inc(), t:add(5)(), t.n)
local compose = function(...)
  local fs = {...}
  return function(x) for i = #fs, 1, -1 do x = fs[i](x) end return x end
end
print(compose(function(x) return x + 1 end, function(x) return x * 2 end)(5))
local y = (function(f) return f(f) end)(function(self) return type(self) end)
print(y)
