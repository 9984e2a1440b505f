//! Elements of names, their options inherited from style, citation or bibliography, and `cs:names`.

use citationberg::taxonomy::{OtherTerm, Term};
use citationberg::{InheritableNameOptions, Name, NameAnd, NameLabelPosition, NamePart, Names, ToFormatting};

use super::compile::{Compiler, format, label, look};
use super::node::{Look, NameRules, NamesLabel, NamesNode};

/// The options of names a style gives once for all citations or bibliographies, in words of this crate.
pub(super) fn compile(compiler: &mut Compiler<'_>, names: &Names) -> NamesNode {
    let plain = Name::default();
    let name = names.name();
    let rules = [0, 1].map(|area| {
        let inherited = compiler.areas[area].apply(&names.options());
        rules(compiler, name.unwrap_or(&plain), &inherited)
    });
    let delimiter = [0, 1].map(|area| {
        let options: InheritableNameOptions = compiler.areas[area].apply(&names.options());
        options.names_delimiter.unwrap_or_default().into()
    });
    let substitute = names.substitute().map(|substitute| compiler.nodes(&substitute.children)).unwrap_or_default();
    NamesNode {
        variables: names.variable.clone(),
        rules,
        has_name: name.is_some(),
        label: names.label().map(|(element, position)| NamesLabel {
            label: label(element),
            // Without a name beside it, it follows.
            before: position == NameLabelPosition::BeforeName && name.is_some(),
        }),
        et_al: names.et_al().map(|et_al| (et_al.term.into(), format(et_al.to_formatting()))),
        delimiter,
        substitute,
        look: look(names, None, names.display),
    }
}

fn rules(compiler: &Compiler<'_>, name: &Name, inherited: &InheritableNameOptions) -> NameRules {
    let options = name.options(inherited);
    let and = options.and.map(|and| match and {
        NameAnd::Text => compiler.word(Term::Other(OtherTerm::And)),
        NameAnd::Symbol => "&".into(),
    });
    let count = |n: Option<u32>| n.map(|n| n as usize);
    let cut = |least: Option<u32>, first: Option<u32>| Some((count(least)?, count(first)?));
    let subsequent = cut(
        options.et_al_subsequent_min.or(options.et_al_min),
        options.et_al_subsequent_use_first.or(options.et_al_use_first),
    );
    NameRules {
        and,
        delimiter: options.delimiter.into(),
        precedes_et_al: options.delimiter_precedes_et_al,
        precedes_last: options.delimiter_precedes_last,
        et_al: [cut(options.et_al_min, options.et_al_use_first), subsequent],
        use_last: options.et_al_use_last,
        form: options.form,
        initialize: options.initialize,
        initialize_with: options.initialize_with.map(Into::into),
        sort_order: options.name_as_sort_order,
        sort_separator: options.sort_separator.into(),
        family: name.name_part_family().map(part).unwrap_or_default(),
        given: name.name_part_given().map(part).unwrap_or_default(),
        look: look(name, None, None),
    }
}

fn part(part: &NamePart) -> Look {
    look(part, part.text_case, None)
}
