-- The projects that the default account can see.
--
--     kosmo integrations:lua examples/projects.lua --demo

local projects = {}

for _, project in ipairs(app.integrations.sentry.list_projects({})) do
  print(project.slug .. " (" .. project.organization.slug .. ") - " .. (project.platform or "unknown"))
  projects[#projects + 1] = {
    name = project.name,
    slug = project.slug,
    organization = project.organization.slug,
    platform = project.platform,
  }
end

return projects
