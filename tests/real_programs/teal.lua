-- The Teal compiler, which is written in Teal, checks itself and compiles itself to the Lua that it comes as.

local tl = require("tl")

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local environment = assert(tl.new_env({defaults = {gen_compat = "optional", gen_target = "5.1"}}))
local result = assert(tl.check_file("tl.tl", environment))
print(#result.syntax_errors .. " syntax errors, " .. #result.type_errors .. " type errors")
local generated = assert(tl.generate(result.ast, "5.1"))
print(generated .. "\n" == read("tl.lua") and "the same as tl.lua" or "not as tl.lua")

local program = [[
  local record Point
    x: number
    y: number
  end
  local function length(p: Point): number
    return math.sqrt(p.x ^ 2 + p.y ^ 2)
  end
  return length({x = 3, y = 4})
]]
print(load((assert(tl.gen(program))))())
local wrong = tl.check_string((program:gsub("y = 4", "y = 'four'")))
print(wrong.type_errors[1].y, wrong.type_errors[1].msg)
