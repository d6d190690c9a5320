return function(n, decode, text)
  local hours, failures, slowest = {}, {}, nil
  local events = decode(text)
  for _, event in ipairs(events) do
    local hour = event.dateCreated:match("T(%d%d):")
    hours[hour] = (hours[hour] or 0) + 1
    if not slowest or event.duration > slowest.duration then
      slowest = event
    end
    for _, frame in ipairs(event.exception.frames) do
      if frame.inApp then
        local place = frame.filename .. ":" .. frame.lineNo
        failures[place] = (failures[place] or 0) + 1
      end
    end
  end
  local places = {}
  for place, count in pairs(failures) do
    places[#places + 1] = {place = place, count = count}
  end
  table.sort(places, function(a, b)
    if a.count ~= b.count then
      return a.count > b.count
    end
    return a.place < b.place
  end)
  local lines = {#events .. " events, slowest " .. slowest.eventID .. " by " .. slowest.user.email}
  for i = 1, 5 do
    lines[#lines + 1] = places[i].place .. " " .. places[i].count
  end
  for hour = 0, 23 do
    lines[#lines + 1] = tostring(hours[string.format("%02d", hour)] or 0)
  end
  return table.concat(lines, "\n")
end
