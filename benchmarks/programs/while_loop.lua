local function collatz(n)
  local steps = 0
  while n ~= 1 do
    if n % 2 == 0 then
      n = n // 2
    else
      n = 3 * n + 1
    end
    steps = steps + 1
  end
  return steps
end

return function(n)
  local longest, i = 0, 1
  while i <= n do
    local steps = collatz(i)
    if steps > longest then
      longest = steps
    end
    i = i + 1
  end
  return longest
end
