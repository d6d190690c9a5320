-- message handlers and to-be-closed variables: who has the error first
local function told(...) print((tostring(select(2, ...)):gsub("\n[^\n]*xpcall.*", ""))) end
local function c(n, e) return setmetatable({}, {__close=function(_, err) print("close", n, (tostring(err):gsub("\n[^\n]*xpcall.*", ""))) if e then error(e, 0) end end}) end
print(xpcall(function() local a <close> = c"a" error("x", 0) end, function(m) return "H" .. m end))
print(xpcall(function() local a <close> = c("a", "ea") local b <close> = c("b", "eb") error("x", 0) end, function(m) return "H" .. m end))
told(xpcall(function() local a <close> = c"a" local x = nil + 1 end, debug.traceback))
local function deep() local b <close> = c"b" error("deep") end
local function mid() deep() return 1 end
told(xpcall(function() local a <close> = c"a" mid() end, debug.traceback))
print(xpcall(function() local a <close> = c"a" pcall(error, "inner") error({}) end, function(m) return type(m) end))
print(coroutine.wrap(function() return xpcall(function() local a <close> = c"a" coroutine.yield(1) local b <close> = c"b" error("x", 0) end, function(m) return "H" .. m end) end)())
print(xpcall(function() local a <close> = c"a" error("x", 0) end, function(m) error("again", 0) end))
print(pcall(xpcall, function() local a <close> = c"a" local ok, e = pcall(function() local b <close> = c"b" error("y", 0) end) print(ok, e) error(e, 0) end, function(m) return "H" .. m end))
print(xpcall(function() for k in next, {1}, nil, c"for" do error("f", 0) end end, function(m) return "H" .. m end))
told(xpcall(function() local a <close> = setmetatable({}, {__close = function(_, e) print((debug.traceback("in close " .. e):gsub("\n[^\n]*xpcall.*", ""))) end}) error("x", 0) end, function(m) return "H" .. m end))
local co = coroutine.create(function()
  return xpcall(function() local a <close> = c"a" coroutine.yield(1) mid() end, debug.traceback)
end)
print(coroutine.resume(co)) print(coroutine.resume(co))
