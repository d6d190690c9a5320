local function producer(n)
  return coroutine.wrap(function()
    for i = 1, n do
      coroutine.yield(i)
    end
  end)
end

local function filter(source, divisor)
  return coroutine.wrap(function()
    for value in source do
      if value % divisor ~= 0 then
        coroutine.yield(value)
      end
    end
  end)
end

return function(n)
  local sum = 0
  for value in filter(filter(producer(n), 3), 5) do
    sum = sum + value
  end
  return sum
end
