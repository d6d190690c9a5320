"""One account's session: the seven functions over Sentry's HTTP API.

Which endpoints a server has differs (see `dialect`); what a function finds out about the server holds for the session.
"""

from __future__ import annotations

import os
import re
import threading
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple, TypeVar

from minilua.host.accounts import Account
from minilua.host.catalog import ProviderError
from sentry_integration import events
from sentry_integration.address import Address, Ingest, api_address, chosen_region, ingest, path_of, region_address
from sentry_integration.catalog import DEFAULT_LIMIT, DEFAULT_URL
from sentry_integration.delivery import Delivery
from sentry_integration.dialect import Dialect
from sentry_integration.faults import Fault, message
from sentry_integration.http import Answer, Http, check_proxy
from sentry_integration.pages import LARGEST_PAGE, collect, lacks_cursor, pages
from sentry_integration.patience import TOTAL, Budget
from sentry_integration.searches import glitchtip_search, is_common, level_apart, search_query
from sentry_integration.tokens import Origin, origin_of_token

Found = TypeVar("Found")

_USER_PATHS = ("/auth/", "/users/me/", "/")
_SHORT_ID = re.compile(r"[A-Za-z0-9_-]+-[A-Za-z0-9]+")
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9_.-]+( [A-Za-z0-9_.-]+)*")
_FIRST_POLL = 0.25  # Sentry allows five requests a second
_LONGEST_POLL = 1.0


class _Call(threading.local):
    """The call that a thread is making."""

    budget: Budget


