//! How paths are read.

use super::*;
use crate::edm::OperationKind;

const TYPES: &str = "    microsoft.graph.directoryObject:\n      allOf: [{$ref: '#/components/schemas/microsoft.graph.entity'}, {type: object}]\n    microsoft.graph.user:\n      allOf: [{$ref: '#/components/schemas/microsoft.graph.directoryObject'}, {type: object, properties: {manager: {$ref: '#/components/schemas/microsoft.graph.directoryObject'}}}]\n    microsoft.graph.group:\n      allOf:\n        - $ref: '#/components/schemas/microsoft.graph.directoryObject'\n        - type: object\n          properties:\n            uniqueName: {type: string}\n            members: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.directoryObject'}}\n            events: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.event'}}\n    microsoft.graph.event:\n      allOf: [{$ref: '#/components/schemas/microsoft.graph.entity'}, {type: object}]\n    microsoft.graph.options:\n      enum: [principal, approver]\n      type: string";

const GROUPS: &str = "  /groups:\n    get:\n      responses: {2XX: {$ref: '#/components/responses/groups'}}\n  /groups/{group-id}:\n    get: {}\n";

/// The model of groups and further paths.
fn groups(paths: &str) -> Model {
    let responses = "\n  responses:\n    groups: {content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.groupCollectionResponse'}}}}";
    let page = "\n    microsoft.graph.groupCollectionResponse: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.group'}}}}";
    model(&format!("{GROUPS}{paths}"), &format!("{TYPES}{page}{responses}"))
}

/// The operations, each on a line.
fn operations(model: &Model) -> Vec<String> {
    let shown = model.operations.iter().map(|operation| {
        let kind = if operation.kind == OperationKind::Action { "action" } else { "function" };
        let parameters = operation.parameters.iter().map(|one| format!("{}: {}", one.name, written(&one.ty)));
        let parameters = parameters.collect::<Vec<_>>().join(", ");
        let returns = operation.returns.as_ref().map_or("nothing".to_owned(), written);
        let on = written(&operation.binding);
        format!("{kind} {} on {}({parameters}) -> {returns}", operation.name, on.trim_end_matches('?'))
    });
    shown.collect()
}

const FUNCTION: &str = "    get:\n      parameters: [{name: on, in: path, schema: {$ref: '#/components/schemas/microsoft.graph.options'}}]\n      responses: {'200': {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.group'}}}}}}\n      x-ms-docs-operation-type: function\n";

#[test]
fn entity_sets_and_singletons_are_the_first_segments() {
    let model = groups(
        "  /me:\n    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.user'}}}}}}\n",
    );
    assert_eq!(model.container.entity_sets["groups"].as_str(), "microsoft.graph.group");
    assert_eq!(model.container.singletons["me"].as_str(), "microsoft.graph.user");
}

#[test]
fn an_entity_set_of_which_only_keys_are_shown_is_named_after_them() {
    let model = model("  /users/{user-id}/manager:\n    get: {}\n", TYPES);
    assert_eq!(model.container.entity_sets["users"].as_str(), "microsoft.graph.user");
}

#[test]
fn a_function_is_called_with_its_namespace_or_without() {
    for path in [
        "microsoft.graph.filter(on={on})",
        "microsoft.graph.filter(on='{on}')",
        "filter(on='{on}')",
        "graph.filter(on='{on}')",
    ] {
        let model = groups(&format!("  \"/groups/{path}\":\n{FUNCTION}"));
        let expected = "function microsoft.graph.filter on Collection(group)(on: options?) -> Collection(group)?";
        assert_eq!(operations(&model), [expected], "{path}");
    }
}

#[test]
fn parameters_may_be_those_of_the_path() {
    let path = "  /groups/filter(on='{on}'):\n    parameters: [{name: on, in: path, schema: {type: string}}]\n    get: {x-ms-docs-operation-type: function}\n";
    assert_eq!(
        operations(&groups(path)),
        ["function microsoft.graph.filter on Collection(group)(on: Edm.String) -> nothing"]
    );
}

#[test]
fn a_parameter_that_lists_its_values_has_the_enumeration_of_these() {
    let path = FUNCTION.replace(
        "{$ref: '#/components/schemas/microsoft.graph.options'}",
        "{type: string, enum: [principal, approver]}",
    );
    let model = groups(&format!("  /groups/filter(on='{{on}}'):\n{path}"));
    assert_eq!(
        operations(&model),
        ["function microsoft.graph.filter on Collection(group)(on: options) -> Collection(group)?"]
    );
}

#[test]
fn an_action_takes_what_is_sent_and_gives_the_value() {
    let path = "  /groups/{group-id}/check:\n    post:\n      requestBody: {content: {application/json: {schema: {type: object, properties: {ids: {type: array, items: {type: string}}, on: {type: string, nullable: true}}}}}}\n      responses: {2XX: {content: {application/json: {schema: {type: object, properties: {value: {type: boolean}}}}}}}\n      x-ms-docs-operation-type: action\n";
    assert_eq!(
        operations(&groups(path)),
        ["action microsoft.graph.check on group(ids: Collection(Edm.String), on: Edm.String?) -> Edm.Boolean"]
    );
}

