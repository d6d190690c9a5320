-- The variable of a numeric loop is a variable like any other: what is assigned to it need not be a number.
for i = 1, 2 do
  print(i)
  i = "a" .. i
  print(i, i .. 1, #i, i == 1, pcall(function() return i + 1 end))
end
for i = 1, 2 do
  for j = 1, 2 do
    print(pcall(function() i = (-5 > i) end))
  end
  print(i)
end
for i = 1, 2 do
  i = nil
  print(i, i == nil, not i, pcall(function() return i .. "" end))
end
for i = 1, 2 do
  i = {i}
  print(type(i), i[1], pcall(function() return i < 1 end))
end
for i = 3, 1, -1 do
  if i == 2 then i = false end
  print(i and i * 2, i and -i)
end
for i = 1.5, 3 do
  local before = i
  i = before > 2 and "big" or before
  print(i, before)
end
for i = 1, 2 do
  i = i .. ""
  print(math.type(i + 1), i * "2", i)
end
for i = 1, 2 do
  local t = {10, 20, 30}
  i = i + 0.0
  print(t[i], i)
  i = -i
  print(t[i], i)
end
