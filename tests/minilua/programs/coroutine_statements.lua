-- calls that are statements, in functions that run in coroutines: of methods of strings, of functions for integers
local function both(name, f)
  print(name, pcall(f))
  print(name, coroutine.resume(coroutine.create(f)))
end

text = "some"
both("method of a string", function() text:len() text:upper() text:rep(2) return text end)
both("with an argument that yields", function()
  text:rep(select("#", coroutine.isyieldable() and coroutine.yield("first")))
  return "last"
end)
both("no method", function() text:nothing() end)
both("no string", function() local t = {len = function(self) return #self end} t:len() t:missing() end)

function down(n)
  if n < 2 then
    steps = (steps or 0) + 1
    return n
  end
  return down(n - 1) + 1
end
both("function for integers", function() down(3) down(2.5) return steps end)
both("the wrong number", function() down("x") end)

local co = coroutine.wrap(function()
  local t = {len = function(self, ...) return coroutine.yield(...) end}
  t:len("yielded", "by a method")
  down(4)
  down = function(n) return coroutine.yield("by another function", n) end
  down(5)
  text:len()
  return "end"
end)
print(co()) print(co()) print(co())
