-- One project's worst issues as JSON, for another program to read.
--
--     kosmo integrations:lua examples/report.lua --demo

local sentry = app.integrations.sentry

local report = { user = sentry.get_current_user({}).email, issues = {} }

local issues = sentry.list_issues({
  org_slug = "my-org",
  project_slug = "my-project",
  query = "is:unresolved level:error",
  sort = "freq",
  limit = 3,
})

for position, issue in ipairs(issues) do
  local exception = regex.match(issue.title, [[^(\w+Error): (.*)]])
  report.issues[position] = {
    id = issue.shortId,
    exception = exception and exception[2],
    message = exception and exception[3] or issue.title,
    events = tonumber(issue.count),
    users = issue.userCount,
  }
end

print(json.encode(report))
