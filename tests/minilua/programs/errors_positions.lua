-- the names of what fails, in every position
local t = {}
for _, e in ipairs{"t[1].x", "t[1.0].x", "t[2-1].x", "t[255].x", "t[256].x", "t[-1].x", "t[2^1].x", "t[4//2].x", "t[4/2].x", "t[~-2].x", "t[1<<3].x", "t[1<<8].x", "t['a'].x", "t['a b'].x", "t[nil].x", "t[true].x", "t[t].x", "t[1][2].x", "(t[1]).x", "t.a.b.c", "t[#t].x", "t['a'..'b'].x", "t[(1)].x", "t[- -1].x", "t[0].x", "t[-0.0].x", "t[3 % -2].x", "t[0x10].x", "t[1e0].x", "(1 < 2).x", "(-1).x", "(2^53).x", "('x').y.z", "(not t).x", "(#t).x", "({}).x.y", "(t and t.x).y", "(t or 1).x.y", "t.x()", "t[1]()", "t[t]()", "t.x.y()", "t:x()", "t[1]:y()", "(t.x)()", "(t)()", "('x')()", "(1)()", "({})()", "(function() end).x", "(function() end)().x", "t.x + 1", "1 + t.x", "t.x .. 'a'", "'a' .. t.x", "t.x < 1", "-t.x", "#t.x", "~t.x", "t.x & 1", "1.5 & 1", "2^0.5 | 1", "t.x.y.z", "G.x", "G()", "G.x()", "G + 1", "1 .. G", "G < 1", "t[G].x", "t[G.x]", "t.x[1]", "t[1][1]", "up.x", "up()", "up.x.y", "up + 1", "up.x()", "up[1]()", "up:m()", "s.x.y", "s:nope()", "s.x()", "s()", "#up", "-s", "s + 1", "s + {}", "t + s", "s .. t", "nil .. 's'", "true + 1", "1 + true", "nil + nil", "'a' + 'b'", "'1' + {}", "{} + '1'", "'a' < 1", "1 < 'a'", "t < t", "t <= 1", "nil > 1", "f() + 1", "f().x", "f()()", "f():m()", "f() .. 'x'", "s:rep(3)()", "s:rep(3).x.y", "math.x.y", "math.x()", "string.rep()", "s:rep()", "('x'):rep({})", "t.x.x.x", "select('#').x.y", "(...).x", "(...)()", "... + 1", "(... or t).x.y", "setmetatable(1, 2)", "s:format(1, 2, {})", "('%d'):format('x')", "s:bad(1)", "t[f]()", "t[f].x", "t[print]()", "t[s].x", "t[s]()", "t.x[f]", "(t[1] or t[2]).x", "t.x and t.y.z or t.a.b", "c.x", "c()", "c + {}", "k.x", "k()", "k + {}", "n.x", "n()", "#n", "tt.x.y.z", "_ENV.x.y", "_ENV.x()", "_G.x.y", "_ENV[1].x"} do
  local src = "local up, s = nil, 'str' local t, f = {}, function() end local c <const> = 5 local k <const> = 'kon' local n <const> = nil local tt <const> = {} return (function(...) local v = " .. e .. " end)(), (function() return up, s, t, f, tt end)"
  local chunk, m = load(src, "=e")
  print(e, m, chunk and tostring((select(2, pcall(chunk)))):gsub("0x%x+", "0x"))
  local src = "local up, s = nil, 'str' local t, f = {}, function() end local c <const> = 5 local k <const> = 'kon' local n <const> = nil local tt <const> = {} local v = " .. e
  local chunk, m = load(src, "=e")
  print(e, m, chunk and tostring((select(2, pcall(chunk)))):gsub("0x%x+", "0x"))
  local chunk, m = load("local t, s, f = {}, 's', print; if " .. e .. " then end", "=e")
  print(e, m, chunk and tostring((select(2, pcall(chunk)))):gsub("0x%x+", "0x"))
  local chunk, m = load("local t, s, f = {}, 's', function() end; return " .. e, "=e")
  print(e, m, chunk and tostring((select(2, pcall(chunk)))):gsub("0x%x+", "0x"))
  local chunk, m = load("local t, s, f = {}, 's', function() end; local a, b = 1, " .. e .. ", 3", "=e")
  print(e, m, chunk and tostring((select(2, pcall(chunk)))):gsub("0x%x+", "0x"))
  local chunk, m = load("local t, s, f = {}, 's', function() end; f(1, " .. e .. ", 3)", "=e")
  print(e, m, chunk and tostring((select(2, pcall(chunk)))):gsub("0x%x+", "0x"))
  local chunk, m = load("local t, s, f = {}, 's', function() end; t.y, t.z = " .. e .. ", 3", "=e")
  print(e, m, chunk and tostring((select(2, pcall(chunk)))):gsub("0x%x+", "0x"))
  local chunk, m = load("local t, s, f = {}, 's', function() end; return {1, " .. e .. ", x = 5}", "=e")
  print(e, m, chunk and tostring((select(2, pcall(chunk)))):gsub("0x%x+", "0x"))
end
