-- odds and ends: separators, comments, method chains over lines, parenthesised calls, ambiguous statements
;;; local a = 1; ; local b = 2 print(a, b);
local t = {f = function(self) return self end, g = function(self, x) self.x = x return self end}
print(t
  :f()
  :g(5)
  .x)
local s = ("a"
  .. "b" -- comment
  --[[ in the middle ]]
  .. "c")
print(s)
local x = --[==[ value ]==] 5 print(x)
do local y = x; (print)(y) end
local f = function(...) return ... end; (f or print)("called")
print(((((("nested"))))))
if x then else end if not x then elseif x then print("elseif") else end
for _ = 1, 0 do end while false do end repeat until true do end
local function empty() end empty();
local one, two = 1 print(one, two)
print(#"abc", -2 ^ 2, not nil == true, 1 .. 2, 2 .. 3 .. 4, "a" < "b" == true, 1 + 2 .. "", -x ^ 2, not x == nil)
print(1 + 1 == 2 and "math" or "broken", 5 > 3 == true, (5 > 3) == true, "x" .. 1 + 2, 2 * 3 .. "", 1 << 1 + 1, 1 | 2 & 3, "1" + 1 .. "")
local long = {1, 2, 3,
  4; 5,
  key = "v", ["k2"] = "v2",
  [6] = 6, }
print(#long, long.key, long.k2)
local function many(a, b, c,
                    d) return a, b,
                              c, d end
print(many(1,
           2,
           3))
print(_VERSION, type(_G), _G.print == print, _ENV == _G)
local n = 0 for _, v in pairs {a = 1, b = 2, c = 3} do n = n + v end print(n)
local str = "x" for _ = 1, 3 do str = str .. str end print(str, #str)
local r = {} for w in ("one two  three"):gmatch("%S+") do r[#r + 1] = w end print(#r, r[3])
print(type(nil), type(1), type("x"), type({}), type(print), type(true), type(coroutine.create(print)))
print(next({}), rawequal(t, t), rawlen({1, 2}), select("#"), tostring(nil) .. tostring(true))
goto finish
do print("skipped") end
::finish:: print("finished")
local a <const>, b = 5, 6 print(a + b)
print(("%5.2f|%-5s|%05d"):format(3.14159, "ab", 42)) print(table.unpack({1, 2, nil, 4}, 1, 4)) print(pcall(error, {code = 1}) == false) print(tostring(print):match("^builtin") or tostring(print):match("^function")) local u <close> = nil
local ok, e = pcall(function() local v = 1; v.x.y = 2 end) print(ok, e) ok, e = pcall(function()
  local tbl = {}
  tbl.a
    .b
    .c = 1
end) print(e) ok, e = pcall(function()
  return 1 +
    2 +
    {}
end) print(e) ok, e = pcall(function()
  local v = nil
  print("x", v
    .y)
end) print(e) ok, e = pcall(function()
  undefined_function(
    1,
    2
  )
end) print(e) ok, e = pcall(function()
  local q = {}
  q:method(
    1
  )
end) print(e) ok, e = pcall(function()
  return ("x")
    ..
    nil
end) print(e) ok, e = pcall(function()
  for i = 1,
    "x" do
  end
end) print(e) ok, e = pcall(function()
  error(
    "multi line"
  )
end) print(e) ok, e = pcall(function()
  local x = {
    a = 1,
    b = nil + 1,
  }
end) print(e) ok, e = pcall(function()
  if 1 <
     {} then
  end
end) print(e) ok, e = pcall(function() return
  #nil
end) print(e) ok, e = pcall(function()
  string.rep(
    "x",
    {}
  )
end) print(e)
