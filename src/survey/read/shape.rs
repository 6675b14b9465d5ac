//! Every key that a survey file may have, by the table it stands in. The tables
//! of `surveys/README.md` are held to this by a test.

/// The keys of one sort of table.
#[derive(Debug)]
pub struct Shape {
    /// Its name in `surveys/README.md`.
    pub name: &'static str,
    pub keys: &'static [&'static str],
}

pub const SURVEY: Shape =
    Shape { name: "survey", keys: &["code", "kind", "minutes", "title", "introduction", "scales", "lists", "section"] };
pub const TEXT: Shape = Shape { name: "words", keys: &["en", "cy"] };
pub const SCALE: Shape = Shape { name: "scale", keys: &["points"] };
pub const POINT: Shape = Shape { name: "point", keys: &["code", "label", "favourable", "missing"] };
pub const LIST: Shape = Shape { name: "list", keys: &["options"] };
pub const OPTION: Shape = Shape { name: "option", keys: &["code", "label", "exclusive", "favourable", "missing"] };
pub const SECTION: Shape = Shape { name: "section", keys: &["code", "title", "help", "ask_if", "question"] };
pub const CLAUSE: Shape = Shape { name: "ask_if", keys: &["question", "any_of", "none_of"] };
pub const QUESTION: Shape = Shape {
    name: "question",
    keys: &["code", "type", "label", "help", "prompt", "required", "breakdown", "others", "ask_if"],
};
pub const BAND: Shape = Shape { name: "band", keys: &["code", "label", "from", "to"] };
pub const CODE_LIST: Shape = Shape { name: "code list", keys: &["name", "title", "source", "options"] };

/// The types of question, and the keys that each has besides [`QUESTION`]'s.
pub const TYPES: [Shape; 7] = [
    Shape { name: "single", keys: &["options", "list", "code_list"] },
    Shape { name: "multiple", keys: &["options", "list", "code_list"] },
    Shape { name: "scale", keys: &["scale"] },
    Shape { name: "rating", keys: &["low", "high", "favourable"] },
    Shape { name: "number", keys: &["unit", "min", "max", "bands"] },
    Shape { name: "month", keys: &["from", "to"] },
    Shape { name: "text", keys: &["max_length"] },
];
