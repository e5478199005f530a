// Pages, counts, batches and errors, through the helpers that the SDK has for them.
"use strict";

const assert = require("node:assert/strict");
const { BatchRequestContent, BatchResponseContent, PageIterator } = require("@microsoft/microsoft-graph-client");
const { clientOf, refused } = require("./emulator");

async function pages() {
  const admin = clientOf("GRAPH_ADMIN_TOKEN");
  const first = await admin.api("/roleManagement/directory/roleDefinitions").select("id,displayName").top(50).get();
  assert.equal(first.value.length, 50);
  const names = [];
  const iterator = new PageIterator(admin, first, (role) => names.push(role.displayName) > 0);
  await iterator.iterate();
  assert.ok(iterator.isComplete() && names.length > 100 && new Set(names).size === names.length, `${names.length}`);
}

async function counts() {
  const admin = clientOf("GRAPH_ADMIN_TOKEN");
  const eventual = (path) => admin.api(path).header("ConsistencyLevel", "eventual");
  const all = await eventual("/users/$count").get();
  const page = await eventual("/users").filter("endsWith(userPrincipalName,'@contoso.com')").count(true).top(2).get();
  assert.deepEqual([page["@odata.count"], page.value.length], [Number(all), 2]);
}

async function batches() {
  const admin = clientOf("GRAPH_ADMIN_TOKEN");
  // The SDK takes the host away and nothing more: there must be no version.
  const get = (id, url, dependsOn) => ({ id, request: new Request(url, { method: "GET" }), dependsOn });
  const content = await new BatchRequestContent([
    get("1", "https://graph.microsoft.com/me"),
    get("2", "https://graph.microsoft.com/users/00000000-0000-0000-0000-000000000001", ["1"]),
    get("3", "https://graph.microsoft.com/me", ["2"]),
  ]).getContent();
  const answers = new BatchResponseContent(await admin.api("/$batch").post(content));
  const statuses = ["1", "2", "3"].map((id) => answers.getResponseById(id).status);
  assert.deepEqual(statuses, [200, 404, 424]);
  assert.equal((await answers.getResponseById("1").json()).userPrincipalName, "admin@contoso.com");
}

async function authenticationContexts() {
  const adele = clientOf("GRAPH_ADELE_TOKEN");
  const directory = "/roleManagement/directory";
  const me = await adele.api("/me").get();
  const eligible = `${directory}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')`;
  const [eligibility] = (await adele.api(eligible).get()).value;
  const activation = {
    action: "selfActivate",
    principalId: me.id,
    roleDefinitionId: eligibility.roleDefinitionId,
    directoryScopeId: "/",
    justification: "To try it",
    scheduleInfo: { expiration: { type: "afterDuration", duration: "PT1H" } },
  };
  const post = adele.api(`${directory}/roleAssignmentScheduleRequests`).post(activation);
  const error = await refused(post, 400, "RoleAssignmentRequestAcrsValidationFailed");
  const claims = JSON.parse(decodeURIComponent(error.message.split("claims=")[1]));
  assert.equal(claims.access_token.acrs.value, "c1");
}

async function whatIsNotThere() {
  const admin = clientOf("GRAPH_ADMIN_TOKEN");
  await refused(admin.api("/nothing").get(), 400, "BadRequest");
  const filter = "noSuchProperty eq 'x'";
  await refused(admin.api("/users").filter(filter).get(), 400, "BadRequest");
}

module.exports = { pages, counts, batches, authenticationContexts, whatIsNotThere };
