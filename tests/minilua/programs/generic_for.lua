for i, v in ipairs({"a", "b", nil, "d"}) do print(i, v) end
for i, v in ipairs({}) do print("never") end
for k, v in pairs({10, 20, 30}) do print(k, v) end
for k in pairs({x = 1}) do print(k) end
for k, v in next, {5} do print(k, v) end
-- stateless iterator
local function step(limit, i) if i < limit then return i + 1, i * i end end
for i, square in step, 3, 0 do print(i, square) end
-- closure
local function letters(s)
  local i = 0
  return function()
    i = i + 1
    if i <= #s then return s:sub(i, i), i end
  end
end
for c, i in letters("xyz") do print(c, i) end
for c in ("a1b2"):gmatch("%a") do print(c) end
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do print(k, v) end
-- callable table
local range = setmetatable({}, {__call = function(self, limit, i) i = i + 1 if i <= limit then return i end end})
for i in range, 3, 0 do print("call", i) end
-- __pairs
local proxy = setmetatable({}, {__pairs = function(t)
  local i = 0
  return function(state, k) i = i + 1 if i <= 2 then return "k" .. i, state end end, "state", nil
end})
for k, v in pairs(proxy) do print(k, v) end
print(select("#", pairs({})), type(pairs({})), select("#", ipairs({})))
-- ipairs respects __index
local lazy = setmetatable({}, {__index = function(t, i) if i <= 3 then return i * 100 end end})
for i, v in ipairs(lazy) do print(i, v) end
-- removal and assignment of existing keys during traversal
local t = {}
for i = 1, 20 do t["k" .. i] = i end
local removed, n = 0, 0
for k, v in pairs(t) do if v % 2 == 0 then t[k] = nil removed = removed + 1 else t[k] = v * 2 end end
for k, v in pairs(t) do n = n + 1 assert(v % 2 == 0) end
print(removed, n)
t = {1, 2, 3, 4, 5, 6}
local seen = 0
for k in pairs(t) do t[k] = nil seen = seen + 1 end
print(seen, next(t), #t)
t = {1, 2, 3, x = 1, y = 2}
seen = 0
for k in pairs(t) do for k2 in pairs(t) do t[k2] = nil end seen = seen + 1 end
print(seen, next(t))
-- four values: the closing one
do
  local closer = setmetatable({}, {__close = function(_, e) print("closed", e) end})
  for i in function(_, i) i = i + 1 if i < 3 then return i end end, nil, 0, closer do print("body", i) end
  for i in function(_, i) return i + 1 end, nil, 0, closer do if i == 2 then break end end
  print(pcall(function()
    for i in function(_, i) return i + 1 end, nil, 0, closer do error("inside", 0) end
  end))
  print((function() for i in function(_, i) return i + 1 end, nil, 0, closer do return "returned" end end)())
end
-- the control variable is the first value, changed or not
for i in step, 3, 0 do local j = i i = "changed" print(j, i) end
-- false does not stop, nil does
local values, at = {false, 0, nil, 1}, 0
for v in function() at = at + 1 return values[at] end do print("value", v) end
-- errors
local function try(f) print(pcall(f)) end
try(function() for x in 5 do end end)
try(function() for x in nil do end end)
try(function() for x in {} do end end)
try(function() for x in "str" do end end)
try(function() for x in pairs(nil) do end end)
try(function() for x in ipairs() do end end)
try(function() for x in pairs(5) do end end)
try(function() local t = {} for x in t.iterator do end end)
try(function() for x in function() error("in iterator") end do end end)
try(function() for k in next, {}, "no such key" do end end)
try(function() for i, v in ipairs(5) do end end)
try(function() for k, v in undefined_iterator() do end end)
-- assigning new values while walking an array part
local arr = {1, 2, 3}
for i, v in ipairs(arr) do if i < 6 then arr[#arr + 1] = v * 10 end end
print(#arr, table.concat(arr, " "))
for i, v in ipairs(arr) do if v == 20 then arr[i + 1] = nil end end
print(arr[5])
for a, b, c, d in function(s, c) if not c then return 1, 2, 3 end end do print(a, b, c, d) end
-- multiple assignment of the iterator triple by a call in the middle
for k, v in (pairs({9})) , {8} do print(k, v) end
local nested = {{1, 2}, {3}, {}}
for i, row in ipairs(nested) do for j, v in ipairs(row) do print(i, j, v) end end
