//! Where a tutorial is not followed to the letter, and why. All else is as printed.
//!
//! Everywhere, besides: an action may be in another letter case, for answers of different years have it in different
//! ones; and what the service answers may have more members than are printed, which are "shortened for readability".

use serde_json::{Value, json};

/// A place where a tutorial is not followed to the letter.
pub(crate) struct Departure {
    /// The exchange: the name of its file.
    pub(crate) exchange: &'static str,
    pub(crate) what: What,
    /// Why it cannot, or should not, be as printed.
    pub(crate) why: &'static str,
}

/// What is otherwise.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// The request goes to this address.
    Url(&'static str),
    /// The request says this instead.
    Request(&'static str, Value),
    /// The answer has this status.
    Status(u16),
    /// The answer says this instead.
    Answer(&'static str, Value),
    /// The answer does not say this.
    AnswerLacks(&'static str),
}

const CREATED: &str = "what is created is answered with 201: so say the reference pages, and other tutorials";

/// All of them.
pub(crate) fn all() -> Vec<Departure> {
    let mut all = of_2021();
    all.extend(of_the_howto());
    all.extend(of_2024());
    all.extend(of_2025());
    all
}

fn departure(exchange: &'static str, what: What, why: &'static str) -> Departure {
    Departure { exchange, what, why }
}

fn of_2021() -> Vec<Departure> {
    use What::{AnswerLacks, Status, Url};
    vec![
        departure(
            "2021-pim-tutorial-beta/01-create-user",
            AnswerLacks("/@odata.id"),
            "the reference page shows it of groups and not of users",
        ),
        departure("2021-pim-tutorial-beta/02-create-group", Status(201), CREATED),
        departure(
            "2021-pim-tutorial-beta/03-add-group-members",
            Status(400),
            "those whom it adds have been in the group since it was made, and nobody is added twice",
        ),
        departure("2021-pim-tutorial-beta/04-make-group-eligible", Status(201), CREATED),
        departure("2021-pim-tutorial-beta/07-activate", Status(201), CREATED),
        departure(
            "2021-pim-tutorial-beta/07-activate",
            Url("https://graph.microsoft.com/beta/roleManagement/directory/roleAssignmentScheduleRequests"),
            "it is sent to the eligibilities, and the answer that is printed comes from the assignments",
        ),
        departure(
            "2021-pim-tutorial-beta/08-delete-user",
            Url("https://graph.microsoft.com/beta/users/92f37639-ba1e-471c-b9ba-922371c740cb"),
            "it is to delete the user, whose id is another one in the first step",
        ),
        departure(
            "2021-pim-tutorial-beta/09-delete-group",
            Url("https://graph.microsoft.com/beta/groups/6d77df76-5f95-4e40-9a92-f9d35efbe243"),
            "it is to delete the group, whose id is another one in the second step",
        ),
    ]
}

fn of_the_howto() -> Vec<Departure> {
    vec![departure(
        "2024-assign-entra-roles-howto/03-remove-eligibility",
        What::Answer("/justification", json!("abcde")),
        "the answer was printed with another request",
    )]
}

fn of_2024() -> Vec<Departure> {
    use What::{Request, Status};
    vec![
        departure("2024-pim-tutorial-v1.0/01-create-group", Status(201), CREATED),
        departure("2024-pim-tutorial-v1.0/02-make-group-eligible", Status(201), CREATED),
        departure("2024-pim-tutorial-v1.0/04-activate", Status(201), CREATED),
        departure(
            "2024-pim-tutorial-v1.0/04-activate",
            Request("/scheduleInfo/startDateTime", json!("2021-09-04T15:13:00Z")),
            "it is to begin in 2024, two years after the eligibility has ended; the answer tells what was asked then",
        ),
    ]
}

fn of_2025() -> Vec<Departure> {
    use What::{Status, Url};
    vec![
        departure("2025-pim-tutorial-v1.0/01-create-group", Status(201), CREATED),
        departure("2025-pim-tutorial-v1.0/02-make-group-eligible", Status(201), CREATED),
        departure("2025-pim-tutorial-v1.0/04-activate", Status(201), CREATED),
        departure(
            "2025-pim-tutorial-v1.0/07-delete-group",
            Url("https://graph.microsoft.com/v1.0/groups/1189bbdd-1268-4a72-8c6d-6fe77d28f2e3"),
            "it is to delete the group, and has the id of the user",
        ),
    ]
}
