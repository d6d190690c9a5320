-- A function that another function of a library calls has no place in its errors; what calls it as a metamethod has one.
print(pcall(function() table.sort({{}, {}}, string.upper) end))
print(pcall(function() return ("x"):gsub("x", string.rep) end))
print(pcall(function() return ("x"):gsub("x", utf8.codepoint, 1, 2) end))
print(pcall(function() return tostring(setmetatable({}, {__tostring = string.rep})) end))
print(pcall(function() return pairs(setmetatable({}, {__pairs = table.concat})) end))
print(pcall(function() return #setmetatable({}, {__len = string.rep}) end))
print(pcall(function() return setmetatable({}, {__index = string.rep}).x end))
print(pcall(function() return load(string.rep) end))

for _, event in ipairs {"add", "sub", "mul", "div", "mod", "pow", "unm", "idiv", "band", "bor", "bxor", "shl", "shr",
  "bnot", "concat", "len", "eq", "lt", "le", "call", "index", "close"} do
  local class = {["__" .. event] = event == "eq" and table.concat or string.rep}
  local a, b = setmetatable({}, class), setmetatable({}, class)
  for _, text in ipairs {"a + b", "a - 1", "2 * a", "a / a", "a % 3", "a ^ b", "-a", "a // 1", "a & 1", "a | a", "a ~ 1",
    "a << 1", "1 >> a", "~a", "a .. 'x'", "1 .. 'x' .. a", "#a", "a == b", "a ~= b", "a < b", "a > 1", "a <= b", "1 >= a",
    "a()", "a.x", "a[1]", "a:m()", "(function() local c <close> = a end)()"} do
    local fine, message = pcall(load("local a, b = ... local r = " .. text, "=text"), a, b)
    if not fine and not message:find("attempt to", 1, true) then print(event, text, message) end
  end
end
