local function element(i, j)
  local sum = i + j - 1
  return 1 / (sum * (sum - 1) // 2 + i)
end

local function times(vector, n)
  local result = {}
  for i = 1, n do
    local sum = 0
    for j = 1, n do
      sum = sum + element(i, j) * vector[j]
    end
    result[i] = sum
  end
  return result
end

local function transposed_times(vector, n)
  local result = {}
  for i = 1, n do
    local sum = 0
    for j = 1, n do
      sum = sum + element(j, i) * vector[j]
    end
    result[i] = sum
  end
  return result
end

return function(n)
  local u, v = {}, nil
  for i = 1, n do
    u[i] = 1
  end
  for _ = 1, 3 do
    v = transposed_times(times(u, n), n)
    u = transposed_times(times(v, n), n)
  end
  local uv, vv = 0, 0
  for i = 1, n do
    uv = uv + u[i] * v[i]
    vv = vv + v[i] * v[i]
  end
  return string.format("%.9f", math.sqrt(uv / vv))
end
