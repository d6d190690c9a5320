-- a tail call of what cannot be called fails where it stands, however often
local function try(f) return select(2, pcall(f)) end
local plain, broken, nothing = {}, setmetatable({}, {__call = 7}), nil
local seen = {}
for i = 1, 2000 do
  seen[try(function() return plain() end)] = true
  seen[try(function() return broken(i) end)] = true
  seen[try(function() return nothing() end)] = true
  seen[try(function() return plain.missing() end)] = true
end
local messages = {}
for message in pairs(seen) do messages[#messages + 1] = message end
table.sort(messages)
print(#messages) for _, message in ipairs(messages) do print(message) end
local deep = setmetatable({}, {__call = setmetatable({}, {__call = function(self, other, n) if n == 0 then return "end" end return other(n - 1) end})})
print(deep(50))
