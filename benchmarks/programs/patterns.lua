return function(n)
  local length, sum, found = 0, 0, 0
  for i = 1, n do
    local line = string.format("%05d user=%s took %.2fms [id:%x]", i, "name" .. i % 10, i / 7, i)
    local user, id = line:match("user=(%w+).*%[id:(%x+)%]")
    sum = sum + tonumber(id, 16) + #user
    for word in line:gmatch("%a+") do
      length = length + #word
    end
    local masked, count = line:gsub("%d+", "#")
    length = length + #masked + count
    local swapped = line:gsub("(%w+)=(%w+)", "%2=%1")
    if swapped:find("name7=user", 1, true) then
      found = found + 1
    end
  end
  return sum .. "/" .. length .. "/" .. found
end
