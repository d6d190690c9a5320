-- The releases of a project as a list in Markdown, with the issues that appeared since each one was released.
--
--     kosmo integrations:lua examples/release_notes.lua --demo

local ORGANIZATION, PROJECT = "my-org", "my-project"

local sentry = app.integrations.sentry
local project = { org_slug = ORGANIZATION, project_slug = PROJECT }

local releases = sentry.list_releases({ org_slug = ORGANIZATION, project_slug = PROJECT, limit = 5 })
local issues = sentry.list_issues({
  org_slug = ORGANIZATION,
  project_slug = PROJECT,
  query = "is:unresolved",
  sort = "new",
  limit = 100,
})

-- Times as Sentry writes them, "2026-05-01T12:00:00Z", are in order when their texts are.
local function since(time, before)
  local found = {}
  for _, issue in ipairs(issues) do
    if issue.firstSeen >= time and (before == nil or issue.firstSeen < before) then
      found[#found + 1] = issue
    end
  end
  return found
end

print("# " .. sentry.get_project(project).name)

local later
for _, release in ipairs(releases) do
  local released = release.dateReleased
  if released then
    print(("\n## %s, %s\n"):format(release.version, released:match("^%d+-%d+-%d+")))
    for _, issue in ipairs(since(released, later)) do
      print(("- %s %s"):format(issue.shortId, issue.title))
    end
    later = released
  else
    print(("\n## %s, not released"):format(release.version))
  end
end
