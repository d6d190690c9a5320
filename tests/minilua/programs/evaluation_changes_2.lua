-- the order in which operands, arguments and targets are evaluated, where functions change the variables (2)
local state = 1
local function update() state = state + 1 return 3 end
local old, new = state, update() print(old, new)
old, new = state, update() print(old, new)
local t = {state, update()} print(t[1], t[2])
print(state, update(), state)
print((select(1, state, update())))
local function two() state = state + 1 return 1, 2 end
local a, b, c = state, two() print(a, b, c)
a, b, c = state, two() print(a, b, c)
t.x, t.y = state, update() print(t.x, t.y)
local function ret() return state, update() end print(ret())
G = 1 local function upg() G = G + 1 return 5 end
local p, q = G, upg() print(p, q) p, q = G, upg() print(p, q) t.a, t.b = G, upg() print(t.a, t.b) print(G, upg()) print(({G, upg()})[1])
local r = {v=1} local function upr() r.v = r.v + 1 return 7 end
local m, n = r.v, upr() print(m, n) m, n = r.v, upr() print(m, n) print(r.v, upr()) print(({r.v, upr()})[1])
local i = 1 i, t[i] = i + 1, 20 print(i, t[1], t[2])
for k, v in (function() state = 100 return next end)(), {state} do print(v) end
for k, v in next, {state, (function() state = 7 return 1 end)()} do print(k, v) end
print(state .. update() .. state, state + update(), state * update() + state)
print(state == update(), state < update(), state ~= update(), state <= update())
print(#tostring(state) + update(), -state + update(), (state) + update(), state and update(), state - update() - state)
local u = {state, [state] = update(), state, x = update(), state} print(u[1], u[2], u[3], u.x)
t[state] = update() print(t[state], t[state - 1])
t[state], t[update()] = update(), state
for k, v in pairs({1}) do local w = state local x, y = w, update() print(x == w, y) end
local function varargs(...) local a, b = ..., update() return a, b, state end print(varargs(state))
local s1, s2, s3 = state, (update()), state print(s1, s2, s3)
local function tail() return state, update(), state end print(tail())
local function p3(a, b, c) return a, b, c end print(p3(state, update(), state))
local ob = {f = function(_, a, b, c) return a, b, c end} print(ob:f(state, update()), ob.f(state, update(), update()))
local str = "x" local function ups() str = str .. "y" return "z" end print(str .. ups(), str .. ups() .. str, str == ups(), str < ups())
