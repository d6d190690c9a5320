-- looking into functions, the stack and metatables
local a,b = 1,2
local function f(x, ...) local y = a+x; print(y); return b end
for i=1,4 do print((debug.getupvalue(f,i))) end
print(debug.upvalueid(f,1)==debug.upvalueid(f,1), debug.upvalueid(f,1)~=debug.upvalueid(f,3))
local function show(t) local k={} for n in pairs(t) do k[#k+1]=n.."="..tostring(t[n]):gsub("0x%x+","") end table.sort(k) print(table.concat(k," ")) end
show(debug.getinfo(f)) show(debug.getinfo(string.rep)) show(debug.getinfo(1))
local function g() show(debug.getinfo(1)) show(debug.getinfo(2,"nSl")) local n = debug.getinfo(1,"n") print(debug.getinfo(1,"f").func==g) end
g()
print(debug.getlocal(f,1), debug.getlocal(f,2))
local function h(p,q,...)
  local z = 3
  do local hidden = 4 end
  do
    local inner = 1
    local k = 1
    while k < 6 do print((debug.getlocal(1,k))) k=k+1 end
  end
  print(debug.getlocal(1,-1), debug.getlocal(1,-3))
  debug.setlocal(1,1,"new") print(p)
  print(pcall(debug.getlocal,100,1))
end
h(1,2,"va1","va2")
print(pcall(debug.getinfo, 1, "X"), pcall(debug.getinfo, "x"), debug.getinfo(100))
print(pcall(debug.getinfo, 1, ">S"))
local co = coroutine.create(function(x) local y = 5; coroutine.yield(1); error("oops") end)
print(debug.traceback(co)) coroutine.resume(co, 9)
print(debug.traceback(co)) print(debug.traceback(co,"msg",1)) print(debug.getlocal(co,1,1)) print(debug.getlocal(co,1,2))
show(debug.getinfo(co,1,"nSl")) show(debug.getinfo(co,0,"nSl"))
coroutine.resume(co)
print(debug.traceback(co))
print((select(2, xpcall(function() local x = nil; x() end, debug.traceback)):match("^.-main chunk")))
print((select(2, xpcall(function() local x = nil; x() end, function(m) return debug.traceback(m, 2) end)):match("^.-main chunk")))
print(pcall(debug.setmetatable, 1, 2))
print(debug.setmetatable(10, {__index=function(a,b) return b end, __call=function(a,b) return b end}))
print((5)[1])
debug.setmetatable(10,nil)


print(debug.gethook()) print(debug.sethook())
local t = setmetatable({},{__index=function(t,k) show(debug.getinfo(1,"n")) return k end, __add=function() show(debug.getinfo(1,"n")) end, __close=function() show(debug.getinfo(1,"n")) end})
print(t.x) print(t+1) do local c <close> = t end
print(debug.getregistry()~=nil, debug.getuservalue(1), debug.getuservalue(io.stdout))
print(debug.getlocal(f,5))
local f2 = load("return x") print(debug.setupvalue(f2,1,{x=77})) print(f2())
print(pcall(debug.getupvalue)) print(pcall(debug.getupvalue,1,1)) print(debug.getupvalue(string.rep,1)) print(debug.getupvalue(f,0))
print(pcall(debug.upvalueid,f,9)) print(pcall(debug.upvaluejoin,f,1,f,9)) print(pcall(debug.upvaluejoin,f,9,f,1))
print(debug.setuservalue(io.stdout, 1, 2), pcall(debug.setuservalue, 1, 2), pcall(debug.setuservalue, debug.upvalueid(f, 1), 2))
-- tracebacks name functions as modules have them
do
  local module, original = {}, assert
  package.loaded["some.module"] = module
  local function fail() error("failed") end
  function module.run() fail() end
  function run_global() local alias = module.run alias() end
  local alias = run_global
  local function told(...) print((select(2, xpcall(...)):gsub("\n[^\n]*in main chunk.*", ""))) end
  told(alias, debug.traceback)
  told(function() original(false, "refused") end, debug.traceback)
  _G.assert = nil
  told(function() original(false, "refused") end, debug.traceback)
  _G.assert, run_global = original, nil
  told(function() table.sort({3, 2, 1}, function() error("order") end) end, debug.traceback)
  told(string.rep, debug.traceback)
  local thread = coroutine.create(function() coroutine.yield() end)
  coroutine.resume(thread)
  print(debug.traceback(thread))
  package.loaded["some.module"] = nil
end
-- strings without a metatable
do
  local strings = getmetatable("")
  debug.setmetatable("", nil)
  print(pcall(function() return ("x"):upper() end))
  print(pcall(function() local s = "x" return s.upper end))
  debug.setmetatable("", strings)
  print(("x"):upper())
end
-- which function it is that runs, in its version for integers as well
function which(n) if n * 2 < 4 then return debug.getinfo(1, "f").func == which end return which(n - 1) end
for i = 1, 3 do local x = which(i) print(x) end
local function inner(n) if n * 2 < 4 then print(debug.getinfo(1, "f").func == inner) return 0 end return 0 + inner(n - 1) end
print(inner(3))
