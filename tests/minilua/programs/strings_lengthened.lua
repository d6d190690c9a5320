-- `s = s .. x` for all that `s` and `x` can be, and for what else holds the string.

local s = ""
for i = 1, 5 do
  local before = s
  s = s .. i .. "," .. i / 2 .. ";"
  print(#before, s)
end
local other = s
s = s .. s
print(#s, #other, s == other .. other)
s = s .. ""
s = s .. "a" .. s
print(#s)

local function longer(value, more)
  value = value .. more
  return value
end
print(longer("a", "b"), longer(1, "b"), longer("a", 1), longer(1, 2), longer(1.5, 2.0))
local joined = setmetatable({}, {__concat = function(a, b) return "joined" end})
print(longer(joined, 1), longer("x", joined), longer(2, joined))
for _, pair in ipairs({{{}, "x"}, {"x", {}}, {nil, "x"}, {true, 1}, {1, print}}) do
  print((select(2, pcall(longer, pair[1], pair[2])):gsub("0x%x+", "")))
end

-- a variable that functions share, and one that is assigned while the rest is evaluated
local shared = "s"
local function lengthen(by) shared = shared .. by return shared end
shared = shared .. lengthen("1") .. lengthen("2")
print(shared)
shared = shared .. (function() shared = "new" return "-" end)()
print(shared)

local function many(...)
  local text = "<"
  for _, value in ipairs({...}) do text = text .. tostring(value) .. (value == 2 and "two" or 3) end
  text = text .. ... .. ">"
  return text
end
print(many(1, 2, 3), pcall(many))

local parts = "x"
for i = 1, 3 do
  local inner = parts
  local function grow() inner = inner .. i return inner end
  print(grow(), grow(), parts)
  parts = parts .. inner:upper():sub(-1) .. #parts
end
print(parts)
global_text = ""
for i = 1, 4 do global_text = global_text .. i end
print(global_text)
local chain = "c"
chain = chain .. 1 .. 2 .. 3 .. 4 .. 5 .. 6 .. 7 .. 8 .. 9 .. 1 .. 2 .. 3 .. 4 .. 5 .. 6 .. 7 .. 8 .. 9 .. 1 .. 2 .. 3 .. 4 .. 5
  .. 1 .. 2 .. 3 .. 4 .. 5 .. 6 .. 7 .. 8 .. 9 .. 1 .. 2 .. 3 .. 4 .. 5 .. 6 .. 7 .. 8 .. 9 .. 1 .. 2 .. 3 .. 4 .. 5
print(chain)
