return function(n)
  local records, seed = {}, 42
  for i = 1, n do
    seed = (seed * 1103515245 + 12345) % 2147483648
    records[i] = {key = seed % 1000, order = i}
  end
  table.sort(records, function(a, b)
    if a.key ~= b.key then
      return a.key < b.key
    end
    return a.order > b.order
  end)
  local numbers = {}
  for i = 1, n do
    numbers[i] = records[i].key * 31 % 1009
  end
  table.sort(numbers)
  local sum = 0
  for i = 1, n, 7 do
    sum = (sum * 31 + records[i].key + records[i].order + numbers[i]) % 1000003
  end
  return sum
end
