-- a JSON encoder and decoder written in Lua
local escapes = {['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t"}
local function quote(s)
  return '"' .. s:gsub('[%c"\\]', function(c) return escapes[c] or string.format("\\u%04x", c:byte()) end) .. '"'
end
local encode
local function is_array(t)
  local n = 0
  for k in pairs(t) do
    if type(k) ~= "number" then return false end
    n = n + 1
  end
  return n == #t
end
function encode(v, out)
  local kind = type(v)
  if kind == "table" then
    if is_array(v) and (#v > 0 or next(v) == nil) then
      out[#out + 1] = "["
      for i, item in ipairs(v) do
        if i > 1 then out[#out + 1] = "," end
        encode(item, out)
      end
      out[#out + 1] = "]"
    else
      local keys = {}
      for k in pairs(v) do keys[#keys + 1] = k end
      table.sort(keys)
      out[#out + 1] = "{"
      for i, k in ipairs(keys) do
        if i > 1 then out[#out + 1] = "," end
        out[#out + 1] = quote(k) .. ":"
        encode(v[k], out)
      end
      out[#out + 1] = "}"
    end
  elseif kind == "string" then
    out[#out + 1] = quote(v)
  elseif kind == "number" or kind == "boolean" or kind == "nil" then
    out[#out + 1] = kind == "nil" and "null" or tostring(v)
  else
    error("cannot encode a " .. kind, 0)
  end
  return out
end
local decode_value
local function fail(s, i, what)
  error(string.format("%s at %d near %q", what, i, s:sub(i, i + 5)), 0)
end
local function skip(s, i)
  return s:find("%S", i) or #s + 1
end
local function decode_string(s, i)
  local parts, j = {}, i + 1
  while true do
    local a, b, chunk, stop = s:find('^([^"\\]*)(["\\])', j)
    if not a then fail(s, i, "unfinished string") end
    parts[#parts + 1] = chunk
    if stop == '"' then return table.concat(parts), b + 1 end
    local e = s:sub(b + 1, b + 1)
    if e == "u" then
      parts[#parts + 1] = utf8.char(tonumber(s:match("^%x%x%x%x", b + 2) or fail(s, b, "bad escape"), 16))
      j = b + 6
    else
      parts[#parts + 1] = ({n = "\n", t = "\t", r = "\r", b = "\b", f = "\f"})[e] or e
      j = b + 2
    end
  end
end
function decode_value(s, i)
  i = skip(s, i)
  local c = s:sub(i, i)
  if c == "{" then
    local t = {}
    i = skip(s, i + 1)
    if s:sub(i, i) == "}" then return t, i + 1 end
    repeat
      local k, v
      i = skip(s, i)
      if s:sub(i, i) ~= '"' then fail(s, i, "key expected") end
      k, i = decode_string(s, i)
      i = skip(s, i)
      if s:sub(i, i) ~= ":" then fail(s, i, "colon expected") end
      v, i = decode_value(s, i + 1)
      t[k] = v
      i = skip(s, i)
      local d = s:sub(i, i)
      i = i + 1
    until d ~= "," or d == ""
    if s:sub(i - 1, i - 1) ~= "}" then fail(s, i - 1, "brace expected") end
    return t, i
  elseif c == "[" then
    local t = {}
    i = skip(s, i + 1)
    if s:sub(i, i) == "]" then return t, i + 1 end
    while true do
      t[#t + 1], i = decode_value(s, i)
      i = skip(s, i)
      local d = s:sub(i, i)
      i = i + 1
      if d == "]" then return t, i end
      if d ~= "," then fail(s, i - 1, "bracket expected") end
    end
  elseif c == '"' then
    return decode_string(s, i)
  end
  for word, value in pairs {["true"] = true, ["false"] = false} do
    if s:sub(i, i + #word - 1) == word then return value, i + #word end
  end
  if s:sub(i, i + 3) == "null" then return nil, i + 4 end
  local number = s:match("^-?%d+%.?%d*[eE]?[+-]?%d*", i)
  if not number then fail(s, i, "value expected") end
  return tonumber(number), i + #number
end
local function json(v) return table.concat(encode(v, {})) end
local function parse(s)
  local v, i = decode_value(s, 1)
  if skip(s, i) <= #s then fail(s, i, "trailing text") end
  return v
end
print(json {1, 2.5, "three", {four = true, five = {}}, false})
print(json {name = "x\ny\"z\\", list = {1, {2, {3}}}, empty = "", unicode = "é€", control = "\1"})
local doc = parse [[ {"a": [1, 2, {"b": null, "c": "d\u00e9\n"}], "n": -12.5e2, "t": true, "f": false, "s": "q\"uote", "o": {}} ]]
print(doc.a[1], doc.a[3].b, doc.a[3].c, doc.n, doc.t, doc.f, doc.s, next(doc.o))
print(json(doc)) print(json(parse(json(doc))) == json(doc))
for _, bad in ipairs {"", "{", "[1,", '{"a" 1}', '"abc', "[1 2]", "tru", "{a:1}", "[1]x", '"\\u12"'} do print(pcall(parse, bad)) end
print(pcall(json, {print})) print(pcall(json, print))
