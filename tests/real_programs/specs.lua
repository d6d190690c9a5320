-- The part of busted's interface that the specs of the programs use: describe, it, assert.* and spies.
--
--     specs.lua FILE ...
--
-- runs the specs in these files, names those that failed, with what they said, and counts the others. As busted does,
-- each file begins with the globals and the modules that the first one found.

-- ---------------------------------------------------------------- values

local function same(a, b, seen)
  if a == b or a ~= a and b ~= b then
    return true
  elseif type(a) ~= "table" or type(b) ~= "table" then
    return false
  end
  seen = seen or {}
  if seen[a] == b then
    return true
  end
  seen[a] = b
  for key, value in next, a do
    if not same(value, rawget(b, key), seen) then
      return false
    end
  end
  for key in next, b do
    if rawget(a, key) == nil then
      return false
    end
  end
  return true
end

local function show(value, depth)
  depth = depth or 0
  if type(value) == "string" then
    return string.format("%q", value)
  elseif type(value) ~= "table" or depth > 3 then
    return (tostring(value):gsub("0x%x+", "0x"))
  end
  local parts = {}
  for key, item in next, value do
    parts[#parts + 1] = "[" .. show(key, depth + 1) .. "] = " .. show(item, depth + 1)
  end
  table.sort(parts)
  return "{" .. table.concat(parts, ", ") .. "}"
end

-- ---------------------------------------------------------------- assert.*

local spies = setmetatable({}, {__mode = "k"}) -- of a spy, what it was called with

local spy = {
  new = function(f)
    local calls = {}
    local new = setmetatable({}, {
      __call = function(_, ...)
        calls[#calls + 1] = {...}
        return f(...)
      end,
    })
    spies[new] = calls
    return new
  end,
}

local checks = {}

function checks.equal(a, b) return a == b end
checks.equals = checks.equal
function checks.same(a, b) return same(a, b) end
checks["true"] = function(a) return a == true end
checks["false"] = function(a) return a == false end
checks["nil"] = function(a) return a == nil end
function checks.truthy(a) return a and true or false end
function checks.falsy(a) return not a end
function checks.table(a) return type(a) == "table" end
checks["function"] = function(a) return type(a) == "function" end
function checks.string(a) return type(a) == "string" end
function checks.match(pattern, text, init, plain) return string.find(text, pattern, init, plain) ~= nil end
checks.matches = checks.match

function checks.error(f, expected)
  local fine, failure = pcall(f)
  if fine or expected == nil or same(failure, expected) then
    return not fine
  end
  -- the place that `error` puts in front of its message is not part of it
  return type(failure) == "string" and failure:gsub("^[^:]+:%d+: ", "") == expected
end
checks.errors = checks.error

function checks.error_matches(f, pattern)
  local fine, failure = pcall(f)
  return not fine and tostring(failure):find(pattern) ~= nil
end

function checks.called(calls, count) return count == nil and #calls > 0 or #calls == count end
function checks.called_with(calls, ...)
  local arguments = {...}
  for _, call in ipairs(calls) do
    if same(call, arguments) then
      return true
    end
  end
  return false
end

local fillers = {}
for word in ("is are was has have be been does"):gmatch("%a+") do
  fillers[word] = true
end
local negations = {["not"] = true, no = true}

-- `assert.is_not.same`, `assert.has.no.error`: words up to the name of a check, and then a call.
local function phrase(words, negated, calls)
  local function extended(_, name)
    local rest, refused = words, negated
    for word in name:gmatch("[^_]+") do
      word = word:lower()
      if negations[word] then
        refused = not refused
      elseif not fillers[word] then
        rest = rest == "" and word or rest .. "_" .. word
      end
    end
    return phrase(rest, refused, calls)
  end
  local function call(_, ...)
    local check = checks[words] or error("there is no assertion " .. words, 2)
    local fine
    if calls then
      fine = check(calls, ...)
    else
      fine = check(...)
    end
    if fine == negated then
      local shown = {}
      for i = 1, select("#", ...) do
        shown[i] = show((select(i, ...)))
      end
      error((negated and "not " or "") .. words .. ": " .. table.concat(shown, ", "), 2)
    end
    return ...
  end
  return setmetatable({}, {__index = extended, __call = call})
end

local plain_assert = assert
local assertions = setmetatable({
  spy = function(new) return phrase("", false, spies[new]) end,
  add_formatter = function() end,
  formatters = {},
}, {
  __index = function(_, name) return phrase("", false, nil)[name] end,
  __call = function(_, ...) return plain_assert(...) end,
})

-- ---------------------------------------------------------------- describe and it

local block -- the one that is being read
local passed, failed, left = 0, 0, 0
local undone -- what `finally` was given in this test

local function within(name, parent)
  return {name = name, parent = parent, tests = {}, before_each = {}, after_each = {}, setup = {}, teardown = {}}
end

function describe(name, body)
  local inner = within(block.name .. name .. ": ", block)
  inner.body = body
  block.tests[#block.tests + 1] = inner
end

function it(name, body)
  block.tests[#block.tests + 1] = {name = block.name .. name, body = body}
end

function pending()
  left = left + 1
end

for _, moment in ipairs {"before_each", "after_each", "setup", "teardown"} do
  _G[moment] = function(action)
    local actions = block[moment]
    actions[#actions + 1] = action
  end
end

function finally(action)
  undone = action
end

context, insulate, test = describe, describe, it
assert, _G.spy = assertions, spy

local function all(actions)
  for _, action in ipairs(actions) do
    action()
  end
end

local function before(within)
  if within then
    before(within.parent)
    all(within.before_each)
  end
end

local function after(within)
  while within do
    all(within.after_each)
    within = within.parent
  end
end

-- A block is read when its turn comes: it may use what the tests before it have made.
local function run(within)
  block = within
  within.body()
  all(within.setup)
  for _, test in ipairs(within.tests) do
    if test.tests then
      run(test)
    else
      undone = nil
      local fine, failure = pcall(function()
        before(within)
        test.body()
      end)
      if undone then
        undone()
      end
      after(within)
      if fine then
        passed = passed + 1
      else
        failed = failed + 1
        print("FAILED " .. test.name .. "\n    " .. tostring(failure):gsub("0x%x+", "0x"))
      end
    end
  end
  all(within.teardown)
end

package.preload.luassert = function() return assertions end
package.preload.busted = function() return _G end

local function copy(values)
  local new = {}
  for key, value in next, values do
    new[key] = value
  end
  return new
end

local function restore(values, saved)
  for key in next, values do
    values[key] = saved[key]
  end
end

local files = {...}
local globals, modules = copy(_G), copy(package.loaded)
for _, file in ipairs(files) do
  local whole = within("", nil)
  whole.body = plain_assert(loadfile(file))
  run(whole)
  restore(_G, globals)
  restore(package.loaded, modules)
end
print(passed .. " passed, " .. failed .. " failed, " .. left .. " pending")
