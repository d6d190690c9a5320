local function counter(step)
  local count = 0
  return function()
    count = count + step
    return count
  end
end

local function compose(f, g)
  return function(x)
    return f(g(x))
  end
end

local function map(list, f)
  local result = {}
  for i = 1, #list do
    result[i] = f(list[i])
  end
  return result
end

return function(n)
  local list = {}
  for i = 1, 100 do
    list[i] = i
  end
  local total = 0
  for i = 1, n do
    local next = counter(i)
    local double_then_add = compose(function(x) return x + i end, function(x) return x * 2 end)
    local mapped = map(list, double_then_add)
    for j = 1, 20 do
      total = total + next()
    end
    total = total + mapped[i % 100 + 1]
  end
  return total
end
