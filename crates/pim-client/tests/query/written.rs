//! How each form is written, one by one.

use pim_client::edm::{DateTimeOffset, Duration};
use pim_client::query::{Filter, item, not};
use pim_client::v1_0::fields::{
    application, approval, approval_stage, directory_audit, directory_object, group, identity, identity_set,
    privileged_access_group_assignment_schedule as group_schedule, service_principal, target_resource,
    unified_role_assignment, unified_role_assignment_schedule_request as request,
    unified_role_management_policy as policy, unified_role_management_policy_assignment as policy_assignment,
    unified_role_management_policy_rule as rule, user,
};
use pim_client::v1_0::models::{PrivilegedAccessGroupRelationships, UnifiedRoleScheduleRequestActions};

use crate::thing::{Thing, fields};

fn check<T>(forms: impl IntoIterator<Item = (Filter<T>, &'static str)>) {
    for (filter, text) in forms {
        assert_eq!(filter.to_string(), text);
        assert_eq!(format!("{filter:?}"), format!("Filter({text:?})"));
    }
}

#[test]
fn comparisons() {
    let since: DateTimeOffset = "2025-03-21T11:06:00Z".parse().unwrap();
    check([
        (request::principal_id().eq("1"), "principalId eq '1'"),
        (request::status().ne("Revoked"), "status ne 'Revoked'"),
        (request::created_date_time().ge(since), "createdDateTime ge 2025-03-21T11:06:00Z"),
        (request::created_date_time().gt(since), "createdDateTime gt 2025-03-21T11:06:00Z"),
        (request::created_date_time().le(since), "createdDateTime le 2025-03-21T11:06:00Z"),
        (request::created_date_time().lt(since), "createdDateTime lt 2025-03-21T11:06:00Z"),
        (request::action().eq(UnifiedRoleScheduleRequestActions::SelfActivate), "action eq 'selfActivate'"),
        (request::is_validation_only().eq(false), "isValidationOnly eq false"),
        (request::app_scope_id().is_null(), "appScopeId eq null"),
        (request::created_by().is_not_null(), "createdBy ne null"),
        (request::status().is_in(["Granted", "Provisioned"]), "status in ('Granted','Provisioned')"),
        (request::status().is_in(Vec::<String>::new()), "status in ()"),
    ]);
    check([
        (group_schedule::access_id().eq(PrivilegedAccessGroupRelationships::Member), "accessId eq 'member'"),
        (group_schedule::access_id().eq("owner"), "accessId eq 'owner'"),
    ]);
    let tenant = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";
    check([
        (
            service_principal::app_owner_organization_id().eq(tenant),
            "appOwnerOrganizationId eq f8cdef31-a31e-4b4a-93e4-5f571e91255a",
        ),
        (service_principal::app_owner_organization_id().eq("x'"), "appOwnerOrganizationId eq 'x'''"),
    ]);
    check([
        (fields::length().le(Duration::hours(5)), "length le duration'PT5H'"),
        (fields::small().gt(-5), "small gt -5"),
        (fields::large().eq(5), "large eq 5"),
        (fields::real().eq(0.5), "real eq 0.5"),
        (fields::real().eq(1e300), "real eq 1e300"),
        (fields::real().eq(f64::NEG_INFINITY), "real eq -INF"),
        (fields::real().eq(f64::NAN), "real eq NaN"),
    ]);
}

#[test]
fn calls() {
    check([
        (user::display_name().starts_with("a'b"), "startswith(displayName,'a''b')"),
        (user::mail().ends_with("@contoso.com"), "endswith(mail,'@contoso.com')"),
        (user::display_name().contains("\n\\"), "contains(displayName,'\n\\')"),
    ]);
}

#[test]
fn ways() {
    check([
        (request::principal().then(directory_object::id()).eq("1"), "principal/id eq '1'"),
        (request::principal().then(user::display_name()).starts_with("A"), "startswith(principal/displayName,'A')"),
        (request::created_by().then(identity_set::user()).then(identity::id()).eq("1"), "createdBy/user/id eq '1'"),
        (request::created_by().then(identity_set::user().then(identity::id())).eq("1"), "createdBy/user/id eq '1'"),
    ]);
}

#[test]
fn collections() {
    check([
        (group::group_types().any(item().eq("Unified")), "groupTypes/any(x:x eq 'Unified')"),
        (group::proxy_addresses().any(item().starts_with("smtp:")), "proxyAddresses/any(x:startswith(x,'smtp:'))"),
        (group::owners().any(directory_object::id().eq("1")), "owners/any(x:x/id eq '1')"),
        (group::owners().any(user::mail().eq("1").upcast()), "owners/any(x:x/mail eq '1')"),
        (group::owners().count().eq(0), "owners/$count eq 0"),
        (group::owners().any("x/id eq '1'"), "owners/any(x:x/id eq '1')"),
        (not(group::group_types().any(item().eq("Unified"))), "not groupTypes/any(x:x eq 'Unified')"),
    ]);
    check([(
        directory_audit::target_resources().any(target_resource::id().eq("1") & target_resource::r#type().eq("User")),
        "targetResources/any(x:x/id eq '1' and x/type eq 'User')",
    )]);
    let inner = || fields::tags().all(item().ne("a").or(item().is_null()));
    check([
        (inner(), "tags/all(x:x ne 'a' or x eq null)"),
        (
            fields::parts().any(inner() & fields::is_on().eq(true)),
            "parts/any(x:x/tags/all(x2:x2 ne 'a' or x2 eq null) and x/isOn eq true)",
        ),
    ]);
    check([(item::<String>().eq("1"), "$it eq '1'")]);
}

#[test]
fn text_is_kept_and_enclosed() {
    let is_on = || fields::is_on().eq(true);
    let text = || Filter::<Thing>::from("a eq 1 or b eq 2");
    check([
        (text(), "a eq 1 or b eq 2"),
        (text() & is_on(), "(a eq 1 or b eq 2) and isOn eq true"),
        (is_on().or(String::from("a eq 1")), "isOn eq true or (a eq 1)"),
        (is_on().and("a eq 1").and("b eq 2"), "isOn eq true and (a eq 1) and (b eq 2)"),
        (!text(), "not (a eq 1 or b eq 2)"),
        (not("a eq 1"), "not (a eq 1)"),
    ]);
}

#[test]
fn parentheses() {
    let (a, b, c) = (|| fields::small().eq(1), || fields::small().eq(2), || fields::text().starts_with("c"));
    check([
        (a().and(b()).or(c()), "small eq 1 and small eq 2 or startswith(text,'c')"),
        (a().and(b().or(c())), "small eq 1 and (small eq 2 or startswith(text,'c'))"),
        ((a() | b()) & (b() | c()), "(small eq 1 or small eq 2) and (small eq 2 or startswith(text,'c'))"),
        (a() & (b() & c()), "small eq 1 and small eq 2 and startswith(text,'c')"),
        (a() | (b() | c()), "small eq 1 or small eq 2 or startswith(text,'c')"),
        (!a(), "not (small eq 1)"),
        (!c(), "not startswith(text,'c')"),
        (!!c(), "not not startswith(text,'c')"),
        (!c() & a(), "not startswith(text,'c') and small eq 1"),
        (!(c() & a()), "not (startswith(text,'c') and small eq 1)"),
    ]);
}

#[test]
fn expansions() {
    let principal = unified_role_assignment::principal().select((directory_object::id(), user::display_name()));
    let rules = policy::rules().select(rule::id()).filter(rule::id().ne("a;b)")).order_by(rule::id().desc()).top(3);
    for (expansion, text) in [
        (principal.to_string(), "principal($select=id,displayName)"),
        (principal.clone().select("mail").to_string(), "principal($select=id,displayName,mail)"),
        (rules.to_string(), "rules($select=id;$filter=id ne 'a;b)';$orderby=id desc;$top=3)"),
        (
            policy_assignment::policy().select(policy::id()).expand(policy::rules().top(1)).to_string(),
            "policy($select=id;$expand=rules($top=1))",
        ),
        (
            policy_assignment::policy().expand((policy::rules(), policy::effective_rules())).to_string(),
            "policy($expand=rules,effectiveRules)",
        ),
        (
            approval::stages().order_by((approval_stage::status(), "id desc")).order_by(["id", "status"]).to_string(),
            "stages($orderby=id,status)",
        ),
        (group::members().expand("memberOf($select=id)").to_string(), "members($expand=memberOf($select=id))"),
    ] {
        assert_eq!(expansion, text);
    }
    assert_eq!(format!("{principal:?}"), r#"Expansion("principal($select=id,displayName)")"#);
}

#[test]
fn searches() {
    let search = application::display_name().matches(r#"a "b" c:\"#);
    assert_eq!(search.to_string(), r#""displayName:a \"b\" c:\\""#);
    assert_eq!(format!("{:?}", group::owners().count()), r#"Field("owners/$count")"#);
    assert_eq!(request::created_date_time().asc().to_string(), "createdDateTime asc");
}
