-- arguments that must be functions, and are only callable; what fails first
local callable = setmetatable({}, {__call = function() return true end})
print(pcall(xpcall, print, {})) print(pcall(xpcall, print, callable)) print(pcall(table.sort, {1, 2}, callable))
print(pcall(table.sort, {1, 2}, {})) print(pcall(table.sort, {1}, 5)) print(pcall(table.move))
print(pcall(table.move, 5, "x")) print(pcall(table.move, 5, 1, 2, 3)) print(xpcall(callable, print, 1))
print(pcall(function() local x <close> = setmetatable({}, {__close = 5}) end))
print(pcall(function() local x <close> = setmetatable({}, {__close = {}}) error("first") end))
print(pcall(function() local constant <const> = "text" constant() end))
print(pcall(function() return 2^0.5 | 1, (2 | -2^63) and "" | "0x" end))
