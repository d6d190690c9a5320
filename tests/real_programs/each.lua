-- Runs files one after the other, each with the globals and the modules that the first one found.
--
--     each.lua FILE ...

local function copy(values)
  local new = {}
  for key, value in next, values do
    new[key] = value
  end
  return new
end

local function restore(values, saved)
  setmetatable(values, nil)
  for key in next, values do
    values[key] = saved[key]
  end
end

local loadfile, pcall, print, tostring = loadfile, pcall, print, tostring
local _G, loaded = _G, package.loaded
local globals, modules, strings = copy(_G), copy(loaded), copy(string)
for _, file in ipairs {...} do
  arg = {[0] = file}
  local fine, failure = pcall(assert(loadfile(file)))
  restore(_G, globals)
  restore(loaded, modules)
  restore(string, strings)
  print(file .. ": " .. (fine and "done" or tostring(failure)))
end
