-- hooks of calls, returns, lines and counts
local trace = {}
local function hook(event)
  local info = debug.getinfo(2, "nSl")
  trace[#trace + 1] = event .. " " .. tostring(info.name) .. " " .. info.what .. " " .. info.currentline
end
local function traced()
  print(table.concat(trace, "\n"))
  trace = {}
end
local function foo(...)
  local x <close> = setmetatable({}, {__close = function() trace[#trace + 1] = "x" end})
  local y <close> = setmetatable({}, {__close = function() debug.sethook(hook, "r") end})
  return ...
end
local t = {foo(10, 20, 30)}
debug.sethook()
traced()
debug.sethook(hook, "crl")
local z = 1
for i = 1, 3 do
  z = z + i
end
z = #string.rep("x", z)
pcall(error, "x")
debug.sethook()
traced()
local co = coroutine.create(function()
  coroutine.yield(10)
  return 20
end)
debug.sethook(co, function(event, line) trace[#trace + 1] = event .. " " .. tostring(line) end, "clr")
repeat until not coroutine.resume(co)
traced()
local n = 0
debug.sethook(function() n = n + 1 if n > 3 then error("too long") end end, "", 1000)
print(pcall(function() while true do end end))
debug.sethook()
print(debug.gethook())
local function quiet() end
debug.sethook(quiet, "lc", 5)
local f, mask, count = debug.gethook()
debug.sethook()
print(f == quiet, mask, count)
print(pcall(debug.sethook, 1, "c"))
