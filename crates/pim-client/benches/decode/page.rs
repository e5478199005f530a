//! The page, as Graph would send it.

use std::fmt::Write as _;

/// A page of `number` role assignments. Each begins with `member`, which is empty or ends in a comma.
pub(crate) fn of(number: usize, member: &str) -> String {
    let mut json = String::from(concat!(
        r#"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#roleManagement/directory/"#,
        r#"roleAssignmentScheduleInstances","@odata.nextLink":"https://graph.microsoft.com/v1.0/roleManagement/"#,
        r#"directory/roleAssignmentScheduleInstances?$skiptoken=999","value":["#,
    ));
    for index in 0..number {
        let comma = if index == 0 { "" } else { "," };
        let _ = write!(json, "{comma}{}", instance(index, member));
    }
    json.push_str("]}");
    json
}

/// A role assignment. Of every three one is activated for some hours, and two are for good, half of those from before
/// there was PIM.
fn instance(index: usize, member: &str) -> String {
    let (kind, start, end) = match index % 3 {
        0 => ("Activated", r#""2026-08-17T15:13:00.1234567Z""#, r#""2026-08-17T20:13:00.1234567Z""#),
        1 => ("Assigned", r#""2022-04-12T14:44:50.287Z""#, "null"),
        _ => ("Assigned", "null", "null"),
    };
    let via = if index.is_multiple_of(4) { "Group" } else { "Direct" };
    format!(
        concat!(
            r#"{{{member}"id":"lAPpYvVpN0KRkAEhdxReEJC2sEqbR_9Hr48lds9{index:05}-1","#,
            r#""principalId":"071cc716-8147-4397-a5ba-b2105{index:07}","#,
            r#""roleDefinitionId":"62e90394-69f5-4237-9190-012177145e10","directoryScopeId":"/","appScopeId":null,"#,
            r#""startDateTime":{start},"endDateTime":{end},"assignmentType":"{kind}","memberType":"{via}","#,
            r#""roleAssignmentOriginId":"lAPpYvVpN0KRkAEhdxReEJC2sEqbR_9Hr48lds9{index:05}-1","#,
            r#""roleAssignmentScheduleId":"95c690fb-3eb3-4942-a03f-4524a{index:07}"}}"#,
        ),
        member = member,
        index = index,
        start = start,
        end = end,
        kind = kind,
        via = via,
    )
}
