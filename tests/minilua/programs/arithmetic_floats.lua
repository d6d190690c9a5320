-- how floats print, and what makes one
print(1.0, -1.0, 0.0, -0.0, 100.0, 1e100, 1e15, 1e14, 1e16, 123456.789, 1e-5, 1e-4)
print(3.14159265358979, 2^53, 2^63, -2^63, 2^64, 2^-1074, 1.7976931348623157e308)
print(1/3, 2/3, 10/2, 1e3, 1000000000000000000000, 0.1, 123456789.123)
print(math.huge, -math.huge, math.pi, -math.pi)
print(2^2, 2^0.5, (-2)^2, -2^2, 2^-1, (-8)^(1/3) ~= (-8)^(1/3), 0^0, 10^2)
print(2^3^2, -3^2, (2^3)^2, 2^-2)
print(1 + 1.0, 1 * 1.0, 1 - 1.0, 4 / 2, 3 | 0, 7 // 1.0)
print(0x10, 0xA, 0Xa, 0x.8p0, 0x1p4, 0x1.8p1, 0xA.8p0, 0x1P-2, 0xffp0)
print(1e1, 1E1, 1e+1, 1e-1, .5, 5., 3e0, 0e12, 08, 007)
print(math.type(1), math.type(1.0), math.type("1"), math.type(nil), math.type(2^31), math.type(10 // 2), math.type(10 / 2))
print(1e15 + 0.5, 2^53 + 1, 1e15 + 1 == 1000000000000001)
print(5 // 1, 5.0 // 1, 3 % 1.5, 1e308 + 1e308, -(0.0), 0.0 == -0.0, 1 / 0.0, 1 / -0.0)
print(100 // 1e-320 == math.huge, 5e-324, 5e-324 / 2)
print(string.format("%.14g", 0.1), string.format("%.17g", 0.1), string.format("%.3f", 2 / 3))
print(tostring(1e100), 1e100 .. "", 2.5 .. "", 2.0 .. "", -0.0 .. "")
print(7.0 == 7, 7.1 == 7, math.maxinteger + 0.0 == math.maxinteger, math.mininteger + 0.0 == math.mininteger)
print(math.maxinteger + 0.0, math.maxinteger + 1.0 == 2^63, math.maxinteger < 2^63, math.maxinteger + 0.0 > math.maxinteger)
local t = {0.1, 0.7, 1.5, 99.99}
local sum = 0
for _, v in ipairs(t) do sum = sum + v end
print(sum, sum * 3, sum / 7, sum - 100)
