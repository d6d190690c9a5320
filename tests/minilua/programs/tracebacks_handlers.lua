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
