-- what loops over wrapped coroutines say of their errors
local function f1(x) return x < "a" end
print(pcall(function(...)
for k, w in coroutine.wrap(function(...) for j = 1, 3 do coroutine.yield(j, f1(1)) end end) do print(k) end
end))
print(pcall(function(...)
for k in coroutine.wrap(function(...) for j = 1, 3 do coroutine.yield(j, f1(1)) end end) do print(k) end
end))
print(pcall(function(...)
for k, w in coroutine.wrap(function(...) for j = 1, 3 do coroutine.yield(j, j) f1(1) end end) do print(k) end
end))
print(pcall(function(...)
for k in coroutine.wrap(function(...) for j = 1, 3 do coroutine.yield(j, j) f1(1) end end) do print(k) end
end))
print(pcall(function(...)
local function iter() return coroutine.wrap(function(...) for j = 1, 3 do coroutine.yield(j, j) f1(1) end end) end
for k, w in iter() do print(k) end
end))
print(coroutine.wrap(function() return pcall(function() for k, w in coroutine.wrap(function(...) for j = 1, 3 do coroutine.yield(j, j) f1(1) end end) do print(k) end end) end)())
print(coroutine.wrap(function() return pcall(function() for k in coroutine.wrap(function(...) for j = 1, 3 do coroutine.yield(j, j) f1(1) end end) do print(k) end end) end)())
