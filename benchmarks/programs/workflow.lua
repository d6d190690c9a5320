local LEVELS = {"fatal", "error", "warning", "info"}
local TEAMS = {web = "frontend", api = "platform", jobs = "platform", mobile = "apps", billing = "money"}
local PROJECTS = {"web", "api", "jobs", "mobile", "billing"}

local function make(n)
  local issues = {}
  for i = 1, n do
    issues[i] = {
      id = tostring(1000 + i),
      title = "Error number " .. i,
      level = LEVELS[i % 4 + 1],
      status = i % 3 == 0 and "resolved" or "unresolved",
      count = tostring(i * 37 % 101),
      users = i * 7 % 13,
      project = {slug = PROJECTS[i * i % 5 + 1], platform = "python"},
      metadata = {type = "ValueError" .. i % 17, value = "bad value", filename = "app/module" .. i % 9 .. ".py"},
      tags = {{key = "browser", value = "b" .. i % 3}, {key = "release", value = "1." .. i % 5}},
    }
  end
  return issues
end

local function analyse(issues)
  local open = {}
  for _, issue in ipairs(issues) do
    if issue.status == "unresolved" and issue.level ~= "info" then
      open[#open + 1] = issue
    end
  end

  local groups, releases = {}, {}
  for _, issue in ipairs(open) do
    local slug = issue.project.slug
    local group = groups[slug]
    if not group then
      group = {slug = slug, team = TEAMS[slug], issues = 0, events = 0, users = 0, types = {}}
      groups[slug] = group
    end
    group.issues = group.issues + 1
    group.events = group.events + tonumber(issue.count)
    group.users = math.max(group.users, issue.users)
    local kind = issue.metadata.type
    group.types[kind] = (group.types[kind] or 0) + 1
    for _, tag in ipairs(issue.tags) do
      if tag.key == "release" then
        releases[tag.value] = (releases[tag.value] or 0) + 1
      end
    end
  end

  local ordered = {}
  for _, group in pairs(groups) do
    ordered[#ordered + 1] = group
  end
  table.sort(ordered, function(a, b)
    if a.events ~= b.events then
      return a.events > b.events
    end
    return a.slug < b.slug
  end)
  table.sort(open, function(a, b)
    local left, right = tonumber(a.count), tonumber(b.count)
    if left ~= right then
      return left > right
    end
    return a.id < b.id
  end)

  local lines = {}
  for rank, group in ipairs(ordered) do
    local kinds = 0
    for _ in pairs(group.types) do
      kinds = kinds + 1
    end
    lines[#lines + 1] = string.format("%d. %s (%s): %d issues, %d events, %d kinds, up to %d users",
      rank, group.slug, group.team, group.issues, group.events, kinds, group.users)
  end
  for i = 1, 10 do
    local issue = open[i]
    lines[#lines + 1] = "#" .. issue.id .. " " .. issue.title .. " x" .. issue.count .. " in " .. issue.metadata.filename
  end
  local names = {}
  for name in pairs(releases) do
    names[#names + 1] = name
  end
  table.sort(names)
  for _, name in ipairs(names) do
    lines[#lines + 1] = name .. "=" .. releases[name]
  end
  return table.concat(lines, "\n")
end

return function(n, issues)
  return analyse(issues or make(n))
end
