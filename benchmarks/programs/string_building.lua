return function(n)
  local rows = {}
  for i = 1, n do
    local name = "item" .. i
    local row = name .. ", " .. i * 2 .. "; " .. name:upper() .. "\n"
    rows[#rows + 1] = row
  end
  local text = table.concat(rows)
  local tail = ""
  for i = 1, n // 20 do
    tail = tail .. i .. ","
  end
  return #text .. ":" .. #tail .. ":" .. text:sub(-20, -2) .. tail:sub(-8)
end
