--- gc resurrect chain
local mt = {} mt.__gc = function() setmetatable({}, mt) end setmetatable({}, mt) for i = 1, 1e6 do setmetatable({}, mt) end

--- gc endless
local mt = {} mt.__gc = function() while true do end end for i=1,1e9 do setmetatable({}, mt) end

--- gc recursion deep
local mt = {} local n = 0 mt.__gc = function() n = n + 1 local x = setmetatable({}, mt) x = nil end local x = setmetatable({}, mt) x = nil return n

--- gc pcall
local mt = {} mt.__gc = function() pcall(function() while true do end end) while true do end end setmetatable({}, mt) collectgarbage() while true do setmetatable({}, mt) end

--- close after limit
local t <close> = setmetatable({}, {__close = function() while true do pcall(error) end end}) while true do end

--- close nest
local function f() local t <close> = setmetatable({}, {__close = function() f() end}) f() end pcall(f) while true do pcall(f) end

--- close in coroutine deep
local function f() local t <close> = setmetatable({}, {__close = function() while true do end end}) coroutine.yield() end for i=1,100 do local c = coroutine.create(f) coroutine.resume(c) end collectgarbage() return 1

--- deep list drop
local t = {} for i = 1, 300000 do t = {t} end t = nil collectgarbage() return 1

--- deep record drop
local t = {} for i = 1, 200000 do t = {next = t} end t = nil collectgarbage() return 1

--- deep closures drop
local f = function() end for i = 1, 200000 do local g = f f = function() return g end end f = nil collectgarbage() return 1

--- deep closures chain drop 2
local function wrap(g) return function() return g() end end local f = print for i = 1, 150000 do f = wrap(f) end f = nil return 1

--- deep coroutine chain drop
local f = function() end for i = 1, 30000 do local g = f local co = coroutine.wrap(function() coroutine.yield() return g end) co() f = co end f = nil collectgarbage() return 1

--- deep coroutine objects drop
local c = 1 for i = 1, 30000 do local g = c c = coroutine.create(function() coroutine.yield() return g end) coroutine.resume(c) end c = nil collectgarbage() return 1

--- deep metatable drop
local t = {} for i = 1, 20000 do t = setmetatable({}, {x = t}) end t = nil collectgarbage() return 1

--- deep keys drop
local t = {} for i = 1, 200000 do t = {[t] = 1} end t = nil collectgarbage() return 1

--- deep gmatch drop
local g = print for i=1,100000 do local h = g g = function() return h, ("x"):gmatch("x") end end g = nil return 1

--- yield deep then drop
local function f(n) if n == 0 then coroutine.yield() else f(n - 1) end return 1 end for i = 1, 5 do local co = coroutine.create(f) coroutine.resume(co, 5000) co = nil collectgarbage() end return 1

--- yield deepest then drop
local n = 0 local function f() n = n + 1 if n == 13000 then coroutine.yield() end f() return 1 end local co = coroutine.create(f) print(coroutine.resume(co)) co = nil collectgarbage() return n

--- yield deepest then drop 6500
local n = 0 local function f() n = n + 1 if n == 6500 then coroutine.yield() end f() return 1 end local co = coroutine.create(f) print(coroutine.resume(co)) co = nil collectgarbage() return n

--- yield deepest then close
local n = 0 local function f() n = n + 1 if n == 6500 then coroutine.yield() end f() return 1 end local co = coroutine.create(f) print(coroutine.resume(co)) return coroutine.close(co)

--- yield deepest then close with close var
local n = 0 local function f() n = n + 1 local v <close> = setmetatable({}, {__close=function() end}) if n == 6000 then coroutine.yield() end f() return 1 end local co = coroutine.create(f) print(coroutine.resume(co)) return coroutine.close(co)

--- yield deep 3000 resumed often
local function f(n) if n == 0 then while true do coroutine.yield() end end f(n - 1) return 1 end local co = coroutine.wrap(f) co(3000) while true do co() end

--- deep pcall in coroutine
local function f() return (pcall(f)) end local co = coroutine.wrap(f) return co()

--- deep pcall in coroutine notail
local function f() pcall(f) return 1 end local co = coroutine.wrap(f) return co()

--- deep metamethod in coroutine
local t = setmetatable({}, {__add = function(a, b) return (a + b) + 1 end}) return coroutine.wrap(function() return pcall(function() return t + 1 end) end)()

--- deep index in coroutine
local t t = setmetatable({}, {__index = function(s, k) return t[k + 1] end}) return coroutine.wrap(function() return pcall(function() return t[1] end) end)()

--- deep call meta in coroutine
local t t = setmetatable({}, {__call = function(s, k) return t(k + 1) + 1 end}) return coroutine.wrap(function() return pcall(t, 1) end)()

--- deep concat in coroutine
local t t = setmetatable({}, {__concat = function(a, b) return (a .. b) .. "x" end}) return coroutine.wrap(function() return pcall(function() return t .. t end) end)()

--- deep eq in coroutine
local m = {} m.__eq = function(a, b) return not (a == b) end local a, b = setmetatable({}, m), setmetatable({}, m) return coroutine.wrap(function() return pcall(function() return a == b end) end)()

--- deep len in coroutine
local m = {} m.__len = function(a) return #a + 1 end local a = setmetatable({}, m) return coroutine.wrap(function() return pcall(function() return #a end) end)()

--- deep plain recursion in coroutine
local function f(n) return 1 + f(n + 1) end return coroutine.wrap(function() return pcall(f, 1) end)()

--- deep for iterator in coroutine
local function f() for x in f do return 1 end end return coroutine.wrap(function() return pcall(f) end)()

--- deep newindex in coroutine
local t t = setmetatable({}, {__newindex = function(s, k, v) s[k + 1] = v end}) return coroutine.wrap(function() return pcall(function() t[1] = 1 end) end)()

--- deep lt in coroutine
local m = {} m.__lt = function(a, b) return not (a < b) end local a, b = setmetatable({}, m), setmetatable({}, m) return coroutine.wrap(function() return pcall(function() return a < b end) end)()

--- coroutine in coroutine 1e5
local function f(n) if n > 0 then return coroutine.wrap(f)(n - 1) end return 1 end return pcall(f, 100000)

--- wrap in wrap error
local function f(n) return coroutine.wrap(function() f(n + 1) end)() end return pcall(f, 1)

--- wrap in wrap in pcall
local function f(n) local ok, e = pcall(coroutine.wrap(function() f(n + 1) end)) error(e) end return pcall(f, 1)

--- resume self recursion
local co co = coroutine.create(function() return coroutine.resume(co) end) return coroutine.resume(co)

--- coroutines without end
local t = {} for i = 1, 1e9 do t[i] = coroutine.create(function() coroutine.yield(i) end) coroutine.resume(t[i]) end

--- coroutine created never run
local t = {} for i = 1, 1e9 do t[i] = coroutine.create(print) end

--- closures without end
local t = {} for i = 1, 1e9 do t[i] = function() return i end end

--- varargs grow
local function f(...) return f(1, ...) end f()

--- varargs grow non-tail
local function f(...) local x = f(1, ...) return x end f()

--- varargs grow double
local function f(...) return f(1, ..., ...) end f(1)

