"""The commands that tell about integrations: list, status, doctor, fields, search, docs, schema and examples."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Sequence

from minilua.host.accounts import DEFAULT, variable
from minilua.host.arguments import schema
from minilua.host.catalog import Provider
from minilua.host.console import FAILED, Console, configured
from minilua.host.docs import Documentation
from minilua.host.errors import HostError, UnknownName
from minilua.host.integrations import Integrations
from minilua.host.parsing import Parser
from minilua.host.report import table
from minilua.host.suggestions import did_you_mean
from minilua.host.targets import target


def run(console: Console, name: str, argv: Sequence[str]) -> int:
    """Run the command of a name."""
    return COMMANDS[name.partition(":")[2]](console, name, argv)


def _list(console: Console, name: str, argv: Sequence[str]) -> int:
    parser = Parser(console, name, "List the installed integrations")
    parser.takes_configuration()
    options = parser.parse_args(argv)
    integrations = configured(console, options.config, demo=options.demo)
    described = [_described(integrations, provider) for provider in console.providers.available()]
    if options.json:
        console.json({"success": True, "integrations": described})
    elif described:
        console.say(table([[d["name"], _state(d), d["description"]] for d in described]))
    else:
        console.say("No integrations are installed.")
    return 0


def _described(integrations: Integrations, provider: Provider) -> Dict[str, Any]:
    accounts = integrations.accounts(provider)
    return {
        "name": provider.name,
        "title": provider.title,
        "description": provider.description,
        "active": integrations.active(provider),
        "configured": any(not accounts.missing(account) for account in accounts.names),
        "functions": len(provider.functions),
    }


def _state(described: Dict[str, Any]) -> str:
    if not described["active"]:
        return "inactive"
    return "ready" if described["configured"] else "not configured"


def _status(console: Console, name: str, argv: Sequence[str]) -> int:
    parser = Parser(console, name, "Show accounts and permissions of the integrations")
    parser.add_argument("integration", nargs="?")
    parser.takes_configuration()
    options = parser.parse_args(argv)
    integrations = configured(console, options.config, demo=options.demo)
    statuses = []
    chosen = [console.providers.named(options.integration)] if options.integration else console.providers.available()
    for provider in chosen:
        accounts = integrations.accounts(provider)
        permissions = integrations.permissions(provider)
        statuses.append(
            {
                **_described(integrations, provider),
                "permissions": {"read": permissions.read, "write": permissions.write},
                "default_account": accounts.default_name,
                "accounts": [
                    {"name": a, "set": list(accounts.given(a)), "missing": list(accounts.missing(a))}
                    for a in accounts.names
                ],
            }
        )
    if options.json:
        console.json({"success": True, "demo": integrations.demo, "integrations": statuses})
        return 0
    for status in statuses:
        allowed = ", ".join(f"{operation} {answer}" for operation, answer in status["permissions"].items())
        console.say(f"{status['name']}: {_state(status)}; {allowed}")
        for account in status["accounts"]:
            mark = " (default)" if account["name"] == status["default_account"] else ""
            lacks = f"; missing {', '.join(account['missing'])}" if account["missing"] else ""
            console.say(f"  {account['name']}{mark}: {', '.join(account['set']) or 'nothing'} set{lacks}")
    return 0


def _doctor(console: Console, name: str, argv: Sequence[str]) -> int:
    parser = Parser(console, name, "Check the configuration and say what is wrong")
    parser.add_argument("integration", nargs="?")
    parser.takes_configuration()
    options = parser.parse_args(argv)
    integrations = configured(console, options.config, demo=options.demo)
    checks: List[Dict[str, Any]] = []
    for provider_name in [options.integration] if options.integration else sorted(console.providers):
        problems = _problems(console, integrations, provider_name)
        checks.append({"integration": provider_name, "ok": not problems, "problems": problems})
    for unknown in () if options.integration else integrations.without_provider():
        problem = "the configuration file has settings for it, and it is not installed."
        problem += did_you_mean(unknown, console.providers)
        checks.append({"integration": unknown, "ok": False, "problems": [problem]})
    healthy = all(check["ok"] for check in checks)
    if options.json:
        console.json({"success": healthy, "checks": checks})
    else:
        for check in checks:
            console.say(f"{check['integration']}: {'ok' if check['ok'] else 'needs attention'}")
            for problem in check["problems"]:
                console.say(f"  {problem}")
    return 0 if healthy else FAILED


def _problems(console: Console, integrations: Integrations, name: str) -> List[str]:
    try:
        provider = console.providers.named(name)
    except UnknownName:
        raise
    except HostError as error:
        return [str(error)]
    problems: List[str] = []
    accounts = integrations.accounts(provider)
    if not integrations.active(provider):
        problems.append(f"not active: activate it with `kosmo integrations:configure {provider.name} --enable`")
    for account in dict.fromkeys((*accounts.names, DEFAULT)):
        try:
            accounts.choose(account)
        except HostError as error:
            if str(error) not in problems:
                problems.append(str(error))
    return problems


def _fields(console: Console, name: str, argv: Sequence[str]) -> int:
    parser = Parser(console, name, "List the credentials and settings of an integration")
    parser.add_argument("integration")
    options = parser.parse_args(argv)
    provider = console.providers.named(options.integration)
    if options.json:
        fields = [
            {
                "name": f.name,
                "description": f.description,
                "required": f.required,
                "secret": f.secret,
                "default": f.default,
                "environment": variable(provider.name, DEFAULT, f.name),
            }
            for f in provider.fields
        ]
        console.json({"success": True, "integration": provider.name, "fields": fields})
        return 0
    console.say(
        table(
            [
                [
                    f.name,
                    variable(provider.name, DEFAULT, f.name),
                    "required" if f.required else "optional",
                    f.description,
                ]
                for f in provider.fields
            ]
        )
    )
    return 0


def _search(console: Console, name: str, argv: Sequence[str]) -> int:
    parser = Parser(console, name, "Search the functions")
    parser.add_argument("query", nargs="+")
    options = parser.parse_args(argv)
    query = " ".join(options.query)
    documentation = Documentation(console.providers)
    if not options.json:
        console.say(documentation.search(query))
        return 0
    results = [
        {"name": f"{provider.name}.{f.name}", "operation": f.operation, "description": f.description}
        for provider, f in documentation.found(query)
    ]
    console.json({"success": True, "query": query, "results": results})
    return 0


def _docs(console: Console, name: str, argv: Sequence[str]) -> int:
    parser = Parser(console, name, "Read a page of the documentation, or list the pages")
    parser.add_argument("page", nargs="?")
    options = parser.parse_args(argv)
    documentation = Documentation(console.providers)
    text = documentation.read(options.page) if options.page else documentation.list()
    if options.json:
        console.json({"success": True, "page": options.page, "content": text})
    else:
        console.say(text)
    return 0


def _schema(console: Console, name: str, argv: Sequence[str]) -> int:
    parser = Parser(console, name, "Print the JSON Schema of a function's parameters")
    parser.add_argument("function")
    options = parser.parse_args(argv)
    found = target(console.providers, options.function)
    described = schema(found.function, found.provider.name)
    if options.json:
        operation = found.function.operation
        console.json({"success": True, "function": found.name, "operation": operation, "schema": described})
    else:
        console.json(described)
    return 0


def _examples(console: Console, name: str, argv: Sequence[str]) -> int:
    parser = Parser(console, name, "Print the Lua examples of a page")
    parser.add_argument("page")
    options = parser.parse_args(argv)
    examples = Documentation(console.providers).examples(options.page)
    if options.json:
        console.json({"success": True, "page": options.page, "examples": examples})
    else:
        console.say("\n\n".join(examples))
    return 0


COMMANDS: Dict[str, Callable[[Console, str, Sequence[str]], int]] = {
    "list": _list,
    "status": _status,
    "doctor": _doctor,
    "fields": _fields,
    "search": _search,
    "docs": _docs,
    "schema": _schema,
    "examples": _examples,
}
