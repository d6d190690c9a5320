local i = 0
while i < 3 do i = i + 1 end print(i)
while true do i = i + 1 if i > 5 then break end end print(i)
while false do print("never") end
while nil do print("never") end
repeat i = i - 1 until i < 0 print(i)
repeat local stop = true until stop
repeat local x = i i = i + 1 local y = x * 2 until y >= 6 print(i)
repeat print("once") until true
i = 0
repeat i = i + 1 if i == 2 then goto continue end print("r", i) ::continue:: until i >= 4
i = 0
while i < 5 do
  i = i + 1
  if i == 3 then goto continue end
  print("w", i)
  ::continue::
end
i = 0
while true do
  i = i + 1
  local j = 0
  while true do
    j = j + 1
    if j == i then break end
    if j > 10 then return end
  end
  if i == 4 then break end
end
print(i)
local function find(list, x)
  local i = 1
  while list[i] do
    if list[i] == x then return i end
    i = i + 1
  end
  return nil, "absent"
end
print(find({"a", "b"}, "b"), find({}, 1)) print(find({"a"}, "z"))
local n, steps = 27, 0
while n ~= 1 do n = n % 2 == 0 and n // 2 or 3 * n + 1 steps = steps + 1 end print(steps)
local fs = {}
i = 0
repeat
  i = i + 1
  local v = i
  fs[i] = function() return v end
until v == 3 or fs[1]() ~= 1
print(fs[1](), fs[2](), fs[3]())
repeat local a = 1 do local a = 2 end until a == 1
print("until sees the outer a")
while (function() i = i - 1 return i > 0 end)() do print("cond", i) end
local t = {3, 2, 1}
while #t > 0 do print(table.remove(t)) end
repeat local done repeat done = true until done until done
i = 10
while i > 0 do i = i - 3 if i % 2 == 0 then goto next end if i < 3 then break end print("odd", i) ::next:: end
print(i)
local a, b = 48, 36
while b ~= 0 do a, b = b, a % b end print(a)
do local k = 0 while k < 1000 do k = k + 1 if k % 2 == 0 then else goto even end do goto done end ::even:: end ::done:: print(k) end
repeat
  local c = 5
  if c == 5 then break end
until undefined_function()
local count = 0
while count < 3 do local count2 = count count = count2 + 1 end
print(count)
local f = 1.0
while f < 100 do f = f * 2.5 end print(f)
