local function dump(t)
  local keys = {}
  for k in pairs(t) do keys[#keys + 1] = k end
  table.sort(keys, function(a, b)
    if type(a) ~= type(b) then return type(a) < type(b) end
    if type(a) == "boolean" then return a and not b end
    return a < b
  end)
  local parts = {}
  for _, k in ipairs(keys) do parts[#parts + 1] = tostring(k) .. "=" .. tostring(t[k]) end
  print(#t, table.concat(parts, " "))
end
dump {} dump {1, 2, 3} dump {1, 2, 3,} dump {1; 2; 3;} dump {x = 1, y = 2} dump {["a b"] = 1, [10] = 2, [-1] = 3} dump {1, x = 2, 3, [10] = 4, 5}
dump {[1] = "a", [2] = "b", [3] = "c"} dump {"first", [1] = "second"} dump {[2] = "b", "a"} dump {nil, 2} dump {1, nil} dump {f = nil} dump {[1.0] = "one", [2.5] = "half"} dump {[true] = 1, [false] = 0, "x"}
local function three() return 1, 2, 3 end
dump {three()} dump {three(), three()} dump {(three())} dump {three(), nil} dump {x = three()} dump {three(), x = 1} dump {0, three()} dump {[1] = three()}
local t = {a = {b = {c = {1, 2, {3}}}}} print(t.a.b.c[3][1], #t.a.b.c, t["a"]["b"].c[2])
local k = "dyn" dump {[k] = 1, [k .. "2"] = 2, [#k] = 3, [1 + 1] = "two"}
local u = {print, type, function() return "f" end} print(u[3](), u[2](u), #u)
local v = {n = 1, inc = function(self) self.n = self.n + 1 return self end} print(v:inc():inc().n)
local w = {[{}] = 1} print(next(w) ~= nil, #w)
local m = {{1, 2}, {3, 4}} for i = 1, 2 do for j = 1, 2 do last = m[i][j] end end print(last, m[2][1], #m[1])
local s = {"a", "b", "c"} s[#s + 1] = "d" s[#s + 1] = "e" dump(s) s[#s] = nil dump(s)
local big = {} for i = 1, 300 do big[i] = i end print(#big, big[300], big[301])
local lit = {1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60} print(#lit, lit[51], lit[60])
local order = {} local function note(x) order[#order + 1] = x return x end local o = {note(1), [note(2)] = note(3), k = note(4), note(5)} print(table.concat(order, " "))
print(pcall(function() return {[nil] = 1} end)) print(pcall(function() return {[0/0] = 1} end)) print(#"x" == 1, #{n = 1}, #{1, 2, nil}, #{nil}, #{nil, nil, 3} == 3 or #{nil, nil, 3} == 0)
dump {[3] = 3, [2] = 2, [1] = 1} dump {1, 2, [4] = 4, [3] = 3} dump {["end"] = 1, ["nil"] = 2, ["1"] = 3, [1] = 4}
-- the length of constructors with holes, and with keys beside positions
local k = 5
print(#{"a", nil, nil, "d"}, #{"a", nil, nil, "d", [9] = "i"}, #{"a", nil, nil, "d", [k] = "e"}, #{[3] = "x", nil, nil, 3})
print(#{x = 1, nil, nil, 3}, #{[k] = 5, "a", nil, nil, "d"}, #{[1] = "z", nil, "b"}, #{[2] = "z", [1] = "y", "a", "b", "c"})
local t = {[1] = 1, [2] = 2, [3] = 3, [0] = 0, "a", nil} print(t[0], t[1], t[2], t[3], #{[2] = 2, "a"})
