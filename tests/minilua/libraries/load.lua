-- load with texts and functions, chunk names, modes and environments
print(load("return 1 +", "=name")) print(load("x =", "@file.lua")) print(load("x = \n\n y y", "a text\nof lines"))
print(load("return ...")(1, 2)) print(pcall(load)) print(pcall(load, {})) print(load(12)) print(load("return 1", "n", "q"))
local pieces = {"return ", "1", "+2"}
local i = 0
print(load(function() i = i + 1 return pieces[i] end)())
print(load(function() return true end)) print(load(function() error("reader") end)) print(load(function() error({}) end) == nil)
print((load(function() return nil end)) ~= nil) print(load("return x", "n", "t", {x = 5})()) print(pcall(load("x = 1", "n", "t", nil)))
print(pcall(load("return y.z", "=n", "t", setmetatable({}, {__index = function(_, k) return k end})))) print(load("return _ENV", "n", "t", 12)())
print(load("\27Lua")) print(load("#x")) print(load("-- only a comment")()) print(select("#", load("")()))
local env = {} load("function f() return g end g = 3", "n", "t", env)() print(env.f(), env.g, f, g)
print(pcall(load("error('e', 1)", "@f.lua"))) print(pcall(load("error('e', 2)", "=f"))) print(pcall(load("local t = nil; t.x = 1", "=[C]")))
local f = load("return x") debug.setupvalue(f, 1, {x = 77}) print(f())
local g = load("x = 1; return function() return x end") local inner = g() debug.upvaluejoin(inner, 1, load("return y"), 1) print(inner())
print(warn("@off"), pcall(warn), pcall(warn, {})) print(collectgarbage("count") > 0, collectgarbage("step"), collectgarbage("isrunning"), collectgarbage())
print(collectgarbage("incremental"), collectgarbage("generational"), collectgarbage("incremental")) print(pcall(collectgarbage, "nothing"))
print(collectgarbage("stop"), collectgarbage("isrunning"), collectgarbage("restart"), collectgarbage("isrunning")) print(collectgarbage("setpause", 100), collectgarbage("setstepmul", 200))
