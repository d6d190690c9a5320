-- what library functions refuse, and in which order they look
local function try(f, ...) print(pcall(f, ...)) end
local named = setmetatable({}, {__name = "My"})
try(function() return "10" // 0 end) try(function() return "10" % "0" end) try(function() return 10 // "0" end)
try(function() return "a" + named end) try(function() return named + "a" end) try(function() return named + 1 end)
try(function() return _G["a\0b"]() end) try(function() return ("a\0b")() end) try(function() return ("x"):nope() end)
try(math.fmod, {}, nil) try(math.fmod, {}) try(math.fmod, 1) print(math.floor("9223372036854775807"), math.ceil("9223372036854775807"), math.floor("7"))
for _, length in ipairs {"x", "2", 2.5, 2.0, {}, false} do
  local t = setmetatable({}, {__len = function() return length end, __index = function(_, k) return k end, __tostring = function() return "list" end})
  try(table.remove, t, 3) try(table.insert, t, 3) try(table.insert, t, 3, 4, 5) try(table.unpack, t) try(table.concat, t, ",")
  try(table.concat, t, ",", 1, 2) try(table.concat, t, {}) try(table.sort, t) try(function() return type(#t) end)
end
try(next, {}, 1) try(next, {}, "x") try(next, {1}, 1) try(next, {1}, 1.0)
try(coroutine.isyieldable, nil) try(coroutine.isyieldable, 1)
-- `load` catches what its reader throws, but a message handler sees it
local function see(message) print("seen", message) return "handled " .. tostring(message) end
print(xpcall(load, see, function() error("reader") end)) print(xpcall(load, see, function() return {} end))
print(xpcall(load, see, function() local x = nil + 1 end)) print(xpcall(pcall, see, load, function() error("reader") end))
print(xpcall(function() return load(function() return true end) end, see))
print(coroutine.wrap(function() return load(function() error("inside", 0) end) end)())
local n = 0 print(select(2, load(function() n = n + 1 return n < 3 and n or nil end)))
-- constants have no names
try(function() local x <const> = -1 return x.y end) try(function() local x <const> = 1 + 1 return x.y.z end) try(function() local x <const> = "a" return x.y.z end)
try(function() local x <const> = "a" return x() end) try(function() local x <const> = 5; local y <const> = x return y.z end)
try(function() local x <const> = 5; local y <const> = x * 2 return (function() return y.z end)() end) try(function() local x <const> = {} return -x end)
try(os.time, {year = 2^31 + 1899, month = 12, day = 31, hour = 23, sec = 60 * 60 * 24}) try(os.date, "!%Y", 2^60)
