return function(n)
  local composite, primes = {}, {}
  for i = 1, n do
    composite[i] = false
  end
  for i = 2, n do
    if not composite[i] then
      primes[#primes + 1] = i
      for j = i * i, n, i do
        composite[j] = true
      end
    end
  end
  local gaps = {}
  for i = 2, #primes do
    gaps[i - 1] = primes[i] - primes[i - 1]
  end
  local sum = 0
  for i, gap in ipairs(gaps) do
    sum = sum + i * gap
  end
  for i = 1, #primes // 2 do
    local j = #primes - i + 1
    primes[i], primes[j] = primes[j], primes[i]
  end
  return sum + primes[1] + #primes
end
