local function check(i)
  if i % 3 == 0 then
    error("three")
  elseif i % 5 == 0 then
    error({code = i})
  end
  return i
end

return function(n)
  local sum, failed, coded = 0, 0, 0
  for i = 1, n do
    local ok, result = pcall(check, i)
    if ok then
      sum = sum + result
    elseif type(result) == "table" then
      coded = coded + result.code
    else
      failed = failed + 1
    end
  end
  return sum .. "/" .. failed .. "/" .. coded
end
