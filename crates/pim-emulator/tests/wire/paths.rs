//! Paths, headers and batches.

use super::exchange::Exchange;

pub(crate) const ALL: &[Exchange] = &[
    Exchange::get(
        "Slashes too many, letters of any case",
        "GET /v1.0//roleManagement/Directory//RoleEligibilityScheduleInstances/?$top=1",
        &[("/value/0/roleDefinitionId", "*")],
    ),
    Exchange::get("Owners, as a title", "GET /v1.0/groups/<helpdesk>/Owners", &[("/value/0/id", "*")]),
    Exchange::get(
        "A function with its namespace",
        "GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances/microsoft.graph.filterByCurrentUser(on='principal')",
        &[("/value/0/roleDefinitionId", "<groups-administrator>")],
    )
    .by("adelev"),
    Exchange::get("A key in parentheses", "GET /v1.0/users('<aline>')?$select=id", &[("/id", "<aline>")]),
    Exchange::get(
        "A name in the place of an id",
        "GET /v1.0/users/alined@contoso.com?$select=Id",
        &[("/id", "<aline>")],
    ),
    Exchange::get(
        "An option whose dollar is escaped, and plus signs for blanks",
        "GET /v1.0/users?%24filter=userPrincipalName+eq+%27alined%40contoso.com%27&%24select=id",
        &[("/value/0/id", "<aline>"), ("/value/1", "-")],
    ),
    Exchange::get(
        "No control information wanted",
        "GET /v1.0/groups?$filter=displayName%20eq%20'IT%20Helpdesk'&$select=id
         accept: application/json;odata.metadata=none",
        &[("/value/0/id", "<helpdesk>"), ("/@odata.context", "-")],
    ),
    Exchange::get(
        "Any answer is fine",
        "GET /v1.0/me
         Accept: */*
         User-Agent: NONISV|SharePointPnP|CLIMicrosoft365/11.0.0
         SdkVersion: postman-graph/v1.0",
        &[("/userPrincipalName", "admin@contoso.com")],
    ),
    Exchange::get(
        "The next page",
        "GET /v1.0/users?$top=1",
        &[("/value/0/id", "*"), ("/@odata.nextLink", "http://<host>/v1.0/users?$top=1&$skiptoken=*")],
    ),
    Exchange::get(
        "The next page, behind a proxy that speaks TLS: Microsoft's SDK for JavaScript takes no other",
        "GET /v1.0/users?$top=1
         X-Forwarded-Proto: https",
        &[("/@odata.nextLink", "https://<host>/v1.0/users?$top=1&$skiptoken=*")],
    ),
    Exchange::send(
        "A batch that counts its requests",
        "POST /v1.0/$batch",
        r#"{"requests":[{"id":1,"method":"GET","url":"/users/<aline>?$select=id"},{"id":2,"method":"GET","url":"groups/<helpdesk>/Owners","headers":{"accept":"application/json;odata.metadata=none"}}]}"#,
        200,
    )
    .reads(&[("/responses/0/id", "1"), ("/responses/0/status", "200"), ("/responses/0/body/id", "<aline>")]),
    Exchange::send(
        "A batch whose address is escaped, with an action in it",
        "POST /v1.0/%24batch",
        r#"{"requests":[{"id":"a","method":"post","url":"/roleManagement/directory/roleAssignmentScheduleRequests/","headers":{"content-type":"application/json"},"body":{"action":"selfActivate","principalId":"<adele>","roleDefinitionId":"<groups-administrator>","directoryScopeId":"/","justification":"From a batch","scheduleInfo":{"expiration":{"type":"afterDuration","duration":"PT1H"}}}},{"id":"b","dependsOn":["a"],"method":"GET","url":"/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')?$expand=roleDefinition"}]}"#,
        200,
    )
    .by("adelev")
    .reads(&[
        ("/responses/0/status", "201"),
        ("/responses/1/body/value/0/roleDefinition/displayName", "Groups Administrator"),
    ]),
    Exchange::send("What is nowhere says where it ended", "GET /v1.0/roleManagement/directory/roleEligibility", "", 400)
        .reads(&[("/error/code", "BadRequest"), ("/error/innerError/request-id", "*")]),
];
