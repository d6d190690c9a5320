-- What a hook of a coroutine is told of, through its yields.

local function traced(mask, body, ...)
  local co = coroutine.create(body)
  local trace = {}
  debug.sethook(co, function(event, line)
    trace[#trace + 1] = event .. (line and ":" .. line or "")
  end, mask)
  local results = {coroutine.resume(co, ...)}
  while coroutine.status(co) ~= "dead" do results[#results + 1] = select(2, coroutine.resume(co, #results)) end
  debug.sethook(co)
  print(mask, table.concat(trace, " "), debug.gethook(co))
  for i = 1, #results do results[i] = tostring(results[i]) end
  print(table.concat(results, " "))
end

for _, mask in ipairs({"c", "r", "cr"}) do
  traced(mask, function(a)
    coroutine.yield(a)
    local b = coroutine.yield(a + 1)
    return b
  end, 5)
end

traced("clr", function()
  coroutine.yield(10)
  return 20
end)
