-- coroutines under pcall inside generic for, removal, errors and breaks
local function each(t) return coroutine.wrap(function() for i, v in ipairs(t) do coroutine.yield(i, v) end end) end
for i, v in each {"a", "b", "c"} do if i == 3 then break end print(i, v) end
print(pcall(function() for i, v in each {1, {}, 3} do print(i, v + 1) end end))
local function lines(n) return coroutine.wrap(function() for i = 1, n do if i == 3 then error("line " .. i, 0) end coroutine.yield("l" .. i) end end) end
print(pcall(function() for l in lines(5) do print(l) end end))
local function zip(a, b) return coroutine.wrap(function() local x, y = each(a), each(b) while true do local i, v = x() local _, w = y() if not i or not w then return end coroutine.yield(v, w) end end) end
for a, b in zip({1, 2, 3}, {"x", "y"}) do print(a, b) end
local function flatten(t) return coroutine.wrap(function() local function go(v) if type(v) == "table" then for _, x in ipairs(v) do go(x) end else coroutine.yield(v) end end go(t) end) end
local out = {} for v in flatten {1, {2, {3, {4}}, 5}, {}, {{6}}} do out[#out + 1] = v end print(table.concat(out, " "))
local function combos(list, k) return coroutine.wrap(function() local pick = {} local function go(s) if #pick == k then coroutine.yield(table.concat(pick)) return end for i = s, #list do pick[#pick + 1] = list[i] go(i + 1) pick[#pick] = nil end end go(1) end) end
out = {} for c in combos({"a", "b", "c", "d"}, 2) do out[#out + 1] = c end print(table.concat(out, " "))
local co = coroutine.create(function(...) local args = {...} for i = 1, #args do local got = table.pack(coroutine.yield(args[i])) args[i] = got.n end return table.unpack(args) end)
print(coroutine.resume(co, "p", "q")) print(coroutine.resume(co)) print(coroutine.resume(co, 1, 2, 3)) print(coroutine.resume(co))
local shared = 0 local function worker(step) return coroutine.create(function() for _ = 1, 3 do shared = shared + step coroutine.yield(shared) end end) end local w1, w2 = worker(1), worker(10) for _ = 1, 4 do print(select(2, coroutine.resume(w1)), select(2, coroutine.resume(w2))) end print(coroutine.status(w1), coroutine.status(w2))
local goto_co = coroutine.wrap(function() local i = 0 ::top:: i = i + 1 if i % 2 == 0 then goto skip end coroutine.yield(i) ::skip:: if i < 5 then goto top end return "end" end) print(goto_co(), goto_co(), goto_co(), goto_co())
local caps = coroutine.wrap(function() local fs = {} for i = 1, 3 do local v = coroutine.yield(i) fs[i] = function() v = v .. i return v end end return fs[1]() .. fs[2]() .. fs[1]() .. fs[3]() end) caps() caps("a") caps("b") print(caps("c"))
local va = coroutine.wrap(function(...) local n = select("#", ...) while true do n = select("#", coroutine.yield(n, ...)) end end) print(va(1, nil)) print(va()) print(va(nil, nil, nil))
local cond = coroutine.wrap(function() if coroutine.yield("if") then coroutine.yield("then") elseif coroutine.yield("elseif") then coroutine.yield("in elseif") else coroutine.yield("else") end for i = coroutine.yield("start"), coroutine.yield("stop"), coroutine.yield("step") do coroutine.yield(i) end local t = {} t[coroutine.yield("key")] = coroutine.yield("value") for k, v in pairs(t) do coroutine.yield(k .. "=" .. v) end return not coroutine.yield("not"), -coroutine.yield("neg"), #coroutine.yield("len") end)
print(cond(), cond(false), cond(true), cond(), cond(1), cond(5), cond(2), cond(), cond(), cond(), cond("k"), cond("v"), cond()) print(cond(nil)) print(cond(5)) print(cond("four"))
local method = {n = 0} function method:step(...) self.n = self.n + select("#", ...) return coroutine.yield(self.n, ...) end local mc = coroutine.wrap(function() local a = method:step(1, 2) local b, c = method:step(a) return a, b, c, method.n end) print(mc()) print(mc("A")) print(mc("B", "C"))
local andor = coroutine.wrap(function() return (coroutine.yield(1) or coroutine.yield(2)) and coroutine.yield(3) or "last" end) print(andor(), andor(false), andor("x"), andor(nil)) local cc = coroutine.wrap(function() return coroutine.yield(1) .. "-" .. coroutine.yield(2) .. "-" .. coroutine.yield(3) end) print(cc(), cc("a"), cc("b"), cc("c")) local cmp = coroutine.wrap(function() return coroutine.yield() < coroutine.yield(), coroutine.yield() == coroutine.yield() end) cmp() cmp(1) cmp(2) cmp("x") print(cmp("x"))
