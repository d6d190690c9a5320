"""What the integration offers: its seven functions, their parameters, and the fields of an account."""

from __future__ import annotations

from minilua.host.catalog import Field, Function, Parameter

DEFAULT_URL = "https://sentry.io/api/0"
DEFAULT_LIMIT = 25
DEFAULT_LEVEL = "error"
LEVELS = ("fatal", "error", "warning", "info", "debug")

_SORTS = ("date", "freq", "new", "priority")

_ORG = Parameter("org_slug", "string", 'The organization slug (e.g., "my-org")', required=True)
_PROJECT = Parameter("project_slug", "string", 'The project slug (e.g., "my-project")', required=True)
_LIMIT = Parameter(
    "limit", "integer", "Max results (default: 25, max: 100)", minimum=1, maximum=100, default=DEFAULT_LIMIT
)

FUNCTIONS = (
    Function(
        "list_projects",
        "List every Sentry project that the token's user can see, with its slug, organization and platform.",
        "read",
        (Parameter("query", "string", "Filter projects by name or slug"),),
    ),
    Function(
        "get_project",
        "Get one Sentry project in detail: name, platform, teams, features and latest release.",
        "read",
        (_ORG, _PROJECT),
    ),
    Function(
        "list_issues",
        "List the issues (errors) of a Sentry project, searched and sorted, with ids, titles, counts and levels.",
        "read",
        (
            _ORG,
            _PROJECT,
            Parameter("query", "string", 'Search query (e.g., "is:unresolved level:error")'),
            Parameter("sort", "string", 'Sort order: "date", "freq", "new", "priority"', choices=_SORTS),
            _LIMIT,
        ),
    ),
    Function(
        "get_issue",
        "Get one Sentry issue in detail: title, culprit, level, status, tags, event count and affected users.",
        "read",
        (Parameter("issue_id", "string", 'The Sentry issue ID (e.g., "1234567890")', required=True),),
    ),
    Function(
        "list_releases",
        "List the releases of a Sentry project, newest first, with versions, dates, authors and commits.",
        "read",
        (_ORG, _PROJECT, _LIMIT),
    ),
    Function(
        "create_issue",
        "Create an issue in a Sentry project from a title, a message, a level, tags and extra data.",
        "write",
        (
            _ORG,
            _PROJECT,
            Parameter("title", "string", "Short description of the issue", required=True),
            Parameter("message", "string", "Full error message or stacktrace"),
            Parameter(
                "level",
                "string",
                'Severity: "fatal", "error", "warning", "info", "debug"',
                choices=LEVELS,
                default=DEFAULT_LEVEL,
            ),
            Parameter("tags", "object", 'Key-value tags (e.g., {environment = "production"})'),
            Parameter("extra", "object", "Additional context data as key-value pairs"),
        ),
    ),
    Function(
        "get_current_user",
        "Get the user whose token the account holds: name, email and id. A quick check of the connection.",
        "read",
    ),
)

FIELDS = (
    Field("auth_token", "Auth token of a Sentry user", required=True, secret=True),
    Field("url", "Address of the Sentry server's API", default=DEFAULT_URL),
    Field("organization", "Organization slug, for short issue ids such as WEB-1"),
    Field("region", 'Region of the server to keep to, such as "de" for de.sentry.io'),
    Field("ca_bundle", "PEM file of the certificate authorities to trust, in place of the public ones"),
    Field("proxy", "Address of the HTTP or SOCKS proxy to go through", secret=True),  # it may hold a password
)
