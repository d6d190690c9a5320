-- globals that are not there, read and set in coroutines
print(coroutine.wrap(function() return undefinedvar end)())
print(coroutine.wrap(function() undefinedvar2 = 5 return undefinedvar2, undefinedvar3 end)())
print(pcall(coroutine.wrap(function() local x = f(2) undefinedvar() end)))
setmetatable(_G, {__index=function(t, k) return coroutine.isyieldable() and coroutine.yield(k) or k end, __newindex=function(t,k,v) if coroutine.isyieldable() then coroutine.yield(k) end rawset(t,k,v) end})
local co = coroutine.wrap(function() local a = glob1 glob2 = 7 return a, glob2 end)
print(co()) print(co("x")) print(co())
