print(5 & 3, 5 | 3, 5 ~ 3, ~5, ~0, ~~7)
print(1 << 0, 1 << 1, 1 << 62, 1 << 63, 1 << 64, 1 << 65, 1 << 1000, 1 << -1)
print(-1 >> 0, -1 >> 1, -1 >> 63, -1 >> 64, -1 >> -1, -1 << 1, -1 << 63, -1 << 64)
print(256 >> 4, 256 << -4, 256 >> -4, 1 >> 1, 0 << 10)
print(math.mininteger >> 63, math.mininteger << 1, math.maxinteger << 1, math.maxinteger >> 1)
print(1 << math.maxinteger, 1 >> math.maxinteger, 1 << math.mininteger, 1 >> math.mininteger)
print(0xff & 0x0f, 0xf0 | 0x0f, 0xff ~ 0x0f, -1 & 0xff, -256 | 0xff, -1 ~ 1)
print(3.0 & 1, 2^53 | 0, 1e2 ~ 0, -0.0 | 1)
-- strings are not converted here, unlike in arithmetic
print(pcall(function() return "7" & 3 end))
print(pcall(function() local a, b = "0x10", 1 return a << b end))
print(pcall(function() local a, b = "0x10", 1 return b << a end))
print(1 | 2 ~ 3 & 4 << 1 + 1, 1 << 2 + 3, 5 & 3 == 1, not (1 & 0 == 0))
local function rotate(x, n)
  return (x << n | x >> (64 - n))
end
print(rotate(1, 4), rotate(0x8000000000000001, 1), rotate(-2, 63))
local crc = 0xffffffff
for i = 1, 5 do
  crc = crc ~ ("hello"):byte(i)
  for _ = 1, 8 do
    if crc & 1 == 1 then crc = crc >> 1 ~ 0xedb88320 else crc = crc >> 1 end
  end
end
print(string.format("%08x", crc ~ 0xffffffff))
local fnv = 0xcbf29ce484222325
for c in ("fnv1a"):gmatch(".") do fnv = (fnv ~ c:byte()) * 0x100000001b3 end
print(fnv, string.format("%x", fnv))
for n = 60, 68 do print(n, 1 << n, 3 << n, -1 << n, -1 >> n) end
local function try(f) print(pcall(f)) end
local t, s, f, n = {}, "x", 1.5, nil
try(function() return t & 1 end)
try(function() return 1 & t end)
try(function() return s | 1 end)
try(function() return f << 1 end)
try(function() return 1 << f end)
try(function() return n ~ 1 end)
try(function() return ~n end)
try(function() return 1e100 & 1 end)
try(function() return "1.5" & 1 end)
try(function() return math.huge | 0 end)
try(function() return t.x & 1 end)
try(function() return print | 1 end)
