-- what error can throw, and what pcall hands on
print(pcall(error, "plain")) print(pcall(error, "level 0", 0)) print(pcall(error, nil)) print(pcall(error)) print(pcall(error, 42)) print(pcall(error, 1.5)) print(pcall(error, true)) print(pcall(error, false))
print(pcall(function() error("here") end)) print(pcall(function() error("zero", 0) end)) print(pcall(function() error("one", 1) end)) print(pcall(function() error(42) end)) print(pcall(function() error(42, 2) end)) print(pcall(function() error() end))
local function thrower(level) error("at level " .. level, level) end
local function caller(level)
  thrower(level)
end
local function outer(level)
  caller(level)
end
for level = 0, 4 do print(level, pcall(outer, level)) end
local t = {code = 5}
local ok, e = pcall(error, t) print(ok, e == t, e.code)
ok, e = pcall(function() error(t) end) print(ok, e == t)
ok, e = pcall(error, setmetatable({}, {__tostring = function() return "object" end})) print(ok, tostring(e))
ok, e = pcall(error, print) print(ok, e == print)
-- nested
print(pcall(pcall, error, "x")) print(pcall(pcall)) print(pcall(function() return pcall(error, "inner") end))
print(pcall(function() local ok, e = pcall(error, "a", 0) error(e .. "b", 0) end))
print(pcall(function() pcall(error, "swallowed") return "fine" end))
local function rethrow() local ok, e = pcall(function() error({n = 1}) end) e.n = e.n + 1 error(e) end
ok, e = pcall(rethrow) print(e.n)
-- results
print(pcall(function() return 1, nil, 3 end)) print(select("#", pcall(function() return nil, nil end))) print(pcall(function(...) return select("#", ...), ... end, 1, nil)) print(pcall(math.max, 1, 2))
-- what cannot be called
print(pcall(nil)) print(pcall(5)) print(pcall({})) print(pcall("x")) print(pcall(pcall))
-- state survives
local state = {n = 0}
local function work(x) state.n = state.n + 1 if x then error("failed at " .. state.n) end state.n = state.n + 10 end
print(pcall(work, true)) print(state.n) print(pcall(work)) print(state.n)
-- try, catch, finally
local function try(f, catch, finally) local r = table.pack(pcall(f)) if not r[1] and catch then r = table.pack(true, catch(r[2])) end if finally then finally() end return table.unpack(r, 2, r.n) end
print(try(function() return 1, 2 end, nil, function() print("finally") end)) print(try(function() error("bad", 0) end, function(m) return "caught " .. m end, function() print("finally") end))
-- in loops
for i = 1, 4 do local ok, e = pcall(function() if i % 2 == 0 then error("even " .. i, 0) end return "odd " .. i end) print(i, ok, e) end
local n = 0 while true do n = n + 1 local ok, e = pcall(function() if n == 3 then error({stop = true}) end end) if not ok and e.stop then break end end print(n)
-- errors through iterators, sort, gsub and metamethods
print(pcall(function() for x in function() error("iter", 0) end do end end)) print(pcall(table.sort, {2, 1, 3}, function() error("cmp", 0) end)) print(pcall(string.gsub, "x", "x", function() error("repl", 0) end)) print(pcall(function() return setmetatable({}, {__add = function() error("add", 0) end}) + 1 end)) print(pcall(function() return setmetatable({}, {__index = function() error({1}) end}).x end) == false) print(pcall(load("error('chunk')", "=c"))) print(pcall(load("local x = nil; return x.y", "@file.lua")))
-- assert
print(pcall(assert, false)) print(pcall(assert, nil, "message")) print(pcall(assert, false, t) == false) print(pcall(assert, 1, "m")) print(pcall(assert, false, nil)) print(select("#", pcall(assert, false, nil))) print(pcall(function() assert(false, "no position") end)) print(pcall(function() assert(1 == 2) end))
ok, e = pcall(assert, nil, t) print(e == t)
-- error with a number is a string with position? it is not
ok, e = pcall(function() error("12") end) print(e, type(e)) ok, e = pcall(function() error(12) end) print(e, math.type(e))
error("expected failure at the end")
