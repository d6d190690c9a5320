-- variables that are closed inside the functions that close others: as deep as C goes (in WebAssembly 60 levels), and then
-- an error
local calls = 0
local mt = {}
mt.__close = function()
  calls = calls + 1
  local another <close> = setmetatable({}, mt)
end
local ok, message = pcall(function() local first <close> = setmetatable({}, mt) end)
print(ok, message:match("[^:]*$"))
print(calls > 50, calls < 250)

calls = 0
mt.__close = function()
  calls = calls + 1
  local another <close> = setmetatable({}, mt)
  error("closing")
end
print((pcall(function() local first <close> = setmetatable({}, mt) error("closed") end)))
print(calls > 50)

-- in a row they may be more
calls = 0
mt.__close = function() calls = calls + 1 end
local function deep(n)
  local here <close> = setmetatable({}, mt)
  if n == 0 then error("the bottom", 0) end
  deep(n - 1)
  return calls
end
print(pcall(deep, 500))
print(calls)
