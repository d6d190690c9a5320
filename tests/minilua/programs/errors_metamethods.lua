-- what cannot be called or indexed, where metatables have led to it
local bad = setmetatable({}, {__len = {}, __index = 5, __newindex = true, __add = 1, __lt = "x", __concat = {}, __eq = 1})
print(pcall(table.remove, bad)) print(pcall(table.insert, bad, 1)) print(pcall(table.unpack, bad))
print(pcall(function() return table.remove(bad) end)) print(pcall(function() return #bad end))
print(pcall(function() return bad.x end)) print(pcall(function() return bad[1] end)) print(pcall(function() bad.x = 1 end))
print(pcall(function() bad[1] = 1 end)) print(pcall(function() return bad + 1 end)) print(pcall(function() return bad < 1 end))
print(pcall(function() return bad .. "" end)) print(pcall(function() return bad == setmetatable({}, {}) end))
print(pcall(function() return bad:method() end)) print(pcall(table.sort, {bad, bad})) print(pcall(table.concat, bad))
print((pcall(ipairs, bad))) print(pcall(function() for i in ipairs(bad) do end end)) print(pcall(next, bad))
local deep = setmetatable({}, {__index = setmetatable({}, {__index = 7})}) print(pcall(function() return deep.x.y end))
local t
print(pcall(function()
  t[#t + 1] = math.abs(function()


  end)
end))
print(pcall(function()
  t[#t + 1] = function()


  end
end))
