//! Comparisons as they are read: text, Markdown, JSON. The changes are made by hand.

use pim_gen::diff::show::{self, Comparison, MOST_CHARACTERS, Version};
use pim_gen::diff::{
    Area, Aspect, Bump, Callers, Cell, Change, Column, Effect, History, Kind, Matrix, Nearby, Report, Row, Step,
    Subject, Wire,
};
use pim_gen::edm::QualifiedName;
use serde_json::{Value, json};

fn name(name: &str) -> QualifiedName {
    QualifiedName::new(&format!("microsoft.graph.{name}"))
}

fn property(ty: &str, property: &str) -> Subject {
    Subject::Property { ty: name(ty), name: property.to_owned() }
}

fn operation(method: &str, path: &str) -> Subject {
    Subject::Operation { method: method.to_owned(), path: path.to_owned() }
}

fn change(subject: Subject, kind: Kind, callers: Callers, wire: Wire, items: &[&str]) -> Change {
    let items = items.iter().map(|item| format!("pim_client::v1_0::{item}")).collect();
    Change { subject, kind, callers, wire, items, meaning: "What it means, in a sentence.".to_owned() }
}

/// A change of each class.
fn one_of_each() -> Report {
    let retyped = Kind::Changed { aspect: Aspect::Type, from: "Edm.String".to_owned(), to: "Edm.Guid".to_owned() };
    let key = Kind::Changed { aspect: Aspect::Key, from: String::new(), to: "id".to_owned() };
    let group = ["models::Group::visibility", "fields::group::visibility"];
    let new = ["models::Stage", "models::Stage::id", "models::StageId", "fields::stage", "fields::stage::id"];
    Report {
        version: "v1.0".to_owned(),
        changes: vec![
            change(property("group", "visibility"), Kind::Removed, Callers::Broken, Wire::Missing, &group),
            change(property("user", "mail"), retyped, Callers::Unaffected, Wire::Undecodable, &["models::User::mail"]),
            change(Subject::Type { name: name("stage") }, Kind::Added, Callers::Offered, Wire::Extended, &new),
            change(Subject::Type { name: name("request") }, key, Callers::Unaffected, Wire::Unaffected, &[]),
        ],
        nearby: vec![
            Nearby::Path {
                path: "/roleManagement/directory/alerts".to_owned(),
                ty: name("alert"),
                by: (name("rbacApplication"), "alerts".to_owned()),
            },
            Nearby::Subtype { base: name("subjectSet"), name: name("targetOwners") },
        ],
    }
}

fn comparison(report: Report) -> Comparison {
    Comparison::new("v1.0-2026-02-10.csdl.xml", "v1.0-2026-06-22.csdl.xml", Version::new(0, 1, 0), report)
}

fn empty(version: &str) -> Report {
    Report { version: version.to_owned(), changes: Vec::new(), nearby: Vec::new() }
}

// ---------------------------------------------------------------------------------------------------------------------
// Two descriptions
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn in_a_terminal_what_breaks_comes_first_and_the_verdict_last() {
    insta::assert_snapshot!(show::text(&comparison(one_of_each())));
}

#[test]
fn in_a_pull_request_it_is_tables_with_the_items_folded_below() {
    insta::assert_snapshot!(show::markdown(&comparison(one_of_each())));
}

#[test]
fn for_programs_it_is_all_that_is_known() {
    insta::assert_snapshot!(show::json(&comparison(one_of_each())).unwrap());
}

#[test]
fn versions_that_only_one_side_has_are_told_and_count() {
    let mut comparison = comparison(empty("v1.0"));
    comparison.come.push("beta".to_owned());
    assert_eq!(comparison.bump(), Bump::Minor);
    comparison.gone.push("v0.9".to_owned());
    assert_eq!(comparison.bump(), Bump::Major);
    comparison.notes.push("a note to the reader".to_owned());
    insta::assert_snapshot!(show::text(&comparison));
}

#[test]
fn where_nothing_changed_that_is_one_line() {
    let equal = comparison(empty("v1.0"));
    let (old, new) = (&equal.old, &equal.new);
    assert_eq!(show::text(&equal), format!("nothing changed between {old} and {new}\n"));
    assert_eq!(show::markdown(&equal), format!("Nothing changed between `{old}` and `{new}`.\n"));
    let json: Value = serde_json::from_str(&show::json(&equal).unwrap()).unwrap();
    assert_eq!(json["bump"], "none");
    assert_eq!(json["reports"], json!([{"version": "v1.0", "bump": "none", "changes": [], "nearby": []}]));
}

