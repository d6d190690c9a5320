-- The texts that argparse makes: usage, help, errors, completions for shells.

local argparse = require("argparse")

local parser = argparse("copy", "Copy files."):epilog("See the manual."):help_max_width(72)
parser:argument("target", "Where it goes.")
parser:argument("source", "What is copied."):args("+")
parser:option("-l --level", "How thoroughly.", "3"):convert(tonumber):argname("<n>")
parser:option("-m --mode", "How."):choices({"fast", "slow"}):count("*")
parser:flag("-v --verbose", "Say more."):count("0-2"):target("verbosity")
parser:mutex(parser:flag("-q --quiet"), parser:flag("--loud"))
parser:command("list", "List them."):summary("Lists."):option("--from")
parser:require_command(false)
parser:add_complete()

print(parser:get_usage())
print(parser:get_help())

local function shown(values)
  local lines = {}
  for key, value in pairs(values) do
    local text = type(value) == "table" and table.concat(value, "+") or tostring(value)
    lines[#lines + 1] = key .. "=" .. text
  end
  table.sort(lines)
  return table.concat(lines, " ")
end

for _, line in ipairs {
  "a b", "a b c -vv --level=7", "-mfast --mode slow a b", "a b list --from x", "", "a b --level", "a b --level=x",
  "a b --mode=odd", "a b -q --loud", "a b -vvv", "a b --levle 3", "a b -z",
} do
  local words = {}
  for word in line:gmatch("%S+") do
    words[#words + 1] = word
  end
  local fine, result = parser:pparse(words)
  print(line, fine, fine and shown(result) or result)
end

print(parser:get_bash_complete())
print(parser:get_zsh_complete())
print(parser:get_fish_complete())
