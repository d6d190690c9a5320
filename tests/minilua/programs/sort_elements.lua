-- What `table.sort` reads and stores, and when, where metamethods see it.
local function watched(...)
  local kept, log = {...}, {}
  local proxy = setmetatable({}, {
    __len = function() return #kept end,
    __index = function(_, i) log[#log + 1] = "get " .. i return kept[i] end,
    __newindex = function(_, i, v) log[#log + 1] = "set " .. i .. " " .. tostring(v) kept[i] = v end,
  })
  return proxy, kept, log
end

local function try(comparator, ...)
  local proxy, kept, log = watched(...)
  print(pcall(table.sort, proxy, comparator and function(a, b)
    log[#log + 1] = "compare " .. tostring(a) .. " " .. tostring(b)
    return comparator(a, b)
  end))
  print(table.concat(kept, " "))
  print(table.concat(log, ", "))
end

for _, comparator in ipairs {
  function(a, b) return a < b end,
  function(a, b) return a > b end,
  function() return false end,
  function() return true end,
  function(a, b) if a == 3 then error("three", 0) end return a < b end,
} do
  try(comparator, 1)
  try(comparator, 2, 1)
  try(comparator, 3, 1, 2)
  try(comparator, 4, 2, 3, 1)
  try(comparator, 5, 9, 3, 7, 1, 8, 2, 2, 6, 4)
end
try(nil, 5, 9, 3, 7, 1, 8, 2, 2, 6, 4)
try(nil, 5, 9, 3, "7", 1, 8, 2, 2, 6, 4)

-- A class of lists, whose metamethods nothing asks; holes, which they answer for; a comparator that looks at the table.
local List = {}
List.__index = List
List.__newindex = function() error("stored") end
local list = setmetatable({3, 1, 2, 5, 4}, List)
table.sort(list)
print(table.concat(list, " "))
table.sort(list, function(a, b) return a > b end)
print(table.concat(list, " "))
local holes = setmetatable({3, nil, 1}, {__len = function() return 3 end, __index = function(_, i) return i + 10 end})
table.sort(holes)
print(holes[1], holes[2], holes[3])
local short = setmetatable({3, 2, 1}, {__len = function() return 2 end})
table.sort(short)
print(short[1], short[2], short[3])
local long = setmetatable({3, 2, 1}, {__len = function() return 4 end})
print(pcall(table.sort, long))
print(pcall(table.sort, long, function(a, b) return (a or 0) < (b or 0) end))
print(long[1], long[2], long[3], long[4])
local weak = setmetatable({3, 2, 1}, {__mode = "v"})
table.sort(weak)
print(table.concat(weak, " "))
