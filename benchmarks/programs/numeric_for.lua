return function(n)
  local sum, float = 0, 0.0
  for i = 1, n do
    for j = 1, 100 do
      if (i + j) % 3 == 0 then
        sum = sum + i * j
      else
        float = float + j / 2
      end
    end
  end
  return sum + float
end
