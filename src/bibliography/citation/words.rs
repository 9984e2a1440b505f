//! The few words that references need.

/// Words of the plain reference. The default is English; who makes references in another language fills it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Stands for a title that is missing: "\[Untitled\]".
    pub untitled: String,
    /// Stands for a date that is missing: "n.d."
    pub no_date: String,
    /// Before the work that holds another: "In".
    pub inside: String,
    pub editor: String,
    pub editors: String,
    pub translator: String,
    pub translators: String,
    /// With `{n}` for a number, or `{nth}` for an English ordinal: "{nth} ed."
    pub edition: String,
    pub volume: String,
    /// Before a number of reports and the like: "No."
    pub number: String,
    pub version: String,
    pub page: String,
    pub pages: String,
    /// From January on.
    pub months: [String; 12],
    /// Day and month as they follow a year: "{month} {day}".
    pub day: String,
}

impl Default for Words {
    fn default() -> Self {
        let months = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        Self {
            untitled: "[Untitled]".to_owned(),
            no_date: "n.d.".to_owned(),
            inside: "In".to_owned(),
            editor: "Ed.".to_owned(),
            editors: "Eds.".to_owned(),
            translator: "Trans.".to_owned(),
            translators: "Trans.".to_owned(),
            edition: "{nth} ed.".to_owned(),
            volume: "Vol.".to_owned(),
            number: "No.".to_owned(),
            version: "Version".to_owned(),
            page: "p.".to_owned(),
            pages: "pp.".to_owned(),
            months: months.map(str::to_owned),
            day: "{month} {day}".to_owned(),
        }
    }
}
