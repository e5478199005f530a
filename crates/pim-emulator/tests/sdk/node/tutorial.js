// Microsoft's tutorial of 2025.
"use strict";

const assert = require("node:assert/strict");
const { advance, clientOf, refused } = require("./emulator");

const USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const DIRECTORY = "/roleManagement/directory";
const USERS = "https://graph.microsoft.com/v1.0/users";

const activation = (principalId, justification) => ({
  action: "SelfActivate",
  principalId,
  roleDefinitionId: USER_ADMINISTRATOR,
  directoryScopeId: "/",
  justification,
  scheduleInfo: {
    startDateTime: "2025-03-21T11:06:00.000Z",
    expiration: { type: "AfterDuration", duration: "PT5H" },
  },
  ticketInfo: { ticketNumber: "CONTOSO:Security-012345", ticketSystem: "Contoso ICM" },
});

async function theTutorialOf2025() {
  const [admin, user] = [clientOf("GRAPH_ADMIN_TOKEN"), clientOf("GRAPH_USER_TOKEN")];
  const [me, aline] = [await admin.api("/me").get(), await user.api("/me").select("id,displayName").get()];
  assert.equal(aline.displayName, "Aline Dupuy");
  assert.ok(!("mail" in aline), "only what was selected is there");

  // Step 1: a group that can hold roles.
  const group = await admin.api("/groups").post({
    description: "IT Helpdesk to support Contoso employees",
    displayName: "IT Helpdesk (User)",
    mailEnabled: false,
    mailNickname: "userHelpdesk",
    securityEnabled: true,
    isAssignableToRole: true,
    "owners@odata.bind": [`${USERS}/${me.id}`],
    "members@odata.bind": [`${USERS}/${me.id}`, `${USERS}/${aline.id}`],
  });
  assert.equal(group["@odata.context"], "https://graph.microsoft.com/v1.0/$metadata#groups/$entity");
  assert.deepEqual([group.isAssignableToRole, group.visibility, group.groupTypes], [true, "Private", []]);

  // Step 2: it becomes eligible.
  const eligible = await admin.api(`${DIRECTORY}/roleEligibilityScheduleRequests`).post({
    action: "AdminAssign",
    justification: "Assign User Admin eligibility to IT Helpdesk (User) group",
    roleDefinitionId: USER_ADMINISTRATOR,
    directoryScopeId: "/",
    principalId: group.id,
    scheduleInfo: {
      startDateTime: "2025-03-21T11:06:00Z",
      expiration: { endDateTime: "2026-03-21T00:00:00Z", type: "AfterDateTime" },
    },
  });
  assert.deepEqual([eligible.status, eligible.action], ["Provisioned", "adminAssign"]);
  assert.equal(eligible.scheduleInfo.expiration.type, "afterDateTime");
  assert.equal(eligible.targetScheduleId, eligible.id);

  // Step 3: the user holds nothing.
  const held = await admin.api(`${DIRECTORY}/roleAssignments`).filter(`principalId eq '${aline.id}'`).get();
  assert.deepEqual(held.value, []);

  // Step 4: the user activates it; not without saying why.
  const requests = `${DIRECTORY}/roleAssignmentScheduleRequests`;
  const code = "RoleAssignmentRequestPolicyValidationFailed";
  const error = await refused(user.api(requests).post(activation(aline.id)), 400, code);
  assert.match(error.message, /\["JustificationRule"\]/);
  const active = await user.api(requests).post(activation(aline.id, "Need to invalidate all tokens."));
  assert.deepEqual([active.status, active.action], ["Provisioned", "selfActivate"]);
  assert.equal(active.scheduleInfo.expiration.duration, "PT5H");

  // Step 5: it is there.
  const mine = await user.api(`${requests}/filterByCurrentUser(on='principal')`).expand("roleDefinition").get();
  assert.deepEqual(mine.value.map((request) => request.id), [active.id]);
  assert.equal(mine.value[0].roleDefinition.displayName, "User Administrator");
  const instances = `${DIRECTORY}/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')`;
  const [instance] = (await user.api(instances).get()).value;
  assert.deepEqual([instance.assignmentType, instance.memberType], ["Activated", "Direct"]);
  assert.equal(new Date(instance.endDateTime).toISOString(), "2025-03-21T16:06:00.000Z");

  // What was done is on record.
  const ofIt = `correlationId eq '${active.id}'`;
  const entries = (await admin.api("/auditLogs/directoryAudits").filter(ofIt).get()).value;
  const activities = entries.map((entry) => entry.activityDisplayName);
  assert.ok(activities.includes("Add member to role completed (PIM activation)"), String(activities));

  // Five hours later it is over.
  await advance("PT5H");
  assert.deepEqual((await user.api(instances).get()).value, []);

  // Step 6: tidying up.
  const removed = await admin.api(`${DIRECTORY}/roleEligibilityScheduleRequests`).post({
    action: "AdminRemove",
    principalId: group.id,
    roleDefinitionId: USER_ADMINISTRATOR,
    directoryScopeId: "/",
  });
  assert.equal(removed.status, "Revoked");
  assert.equal(await admin.api(`/groups/${group.id}`).delete(), undefined, "204 has no body");
  await refused(admin.api(`/groups/${group.id}`).get(), 404, "Request_ResourceNotFound");
}

module.exports = { theTutorialOf2025 };
