-- Values that are taken out of tables.
local t = {1,2,3,4,5}
t[2] = nil t[5] = nil t[7] = nil t[0] = nil t[-1] = nil t["x"] = nil
print(#t == 4 or #t == 1, t[1], t[2], t[3], t[4], t[5])
for i = 1, 4 do t[i] = nil end print(#t, next(t))
local m = setmetatable({1,2,3}, {__newindex = function(_, k) print("new", k) end, __index = function() return "i" end})
m[2] = nil print(m[1], m[2], m[3]) m[2] = nil m[2] = 5
print(pcall(function() local n; n[1] = nil end))
print(pcall(function() ("x")[1] = nil end))
print(pcall(function() t[nil] = nil end), pcall(function() t[0/0] = nil end))
local k = {} t[k] = 1 t[k] = nil print(t[k])
local q = {first = 1, last = 0}
for i = 1, 100 do q.last = q.last + 1 q[q.last] = i if i % 2 == 0 then q[q.first] = nil q.first = q.first + 1 end end
print(q[50], q[51], q[100], q[101])
for i = 51, 100 do q[i] = nil end print(next(q) ~= nil, q[100])
for i = 101, 105 do q[i] = i end print(q[101], q[105], q[106])
