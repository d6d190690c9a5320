-- What is unresolved in two accounts, by level: how many issues, how many events, and which one comes first.
--
--     kosmo integrations:lua examples/triage.lua --demo
--
-- With accounts of your own, `default` is the account of your choice and `work` one that you called so.

local sentry = app.integrations.sentry
local accounts = { default = sentry.default, work = sentry.work }
local LEVELS = { "fatal", "error", "warning", "info", "debug" }

local groups = {}
for _, level in ipairs(LEVELS) do
  groups[level] = { issues = 0, events = 0 }
end

local function take(account, issue)
  local group = groups[issue.level]
  local events = tonumber(issue.count) or 0 -- Sentry sends the count as text
  group.issues = group.issues + 1
  group.events = group.events + events
  if not group.worst or events > group.worst.events then
    group.worst = { account = account, id = issue.shortId, title = issue.title, events = events }
  end
end

for _, name in ipairs({ "default", "work" }) do
  for _, project in ipairs(accounts[name].list_projects({})) do
    -- A project that cannot be read must not take the others along.
    local fine, issues = pcall(accounts[name].list_issues, {
      org_slug = project.organization.slug,
      project_slug = project.slug,
      query = "is:unresolved",
      sort = "freq",
      limit = 100,
    })
    if fine then
      for _, issue in ipairs(issues) do
        take(name, issue)
      end
    else
      print(string.format("%s of %s is left out: %s", project.slug, name, issues))
    end
  end
end

for _, level in ipairs(LEVELS) do
  local group = groups[level]
  if group.worst then
    print(string.format("%-8s %3d issues %7d events", level, group.issues, group.events))
    print(string.format("         first: %s, %s (%s)", group.worst.id, group.worst.title, group.worst.account))
  end
end

return groups
