-- functions after what never goes on, in functions that run in coroutines too
local function made(x)
  local n = 0
  while n < 2 and x do
    n = n + 1
    do
      local f = function() return n end
      do return f(), coroutine.yield(f()) end
    end
    x = pcall(function() return 64 end), n
  end
  return function() return "never" end
end
local co = coroutine.wrap(function(...)
  local g = function() return made(true) end
  print(coroutine.yield(g()))
  return (function() return "last" end)()
end)
print(co()) print(co("a")) print(co("b"))
print(coroutine.wrap(function() if true then return 1 end return (function() end)() end)())

-- What never is evaluated captures no variables, in coroutines neither: here those of the two forms of a function.
function countdown(n) if n < 1 then return n end return countdown(n - 1) end
local function chosen()
  local function either(p) return "x" or countdown(3) + 1, nil and countdown(p), false or p, true and p end
  print(either(coroutine.yield(1)))
end
co = coroutine.wrap(chosen)
print(co()) print(co(2))
