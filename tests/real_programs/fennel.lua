-- Builds the Fennel compiler with the compiler that it is built from, as its Makefile does, and runs its own tests with
-- what came of that; not those of the command line, which starts itself by a shell.

local function checksum(text)
  local sum = 0
  for i = 1, #text do
    sum = (sum * 31 + text:byte(i)) % 4294967291
  end
  return ("%d bytes, %08x"):format(#text, sum)
end

local shown = print

-- What `lua bootstrap/aot.lua ARGUMENTS > target` does.
local function build(target, ...)
  local parts = {}
  print = function(text)
    parts[#parts + 1] = text .. "\n"
  end
  arg = {[0] = "bootstrap/aot.lua", ...}
  dofile("bootstrap/aot.lua")
  print, arg = shown, {}
  local text = table.concat(parts)
  local file = assert(io.open(target, "w"))
  file:write(text)
  file:close()
  print(target, checksum(text))
end

build("bootstrap/macros.lua", "src/fennel/macros.fnl", "--macro")
build("bootstrap/match.lua", "src/fennel/match.fnl", "--macro")
build("bootstrap/view.lua", "src/fennel/view.fnl")
build("fennel.lua", "src/fennel.fnl", "--require-as-include")
build("test/faith.lua", "test/faith.fnl")

local fennel = require("fennel")
print(fennel.version, fennel.eval([[
  (local names [:carrot :beet :radish])
  (let [lengths (icollect [_ name (ipairs names)] (length name))]
    (accumulate [sum 0 _ n (ipairs lengths)] (+ sum n)))
]]))
package.loaded.fennel = nil

-- One test reads what `echo` prints; not every build of Lua can start a process.
function io.popen(command)
  local file = io.tmpfile()
  file:write(command:match("^echo (.*)"), "\n")
  file:seek("set")
  return file
end

-- As in test/init.lua: the compiler sets no global.
setmetatable(_G, {__newindex = function(_, name) error("set global " .. name) end})
require("bootstrap.fennel").dofile("src/fennel.fnl").install({useMetadata = true, correlate = true})
local modules = {}
for name in ("core mangling quoting bit fennelview parser failures repl macro linter loops misc searcher api sourcemap")
  :gmatch("%a+") do
  modules[#modules + 1] = "test." .. name
end
require("test.faith").run(modules)
