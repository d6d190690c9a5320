print(nil and 1, false and 1, 0 and 1, "" and 2, 1 and nil, 1 and false)
print(nil or 1, false or nil, nil or false, 0 or 1, "" or 2, false or false)
print(not nil == true, not 1 == false, nil and nil or "x", false or nil and 1)
print(1 and 2 and 3, 1 and nil and 3, nil or nil or 3, nil or 2 or 3, 1 or error("no"), nil and error("no"))
print(1 < 2 and "yes" or "no", 1 > 2 and "yes" or "no", true and nil or "fallback", true and false or "fallback")
local function none() end
local function two() return 1, 2 end
local function noisy(name, value) print("eval", name) return value end
print(none() or "default", (none()) == nil, two() and "two")
print(two() or 5, none() and 5, (two()))
local r = noisy("a", false) and noisy("b", true) or noisy("c", nil) or noisy("d", 0)
print(r)
local x = noisy("e", nil) or noisy("f", "v") and noisy("g", "w")
print(x)
if noisy("h", 1) and not noisy("i", nil) then print("branch") end
while noisy("j", true) and noisy("k", false) do print("never") end
local t = {a = false}
print(t.a == false, t.a or "d", t.b or "e", t.a == nil, t.b == nil)
t.count = (t.count or 0) + 1
t.count = (t.count or 0) + 1
print(t.count)
local function opt(v) v = v or {} ; return type(v) end
print(opt(), opt(nil), opt(false), opt(0), opt(""))
print((nil and 1) == nil, (false or nil) == nil, (1 and 2) + 3, (nil or 4) * 2, #(nil or "abc"), -(false or 3))
local and_chain = 1 and 2 and {} and print and "end"
print(and_chain)
print(not (1 and nil), not (nil or false), not not (nil or 5))
print(1 == 1 and 2 == 2 or error("x"), "a" .. (nil or "b"), (false or "x") .. "y")
local v = nil
local w = v and v.field
print(w, v and v.a.b.c, not v and "missing")
for _, a in ipairs {true, false} do
  for _, b in ipairs {true, false} do
    print(a, b, a and b, a or b, not a and not b, not (a or b), a ~= b)
  end
end
