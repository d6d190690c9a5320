return function(n, clamp, describe)
  local sum, length = 0, 0
  for i = 1, n do
    sum = sum + clamp(i, 10, 5000)
    length = length + #describe("item", i % 7)
  end
  return sum * 1000 + length % 1000
end
