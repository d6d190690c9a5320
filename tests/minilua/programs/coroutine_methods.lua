-- methods of values that have none, in a coroutine and outside
for _, value in ipairs {5, true, print, "text", 1.5} do
  print(pcall(function() return value:rep(2) end))
  print(coroutine.resume(coroutine.create(function() return value:rep(2) end)))
end
local function missing() local none return none:rep(2) end
print(pcall(missing))
print(coroutine.resume(coroutine.create(missing)))
print(pcall(coroutine.wrap(function() local t = {5} return t[1]:upper() end)))
