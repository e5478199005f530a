//! The ids of the roles that the rules name.

use uuid::{Uuid, uuid};

pub(crate) const AUTHENTICATION_ADMINISTRATOR: Uuid = uuid!("c4e39bd9-1100-46d3-8c65-fb160da0071f");
pub(crate) const DIRECTORY_READERS: Uuid = uuid!("88d8e3e3-8f55-4a1e-953a-9b9898b8876b");
pub(crate) const DIRECTORY_WRITERS: Uuid = uuid!("9360feb5-f418-4baa-8175-e2a00bac4301");
pub(crate) const GLOBAL_ADMINISTRATOR: Uuid = uuid!("62e90394-69f5-4237-9190-012177145e10");
pub(crate) const GLOBAL_READER: Uuid = uuid!("f2ef992c-3afb-46b9-b7cf-a126ee74c451");
pub(crate) const GROUPS_ADMINISTRATOR: Uuid = uuid!("fdd7a751-b60b-444a-984c-02652fe8fa1c");
pub(crate) const GUEST_INVITER: Uuid = uuid!("95e79109-95c0-4d8e-aee3-d01accf2d47b");
pub(crate) const HELPDESK_ADMINISTRATOR: Uuid = uuid!("729827e3-9c14-49f7-bb1b-9608f156bbb8");
pub(crate) const IDENTITY_GOVERNANCE_ADMINISTRATOR: Uuid = uuid!("45d8d3c5-c802-45c6-b32a-1d70b5e1e86e");
pub(crate) const MESSAGE_CENTER_READER: Uuid = uuid!("790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b");
pub(crate) const PASSWORD_ADMINISTRATOR: Uuid = uuid!("966707d0-3269-4727-9be2-8c3a10f19b9d");
pub(crate) const PRIVILEGED_AUTHENTICATION_ADMINISTRATOR: Uuid = uuid!("7be44c8a-adaf-4e2a-84d6-ab2649e08a13");
pub(crate) const PRIVILEGED_ROLE_ADMINISTRATOR: Uuid = uuid!("e8611ab8-c189-46e8-94e1-60213ab1f814");
pub(crate) const REPORTS_READER: Uuid = uuid!("4a5d8f65-41da-4de4-8968-e035b65339cf");
pub(crate) const SECURITY_ADMINISTRATOR: Uuid = uuid!("194ae4cb-b126-40b2-bd5b-6091b380977d");
pub(crate) const SECURITY_OPERATOR: Uuid = uuid!("5f2222b1-57c3-48ba-8ad5-d4759f1fde6f");
pub(crate) const SECURITY_READER: Uuid = uuid!("5d6b6bb7-de71-4623-b4af-96380a352509");
pub(crate) const USAGE_SUMMARY_REPORTS_READER: Uuid = uuid!("75934031-6c7e-415a-99d7-48dbd49e875e");
pub(crate) const USER_ADMINISTRATOR: Uuid = uuid!("fe930be7-5e62-47db-91af-98c3a49a38b1");
pub(crate) const USER_EXPERIENCE_SUCCESS_MANAGER: Uuid = uuid!("27460883-1df1-4691-b032-3b79643e5e63");
