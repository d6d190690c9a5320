-- What a message handler sees that is called for an error in a call in tail position, and names of globals of no module.
local function clean(text) return (text:gsub("\n%s*%[string \"[<.].*", "")) end
local function h(m) return debug.traceback(m) end
local function h0(m) return debug.traceback(m, 0) end
local function h2(m) return debug.traceback(m, 2) end
local t = {}
local function try(f) for _, h in ipairs{h, h0, h2} do print(clean(select(2, xpcall(f, h)))) end end
function t:m() return ("x"):bad() end
function t.n() return t.nothing() end
function t.o() return undefinedf(1) end
function t.p() local x = undefinedf(1) end
function t.q() return t.n() end
function t.r() return error("x") end
function t.s() return ({})() end
function t.u() return string.rep() end
local function inner() return (function() return (t.x or t.y)() end)() end
local up
function t.v() return up() end
function t.w() return #up end
function t.x1() return setmetatable({}, {__index = function(_, k) return up() end}).foo end
for _, k in ipairs{"m","n","o","p","q","r","s","u","v","w","x1"} do print(k) try(t[k]) try(function() t[k](t) end)  try(function() return t[k](t) end) end
try(inner)
print(clean(select(2, xpcall(string.rep, h))))
print(clean(select(2, xpcall(nil, h))))

function told() print(clean(debug.traceback("told"))) return 1 end
local env = setmetatable({}, {__index = _G})
load("function inside() local x = told() return x end local y = inside() own = told y = own()", "=e", "t", env)()
local known, fields = told, {f = told}
told = nil
local y = known() y = fields.f()

-- In a coroutine library functions are called what they are called elsewhere.
print(select(2, coroutine.resume(coroutine.create(function()
  local fine, text = xpcall(function() local fine, text = pcall(function() return debug.traceback("inside") end) error(text, 0) end, debug.traceback)
  for word in string.gmatch("x", "x") do text = text .. select(2, pcall(coroutine.wrap(function() error(debug.traceback("wrapped")) end))) end
  return text
end))))

-- Names of metamethods.
local function told2(label) return function() print(clean(debug.traceback(label))) return 1 end end
local watched = setmetatable({}, {__newindex = told2("newindex"), __index = told2("index"), __lt = told2("lt"), __le = told2("le"), __eq = told2("eq"),
  __concat = told2("concat"), __len = told2("len"), __call = told2("call"), __unm = told2("unm"), __close = told2("close"), __add = told2("add"), __idiv = told2("idiv"), __bnot = told2("bnot"), __shl = told2("shl")})
local other = setmetatable({}, getmetatable(watched))
watched.x = 1
watched[1] = 2
local y = watched.x
watched[y or 1], y = 1, watched.z
y = watched < other, watched <= other, watched > 1, watched >= 1, watched == other, watched ~= other
y = watched .. 1, #watched, -watched, watched + 1, watched // 1, ~watched, watched << 1, 1 << watched, 1 + watched
y = watched(1)
do local c <close> = watched end
function watched.f() end
pcall(function() watched:m() end)
for i in watched do break end
local function nested() watched.q = watched.r return 1 end
y = nested()
setmetatable(_G, {__index = told2("global"), __newindex = told2("new global")})
y = unknown
unknown = 1
y = unknown, 1
function unknown() end
setmetatable(_G, nil)
local function f() local _ENV = watched; y = a; a = 1 return 1 end
y = f()
coroutine.wrap(function() watched.x = 1 local y = watched.x y = watched < 1 y = watched .. 1 unknown = -watched do local c <close> = watched end for i in watched do break end end)()
print(pcall(function() setmetatable({}, {__newindex = string.rep}).x = 1 end))
print(pcall(function() return setmetatable({}, {__index = string.rep}).x end))
print(pcall(function() setmetatable({}, {__newindex = math.floor})[{}] = 1 end))
print(pcall(table.concat, {setmetatable({}, {__name = "Named"})}))
