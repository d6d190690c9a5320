-- Global functions of the chunk's own, called with integers, and what becomes of such calls when the global changes.

function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
print(fib(20), fib(1.5), pcall(fib, "x"), pcall(fib, {}))

-- another function, in the middle of the recursion
function down(n)
  if n == 3 then
    local old = down
    down = function(m) return "other", m end
    local a, b = down(n - 1)
    down = old
    return 100 + b
  end
  return n <= 0 and 0 or 1 + down(n - 1)
end
print(down(6), down(2), down(3))

-- what is no function any more
function count(n) if n == 0 then return 0 end return 1 + count(n - 1) end
for _, other in ipairs({1, "text", false, {}}) do
  local own = count
  print(own(3))
  count = other
  print(pcall(own, 2), own(0))
  print(select(2, pcall(function() return (count(2 * 3)) end)))
  count = own
end
local own = count
count = nil
print(pcall(own, 2))
print(pcall(function() local x = count(5) return x end))
_G.count = function(...) return select("#", ...), ... end
print(own(3), (count(1, 2)))
count = setmetatable({}, {__call = function(self, n) return n * 1000 end})
print(own(3))

-- more arguments than parameters, fewer, several results, none
function pair(a, b) if a % 2 == 0 then return a, b end return b end
for i = 1, 4 do
  print(pair(i), pair(i, i * 2), (pair(i, 3)), pair(i, 4, 5))
  local x, y = pair(i, 7)
  print(x, y, #{pair(i, 1), pair(i, 2)})
end
function nothing(a) local x = a + 1 - a * 2 end
for i = 1, 2 do print(nothing(i), (nothing(i))) end

-- arguments that change the global, or fail
function twice(n) return n * 2 + n % 3 end
local function swap(n) local old = twice twice = function() return "swapped" end return n, old end
do
  local kept = twice
  for i = 1, 2 do
    print(twice(i + 0 * #{swap(i)}))
    twice = kept
    print(pcall(function() return twice(i + nil) end))
  end
end

-- redefined further down, and under a condition
function redefined(n) return n + 1 + n * 2 end
for i = 1, 2 do print(redefined(i)) end
function redefined(n) return n - 1 - n * 2 end
for i = 1, 2 do print(redefined(i)) end
if arg == 1 then
  function conditional(n) return n * n + 1 end
end
print(pcall(function() for i = 1, 2 do local x = conditional(i) end end))

-- called before it is there
function early(n) for i = 1, n do local x = late(i) print(x) end end
print(pcall(early, 2))
function late(n) return n * 10 + n % 2 end
print(pcall(early, 2))

-- over which a goto leads
do
  local source = [[
    goto over
    function skipped(n) return n * n + n end
    ::over::
    for i = 1, 2 do print(skipped(i)) end
  ]]
  print(pcall(load(source, "=goto")))
end

-- each run of a chunk has its own
local chunk = load("function made(n) return n * 2 + 1 end return made, function() return made(20 + 1) end")
local first, call_first = chunk()
local second, call_second = chunk()
print(first == second, call_first(), call_second())
made = first
print(call_first(), call_second())

-- yields from inside, and errors with where they happened
function yielding(n) if n > 2 then coroutine.yield(n) end return n * 2 + n % 5 end
local thread = coroutine.wrap(function() local sum = 0 for i = 1, 5 do sum = sum + yielding(i) end return sum end)
print(thread(), thread(), thread(), thread())
function failing(n) if n * 2 > 7 then error("too much " .. n) end return 1 + failing(n + 1) end
print(pcall(failing, 1))
print((select(2, xpcall(failing, debug.traceback, 1)):gsub("\n[^\n]*'xpcall.*", "")))
function endless(n) return 1 + endless(n + 1) - n * 0 end
print(select(2, pcall(endless, 1)):match("stack overflow"))

-- found by what is the environment
local environment = setmetatable({print = print}, {__index = _G})
load("function fib(n) return 'mine' .. n * 2 + 1 end for i = 1, 2 do print(fib(i)) end", "=env", "t", environment)()
print(fib(10))

-- let go of
do
  local weak = setmetatable({}, {__mode = "v"})
  function dropped(n) return n * 2 + n % 7 end
  for i = 1, 2 do print(dropped(i)) end
  weak[1] = dropped
  dropped = nil
  collectgarbage()
  print(pcall(function() for i = 1, 2 do print(dropped(i)) end end))
end