--- varargs loop pack
local t = {1} while true do t = {table.unpack(t), table.unpack(t)} t = {table.unpack(t, 1, #t)} for i = 1, #t do t[#t + 1] = i end end

--- varargs pass
local function g(...) return select('#', ...) end local t = {} for i = 1, 200 do t[i] = i end local function f(...) return f(table.unpack(t), ...) end return pcall(f)

--- varargs big passed
local function f(n, ...) if n == 0 then return select('#', ...) end return f(n - 1, ...) end return f(1000, table.unpack({}, 1, 900000))

--- varargs big passed nontail
local function f(n, ...) if n == 0 then return select('#', ...) end return (f(n - 1, ...)) end return pcall(f, 1000, table.unpack({}, 1, 900000))

--- results big chain
local function f(n) if n == 0 then return table.unpack({}, 1, 200000) end return 1, f(n - 1) end return select('#', f(5000))

--- pcall big chain
local function f(n, ...) if n == 0 then return ... end return pcall(f, n - 1, ...) end return select('#', f(180, table.unpack({}, 1, 900000)))

--- string.byte flood
local s = ('x'):rep(900000) local t = {} while true do t[#t + 1] = {s:byte(1, -1)} end

--- codepoint flood
local s = utf8.char(0x10FFF0):rep(200000) local t = {} while true do t[#t + 1] = {utf8.codepoint(s, 1, -1)} end

--- codepoint once
local s = utf8.char(0x10FFF0):rep(240000) return select('#', utf8.codepoint(s, 1, -1))

--- unpack strings
local t = {} for i = 1, 500000 do t[i] = i + 0.5 end return select('#', table.unpack(t), table.unpack(t))

--- unpack nested call
local t = {} for i = 1, 900000 do t[i] = 1 end local function g(...) return ... end return select('#', g(table.unpack(t)), g(table.unpack(t)))

--- table pack loop
local t = {} while true do t[#t + 1] = table.pack(table.unpack({}, 1, 900000)) end

--- sort shared long equal strings
local a = {} for i = 1, 20 do a[i] = ('x'):rep(1 << 20) .. i end local t = {} for i = 1, 500000 do t[i] = a[i % 20 + 1] end table.sort(t) return #t

--- sort comparator yields
local t = {3, 1, 2} return coroutine.wrap(function() return pcall(table.sort, t, function(a, b) coroutine.yield() return a < b end) end)()

--- sort comparator errors
return pcall(table.sort, {3, 1, 2}, function() error({}) end)

--- sort comparator mutates
local t = {} for i = 1, 1000 do t[i] = (i * 7919) % 1009 end table.sort(t, function(a, b) t[#t + 1] = a t[1] = nil return a < b end) return 1

--- sort comparator empties
local t = {} for i = 1, 1000 do t[i] = (i * 7919) % 1009 end return pcall(table.sort, t, function(a, b) for i = #t, 1, -1 do t[i] = nil end return a < b end)

--- sort comparator loops
return pcall(table.sort, {3, 1, 2}, function(a, b) while true do pcall(error) end end)

--- sort comparator recursive
local function c(a, b) table.sort({3, 2, 1}, c) return a < b end return pcall(table.sort, {3, 1, 2}, c)

--- sort numbers huge
local t = {} for i = 1, 3000000 do t[i] = (i * 7919) % 1000003 end table.sort(t) return t[1]

--- sort mixed
local t = {} for i = 1, 100000 do t[i] = (i * 7919) % 1000003 end t[50000] = 1.5 for i = 1, 1000 do table.sort(t) for j = 1, #t do t[j] = (j * 7919 + i) % 1000003 end end return t[1]

--- sort with __lt objects
local m = {__lt = function(a, b) return a.v < b.v end} local t = {} for i = 1, 200000 do t[i] = setmetatable({v = (i * 7919) % 1000003}, m) end table.sort(t) return t[1].v

--- gsub callback recursion
local function f(s) return (s:gsub('x', f)) end return pcall(f, 'x')

--- gsub callback loop
return (('x'):rep(100)):gsub('x', function() while true do pcall(error) end end)

--- gsub callback grows
local s = ('x'):rep(1000) return s:gsub('x', function() return s end):gsub('x', function() return s end)

--- gsub table giant
local s = ('x'):rep(60000) return (s:gsub('x', {x = ('y'):rep(60000)}))

--- gsub __index
return (('x'):rep(1000)):gsub('x', setmetatable({}, {__index = function(t, k) return (k:gsub('x', t)) end}))

--- gsub yields
return coroutine.wrap(function() return pcall(string.gsub, 'xxx', 'x', coroutine.yield) end)()

--- gsub exp
return (('a'):rep(40)):gsub(('a?'):rep(40) .. ('a'):rep(40) .. 'b', '')

--- pattern lazy chain
return (('a'):rep(5000)):find(('(.-)'):rep(10) .. 'x')

--- pattern lazy chain 31
return (('a'):rep(100000)):find(('(.-)'):rep(31) .. 'x')

--- pattern greedy captures
return (('a'):rep(100000)):find(('(a*)'):rep(31) .. 'x')

--- pattern optional
return (('a'):rep(30)):find(('a?'):rep(30) .. ('a'):rep(30))

--- pattern optional 190
return (('a'):rep(100)):find(('a?'):rep(190) .. ('a'):rep(101))

--- pattern balance many
return (('('):rep(50000) .. (')'):rep(49999)):find('%b()%b()x')

--- pattern balance in gsub
return (('('):rep(100000)):gsub('%b()', 'x')

--- pattern backrefs
return (('ab'):rep(20000)):find('(.*)(.*)%1%2x')

--- pattern backrefs lazy
return (('a'):rep(20000)):find('^(.-)(.-)(.-)%1%2%3%1x')

--- pattern backref class
return (('a'):rep(20000) .. 'b'):find('([ab]+)([ab]+)%2%1c')

--- pattern frontier
return (('a b '):rep(100000)):gsub('%f[%w].-%f[%W]x', '')

--- pattern 33 captures
return pcall(string.find, 'x', ('()'):rep(33))

--- pattern giant set
return (('a'):rep(100000)):find('[' .. ('a-z'):rep(100000) .. ']x')

--- pattern giant literal
return (('a'):rep(1000000)):find(('a'):rep(500000) .. 'b')

--- pattern giant dots
return (('a'):rep(1000000)):find(('.'):rep(500000) .. 'b')

--- pattern giant many caches
for i = 1, 1e9 do (('x'):rep(10)):find(('%w'):rep(20000) .. i) end

--- pattern many small
for i = 1, 1e9 do ('x'):find('[x' .. i .. ']%d*' ) end

--- find init abuse
local s = ('a'):rep(100000) for i = 1, 1e9 do s:find('b', -i) s:find('b', math.mininteger) s:find('', math.maxinteger) end

--- gmatch endless
for a in ('x'):rep(1 << 20):gmatch('') do for b in ('y'):rep(1 << 20):gmatch('.-') do end end

--- gmatch quadratic
for a in (('a'):rep(200000)):gmatch('a-b') do end return 1

--- gmatch anchored
local n = 0 for a in (('a'):rep(200000)):gmatch('^a') do n = n + 1 end return n

--- match trailing
return ((' '):rep(200000) .. 'x'):match('^(.-)%s*$')

--- match email
return (('a'):rep(100000)):match('[%w.]+@[%w.]+%.%w+')

--- rep sep
return #(''):rep(1 << 40, ('x'):rep(100))

--- rep empty
return #(''):rep(1 << 62)

--- rep concat loop
local s = '' while true do s = ('x'):rep(1e6) .. s .. ('y'):rep(1e6) end

--- rep 1e9
return ('x'):rep(1e9) .. ''

--- concat in small pieces
local t = {} local s = ('x'):rep(8000) while true do t[#t + 1] = s .. s end

--- concat chain
local s = ('x'):rep(1 << 20) return #(s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s)

--- concat shared large
local s = ('x'):rep(1 << 20) local t = {} for i = 1, 100000 do t[i] = s end return #table.concat(t, s)

--- print shared large
local s = ('x'):rep(1 << 20) local t = {} for i = 1, 10000 do t[i] = s end print(table.unpack(t))

--- print flood
while true do print(('x'):rep(1 << 16)) end

--- warn shared large
local s = ('x'):rep(1 << 20) local t = {} for i = 1, 10000 do t[i] = s end warn(table.unpack(t))

--- load shared pieces
local s, n = (' '):rep(1 << 20), 0 return load(function() n = n + 1 if n < 2000 then return s end end)

--- error giant
error(('x'):rep(60 << 20))

--- error giant bytes
error(('\xff'):rep(30 << 20))

--- return giant bytes
return ('\xff'):rep(50 << 20)

--- return many giant
local s = ('\xff'):rep(20 << 20) return s, s, s, s, s, s, s, s

--- error giant with pcall
local s = ('x'):rep(20 << 20) for i = 1, 1000 do s = select(2, pcall(error, s)) end return #s

--- error giant levels
local function f(n) if n == 0 then error(('x'):rep(1 << 20)) end local ok, e = pcall(f, n - 1) error(e) end return pcall(f, 150)

--- name giant
local t = setmetatable({}, {__name = ('x'):rep(30 << 20)}) return pcall(function() return t.x.y end), pcall(function() return t + 1 end), #tostring(t)

--- tostring loop
local t = setmetatable({}, {__tostring = function(s) return tostring(s) end}) return pcall(tostring, t)

--- tostring giant
local t = setmetatable({}, {__tostring = function(s) return ('x'):rep(30 << 20) end}) return #(tostring(t) .. tostring(t) .. tostring(t))

--- format 99.99f
local t = {} for i = 1, 100 do t[i] = 1.7e308 end local f = ('%99.99f'):rep(100) while true do f:format(table.unpack(t)) end

--- format s huge repeated
local s = ('x'):rep(1 << 20) return #string.format(('%s'):rep(200), table.unpack((function() local t = {} for i = 1, 200 do t[i] = s end return t end)()))

--- format q
return #string.format('%q', ('\0'):rep(20 << 20))

--- format q loop
local s = ('\n'):rep(1 << 20) for i = 1, 50 do s = string.format('%q', s) end return #s

--- format giant format
return #(('%5d'):rep(1000000)):format(1)

--- format tostring evil
return string.format('%s %s', setmetatable({}, {__tostring = function() while true do end end}), 1)

--- pack padding
return #string.pack(('!16 i1 Xi16 '):rep(100000), table.unpack({}, 1, 1))

--- pack s8
local s = ('x'):rep(20 << 20) return #string.pack('s8s8s8s8', s, s, s, s)

--- pack z
return #string.pack(('z'):rep(1000), table.unpack((function() local t = {} local s = ('x'):rep(1 << 18) for i = 1, 1000 do t[i] = s end return t end)()))

--- pack c
return #string.pack('c2000000000', 'x')

--- packsize
return string.packsize(('c2000000000'):rep(100))

--- unpack format huge
return select('#', string.unpack(('B'):rep(900000), ('x'):rep(900000)))

--- utf8 char many
return #utf8.char(table.unpack((function() local t = {} for i = 1, 240000 do t[i] = 0x7FFFFFFF end return t end)()))

--- utf8 codes bad
for p, c in utf8.codes(('\xf4'):rep(100000)) do end

--- utf8 len giant
local s = ('\u{10FFFF}'):rep(1 << 20) for i = 1, 1e9 do utf8.len(s) utf8.offset(s, -1) utf8.offset(s, 1 << 19) end

--- table.unpack range
return select('#', table.unpack({}, 1, 1e8))

--- table.unpack mininteger
return pcall(table.unpack, {}, math.mininteger, math.maxinteger)

--- table.move ranges
return pcall(table.move, {}, math.mininteger, -1, 2), table.move({}, 1, 1e12, 5)

--- table.move fill
local t = {1} for i = 0, 40 do table.move(t, 1, 1 << i, (1 << i) + 1) end return #t

--- table.insert middle
local t = {} for i = 1, 300000 do t[i] = i end for i = 1, 1e9 do table.insert(t, 1, i) end

--- table.remove first
local t = {} for i = 1, 400000 do t[i] = i end while #t > 0 do table.remove(t, 1) end return 1

--- table.remove meta
return pcall(table.remove, setmetatable({}, {__len = function() return math.maxinteger end}), 1)

--- next while modifying
local t = {a = 1} for k in pairs(t) do t[k .. 'x'] = 1 end local n = 0 for k in next, t do n = n + 1 t[k .. n] = 1 if n > 100000 then break end end return 1

--- next quadratic
local t = {} for i = 1, 100000 do t['k' .. i] = i end for i = 1, 1e9 do next(t, 'k' .. (i % 100000 + 1)) t['n' .. i] = 1 end

--- next from middle
local t = {} for i = 1, 200000 do t['k' .. i] = i end for i = 1, 1e9 do next(t, 'k100000') end

--- pairs endless
for k in pairs(setmetatable({}, {__pairs = function(t) return function(t, k) return (k or 0) + 1 end, t, nil end})) do end

--- pairs huge loop nested
local t = {} for i = 1, 1000000 do t[i] = i end for k in pairs(t) do for k in pairs(t) do end end

--- index chain 1e6
local t = {} for i = 1, 1000000 do t = setmetatable({}, {__index = t}) end return t.x

--- index chain joined
local function chain(n, e) local t = e for i = 1, n do t = setmetatable({}, {__index = t}) end return t end local e1 = {} local a = chain(700, e1) local b = chain(700, {}) setmetatable(e1, {__index = b}) return a.x

--- index chain joined functions
local function chain(n) local first = {} local t = first for i = 1, n do t = setmetatable({}, {__index = t}) end return t, first end local a, a1 = chain(900) local b, b1 = chain(900) setmetatable(a1, {__index = b}) b1.x = 5 return a.x

--- index chain late
local ts, ms = {}, {} for i = 1, 3000 do ts[i], ms[i] = {}, {} setmetatable(ts[i], ms[i]) end for i = 3000, 2, -1 do ms[i].__index = ts[i - 1] end return ts[3000].x

--- index chain late forward
local ts, ms = {}, {} for i = 1, 3000 do ts[i], ms[i] = {}, {} setmetatable(ts[i], ms[i]) end for i = 2, 3000 do ms[i].__index = ts[i - 1] end return ts[3000].x

--- mirror bomb
local base, mid, mm = {}, {}, {} for i = 1, 20000 do base['k' .. i] = i end setmetatable(mid, mm) local all = {} for i = 1, 1000 do all[i] = setmetatable({}, {__index = mid}) end mm.__index = base return all[1].k1

--- mirror bomb grow
local base = {} local all = {} for i = 1, 5000 do all[i] = setmetatable({}, {__index = base}) end for i = 1, 1e9 do base['k' .. i] = i end

--- mirror flip
local base, mid, mm = {}, {}, {} for i = 1, 2000 do base['k' .. i] = i end setmetatable(mid, mm) local all = {} for i = 1, 500 do all[i] = setmetatable({}, {__index = mid}) end for i = 1, 1e9 do mm.__index = base mm.__index = nil end

--- eq in chain
local n = 0 local m = {__eq = function(a, b) n = n + 1 return true end} local a, b, c = setmetatable({}, m), setmetatable({v = 1}, m), {} m.__index = b getmetatable(a).__index = b setmetatable(c, {__index = a}) return c.v, n

--- metatable of itself
local t = {} setmetatable(t, t) t.__index = t t.__newindex = t return pcall(function() t.x = 1 end)

--- metatable cycle
local a, b = {}, {} setmetatable(a, {__index = b}) setmetatable(b, {__index = a}) return pcall(function() return a.x end)

--- metatables without end
local t = {} for i = 1, 1e9 do t[i] = setmetatable({}, {__index = function() end}) end

--- metatables garbage
for i = 1, 1e9 do setmetatable({}, {__index = {}}) end

--- call chain
local t = print for i = 1, 3000 do t = setmetatable({}, {__call = t}) end return pcall(t)

--- eq giant strings
local a, b = ('x'):rep(1 << 24) .. 'a', ('x'):rep(1 << 24) .. 'b' for i = 1, 1e9 do local c = a == b, a < b end

--- giant keys
local t = {} for i = 1, 1e9 do t[('x'):rep(100000) .. i] = i end

--- shift
return 1 << 1000000000, 1 >> -1000000000, 2 ^ 1e9, 1 << math.mininteger

--- int floor chain
local x = math.maxinteger for i = 1, 1e9 do x = (x // -1) * 3 ~ i end

--- math random
for i = 1, 1e9 do math.random(0) math.random(1, 1 << 62) end

--- random seed
for i = 1, 1e9 do math.randomseed(i, i) end

--- goto loop
::a:: goto b ::b:: goto a

--- repeat pcall
repeat pcall(function() repeat until false end) until false

--- error handler recursion
local function h(e) error(e) end return xpcall(error, h, 1)

--- error handler loops
return xpcall(error, function() while true do pcall(error) end end)

--- error handler xpcall
local function h(e) return xpcall(error, h, e) end return h(1)

--- error in error tostring
error(setmetatable({}, {__tostring = function(s) error(s) end}))

--- error object evil
error(setmetatable({}, {__tostring = function() while true do end end, __index = function() while true do end end, __name = 1}))

--- error nil
error()

--- error from coroutine chain
local function f(n) if n == 0 then error(('x'):rep(100000)) end coroutine.wrap(f)(n - 1) end return pcall(f, 150)

--- load parens
return load(('('):rep(1000000))

--- load brackets nested index
return load('return a' .. ('[a'):rep(1000000))

--- load functions nested
return load(('function f() '):rep(1000000))

--- load index chain
return load('return a' .. ('.b'):rep(1000000))

--- load call chain
return load('a' .. ('()'):rep(500000))

--- load method chain
return load('return a' .. (':b()'):rep(300000))

--- load string calls
return load('return f' .. ('"x"'):rep(300000))

--- load long comment
return load('--[' .. ('='):rep(1000000) .. '[' .. ('x'):rep(1 << 22))

--- load long string levels
return load('return [' .. ('='):rep(1 << 20) .. '[x]' .. ('='):rep(1 << 20) .. ']')

--- load unfinished brackets
return load(('[='):rep(1 << 20))

--- load long escapes
return load('return "' .. ('\\z '):rep(1 << 20) .. '"'), load('return "' .. ('\\u{7FFFFFFF}'):rep(100000) .. '"')

--- load numerals
return load('return ' .. ('9'):rep(1 << 22)), load('return 0x' .. ('f'):rep(1 << 22)), load('return 0x.' .. ('f'):rep(1 << 22) .. 'p' .. ('9'):rep(1 << 20)), load('return 1e' .. ('9'):rep(1 << 20))

--- load locals
local s = {} for i = 1, 190 do s[i] = 'local a' .. i end return load(table.concat(s, ' '):rep(2000))

--- load do blocks
return load(('do local a '):rep(190) .. ('end '):rep(190))

--- load many functions
return load(('local function f() end '):rep(150) .. ('function g() end '):rep(50000))

--- load upvalues
return load('local a ' .. ('function f() a = a end '):rep(20000))

--- load gotos
return load(('::l%d:: goto l%d '):rep(1):format(1, 1) .. (function() local t = {} for i = 1, 20000 do t[i] = '::x' .. i .. ':: goto x' .. i end return table.concat(t, ' ') end)())

--- load labels nested
return load((function() local t = {} for i = 1, 100 do t[i] = 'do ::x' .. i .. ':: while a do goto x' .. i .. ' ' end return table.concat(t) .. ('end end '):rep(100) end)())

--- load and or
return load('return ' .. ('a and b or '):rep(100000) .. 'c')

--- load comparison chain
return load('return ' .. ('a == '):rep(100000) .. 'c')

--- load pow chain
return load('return ' .. ('2 ^ '):rep(100000) .. '2')

--- load concat constants
return load('return ' .. ('"xxxxxxxxxx" .. '):rep(20000) .. '"y"')

--- load tables nested
return load('return ' .. ('{{},'):rep(190) .. ('}'):rep(190))

--- load table flat
return load('return {' .. ('a=1,'):rep(300000) .. '}')

--- load table strings
return load('return {' .. ('[ [[x]] ]=1;'):rep(100000) .. '}')

--- load args flat
return load('return f(' .. ('1,'):rep(300000) .. '1)')

--- load params
return load('return function(' .. ('a,'):rep(100000) .. 'a) end')

--- load assign many
return load(('a,'):rep(100000) .. 'a = 1')

--- load constant folding
return load('return ' .. ('1 << 62 << '):rep(10000) .. '1'), load('return ' .. ('2^1023*'):rep(10000) .. '2'), load('return ' .. ('9223372036854775807*'):rep(20000) .. '2')

--- load constant folding strings
return load('return ("x"):rep(1e9)'), load('return ("x" .. "y"):rep(1e10)'), load('local x <const> = "' .. ('y'):rep(1 << 20) .. '" return ' .. ('x..'):rep(1000) .. 'x')

--- load attr names
for i = 1, 1e9 do load('return t.name_' .. i) end

--- load attr names kept
local t = {} for i = 1, 1e9 do t[i] = load('return t.nam_' .. i) end

--- load globals names
for i = 1, 1e9 do load('glob_' .. i .. ' = 1')() end

--- load chunk names
for i = 1, 1e9 do load('return 1', ('n'):rep(100000) .. i) end

--- load chunk name evil
return load('error("x")', '=<string>\0\n"""'), pcall(load('error("x")', '@' .. ('../'):rep(1000) .. 'etc/passwd')), pcall(load('error("x")', '=%s%d%n{0}{0.__class__}'))

--- load big sources cache
local s = ('x = 1 '):rep(5000) for i = 1, 1e9 do load(s .. '-- ' .. i) end

--- load dump roundtrip
local f = load('return 1') for i = 1, 1e9 do f = load(string.dump(f)) end

--- load dump corrupt
local d = string.dump(function() return 1 end) for i = 1, #d do for b = 0, 255, 51 do load(d:sub(1, i - 1) .. string.char(b) .. d:sub(i + 1)) end end return 1

--- load dump inject
local d = string.dump(load('return 1')) return pcall(load, (d:gsub('return 1', 'return __import__("os")'))), pcall(load(d))

--- load in load
local n = 0 function f() n = n + 1 return load('return f()')() end return pcall(f)

--- load in load nontail
function f() local x = load('local x = f() return x')() return x end return pcall(f)

--- load reader recursion
local function r() load(r) return nil end return pcall(load, r)

--- load reader evil
return load(function() while true do end end)

--- load reader yields
return coroutine.wrap(function() return load(coroutine.yield) end)()

--- require recursion
return pcall(require, 'x'), pcall(function() package.searchers[1] = function() return require('x') end return require('x') end)

--- env evil
local _ENV = setmetatable({}, {__index = function(t, k) return k .. k end}) x = y while true do x = x .. z end

--- env loop
local _ENV <const> = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v) end}) for i = 1, 1e9 do x = i end

--- G metatable
setmetatable(_G, {__index = function(t, k) return k end, __newindex = function(t, k, v) rawset(t, k .. 'x', v) end}) for i = 1, 1e9 do undefined = undefined end

--- string metatable
getmetatable('').__index = function(s, k) return s .. k end local s = ('x') while true do s = s.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa end

--- string metatable add
getmetatable('').__add = function(a, b) return a .. b end local s = 'x' while true do s = s + s end

--- string metatable broken
local m = getmetatable('') for k in pairs(m) do m[k] = nil end return pcall(function() return ('x'):rep(3) end)

--- os date
return #os.date(('%c'):rep(500000))

--- os date widths
return pcall(os.date, '%99999999d'), pcall(os.date, '%E'), pcall(os.date, ('%Y'):rep(10) .. '\0%')

--- os time
return pcall(os.time, {year = 1 << 60, month = 1 << 60, day = 1 << 60}), pcall(os.time, {year = 1e18, month = 1, day = 1}), pcall(os.date, '*t', 1e18), pcall(os.date, '*t', math.maxinteger), pcall(os.date, '*t', -1 << 62)

--- os clock loop
local t = os.clock() while os.clock() - t < 100 do end

--- collectgarbage loop
while true do collectgarbage() collectgarbage('count') collectgarbage('step', 1 << 62) end

--- weak tables
local t = setmetatable({}, {__mode = 'kv'}) for i = 1, 1e9 do t[i] = {} t[{}] = i end

--- weak values strong loop
local t = setmetatable({}, {__mode = 'v'}) local k = {} for i = 1, 1e9 do k[i] = {} t[i] = k[i] end

--- weak deep
local w = {} for i = 1, 100000 do w = setmetatable({w}, {__mode = 'k'}) end w = nil collectgarbage() return 1

--- debug escapes
return debug.getinfo, debug.getregistry, debug.getupvalue, debug.sethook, debug.setmetatable, debug.getlocal, pcall(debug.traceback, nil), #debug.traceback(('x'):rep(100))

--- debug traceback deep
local function f(n) if n == 0 then for i = 1, 1e9 do debug.traceback() end end return f(n - 1) + 1 end f(4000)

--- debug traceback giant
local s = ('x'):rep(1 << 20) for i = 1, 1e9 do s = debug.traceback(s) end

--- error level deep
local function f(n) if n == 0 then for i = 1, 1e9 do pcall(error, 'x', 1 << 40) end end return f(n - 1) + 1 end f(4000)

--- dunder names
local t = {} for _, n in ipairs{'__class__', '__dict__', '__globals__', '__builtins__', '__code__', '__closure__', '__mro__', '__subclasses__', '__init__', '__del__', '__import__', '__reduce__', '__getattribute__'} do t[n] = 1 _G[n] = 1 if getmetatable(t) then error('x') end end return t.__class__ + t.__globals__ + __builtins__ + __import__

--- dunder on values
local out = {} for _, v in ipairs{print, string.format, coroutine.create(print), coroutine.wrap(print), 'x', 1, 1.5, true} do for _, n in ipairs{'__class__', '__globals__', '__code__', 'gi_frame', 'func_globals', 'real', 'numerator', 'conjugate', 'format_map', 'encode', 'translate', 'cr_frame', 'mro', 'λhost'} do local ok, r = pcall(function() return v[n] end) if ok and r ~= nil then out[#out + 1] = tostring(v) .. n end end end assert(#out == 0, table.concat(out, ' '))

--- number attrs const
local x, y, z = 1, 1.5, true local r = {} r[1] = pcall(function() return x.real end) r[2] = pcall(function() return y.hex end) r[3] = pcall(function() return z.bit_length end) r[4] = pcall(function() return x.to_bytes end) for i = 1, 4 do assert(r[i] == false) end

--- metatable dunders
local t = setmetatable({}, {__class__ = 1, __dict__ = {}, __del__ = function() while true do end end, __init__ = print, __slots__ = {}, __hash__ = function() while true do end end, __bool__ = function() while true do end end, __str__ = print, __getattr__ = print, __setattr__ = print, __iter__ = print, __await__ = print, __mro_entries__ = print}) t = nil collectgarbage() return 1

--- index table dunders
local base = {__class__ = 5, __init__ = 6, __hash__ = 7, __eq__ = 8, __slots__ = 9, mro = 1, λ = nil} local t = setmetatable({}, {__index = base}) return t.__class__ + t.__init__ + t.__hash__ + t.__eq__ + t.__slots__ + t.mro

--- format injection
return pcall(error, '{0.__class__} %s %(x)s {}'), string.format('%s', '{0.__class__}%s'), ('x'):gsub('x', '%%s{0}'), pcall(function() local t = nil return t['%s{0}'] end), pcall(function() return ('%d'):format('%s') end)

--- gsub percent
return ('abc'):gsub('%w', '%%%0%%s'), pcall(string.gsub, 'x', 'x', '%'), pcall(string.gsub, 'x', 'x', '%9')

--- cancel swallow
while true do pcall(pcall, pcall, pcall, pcall, function() while true do end end) xpcall(function() while true do end end, function() while true do end end) end

--- all nested
coroutine.wrap(function() table.sort({3, 2, 1}, function(a, b) ('xx'):gsub('x', function() setmetatable({}, {__index = function() while true do pcall(function() while true do end end) end end}).x() end) return a < b end) end)()

--- tostring table of tables
local t = {} for i = 1, 1e9 do t[i] = tostring({}) end

--- host numbers
return 1e308 * 10, -(0/0), math.tointeger('x'), math.floor(1e308), pcall(math.floor, 0/0), string.format('%d', 3.0), pcall(string.format, '%d', 1e308), math.ult(1, -1), 5 // 0.0, pcall(function() return 5 // 0 end), pcall(function() return 5 % 0 end), math.fmod(5, math.huge), pcall(math.fmod, 5, 0)

--- for loop abuse
for i = math.maxinteger - 1, math.maxinteger do end for i = 1, 0, -1 do end pcall(function() for i = 1, 10, 0 do end end) for i = 1, math.huge do if i > 1e6 then break end end for i = 1.0, 2, 1e-9 do end

--- concat numbers
local s = '' for i = 1, 1e9 do s = s .. i .. 1.5 end

--- upper loop
local s = ('x'):rep(20 << 20) local t = {} for i = 1, 1e9 do t[i] = s:upper() end

--- reverse loop
local s = ('xy'):rep(10 << 20) local t = {} for i = 1, 1e9 do t[i] = s:reverse() end

--- sub copies
local s = ('xy'):rep(5 << 20) local t = {} for i = 1, 1e9 do t[i] = s:sub(2) end

--- sub small copies
local s = ('xy'):rep(4000) local t = {} for i = 1, 1e9 do t[i] = s:sub(2) end

--- match copies
local s = ('xy'):rep(5 << 20) local t = {} for i = 1, 1e9 do t[i] = s:match('^.(.*)$') end

--- gmatch copies
local s = ('xy'):rep(1 << 20) local t = {} for i = 1, 1e9 do for a, b, c in s:gmatch('^?((.*))()') do t[#t + 1] = a .. i end end

--- string.rep of rep
local s = 'x' for i = 1, 64 do s = s:rep(2) end return #s

--- tonumber giant
return tonumber(('9'):rep(10 << 20)), tonumber('0x' .. ('f'):rep(10 << 20)), tonumber(('z'):rep(1 << 20), 36), tonumber((' '):rep(10 << 20) .. '1'), tonumber('1e' .. ('0'):rep(1 << 20) .. '1')

--- arithmetic on giant numerals
return ('9'):rep(10 << 20) + 1, ('9'):rep(1 << 20) * ('9'):rep(1 << 20), -('9'):rep(1 << 20)

--- compare giant numerals
local a, b = ('9'):rep(1 << 20), ('9'):rep(1 << 20) for i = 1, 1e9 do local c = a + b end

--- assert giant
return assert(false, ('x'):rep(60 << 20))

--- select negative
return select(-1, table.unpack({}, 1, 900000)), pcall(select, math.mininteger, 1)

--- rawset nan
return pcall(rawset, {}, 0/0, 1), pcall(function() local t = {} t[nil] = 1 end), rawlen({}), rawequal(1, 1.0)

--- hash ints
local t = {} for i = 1, 1e9 do t[i << 40] = i end

--- hash floats
local t = {} for i = 1, 1e9 do t[2.0 ^ -i + i * 0.5] = i end

--- hash collisions
local P = (1 << 61) - 1 local t = {} for i = 1, 1e9 do t[(i << 20) * 1.5] = i t[i << 45] = 1 end

--- sparse arrays
local t = {} for i = 1, 1e9 do t[i * 2] = i t[-i] = i end

--- array holes
local t = {} for i = 1, 100000 do t[i] = i end for j = 1, 1e9 do for i = 1, 100000, 2 do t[i] = nil end for i = 1, 100000 do t[i] = i end end

--- metatable array holes
local t = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v) end}) for i = 1, 100000 do t[i] = i end for i = 1, 100000, 2 do t[i] = nil end return #t

--- length abuse
local t = setmetatable({}, {__len = function() return math.huge end}) return pcall(table.concat, t), pcall(table.unpack, t), pcall(table.insert, t, 1), pcall(table.sort, t)

--- length string
local t = setmetatable({}, {__len = function() return '5' end}) return pcall(table.concat, t), pcall(ipairs, t), #t

--- ipairs endless
for i, v in ipairs(setmetatable({}, {__index = function(t, i) return i end})) do end

--- ipairs deep
local t = setmetatable({}, {__index = function(t, i) for _ in ipairs(t) do end end}) return pcall(function() for _ in ipairs(t) do end end)

--- coroutine wrap iterate endless
for x in coroutine.wrap(function() while true do coroutine.yield(1) end end) do end

--- coroutine yield giant
for x in coroutine.wrap(function() while true do coroutine.yield(table.unpack({}, 1, 900000)) end end) do end

--- coroutine yield deep values
local co = coroutine.wrap(function(...) while true do coroutine.yield(...) end end) local t = {co(table.unpack({}, 1, 200000))} while true do t = {co(table.unpack(t))} end

--- coroutine error objects
local t = {} for i = 1, 1e9 do local co = coroutine.create(function() error({i, t}) end) t[#t + 1] = {coroutine.resume(co)} t[#t + 1] = co end

--- coroutine close errors
local function f() local x <close> = setmetatable({}, {__close = function(_, e) error(e or 'y') end}) error('x') end for i = 1, 1e9 do local co = coroutine.create(f) coroutine.resume(co) coroutine.close(co) end

--- pcall error chain
local e for i = 1, 1e9 do local ok, x = pcall(error, {e}) e = x end

--- error chain context
local function f(n) local ok, e = pcall(function() if n > 0 then f(n - 1) end error('x' .. n) end) error(e, 0) end return pcall(f, 190)

--- errors in finalizer chain
local function f(n) local c <close> = setmetatable({}, {__close = function() error('c' .. n) end}) if n > 0 then return f(n - 1), 1 end error('x') end return pcall(f, 5000)

--- tbc many
local s = {} for i = 1, 190 do s[i] = 'local x' .. i .. ' <close> = c ' end c = setmetatable({}, {__close = function() end}) local f = load(table.concat(s)) while true do f() end

--- string.len args
return pcall(string.rep), pcall(string.char, 256), pcall(string.char, -1), pcall(('x').rep, 'x', 1 << 62, 'y'), pcall(utf8.char, -1), pcall(utf8.char, 1 << 31)

--- deep recursion pcall loop
local function f() return f() + 1 end while true do pcall(f) end

--- deep recursion through sort pcall loop
local function f() table.sort({2, 1}, function() f() end) end while true do pcall(f) end

--- deep tostring
local t = setmetatable({}, {}) getmetatable(t).__tostring = function() return tostring(t) .. 'x' end return pcall(tostring, t)

--- deep print
local t = setmetatable({}, {}) getmetatable(t).__tostring = function() print(t) return 'x' end return pcall(print, t)

--- deep unm
local m = {} m.__unm = function(a) return -a end return pcall(function() return -setmetatable({}, m) end)

--- deep close
local m = {} m.__close = function() local x <close> = setmetatable({}, m) end return pcall(function() local x <close> = setmetatable({}, m) end)

--- deep le
local m = {} m.__le = function(a, b) return a <= b end local a = setmetatable({}, m) return pcall(function() return a <= a end)

--- deep idiv
local m = {} m.__idiv = function(a, b) return a // b end local a = setmetatable({}, m) return pcall(function() return a // a end)

--- deep bnot
local m = {} m.__bnot = function(a) return ~a end local a = setmetatable({}, m) return pcall(function() return ~a end)

--- deep mutual
local f, g function f() return g() + 1 end function g() return (select(2, pcall(f))) end return f()

--- deep gmatch
local function f() for x in ('x'):gmatch('x') do f() end end return pcall(f)

--- deep load require
local function f() return assert(load('return ...'))(f()) end return pcall(f)

--- deep methods
local o = {} function o:m() return self:m() + 1 end return pcall(o.m, o)

--- deep vararg
local function f(...) return 1 + f(...) end return pcall(f, 1, 2, 3)

--- deep string method
getmetatable('').__index = function(s, k) return s[k] end return pcall(function() return ('x').y end)

--- deep table constructor
local function f() return {f()} end return pcall(f)

--- deep and
local function f() return true and f() and 1 end return pcall(f)

--- deep closures mutual coroutine
local function f() return coroutine.wrap(function() return (pcall(f)) end)() end return pcall(f)

--- deep sort in coroutine in sort
local function f() table.sort({2, 1}, function() coroutine.wrap(f)() end) end return pcall(f)

--- deep xpcall
local function f() return xpcall(f, f) end return f()

--- deep xpcall handler
local function f() return xpcall(error, f) end return f()

--- deep xpcall traceback
local function f() return 1 + f() end return #select(2, xpcall(f, debug.traceback))

--- deep error with handler that recurses
local function r() return 1 + r() end return xpcall(r, r)

--- stack overflow loops with close
local function f() local x <close> = setmetatable({}, {__close = function() f() end}) return f() end return pcall(f)

--- many upvalues closures
local s = {} for i = 1, 60 do s[i] = 'local u' .. i .. ' = ' .. i end local f = load(table.concat(s, ' ') .. ' return function() return function() return u1' .. (function() local t = {} for i = 2, 60 do t[i - 1] = '+u' .. i end return table.concat(t) end)() .. ' end end')() local t = {} for i = 1, 1e9 do t[i] = f() end

--- integer for huge
local n = 0 for i = math.mininteger, math.maxinteger do n = n + 1 end return n

--- float for tiny
for i = 0, 1, 1e-300 do end

--- string compare loop
local a = ('x'):rep(1 << 20) local t = {} for i = 1, 2000 do t[i] = a .. '' end table.sort(t, function(x, y) return x < y end) return #t

--- utf8 charpattern
for c in (('\u{10FFFF}'):rep(1 << 18)):gmatch(utf8.charpattern) do end return 1

--- long line error
return load('x = = ' .. ('y'):rep(1 << 22)), load(('y'):rep(1 << 22) .. ' = = '), load('"' .. ('y'):rep(1 << 22))

--- names giant
local n = ('n'):rep(1 << 20) return load('return ' .. n .. '.' .. n .. ':' .. n .. '()'), pcall(load('return ' .. n .. '.' .. n))

--- names many giant
local t = {} for i = 1, 1e9 do t[i] = load('return t.' .. ('n'):rep(100000) .. i) end

--- math.type loop tail
local function a() return b() end function b() return a() end b()

--- tail call through pcall
local function f() return pcall(f) end while true do f() end

--- tail call coroutine
local function f() return coroutine.yield(f()) end return pcall(coroutine.wrap(f))

--- tail call metamethod
local t = setmetatable({}, {__call = function(self, ...) return self(...) end}) t(1, 2, 3)

--- tail loop vararg
local function f(n, ...) return f(n + 1, ...) end f(1, table.unpack({}, 1, 1000))

--- host: regex exp
return regex.match(('a'):rep(50) .. 'b', '(a+)+$')

--- host: regex exp alternation
return regex.match(('a'):rep(50) .. 'b', '(a|a)*$')

--- host: regex exp alternation 2
return regex.match(('a'):rep(50) .. 'b', '^(a|aa)+$')

--- host: regex quadratic
return regex.match(('a'):rep(300000), '\\w+=')

--- host: regex cubic
return regex.match(('a'):rep(20000), '.*.*=')

--- host: regex poly
return regex.match(('a'):rep(2000), '.*.*.*.*.*.*=')

--- host: regex nested
return regex.match(('x'):rep(40) .. '!', '(x+x+)+y')

--- host: regex email
return regex.match(('a'):rep(60), '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$')

--- host: regex backref
return regex.match(('a'):rep(3000), '(.*)(.*)(.*)\\1\\2\\3b')

--- host: regex lookahead
return regex.match(('a'):rep(50) .. 'b', '(?=(a+)+$)x')

--- host: regex lookbehind
return regex.match(('a'):rep(300000), '(?<=a)b|a(?=(a*)*c)')

--- host: regex counted
return regex.match(('a'):rep(60), '(a{1,30}){1,30}b')

--- host: regex counted nested
return regex.match(('a'):rep(100), '((((a{0,100}){0,100}){0,100}){0,100})b')

--- host: regex match_all memory
return #regex.match_all(('a'):rep(3000000), '(a)', 2)

--- host: regex match_all columns
return #regex.match_all(('a'):rep(3000000), '(a)(x?)(y?)')

--- host: regex gsub memory
return #regex.gsub(('a'):rep(100000), 'a', ('y'):rep(10000))

--- host: regex gsub groups
return #regex.gsub(('a'):rep(3000), '(a+)', ('$1'):rep(20000))

--- host: regex group memory
return regex.match(('ab'):rep(5000000), '^(a|b)*$')

--- host: regex giant brackets
return regex.match('x', ('['):rep(100000))

--- host: regex giant parens
return regex.match('x', ('('):rep(100000))

--- host: regex giant classes
return regex.match('x', '/' .. ('[\\x00-\\U0010ffff]'):rep(2000) .. '/i')

--- host: regex giant pattern
return regex.match(('a'):rep(1000), ('a?'):rep(100000) .. 'b')

--- host: regex many patterns
for i = 1, 1e9 do regex.match('x', 'x' .. i) end

--- host: regex many giant patterns
for i = 1, 1e9 do regex.match('x', ('x'):rep(7000) .. i) end

--- host: regex many templates
for i = 1, 1e9 do regex.gsub('x', 'x', ('y'):rep(100000) .. i) end

--- host: regex loop
while true do pcall(regex.match, ('a'):rep(30) .. 'b', '(a+)+$') end

--- host: regex flags
return pcall(regex.match, 'x', 'x', ('i'):rep(100000)), pcall(regex.match, 'x', '(?P<' .. ('n'):rep(100000) .. '>x)')

--- host: regex comments
return pcall(regex.match, 'x', ('(?#'):rep(100000)), pcall(regex.match, 'x', '(?x)' .. ('#'):rep(100000))

--- host: regex conditional
return regex.match(('a'):rep(60) .. 'c', '(a)?(?(1)(a|a)*b|c)')

--- host: json deep
return json.decode(('['):rep(1000000))

--- host: json deep closed
return pcall(json.decode, ('['):rep(100000) .. (']'):rep(100000)), pcall(json.decode, ('{"a":'):rep(100000) .. '1' .. ('}'):rep(100000))

--- host: json digits
return json.decode(('9'):rep(10000000)), json.decode('1e999999'), json.decode('-' .. ('9'):rep(1000000)), json.decode('[' .. ('9'):rep(1000000) .. 'e5]')

--- host: json digits many
return #json.decode('[' .. ('123456789012345678901234567890,'):rep(300000) .. '1]')

--- host: json array bomb
return #json.decode('[' .. ('0,'):rep(10000000) .. '1]')

--- host: json float bomb
return #json.decode('[' .. ('0.1,'):rep(4000000) .. '1]')

--- host: json string bomb
return #json.decode('[' .. ('"ab",'):rep(3000000) .. '1]')

--- host: json key bomb
local t = {} for i = 1, 100000 do t[i] = '"k' .. i .. '":{}' end return json.decode('{' .. table.concat(t, ',') .. '}')

--- host: json empty bomb
return #json.decode('[' .. ('[],'):rep(3000000) .. '1]')

--- host: json escapes bomb
return #json.decode('"' .. ('\\ud800'):rep(2000000) .. '"')

--- host: json escapes many
for i = 1, 1e9 do json.decode('"' .. ('\\u00e9'):rep(1000) .. '\\u1' .. string.format('%03x', i % 4096) .. '"') end

--- host: json backslashes
return json.decode('"' .. ('\\'):rep(10000000)), 1

--- host: json backslashes escapes
return pcall(json.decode, '"' .. ('\\\\u1234'):rep(1000000) .. '"'), pcall(json.decode, '"' .. ('\\'):rep(1000000) .. 'u1234"')

--- host: json whitespace
return json.decode((' '):rep(10000000) .. '1')

--- host: json garbage
return pcall(json.decode, ('"'):rep(5000000)), pcall(json.decode, ('[1,'):rep(500)), pcall(json.decode, 'nan'), pcall(json.decode, '')

--- host: json encode shared
local s = ('x'):rep(1 << 20) local t = {} for i = 1, 100000 do t[i] = s end return #json.encode(t)

--- host: json encode dag
local t = {} for i = 1, 90 do t = {t, t} end return json.encode(t)

--- host: json encode cyclic
local t = {} t.t = t return json.encode(t)

--- host: json encode deep
local t = {} for i = 1, 100000 do t = {t} end return json.encode(t)

--- host: json encode wide
local t = {} for i = 1, 900000 do t[i] = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxx' end return #json.encode(t)

--- host: json encode escapes
return #json.encode(('\1'):rep(10 << 20))

--- host: json encode bytes
return #json.encode(('\xff'):rep(20 << 20))

--- host: json encode keys
local t = {} for i = 1, 50 do t[('k'):rep(1 << 18) .. i] = 1 end local u = {} for i = 1, 10000 do u[i] = t end return #json.encode(u)

--- host: json encode meta
return pcall(json.encode, setmetatable({}, {__index = function() while true do end end, __pairs = function() while true do end end, __len = function() while true do end end}))

--- host: dump dag
local t = {} for i = 1, 90 do t = {t, t} end dump(t)

--- host: dump dag wide
local t = {} for i = 1, 30 do t = {t, t} end dump(t)

--- host: dump cyclic
local t = {} t.t = t t[1] = {t} dump(t)

--- host: dump deep
local t = {} for i = 1, 100000 do t = {t} end dump(t)

--- host: dump wide
local t = {} for i = 1, 1000000 do t[i] = i end dump(t)

--- host: dump tostring
dump(setmetatable({}, {__tostring = function() while true do end end}))

--- host: print tables
local s = ('x'):rep(1 << 20) local t = {} for i = 1, 10000 do t[i] = s end print(t) 

--- host: print many tables
local t = {} for i = 1, 9 do t[i] = ('x'):rep(1 << 20) end local u = {} for i = 1, 1000 do u[i] = t end print(table.unpack(u))

--- host: return dag
local t = {} for i = 1, 60 do t = {t, t} end return t

--- host: docs search
return docs.search(('word '):rep(1000000)), pcall(docs.read, ('x'):rep(1000000))

--- host: unknown names
local t = app.mcp for i = 1, 100000 do t = t.x end return pcall(t)

--- host: unknown giant
return pcall(app.mcp[('x'):rep(1000000)])

--- to_python dag
local t = {} for i = 1, 60 do t = {t, t} end return t

--- to_python deep
local t = {} for i = 1, 100000 do t = {t} end return t

--- sort shared long equal strings by a comparator
local a = {} for i = 1, 20 do a[i] = ('x'):rep(1 << 20) .. i end local t = {} for i = 1, 500000 do t[i] = a[i % 20 + 1] end table.sort(t, function(x, y) return x < y end) return #t

--- sort shared long equal strings by a field
local a = {} for i = 1, 20 do a[i] = {n = ('x'):rep(1 << 20) .. i} end local t = {} for i = 1, 300000 do t[i] = a[i % 20 + 1] end table.sort(t, function(x, y) return x.n > y.n end) return #t

--- gsub references in an anchored pattern
return #(("x"):rep(1 << 16):gsub("^(.*)", ("%1"):rep(1 << 14)))

--- gsub references in a pattern that matches nothing
return #(("x"):rep(60000):gsub(".-", ("%0y"):rep(30000)))

--- gsub references doubling
local s = "x" while true do s = s:gsub(".*", "%0%0%0%0%0%0%0%0") end

--- gsub of many short matches
local s = "x" while true do s = s:gsub(".", "%0%0") end

--- globals by the million
for i = 1, 1e9 do _G["g" .. i] = i end

--- traceback among many globals
for i = 1, 4e5 do _G["g" .. i] = i end local function f(n) if n == 0 then while true do end end return 1 + f(n - 1) end f(50)

--- traceback among many modules
local t = {} for i = 1, 1e4 do t["k" .. i] = i end for i = 1, 1e4 do package.loaded["m" .. i] = t end local function f(n) if n == 0 then while true do debug.traceback() end end return 1 + f(n - 1) end f(50)

--- weak chain
local w = setmetatable({}, {__mode = "k"}) local k = {} while true do local n = {} w[k] = n k = n end

--- tonumber giant in a base
while true do tonumber(("1"):rep(10 << 20), 7) end

--- host: json of bytes
return json.encode(("\xff"):rep(10 << 20))

--- recursion without loops
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end return fib(60)

--- recursion without loops in __index
local t = setmetatable({}, {__index = function(t, k) if k == 0 then return 1 end return t[k - 1] + t[k - 1] end}) return t[60]

--- weak sort comparator resizes
local w = setmetatable({}, {__mode = "k"}) local t = {} for i = 1, 3000 do t[i] = {i} w[t[i]] = i end return pcall(table.sort, t, function(a, b) t[#t + 1] = {0} w[{}] = a t[#t] = nil return (a and a[1] or 0) < (b and b[1] or 0) end)

--- utf8.char many
return pcall(utf8.char, table.unpack((function() local t = {} for i = 1, 9e5 do t[i] = 0x7FFFFFFF end return t end)()))

--- table.move meta huge
return table.move(setmetatable({}, {__index = function(t, i) return i end}), math.mininteger, -1, 1, setmetatable({}, {__newindex = function() end}))

--- coroutine.close chain
local co for i = 1, 1e4 do local prev = co co = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() if prev then coroutine.close(prev) end end}) coroutine.yield() end) coroutine.resume(co) end return pcall(coroutine.close, co)

--- coroutine.close in own close
local co co = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() coroutine.close(co) end}) coroutine.yield() end) coroutine.resume(co) return pcall(coroutine.close, co)

--- coroutine deep suspended close
local function f(n) if n == 0 then coroutine.yield() else return 1 + f(n - 1) end end local t = {} for i = 1, 50 do local co = coroutine.create(f) t[#t + 1] = tostring(coroutine.resume(co, i * 20)) t[#t + 1] = tostring(coroutine.close(co)) end return table.concat(t, " "):sub(1, 100)

--- coroutine deep suspended drop
local function f(n) if n == 0 then coroutine.yield() else return 1 + f(n - 1) end end for i = 1, 50 do local co = coroutine.wrap(f) pcall(co, i * 19) end collectgarbage() return "ok"

--- coroutine gsub nest
local function f(n) return coroutine.wrap(function() return (("x"):gsub("x", function() return f(n + 1) end)) end)() end return pcall(f, 1)

--- coroutine sort pcall nest
local function f() return coroutine.wrap(function() local ok, e pcall(table.sort, {1, 2, 3}, function(a, b) ok, e = pcall(f) return a < b end) error(e, 0) end)() end return pcall(f)

--- tostring coroutine nest
local mt = {} mt.__tostring = function(t) return coroutine.wrap(function() return tostring(setmetatable({}, mt)) end)() end return pcall(tostring, setmetatable({}, mt))

--- close coroutine nest
local mt = {} mt.__close = function() coroutine.wrap(function() local y <close> = setmetatable({}, mt) end)() end return pcall(function() local x <close> = setmetatable({}, mt) end)

--- load close nest
_G.mt = {} mt.__close = function() return load("local y <close> = setmetatable({}, mt)")() end return pcall(function() local x <close> = setmetatable({}, mt) end)

--- error tostring recursion
local mt = {} mt.__tostring = function(e) return tostring(e) .. "x" end error(setmetatable({}, mt))

--- error name long
error(setmetatable({}, {__name = ("x"):rep(40 << 20)}))

--- xpcall handler deep then error
local function r() return 1 + r() end return xpcall(r, function(e) local ok, m = pcall(r) return tostring(m) .. tostring(select(2, xpcall(r, debug.traceback))):sub(1, 50) end)

--- long identifier
local n = ("x"):rep(2e6) return load("local " .. n .. " = 1 " .. n .. " = " .. n .. " + 1 return " .. n)(), load("goto " .. n), load(n .. "." .. n .. "()")

--- varargs recursion
local function f(n, ...) if n == 0 then return ... end return f(n - 1, n, n, n, n, n, n, n, n, n, n, ...) end return select("#", f(20000))

--- load reader load
local function r() return load(r) and "" or "" end return pcall(load, r)

--- preload recursion
if package then package.preload.a = function() return require("a") end end return pcall(require, "a")

--- host: json meta
local mt = {} mt.__pairs = function(t) return pairs(setmetatable({}, mt)) end mt.__index = function(t, k) return setmetatable({}, mt) end mt.__len = function() return 1e9 end return pcall(json.encode, setmetatable({}, mt)), pcall(print, setmetatable({}, mt))

--- host: print deep
local t = {} for i = 1, 1e6 do t = {t} end print(t) return "ok"

--- index chain functions
local function mk(n) if n == 0 then return {} end return setmetatable({}, {__index = function(t, k) return mk(n - 1)[k] end}) end return pcall(function() return mk(1e6).x end)

--- table.concat tostring
local mt = {} mt.__index = function(t, i) return table.concat(setmetatable({}, mt), ",", 1, 2) end return pcall(table.concat, setmetatable({}, mt), ",", 1, 2)

--- table.unpack meta recursion
local mt = {} mt.__index = function(t, i) return (table.unpack(setmetatable({}, mt), 1, 2)) end return pcall(table.unpack, setmetatable({}, mt), 1, 2)

--- table.insert meta recursion
local mt = {} mt.__len = function() return 3 end mt.__newindex = function(t, k, v) table.insert(setmetatable({}, mt), v) end return pcall(table.insert, setmetatable({}, mt), 1)

--- ipairs meta recursion
local mt = {} mt.__index = function(t, i) for _ in ipairs(setmetatable({}, mt)) do end end return pcall(function() for _ in ipairs(setmetatable({}, mt)) do end end)

--- weak chain drop
local t = setmetatable({}, {__mode = "k"}) local k for i = 1, 1e5 do local n = {} t[n] = {k} k = n end k = nil collectgarbage() return next(t) == nil

--- bytes to python
error(("\xff"):rep(1 << 20))

--- methods of strings and functions for integers as statements in coroutines
function f(n) if n < 2 then return n end return f(n - 1) + 1 end local s = "x" while true do coroutine.wrap(function() s:len() f(3) s:rep(2) s:nothing() end)() end

--- closures that hold one another, dropped
local f for i = 1, 1e5 do local g = f f = function() return g, i end end f = nil collectgarbage() while true do end

--- coroutines that hold one another, dropped
local co for i = 1, 5000 do local before = co co = coroutine.wrap(function() coroutine.yield(before) end) co() end co = nil collectgarbage() while true do end

--- finalized tables that hold one another, dropped
local mt = {__gc = function() end} local o for i = 1, 2e4 do o = setmetatable({o}, mt) end o = nil collectgarbage() while true do end

--- errors in the closing of what closes
local mt = {} mt.__close = function() local y <close> = setmetatable({}, mt) error("x") end while true do pcall(function() local x <close> = setmetatable({}, mt) error "y" end) end

--- searches in a large text
local s = ("x"):rep(20 << 20) while true do s:find("y", 1, true) s:find("[yz]") s:match("y$") end

--- tracebacks among many globals
for i = 1, 1e5 do _G["g" .. i] = i end local function f(n) if n == 0 then while true do debug.traceback() end end return 1 + f(n - 1) end f(50)

--- goto maze nested
local p = {} for i = 1, 150 do p[#p + 1] = "do ::l" .. i .. ":: " end p[#p + 1] = "n = (n or 0) + 1 " for i = 1, 1500 do p[#p + 1] = "if n % " .. i + 1 .. " == 0 then goto l" .. i % 150 + 1 .. " end " end p[#p + 1] = ("end "):rep(150) return load(table.concat(p))

--- gc close nest
local mt = {} mt.__gc = function() local y <close> = setmetatable({}, {__close = function() setmetatable({}, mt) collectgarbage() end}) end setmetatable({}, mt) while true do collectgarbage() setmetatable({}, mt) end
