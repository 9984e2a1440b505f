//! Numbers as a language writes them.

use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::locale::Locale;

/// Writes numbers with the language's digits and separators.
#[derive(Debug)]
pub struct Numbers {
    formatter: DecimalFormatter,
}

const KILOBYTE: u64 = 1_000;
const MEGABYTE: u64 = 1_000_000;
const GIGABYTE: u64 = 1_000_000_000;

impl Numbers {
    pub fn new(locale: &Locale) -> Result<Self, impl std::fmt::Display + use<>> {
        DecimalFormatter::try_new(locale.into(), Default::default()).map(|formatter| Self { formatter })
    }

    pub fn whole(&self, value: u64) -> String {
        self.formatter.format_to_string(&Decimal::from(value))
    }

    /// A number with one digit after the separator, given in tenths.
    fn tenths(&self, tenths: u64) -> String {
        let mut decimal = Decimal::from(tenths);
        decimal.multiply_pow10(-1);
        self.formatter.format_to_string(&decimal)
    }

    /// The key of the phrase for a file's size, and the number in it: two digits, or one and a tenth.
    pub fn size(&self, bytes: u64) -> (&'static str, String) {
        match bytes {
            0..100_000 => ("size-kilobytes", self.whole(bytes.div_ceil(KILOBYTE).max(1))),
            100_000..9_950_000 => ("size-megabytes", self.tenths(rounded(bytes, MEGABYTE / 10))),
            9_950_000..999_500_000 => ("size-megabytes", self.whole(rounded(bytes, MEGABYTE))),
            _ => ("size-gigabytes", self.tenths(rounded(bytes, GIGABYTE / 10))),
        }
    }
}

fn rounded(value: u64, unit: u64) -> u64 {
    value.saturating_add(unit / 2) / unit
}
