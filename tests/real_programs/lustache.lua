-- Templates: variables, sections, inverted ones, functions, partials, other delimiters.

local lustache = require("lustache")

local view = {
  title = "Joe & \"friends\" <all>",
  count = 3,
  ratio = 0.5,
  people = {{name = "Ann", tags = {"a", "b"}}, {name = "Bob", tags = {}}, {name = "Cid"}},
  none = {},
  yes = true,
  no = false,
  deep = {er = {est = "found"}},
  loud = function(text, render) return render(text):upper() end,
  total = function(self) return self.count * 2 end,
}

for _, template in ipairs {
  "{{title}} {{{title}}} {{&title}}",
  "{{count}} {{ratio}} {{missing}}|{{deep.er.est}}",
  "{{#people}}\n- {{name}}{{#tags}} [{{.}}]{{/tags}}{{^tags}} (none){{/tags}}\n{{/people}}",
  "{{#none}}some{{/none}}{{^none}}none{{/none}} {{#yes}}yes{{/yes}}{{#no}}no{{/no}}",
  "{{#loud}}{{count}} is loud{{/loud}} {{total}}",
  "{{! a comment }}{{=<% %>=}}<% title %> {{title}}<%={{ }}=%> {{count}}",
  "{{>header}}: {{#people}}{{>person}}{{/people}}",
  "  indented\n  {{#yes}}\n    inner\n  {{/yes}}\nend",
} do
  print(lustache:render(template, view, {header = "<{{title}}>", person = "{{name}} of {{count}}; "}))
end
print(pcall(lustache.render, lustache, "{{#open}} never closed", view))
print(pcall(lustache.render, lustache, "{{/closed}}", view))
