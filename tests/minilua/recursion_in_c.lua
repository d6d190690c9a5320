-- How deep the functions of libraries that call back may be inside one another, and what is said of one too many.
local depth, said

local function try(label, run)
  depth, said = 0, nil
  local fine, message = pcall(run)
  if type(message) == "string" then
    local _, places = message:gsub("recursion_in_c.lua:%d+: ", "")
    message = places .. " places: " .. message:sub(-40)
  end
  print(label, depth, fine, message, said)
end

-- Calls back `again`, without end: through what is called is told by the label.
local function through(label, call)
  local function again()
    depth = depth + 1
    return call(again)
  end
  try(label, again)
end

local function noted(fine, message)
  if not fine and not said then said = tostring(message) end
end

through("pcall", function(f) noted(pcall(f)) end)
through("pcall, which raises", function(f)
  local fine, message = pcall(f)
  if not fine then error(message, 0) end
end)
through("pcall of pcall", function(f) noted(pcall(pcall, f)) end)
through("xpcall", function(f) noted(xpcall(f, function(message) return "handled: " .. message end)) end)
through("gsub", function(f) return (("a"):gsub("a", f)) end)
through("gsub in pcall", function(f) ("a"):gsub("a", function() noted(pcall(f)) end) end)
through("sort", function(f) table.sort({1, 2, 3}, f) end)
through("tostring", function(f) return tostring(setmetatable({}, {__tostring = f})) end)
through("format", function(f) return ("%s"):format(setmetatable({}, {__tostring = f})) end)
through("load", function(f) noted(load(f)) end)
through("wrap", function(f) coroutine.wrap(f)() end)
through("resume", function(f) noted(coroutine.resume(coroutine.create(f))) end)
through("wrap in gsub", function(f) coroutine.wrap(function() ("a"):gsub("a", f) end)() end)
through("sort in resume in pcall", function(f)
  noted(pcall(function() noted(coroutine.resume(coroutine.create(function() table.sort({1, 2}, f) end))) end))
end)
through("loops over coroutines", function(f) for _ in coroutine.wrap(f) do end end)
through("require", function(f)
  package.loaded.recursive, package.preload.recursive = nil, f
  require("recursive")
end)
through("pairs", function(f) pairs(setmetatable({}, {__pairs = f})) end)

-- A chain of pcalls that call one another ends in one that cannot.
for _, length in ipairs {1, 50, 190, 195, 196, 197, 198, 199, 230} do
  local chain = {}
  for i = 1, length do chain[i] = pcall end
  local results = table.pack(pcall(table.unpack(chain)))
  print(length, results.n, results[1], results[results.n - 1], results[results.n])
end

-- A coroutine that cannot begin is dead.
local outermost
local function deeper()
  local co = coroutine.create(deeper)
  local fine, message = coroutine.resume(co)
  if not fine and not outermost then outermost = message .. " " .. coroutine.status(co) end
end
deeper()
print(outermost)

-- A message handler that fails is called for its own error, inside, as often as there are levels left.
local calls, texts = 0, {}
print(xpcall(error, function(message)
  calls = calls + 1
  if not texts[message] then
    texts[message] = true
    print(calls, message)
  end
  error("again", 0)
end, "first"))
print(calls)
calls = 0
through("handlers", function(f)
  noted(xpcall(f, function() calls = calls + 1 error("again", 0) end))
end)
print(calls)
calls = 0
print(xpcall(error, function(message)
  calls = calls + 1
  if calls < 30 then error(message + 1, 0) end
  return message
end, 1))

-- Where no level is left, a coroutine that is suspended goes on, and one that is dead or running is refused as anywhere.
local function inside(levels, call)
  if levels == 0 then return call() end
  return select(2, pcall(inside, levels - 1, call))
end
for levels = 195, 199 do
  local suspended = coroutine.create(function()
    coroutine.yield()
    return "went on"
  end)
  coroutine.resume(suspended)
  local dead = coroutine.create(print)
  coroutine.close(dead)
  inside(levels, function()
    print(levels, coroutine.resume(suspended))
    print(levels, coroutine.resume(suspended))
    print(levels, coroutine.resume(dead))
    print(levels, coroutine.resume(coroutine.running()))
    print(levels, coroutine.resume(coroutine.create(function() return "began" end)))
  end)
end