#[test]
fn where_nothing_says_what_is_called_a_qualified_name_at_the_end_is() {
    let model = groups(
        "  /groups/{group-id}/microsoft.graph.renew:\n    post: {responses: {'204': {}}}\n  /groups/{group-id}/members/microsoft.graph.user:\n    get: {}\n",
    );
    assert_eq!(operations(&model), ["action microsoft.graph.renew on group() -> nothing"]);
}

#[test]
fn what_is_shown_on_a_type_and_on_its_base_is_bound_to_the_base() {
    let action = "    post: {responses: {'204': {}}, x-ms-docs-operation-type: action}\n";
    let both = format!(
        "  /groups/{{group-id}}/restore:\n{action}  /objects/{{directoryObject-id}}/restore:\n{action}  /groups/{{group-id}}/renew:\n{action}"
    );
    assert_eq!(
        operations(&groups(&both)),
        [
            "action microsoft.graph.restore on directoryObject() -> nothing",
            "action microsoft.graph.renew on group() -> nothing"
        ]
    );
}

#[test]
fn what_a_function_gives_can_be_called_on() {
    let get = "    get:\n      responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.event'}}}}}\n      x-ms-docs-operation-type: function\n";
    let post = "    post: {responses: {'204': {}}, x-ms-docs-operation-type: action}\n";
    let model = groups(&format!("  /groups/{{group-id}}/next()/cancel:\n{post}  /groups/{{group-id}}/next():\n{get}"));
    assert!(operations(&model).contains(&"action microsoft.graph.cancel on event() -> nothing".to_owned()));
}

#[test]
fn behind_a_cast_something_is_bound_to_the_subtype() {
    for cast in ["graph.user", "microsoft.graph.user"] {
        let path = format!(
            "  /groups/{{group-id}}/members/{{directoryObject-id}}/{cast}/revoke:\n    post: {{responses: {{'204': {{}}}}, x-ms-docs-operation-type: action}}\n"
        );
        assert_eq!(operations(&groups(&path)), ["action microsoft.graph.revoke on user() -> nothing"]);
    }
}

#[test]
fn an_alternate_key_leads_to_one_entity() {
    let path = "  /groups(uniqueName='{uniqueName}')/renew:\n    post: {responses: {'204': {}}, x-ms-docs-operation-type: action}\n";
    assert_eq!(operations(&groups(path)), ["action microsoft.graph.renew on group() -> nothing"]);
}

#[test]
fn entities_that_are_made_behind_a_relation_live_there_and_references_do_not() {
    let model = groups(
        "  /groups/{group-id}/members:\n    get: {}\n  /groups/{group-id}/members/$ref:\n    post: {}\n  /groups/{group-id}/members/$count:\n    get: {}\n  /groups/{group-id}/events:\n    get: {}\n    post: {}\n",
    );
    assert_eq!(
        relations(&model, "group"),
        ["members: Collection(directoryObject)?", "events: Collection(event)?, contained"]
    );
    let model = groups(
        "  /groups/{group-id}/events:\n    get: {}\n  /groups/{group-id}/events/{event-id}:\n    get: {}\n    patch: {}\n",
    );
    assert_eq!(relations(&model, "group")[1], "events: Collection(event)?, contained");
    let model =
        groups("  /groups/{group-id}/events:\n    get: {}\n  /groups/{group-id}/events/{event-id}:\n    get: {}\n");
    assert_eq!(relations(&model, "group")[1], "events: Collection(event)?");
}

#[test]
fn paths_that_lead_through_what_is_not_declared_are_passed_over() {
    let model = groups(
        "  /groups/{group-id}/elsewhere/{x-id}/do:\n    post: {x-ms-docs-operation-type: action}\n  /nowhere/{nothing-id}/do:\n    post: {x-ms-docs-operation-type: action}\n  /me/$value:\n    get: {}\n",
    );
    assert_eq!(operations(&model), [""; 0]);
}

#[test]
fn a_page_of_changes_has_its_value_beside_what_all_pages_have() {
    let path = "  /groups/delta():\n    get:\n      responses: {2XX: {content: {application/json: {schema: {title: Changes, type: object, allOf: [{$ref: '#/components/schemas/BaseDeltaFunctionResponse'}, {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.group'}}}}]}}}}}\n      x-ms-docs-operation-type: function\n";
    let page = "    BasePage: {type: object, properties: {'@odata.nextLink': {type: string, nullable: true}}}\n    BaseDeltaFunctionResponse: {allOf: [{$ref: '#/components/schemas/BasePage'}, {type: object, properties: {'@odata.deltaLink': {type: string, nullable: true}}}]}\n";
    let model = model(&format!("  /groups/{{group-id}}:\n    get: {{}}\n{path}"), &format!("{page}{TYPES}"));
    assert_eq!(operations(&model), ["function microsoft.graph.delta on Collection(group)() -> Collection(group)?"]);
}

#[test]
fn an_answer_may_be_nothing() {
    let path = "  /groups/{group-id}/owner():\n    get:\n      responses: {2XX: {content: {application/json: {schema: {anyOf: [{$ref: '#/components/schemas/microsoft.graph.user'}, {type: object, nullable: true}]}}}}}\n      x-ms-docs-operation-type: function\n";
    assert_eq!(operations(&groups(path)), ["function microsoft.graph.owner on group() -> user?"]);
}
