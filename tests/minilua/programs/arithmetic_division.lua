-- // and % take the sign of the divisor; floats too
local values = {7, -7, 5, -5, 1, -1, 0, 3, -3}
for _, a in ipairs(values) do
  for _, b in ipairs {3, -3, 2, -2, 1, -1} do
    print(a, b, a // b, a % b, a / b, a // (b + 0.0), a % (b + 0.0))
  end
end
local inf, nan = math.huge, 0 / 0
for _, a in ipairs {5.5, -5.5, 0.0, -0.0, inf, -inf} do
  for _, b in ipairs {2.0, -2.0, 0.5, inf, -inf} do
    local d, q, r = a / b, a // b, a % b
    print(a, b, d ~= d and "nan" or d, q ~= q and "nan" or q, r ~= r and "nan" or r)
  end
end
print(5 // 0.0, -5 // 0.0, 5 / 0, -5 / 0)
print((0.0 // 0.0 ~= 0.0 // 0.0), (5 % inf), (-5 % inf), (5 % -inf), (-5 % -inf))
print(pcall(function() return 1 // 0 end))
print(pcall(function() return 1 % 0 end))
local zero = 0
print(pcall(function() return 1 // zero end))
print(pcall(function() return 1 % zero end))
print(pcall(function() return math.mininteger // zero end))
print(1 // 0.1, 6 % 0.1 < 0.1, 1e308 * 10 // 1, 2^53 // 1)
print(3 // 0.0, -3 % 0.0 ~= -3 % 0.0)
print(7 // 2.0, -7 // 2.0, 7.5 // 2, -7.5 // 2, 7 % -3.0, -7 % 3.0, 5.3 % 2 == 5.3 - 2 * 2)
print(math.fmod(-7, 3), math.fmod(7, -3), math.fmod(-7.5, 2), math.fmod(math.mininteger, -1))
print(-6 % 3, 6 % -3, -6 // 3, 6 // -3, -6.0 % 3, 6.0 % -3)
print(1 - 0.9, 0.1 + 0.2, 1e300 * 1e10, -1e300 * 1e10)
