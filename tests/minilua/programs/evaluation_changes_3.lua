-- the order in which operands, arguments and targets are evaluated, where functions change the variables (3)
local function main()
  local n = 1
  local function bump() n = n + 1 return 100 end
  local function reader()
    print(n + bump(), n - bump(), n * bump(), n == bump(), n < bump(), n .. bump(), n // bump(), n & bump(), n ^ bump(), n ~= bump())
    print(n + bump() + n, n + bump() * n, (n + 1) + bump(), n + 1 + bump() + n, -n + bump(), n + (bump() + n))
    print(bump() + n, bump() < n, n + n + bump(), n + bump() - n + bump() * n)
    local t = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110}
    print(t[n], t[n + bump() - 100])
    local a, b = n, bump() print(a, b)
    local c = {n, bump(), n, x = n, [n] = bump(), n} print(c[1], c[2], c[3], c.x, c[4])
    print(n .. "," .. bump() .. "," .. n)
    print(n == 5 or bump(), n, n and bump() + n)
    local s = n local d, e, f = n, (bump()), n print(s, d, e, f)
    return n, bump(), n
  end
  print(reader()) print(n)
  print(n + bump(), n - bump(), n * bump(), n == bump(), n < bump(), n .. bump(), n // bump(), n & bump(), n ^ bump(), n ~= bump())
  print(n + bump() + n, n + bump() * n, (n + 1) + bump(), n + 1 + bump() + n, -n + bump(), n + (bump() + n))
  local t = {}
  local function swap() local old = t t = {name = "new"} return 1 end
  local function st() local o = t t.x = swap() print(o.x, t.x) o = t t[1] = swap() print(o[1], t[1]) o = t t[swap()] = 5 print(o[1], t[1]) o = t t.y, t.z = swap(), 2 print(o.y, t.y, o.z, t.z) print(t[swap()], t.name) end
  st() local o = t t.x = swap() print(o.x, t.x) o = t t[1] = swap() print(o[1], t[1]) o = t t[swap()] = 5 print(o[1], t[1]) o = t print(t[swap()], t.name)
  local k = 1 local function nk() k = k + 1 return k end
  t = {} t[k] = nk() print(t[1], t[2]) t[k] = t[nk()] print(t[2], t[3]) t[nk()] = k print(t[3], t[4]) 
  local function kk() t = {} k = 1 t[k] = nk() print(t[1], t[2]) t[nk()] = k print(t[3], t[2]) t[k], t[nk()] = k, nk() print(t[3], t[4]) end kk()
  local s = "a" local function ss() s = s .. "b" return "|" end
  print(s .. ss() .. s .. ss() .. s) local function us() print(s .. ss() .. s .. ss() .. s, s < ss(), s == ss(), #s + #ss(), s .. s .. ss()) end us()
  for i = k, nk() + 2 do print(i) end
  local i = 0 local arr = {} local function inc() i = i + 1 return i end
  arr[i] = inc() arr[inc()] = i arr[#arr + 1] = inc() print(arr[0], arr[1], arr[2], arr[3], i)
  local x <const>, y = i, inc() print(x, y)
  local obj = {v = 1} function obj:set() obj = {v = 2} return 5 end
  print(obj.v + obj:set(), obj.v) local ob2 = {v=1} local function so() local old = ob2 ob2.v, ob2 = 3, {v=9} return old.v end print(so(), ob2.v)
end
main()