class SentrySession:
    """The functions of the catalog for one account; several threads may call them at once.

    Every failure leaves as `ProviderError`. Whoever calls has checked the arguments against the catalog.
    """

    def __init__(self, account: Account, *, transport: Any = None, http: Optional[Http] = None) -> None:
        """A session for `account`; nothing is sent yet.

        `transport` is an httpx transport for other ways than the network, `http` replaces the whole client.

        Raises:
            ProviderError: the settings are of no use.
        """
        self._account = account.name
        self._token = (account.settings.get("auth_token") or "").strip()
        url = account.settings.get("url") or DEFAULT_URL
        try:
            self._api = api_address(url)
        except ValueError as error:
            raise ProviderError(f"sentry (account '{account.name}'): 'url' is unusable: {error}") from None
        if not self._token or not self._token.isascii() or not self._token.isprintable() or " " in self._token:
            raise ProviderError(f"sentry (account '{account.name}'): 'auth_token' is missing or malformed")
        organization = (account.settings.get("organization") or "").strip()
        self._home = self._api
        self._regions: Optional[List[Address]] = None
        made = origin_of_token(self._token)
        self._choose_region(url, (account.settings.get("region") or "").strip(), made)
        organization = organization or (made.organization if made else "")
        self._organizations = [organization] if organization else []
        proxy = (account.settings.get("proxy") or "").strip()
        try:
            check_proxy(proxy or "http://none")
        except ValueError as error:
            raise ProviderError(f"sentry (account '{account.name}'): 'proxy' is unusable: {error}") from None
        ca_bundle = (account.settings.get("ca_bundle") or "").strip()
        self._http = http or Http(self._token, proxy=proxy, ca_bundle=ca_bundle, transport=transport)
        self._dialect = Dialect()
        self._ingests: Dict[Tuple[str, str], Ingest] = {}
        self._seen: List[Tuple[str, str]] = []
        self._places: Dict[str, Address] = {}  # the regions of organizations that are elsewhere than at `_api`
        self._delivery = Delivery(self._http)
        self._call = _Call()
        self._functions: Dict[str, Callable[[Mapping[str, Any]], Any]] = {
            "list_projects": self._list_projects,
            "get_project": self._get_project,
            "list_issues": self._list_issues,
            "get_issue": self._get_issue,
            "list_releases": self._list_releases,
            "create_issue": self._create_issue,
            "get_current_user": self._get_current_user,
        }

    def _choose_region(self, url: str, region: str, made: Optional[Origin]) -> None:
        try:
            if made and made.url and url == DEFAULT_URL:
                self._home = self._api = api_address(made.url)
            if region:
                self._api = chosen_region(region, self._home)
        except ValueError as error:
            what = "region" if region else "auth_token"
            raise ProviderError(f"sentry (account '{self._account}'): '{what}' is unusable: {error}") from None
        if made and not region:
            self._api = region_address(made.region, self._home) or self._home
        if made or region:
            self._regions = []  # no other one is asked

    def __repr__(self) -> str:
        return f"<SentrySession of account '{self._account}' on {self._api.origin}>"

    def call(self, function: str, arguments: Dict[str, Any]) -> Any:
        """Call `function` and answer what Sentry says, as plain JSON data.

        Raises:
            ProviderError: Sentry refused, could not be reached, or would not have taken what was to be sent.
        """
        return self._told(function, arguments, self._functions[function])

    def preview(self, function: str, arguments: Dict[str, Any]) -> Any:
        """What a call would change: the event of create_issue, checked in full, and where it would go.

        Raises:
            ProviderError: as `call` would.
        """
        if function == "create_issue":
            return self._told(function, arguments, self._preview_of_issue)
        return {"function": function, "arguments": arguments}

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _told(self, function: str, arguments: Mapping[str, Any], do: Callable[[Mapping[str, Any]], Any]) -> Any:
        given = {name: value for name, value in arguments.items() if value is not None}
        self._call.budget = Budget(TOTAL, self._http.clock)
        try:
            _check_texts(given)
            return do(given)
        except Fault as fault:
            keys = [target.public_key for target in list(self._ingests.values())]  # other threads may add some
            text = message(function, self._account, fault, given, self._api.origin, self._token, keys)
        raise ProviderError(text)

    # Reading

    def _get(
        self,
        path: str,
        parameters: Optional[Mapping[str, str]] = None,
        *,
        api: Optional[Address] = None,
        patient: bool = True,
    ) -> Answer:
        answer = self._http.get(api or self._api, path, self._call.budget, parameters, patient=patient)
        if not self._dialect.links_as_glitchtip and "link" in answer.headers:
            self._dialect.links_as_glitchtip = lacks_cursor(answer.headers["link"])
        return answer

    def _object(self, path: str, *, api: Optional[Address] = None) -> Dict[str, Any]:
        answer = self._get(path, api=api)
        if not isinstance(answer.data, dict):
            raise Fault("body", "Sentry sent something else than an object", answer.status)
        return answer.data

    def _list(
        self,
        path: str,
        parameters: Mapping[str, str],
        limit: Optional[int] = None,
        *,
        api: Optional[Address] = None,
        patient: bool = True,
    ) -> List[Dict[str, Any]]:
        return collect(lambda page: self._get(path, page, api=api, patient=patient), parameters, limit)

    def _list_projects(self, given: Mapping[str, Any]) -> List[Dict[str, Any]]:
        # /projects/ knows the projects of the user's teams in one region; organizations know all that are open to
        # the user, but a token may lack org:read. Together they are the whole list.
        wanted = given.get("query", "").strip()
        parameters = {"query": wanted} if _PLAIN_QUERY.fullmatch(wanted) else {}
        found: List[Dict[str, Any]] = []
        if self._dialect.refused_projects is None:
            try:
                found += self._list("/projects/", parameters)
            except Fault as fault:
                if not fault.absent:
                    raise
                self._dialect.refused_projects = fault
        try:
            organizations = self._list("/organizations/", {})
        except Fault as fault:
            if not fault.absent:
                raise
            if self._dialect.refused_projects is not None:
                raise self._dialect.refused_projects from None
            for region in self._other_regions():
                found += self._if_there(self._list, "/projects/", parameters, api=region) or []
        else:
            # A server of several regions lists the organizations of one, and only then says where each of them is.
            regions = self._other_regions() if not organizations or any(map(_region_of, organizations)) else []
            seen: List[Any] = []
            for region in (self._api, *regions):
                if region != self._api:
                    organizations = self._if_there(self._list, "/organizations/", {}, api=region) or []
                for organization in organizations:
                    if organization.get("slug") not in seen:
                        seen.append(organization.get("slug"))
                        found += self._projects_of(organization, parameters, region)
        placed = {project.get("id") for project in found if _organization_of(project)}
        projects: Dict[Any, Dict[str, Any]] = {}
        for project in found:
            if _organization_of(project) or project.get("id") not in placed:  # else it comes with its organization too
                projects.setdefault((_organization_of(project), project.get("id")), project)
        return [
            project
            for project in projects.values()
            if wanted.casefold() in str(project.get("name") or "").casefold()
            or wanted.casefold() in str(project.get("slug") or "").casefold()
        ]

    def _projects_of(
        self, organization: Dict[str, Any], parameters: Mapping[str, str], lister: Address
    ) -> List[Dict[str, Any]]:
        path = path_of("organizations", str(organization.get("slug")), "projects")
        region = self._trusted_region(_region_of(organization))
        projects: Optional[List[Dict[str, Any]]] = None
        for api in (region, lister):  # the region fails where a server is misled about its own address
            if projects is None and api is not None:
                projects = self._if_there(self._list, path, parameters, api=api)
        projects = projects or []
        for project in projects:
            if not isinstance(project.get("organization"), dict):
                project["organization"] = organization
        return [project for project in projects if project.get("hasAccess", True)]

    def _get_project(self, given: Mapping[str, Any]) -> Dict[str, Any]:
        path = self._project_path(given)
        project = self._of_organization(given["org_slug"], lambda api: self._object(path, api=api))
        if not isinstance(project.get("organization"), dict):
            project["organization"] = {"slug": given["org_slug"]}
        return project

    def _list_issues(self, given: Mapping[str, Any]) -> List[Dict[str, Any]]:
        query = given.get("query")

        def ask(order: str, patient: bool) -> List[Dict[str, Any]]:
            parameters = {"sort": order} if order else {}
            if query is not None:
                mine = self._dialect.is_glitchtips(order)
                parameters.update(glitchtip_search(query) if mine else {"query": search_query(query)})
            issues = self._issues(given, parameters, given.get("limit", DEFAULT_LIMIT), patient)
            if issues or not self._dialect.links_as_glitchtip:
                return issues
            return self._issues_of_level(given, parameters)

        if "sort" in given or (query is not None and not is_common(query)):
            # The order, "date" where none is asked for, is what tells the servers apart.
            return self._dialect.sorted_list(given.get("sort", "date"), ask)
        return ask("", True)

    def _issues_of_level(self, given: Mapping[str, Any], parameters: Mapping[str, str]) -> List[Dict[str, Any]]:
        """The issues of the level that a search asks for, which an early GlitchTip looks for among the tags."""
        limit = given.get("limit", DEFAULT_LIMIT)
        level, search = level_apart(parameters.get("query", ""))
        path = self._project_path(given, "issues")
        found: List[Dict[str, Any]] = []
        if level and self._dialect.is_early_glitchtip(lambda order: self._list(path, {"sort": order}, 1)):
            for issues in pages(lambda page: self._get(path, page), {**parameters, "query": search}, LARGEST_PAGE):
                found += [issue for issue in issues if issue.get("level") == level]
                if len(found) >= limit:
                    break
        return found[:limit]

    def _issues(
        self, given: Mapping[str, Any], parameters: Mapping[str, str], limit: int, patient: bool
    ) -> List[Dict[str, Any]]:
        refusal: Optional[Fault] = None
        if not self._dialect.issues_of_organization:
            try:
                return self._of_project(given, "issues", parameters, limit, patient=patient)
            except Fault as fault:
                if fault.status not in (404, 405, 410):
                    raise
                refusal = fault
        # Either the project is missing or that endpoint, which current Sentry calls deprecated.
        try:
            number = str(self._get_project(given).get("id"))
        except Fault as fault:
            raise refusal or fault from None
        path, parameters = path_of("organizations", given["org_slug"], "issues"), {**parameters, "project": number}
        issues = self._list(path, parameters, limit, api=self._place(given["org_slug"]), patient=patient)
        self._dialect.issues_of_organization = True
        return issues

    def _of_project(
        self,
        given: Mapping[str, Any],
        what: str,
        parameters: Mapping[str, str],
        limit: Optional[int] = None,
        *,
        patient: bool = True,
    ) -> List[Dict[str, Any]]:
        path = self._project_path(given, what)
        found = self._of_organization(
            given["org_slug"], lambda api: self._list(path, parameters, limit, api=api, patient=patient)
        )
        project = (given["org_slug"], given["project_slug"])
        if not found and self._dialect.may_be_glitchtip and project not in self._seen:
            # GlitchTip has an empty list for a project that is not there.
            try:
                self._get_project(given)
            except Fault as fault:
                if fault.status != 403:  # the token need not be allowed to look
                    raise
            self._seen.append(project)
        return found

    def _get_issue(self, given: Mapping[str, Any]) -> Dict[str, Any]:
        name = given["issue_id"].strip()
        if name.isascii() and name.isdigit():
            return self._issue(name, self._organizations)
        if not _SHORT_ID.fullmatch(name):
            raise Fault("argument", f"issue_id '{name}' is neither a number nor a short id such as WEB-1")
        organizations = self._organizations or [
            str(organization.get("slug")) for organization in self._list("/organizations/", {})
        ]
        refusal: Optional[Fault] = None
        for organization in organizations:
            try:
                return self._issue(self._number_of(name.upper(), organization), [organization])
            except Fault as fault:
                if not fault.absent:
                    raise
                refusal = refusal or fault
        raise refusal or Fault("argument", f"issue_id '{name}' is a short id, and this account sees no organization")

    def _number_of(self, short_id: str, organization: str) -> str:
        path = path_of("organizations", organization, "shortids", short_id)
        try:
            return str(self._of_organization(organization, lambda api: self._object(path, api=api)).get("groupId"))
        except Fault as fault:
            if fault.kind != "page":
                raise
        # GlitchTip looks up no short ids, but makes them of the project's slug.
        path = path_of("projects", organization, short_id.rpartition("-")[0].lower(), "issues")
        for issues in pages(lambda page: self._get(path, page), {}, LARGEST_PAGE):
            for issue in issues:
                if issue.get("shortId") == short_id:
                    return str(issue.get("id"))
        raise Fault("status", "no issue in the project's list has this short id", 404)

    def _issue(self, number: str, organizations: List[str]) -> Dict[str, Any]:
        path = path_of("issues", number)
        try:
            return self._object(path)
        except Fault as fault:
            if not fault.absent:
                raise
            refusal = fault
        # The number alone does not lead to the region that holds the issue; its organization does.
        for organization in organizations:
            named = path_of("organizations", organization, "issues", number)
            found = self._if_there(self._object, named, api=self._place(organization))
            if found is not None:
                return found
        for region in self._other_regions():
            found = self._if_there(self._object, path, api=region)
            if found is not None:
                return found
        raise refusal

    def _list_releases(self, given: Mapping[str, Any]) -> List[Dict[str, Any]]:
        return self._of_project(given, "releases", {}, given.get("limit", DEFAULT_LIMIT))

    def _get_current_user(self, given: Mapping[str, Any]) -> Dict[str, Any]:
        known = self._dialect.user_path
        refusal: Optional[Fault] = None
        for path in (known,) if known else _USER_PATHS:
            try:
                user = self._object(path, api=self._home)
            except Fault as fault:
                # /auth/ answers 400 or 401 where it knows browser sessions alone, whatever the token.
                if not fault.absent and fault.status not in (400, 401):
                    raise
                refusal = fault
                continue
            if path == "/":
                user = user.get("user") or {}  # beside it some servers show the token
                refusal = Fault("body", "the token belongs to no user, as an organization's own does")
            if user.get("id") is not None:
                self._dialect.user_path = path
                return user
        raise refusal or Fault("body", "Sentry sent something else than a user")

    def _if_there(self, ask: Callable[..., Found], *arguments: Any, **more: Any) -> Optional[Found]:
        """What `ask` answers, or None where the server has no such thing for this token."""
        try:
            return ask(*arguments, **more)
        except Fault as fault:
            if not fault.absent:
                raise
        return None

    def _other_regions(self) -> List[Address]:
        if self._regions is None:
            answer = self._if_there(self._object, "/users/me/regions/") or {}
            named = [region.get("url") for region in answer.get("regions") or [] if isinstance(region, dict)]
            several = len(named) > 1  # a server of one is often misled about its own port
            if not named:
                named = list(map(_region_of, self._if_there(self._list, "/organizations/", {}) or []))
            urls = dict.fromkeys(url for url in named if isinstance(url, str))
            found = [region_address(url, self._api, any_port=several) for url in urls]
            self._regions = [region for region in found if region is not None]
        return self._regions

    def _of_organization(self, organization: str, ask: Callable[[Address], Found]) -> Found:
        """What `ask` answers where the organization is: in a region of its own if the account's server says 404."""
        place = self._places.get(organization)
        try:
            return ask(place or self._api)
        except Fault as fault:
            if place is not None or fault.kind != "status" or fault.status != 404:
                raise
            for region in self._other_regions():
                if self._if_there(self._object, path_of("organizations", organization), api=region) is not None:
                    self._places[organization] = region
                    return ask(region)
            raise

    def _place(self, organization: str) -> Address:
        return self._places.get(organization, self._api)

    def _trusted_region(self, url: str) -> Optional[Address]:
        region = region_address(url, self._home, any_port=True)
        return region if region in (self._regions or ()) else region_address(url, self._home)

    def _project_path(self, given: Mapping[str, Any], *more: str) -> str:
        if given["org_slug"] not in self._organizations:
            self._organizations.append(given["org_slug"])
        return path_of("projects", given["org_slug"], given["project_slug"], *more)

    # Writing

    def _preview_of_issue(self, given: Mapping[str, Any]) -> Dict[str, Any]:
        payload = events.event(given)
        events.compressed(events.envelope(os.urandom(16).hex(), payload))
        return {"method": "POST", "url": self._ingest(given).envelope, "event": payload}

    def _create_issue(self, given: Mapping[str, Any]) -> Dict[str, Any]:
        payload = events.event(given)
        event_id = os.urandom(16).hex()  # kept over all attempts, so that the event cannot arrive twice
        project = (given["org_slug"], given["project_slug"])
        known = project in self._ingests
        try:
            self._delivery.send(self._ingest(given), event_id, payload, self._call.budget)
        except Fault as fault:
            if not known or fault.status not in (401, 403, 404):
                raise
            # The key may have been replaced since it was looked up.
            self._ingests.pop(project, None)
            self._delivery.send(self._ingest(given), event_id, payload, self._call.budget)
        try:
            issue = self._issue(self._group_of(given, event_id), [given["org_slug"]])
            return {**issue, "event_id": event_id}
        except Fault as fault:
            fault.words = f"the event {event_id} was sent, but its issue could not be read: {fault.words}"
            raise

    def _ingest(self, given: Mapping[str, Any]) -> Ingest:
        project = (given["org_slug"], given["project_slug"])
        known = self._ingests.get(project)
        if known is not None:
            return known
        for key in self._of_project(given, "keys", {}):
            dsn = key.get("dsn")
            public = dsn.get("public") if isinstance(dsn, dict) else None
            if key.get("isActive", True) and isinstance(public, str):
                try:
                    found = self._ingests[project] = ingest(public)
                except ValueError:
                    continue
                return found
        raise Fault(
            "argument", f"project '{project[0]}/{project[1]}' has no active client key; enable one in its settings"
        )

    def _group_of(self, given: Mapping[str, Any], event_id: str) -> str:
        path = self._project_path(given, "events", event_id)
        delay = _FIRST_POLL
        while True:
            try:
                event = self._object(path, api=self._place(given["org_slug"]))
                group = event.get("groupID") or event.get("issue")  # the latter is an early GlitchTip's
            except Fault as fault:
                if fault.status != 404:
                    raise
                group = None
            if group:
                return str(group)
            if self._call.budget.left() <= delay:
                raise Fault(
                    "unfinished",
                    f"Sentry made no issue of it within {TOTAL:g} s. The project may filter or limit events, or the "
                    "issue may still come",
                )
            self._http.sleep(delay)
            delay = min(delay * 1.25, _LONGEST_POLL)


def _organization_of(project: Mapping[str, Any]) -> Any:
    organization = project.get("organization")
    return organization.get("slug") if isinstance(organization, dict) else None


def _region_of(organization: Mapping[str, Any]) -> str:
    links = organization.get("links")
    url = links.get("regionUrl") if isinstance(links, dict) else None
    return url if isinstance(url, str) else ""


def _check_texts(given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        if name in ("org_slug", "project_slug", "issue_id") and (not value.strip() or value in (".", "..")):
            raise Fault("argument", f"{name} is empty or no name")
        try:
            if isinstance(value, str):
                value.encode("utf-8")
        except UnicodeEncodeError:
            raise Fault("argument", f"{name} is not valid UTF-8") from None
