-- forward out of nested loops
for i = 1, 3 do
  for j = 1, 3 do
    if i * j == 4 then goto found end
  end
end
::found:: print("found")
-- backwards: a loop by hand
do
  local i = 1
  ::top::
  if i <= 3 then print("top", i) i = i + 1 goto top end
end
-- continue in every loop
for i = 1, 4 do if i % 2 == 0 then goto continue end print("for", i) ::continue:: end
for _, v in ipairs {1, 2, 3} do if v == 2 then goto continue end print("in", v) ::continue:: end
do local i = 0 while i < 4 do i = i + 1 if i == 2 then goto continue end print("while", i) ::continue:: end end
do local i = 0 repeat i = i + 1 if i == 2 then goto continue end print("repeat", i) ::continue:: until i == 4 end
-- continue of the outer loop
for i = 1, 3 do
  for j = 1, 3 do
    if j == 2 then goto outer end
    print(i, j)
  end
  ::outer::
end
-- continue from within nested blocks
for i = 1, 3 do
  do do if i == 2 then goto continue end end end
  if i == 3 then do goto continue end end
  print("deep", i)
  ::continue::
end
-- state machine
do
  local log, state = {}, 1
  ::a:: log[#log + 1] = "a" state = state + 1 if state > 5 then goto finish end goto b
  ::c:: log[#log + 1] = "c" goto a
  ::b:: log[#log + 1] = "b" if state % 2 == 0 then goto c end goto a
  ::finish:: print(table.concat(log))
end
-- skip code
do goto skip print("skipped") ::skip:: end
-- out of a loop then back before it
do
  local n = 0
  ::retry::
  for i = 1, 5 do
    n = n + 1
    if n == 3 then goto retry end
  end
  print("retry", n)
end
-- label at the end of a block with locals declared before it
do
  goto done
  local x = 1
  ::done::
end
do
  for i = 1, 2 do
    if i == 1 then goto cont end
    local y = i
    print("y", y)
    ::cont:: ;;
  end
end
-- same label name in different blocks and functions
do ::l:: end do ::l:: end
local function f() do goto l end ::l:: return "f" end print(f())
local function g(n) ::again:: if n > 10 then return n end n = n * 2 goto again end print(g(3))
-- goto within if branches
for i = 1, 3 do
  if i == 1 then goto one elseif i == 2 then goto two else goto three end
  ::one:: print("one") goto out
  ::two:: print("two") goto out
  ::three:: print("three")
  ::out::
end
-- two loops sharing a local outside, jumping from the first into the second by label before it
do
  local i = 0
  ::first:: while true do i = i + 1 if i > 3 then goto second end end
  ::second:: print("second", i)
  if i < 6 then goto first end
end
-- nested backward goto inside a loop
for i = 1, 2 do
  local tries = 0
  ::again::
  tries = tries + 1
  if tries < 3 then goto again end
  print("tries", i, tries)
end
-- goto in a repeat's nested function is its own world
repeat local h = function() goto x ::x:: return true end until h()
-- break beside goto
for i = 1, 5 do if i == 2 then goto c end if i == 4 then break end print("bg", i) ::c:: end
-- closures made between jumps
do
  local fs, i = {}, 0
  ::l1::
  do local k = i fs[#fs + 1] = function() k = k + 1 return k end end
  i = i + 10
  if i <= 20 then goto l1 end
  print(fs[1](), fs[2](), fs[3](), fs[1]())
end
for _, bad in ipairs {
  "goto nowhere", "::a:: ::a::", "goto f local x ::f:: print(x)", "do ::l:: end goto l", "break",
  "::l:: do ::l:: end", "for i = 1, 2 do ::c:: end goto c", "local function f() goto out end ::out::",
  "repeat if x then goto cont end local y ::cont:: until y", "goto = 1", "::1::", "goto 1", "while 1 do local function f() break end end",
} do print(load(bad, "=bad")) end