#[test]
fn of_several_versions_one_that_is_as_it_was_says_so() {
    let mut comparison = comparison(one_of_each());
    comparison.reports.push(empty("beta"));
    assert!(show::text(&comparison).contains("\nbeta: nothing changed\n"));
    assert!(show::markdown(&comparison).contains("\n| beta | 0 | 0 | 0 | 0 | 0 |\n"));
}

#[test]
fn what_is_only_beside_the_selection_asks_for_no_version() {
    let nearby = comparison(Report { changes: Vec::new(), ..one_of_each() });
    assert!(show::text(&nearby).ends_with("\nverdict: none; the client stays 0.1.0\n"));
    assert!(
        show::markdown(&nearby).starts_with("## Graph's description changed: nothing changed in what is selected\n")
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Names that others chose
// ---------------------------------------------------------------------------------------------------------------------

const HOSTILE: &str = "a|b`c``d\u{1b}[2J\n| x |</details>@everyone #1 <script>";

/// A report in which all that others may choose is hostile.
fn hostile() -> Report {
    let mut report = one_of_each();
    for change in &mut report.changes {
        change.subject = property(HOSTILE, HOSTILE);
        change.kind = Kind::Changed { aspect: Aspect::Type, from: HOSTILE.to_owned(), to: HOSTILE.to_owned() };
        change.items = vec![HOSTILE.to_owned()];
        HOSTILE.clone_into(&mut change.meaning);
    }
    report.nearby =
        vec![Nearby::Path { path: HOSTILE.to_owned(), ty: name(HOSTILE), by: (name(HOSTILE), HOSTILE.to_owned()) }];
    report
}

#[test]
fn no_name_steers_a_terminal_or_breaks_a_line() {
    let text = show::text(&comparison(hostile()));
    assert_eq!(text.matches('\u{1b}').count(), 0);
    assert_eq!(text.lines().filter(|line| line.starts_with('|')).count(), 0, "{text}");
}

#[test]
fn no_name_leaves_its_cell_or_its_block() {
    insta::assert_snapshot!(show::markdown(&Comparison { old: HOSTILE.to_owned(), ..comparison(hostile()) }));
}

#[test]
fn json_gives_each_name_as_it_is() {
    let json: Value = serde_json::from_str(&show::json(&comparison(hostile())).unwrap()).unwrap();
    assert_eq!(json["reports"][0]["changes"][0]["subject"]["name"], HOSTILE);
}

// ---------------------------------------------------------------------------------------------------------------------
// Much
// ---------------------------------------------------------------------------------------------------------------------

/// A report with `number` changes of each class.
fn many(number: usize) -> Report {
    let mut report = one_of_each();
    report.changes = report.changes.iter().flat_map(|change| std::iter::repeat_n(change.clone(), number)).collect();
    report
}

#[test]
fn a_pull_request_takes_what_it_has_room_for_and_is_told_what_it_lacks() {
    for number in [100, 1_000, 5_000] {
        let text = show::markdown(&comparison(many(number)));
        assert!(text.chars().count() <= MOST_CHARACTERS, "{} characters", text.chars().count());
        assert!(text.chars().count() > MOST_CHARACTERS - 1_000, "{} characters", text.chars().count());
        assert!(text.contains(&format!("| v1.0 | {number} | {number} | {number} | {number} | 2 |")));
        let told = text.lines().last().unwrap();
        assert!(told.starts_with("Not shown, since a pull request has no room for it: "), "{told}");
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }
}

#[test]
fn what_was_cut_and_what_is_shown_is_all() {
    let text = show::markdown(&comparison(many(1_000)));
    let shown = text.lines().filter(|line| line.contains("| What it means, in a sentence. |")).count();
    let nearby = text.lines().filter(|line| line.contains("alerts` |") || line.contains("targetOwners` |")).count();
    let told = text.lines().last().unwrap();
    let cut: usize = told.split(": ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert_eq!(shown + nearby + cut, 4_002);
}

#[test]
fn items_go_before_changes_do() {
    let text = show::markdown(&comparison(many(90)));
    assert!(text.ends_with("generated items. All of it is in what `--format json` writes.\n"), "{text}");
    assert!(text.contains(": 0 lines of these tables and "), "{}", text.lines().last().unwrap());
}

#[test]
fn what_breaks_is_the_last_to_be_cut() {
    let text = show::markdown(&comparison(many(200)));
    assert_eq!(text.matches("| `microsoft.graph.group/visibility` |").count(), 200);
    assert_eq!(text.matches("| `microsoft.graph.user/mail` |").count(), 200);
    assert_eq!(text.matches("| `/roleManagement/directory/alerts` |").count(), 0);
}

// ---------------------------------------------------------------------------------------------------------------------
// Classes and versions
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_change_is_of_the_worst_class_that_it_belongs_to() {
    let effect = |callers, wire| change(property("group", "id"), Kind::Removed, callers, wire, &[]).effect();
    assert_eq!(effect(Callers::Broken, Wire::Undecodable), Effect::BreakingToCompile);
    assert_eq!(effect(Callers::Offered, Wire::Undecodable), Effect::BreakingToDecode);
    assert_eq!(effect(Callers::Offered, Wire::Refused), Effect::Additive);
    assert_eq!(effect(Callers::Unaffected, Wire::Refused), Effect::Invisible);
}

#[test]
fn the_next_version_is_the_one_that_cargo_would_have() {
    let next = |bump: Bump, current: &str| bump.next(&Version::parse(current).unwrap()).to_string();
    for (current, patch, minor, major) in [
        ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
        ("0.1.0", "0.1.1", "0.1.1", "0.2.0"),
        ("1.2.3", "1.2.4", "1.3.0", "2.0.0"),
    ] {
        assert_eq!(next(Bump::None, current), current);
        assert_eq!(next(Bump::Patch, current), patch);
        assert_eq!(next(Bump::Minor, current), minor);
        assert_eq!(next(Bump::Major, current), major);
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Many descriptions
// ---------------------------------------------------------------------------------------------------------------------

fn history() -> History {
    let step = |from: &str, to: &str, report| Step { from: from.to_owned(), to: to.to_owned(), report };
    History {
        version: "v1.0".to_owned(),
        steps: vec![step("2026-01-01", "2026-02-01", one_of_each()), step("2026-02-01", "2026-03-01", empty("v1.0"))],
    }
}

#[test]
fn a_history_is_one_table() {
    insta::assert_snapshot!(show::history::text(&history()));
    insta::assert_snapshot!(show::history::markdown(&history()));
}

#[test]
fn a_history_for_programs_has_the_changes_of_each_step() {
    let json: Value = serde_json::from_str(&show::history::json(&history()).unwrap()).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(json["bump"], "major");
    let steps = json["steps"].as_array().unwrap();
    assert_eq!(steps[0]["changes"].as_array().unwrap().len(), 4);
    assert_eq!(steps[1], json!({"from": "2026-02-01", "to": "2026-03-01", "bump": "none", "changes": []}));
}

fn matrix() -> Matrix {
    let column = |name: &str, date: Option<&str>| Column {
        name: name.to_owned(),
        from: format!("v1.0-{}.xml", name.to_lowercase()),
        date: date.map(str::to_owned),
        sha256: "0123456789abcdef0123456789abcdef".to_owned(),
    };
    let row = |area, subject, cells: [Cell; 3]| Row { area, subject, cells: cells.to_vec() };
    let path = "/roleManagement/directory/roleAssignmentSchedules";
    Matrix {
        version: "v1.0".to_owned(),
        columns: vec![column("client", None), column("China", Some("2026-08")), column("Delos", Some("2026-08"))],
        operations: [(Area::PimForRoles, vec![1, 1, 0]), (Area::Directory, vec![2, 3, 2])].into(),
        rows: vec![
            row(Area::PimForRoles, operation("GET", path), [Cell::Has, Cell::Has, Cell::Lacks]),
            row(Area::Directory, operation("GET", "/me"), [Cell::Lacks, Cell::Has, Cell::Lacks]),
            row(
                Area::Directory,
                property("user", "mail"),
                [Cell::Has, Cell::Differs("Edm.Guid".to_owned()), Cell::Has],
            ),
            row(Area::Directory, property("user", "id"), [Cell::Has, Cell::Lacks, Cell::Has]),
        ],
    }
}

#[test]
fn a_matrix_has_a_column_for_each_description() {
    insta::assert_snapshot!(show::matrix::text(&matrix()));
}

#[test]
fn a_matrix_as_a_page_says_first_what_each_lacks() {
    insta::assert_snapshot!(show::matrix::markdown(&matrix()));
}

#[test]
fn a_matrix_for_programs_has_its_cells_in_the_order_of_the_columns() {
    let json: Value = serde_json::from_str(&show::matrix::json(&matrix()).unwrap()).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(json["operations"], json!({"pimForRoles": [1, 1, 0], "directory": [2, 3, 2]}));
    let cells = json!([{"cell": "has"}, {"cell": "differs", "type": "Edm.Guid"}, {"cell": "has"}]);
    assert_eq!(json["rows"][2]["cells"], cells);
}
