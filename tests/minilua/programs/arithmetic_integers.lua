-- 64-bit wrap around, overflow in every operator
local max, min = math.maxinteger, math.mininteger
print(max, min, max + 1 == min, min - 1 == max, -min == min)
print(max * 2, min * 2, max * max, min * min, max * min)
print(max + max, min + min, min + max, max - min, min - max)
print(max // -1, min // -1, min % -1, max % -1, min // 1)
print(0x7fffffffffffffff + 1, 0x8000000000000000, 0xffffffffffffffff, 0x1ffffffffffffffff)
local a, b = 3037000500, 3037000500
print(a * b, a * -b, (a * b) * (a * b))
local x = 1
for i = 1, 70 do
  x = x * 3
  if i % 10 == 0 then print(i, x) end
end
local function up(n) return n + 1 end
local function down(n) return n - 1 end
local function double(n) return n + n end
local function square(n) return n * n end
local function negate(n) return -n end
for _, n in ipairs {0, 1, -1, max, min, 1 << 31, 1 << 32, -(1 << 31), 1 << 62} do
  print(n, up(n), down(n), double(n), square(n), negate(n))
end
-- chains whose middle leaves 64 bits
print(max + 1 - 1, max * 2 // 2, (max + 1) // 2, max + max - max, (min - 1) % 10)
local h = 5381
for c in ("the quick brown fox"):gmatch(".") do h = h * 33 + c:byte() end
print(h)
local s = 0
for i = 1, 100 do s = s * 6364136223846793005 + 1442695040888963407 end
print(s)
print(9223372036854775807, 9223372036854775808, -9223372036854775808, -9223372036854775809)
print(1e15, 1e16, 123456789012345678)
print(math.type(9223372036854775807), math.type(9223372036854775808))
-- the counter of a loop, kept and overflowed outside it
local last
for i = max - 2, max do last = i end
print(last, last + 1)
local n = max
n = n + 1
print(n, n == min)
n = n - 1
print(n, n == max)

-- Sums and products that leave 64 bits on the way.
local function wrapped(limit)
  local sum, product, mixed = 1, 1, 0
  for i = 1, limit do
    sum = sum + i * sum - i
    product = product * i * product + 3
    mixed = (mixed * mixed + i) * (i - 3) - mixed * i
  end
  for i = math.maxinteger - 3, math.maxinteger do
    sum = sum + i * i * i
    product = product - i * 4 * product
  end
  return sum, product, mixed
end
print(wrapped(100))
local big, small = 0x7fffffffffffffff, -2
for i = 1, 3 do
  big = big * big + small * i
  small = small * small * small - big
  print(big, small)
end
