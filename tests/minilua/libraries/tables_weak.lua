-- weak tables and finalizers
local keep = {}
local function filled(mode)
  local t = setmetatable({}, {__mode = mode})
  t[1] = "one" t[2] = keep t.x = keep t.name = "name" t[keep] = 1 t[true] = 2 t[1.5] = 3
  return t
end
local function add_garbage(t) local garbage = {} t.gone = garbage t[3] = garbage t[garbage] = 1 end
for _, mode in ipairs{"k", "v", "kv"} do
  local t = filled(mode)
  add_garbage(t)
  keep.again = t
  collectgarbage() collectgarbage()
  local names = {}
  for k in pairs(t) do names[#names + 1] = k == keep and "keep" or type(k) == "table" and "other" or tostring(k) end
  table.sort(names)
  print(mode, table.concat(names, " "), #t, t[1], t[2] == keep, t.name, t[keep], t[true], t[1.5])
  t.name = nil print(t.name, rawget(t, "name"), rawlen(t), next(t) ~= nil)
end
local mt = {__mode = "kv", __index = function(_, k) return k end}
local z = setmetatable({}, mt) print(z.abc, z[1]) z.abc = 5 print(z.abc) z.abc = nil print(z.abc)
local class = {method = function() return "class" end} class.__index = class class.__mode = "k"
local o = setmetatable({}, class) print(o:method()) o.method = function() return "own" end print(o:method())
setmetatable(o, {}) print(o.method()) o.q = 1 print(o.q)
local t = setmetatable({}, {__mode = "v"})
for i = 1, 10 do t[i] = i end print(#t, table.concat(t, ",")) t[#t] = nil print(#t) table.insert(t, "z") print(table.unpack(t))
table.remove(t, 1) print(table.unpack(t)) table.sort(t, function(a, b) return tostring(a) < tostring(b) end) print(table.concat(t, " "))
for i, v in ipairs(t) do print(i, v) end
local collected = 0
local function make() setmetatable({}, {__gc = function() collected = collected + 1 end}) setmetatable({}, {__gc = function() error("not told") end}) end
make() collectgarbage() print(collected) setmetatable({}, {__gc = 1}) collectgarbage()
