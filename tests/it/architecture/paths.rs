//! Finds what a source file refers to: every path in `use` items, expressions,
//! types and macro calls, resolved to where it starts. It works on tokens, so
//! that nothing hides in a function's body or in a macro's argument.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// `crate::db::Conn`, `diesel::prelude::*`, and the line on which it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub path: Vec<String>,
    pub line: usize,
}

impl Reference {
    /// Whether the path is `prefix` or goes on from it; `prefix` as it is written.
    pub fn starts_with(&self, prefix: &str) -> bool {
        let mut path = self.path.iter();
        prefix.split("::").all(|segment| path.next().is_some_and(|is| is == segment))
    }
}

/// All references of a file that is the module `module`, but for those in items
/// that exist in tests only.
pub fn references(module: &[String], source: &str) -> Vec<Reference> {
    let tokens: TokenStream = source.parse().expect("the file is Rust");
    let mut found = Vec::new();
    walk(tokens, module, &mut found);
    found
}

fn walk(tokens: TokenStream, module: &[String], found: &mut Vec<Reference>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if is_test_only(&tokens[at..]) {
            at = after_item(&tokens, at);
        } else if let Some((name, body)) = inline_module(&tokens[at..]) {
            let inner = [module, &[name]].concat();
            walk(body.stream(), &inner, found);
            at += 3;
        } else if starts_path(&tokens, at) {
            at = path(&tokens, at, &resolve_start(module), found);
        } else {
            if let TokenTree::Group(group) = &tokens[at] {
                walk(group.stream(), module, found);
            }
            at += 1;
        }
    }
}

/// `#[cfg(test)]` or `#[test]`.
fn is_test_only(tokens: &[TokenTree]) -> bool {
    let [TokenTree::Punct(hash), TokenTree::Group(attribute), ..] = tokens else { return false };
    let text = attribute.stream().to_string().replace(' ', "");
    hash.as_char() == '#' && attribute.delimiter() == Delimiter::Bracket && (text == "cfg(test)" || text == "test")
}

/// Where the item that begins with the attribute at `at` is over.
fn after_item(tokens: &[TokenTree], at: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    };
    tokens[at..].iter().position(ends).map_or(tokens.len(), |offset| at + offset + 1)
}

fn inline_module(tokens: &[TokenTree]) -> Option<(String, &Group)> {
    match tokens {
        [TokenTree::Ident(keyword), TokenTree::Ident(name), TokenTree::Group(body), ..]
            if *keyword == "mod" && body.delimiter() == Delimiter::Brace =>
        {
            Some((name.to_string(), body))
        }
        _ => None,
    }
}

/// An identifier that `::` follows or that `use` stands before. It is never in
/// the middle of a path: [`path`] reads a path to its end.
fn starts_path(tokens: &[TokenTree], at: usize) -> bool {
    let TokenTree::Ident(word) = &tokens[at] else { return false };
    // Words that may stand before a path that begins with `::`.
    if ["use", "as", "in", "for", "dyn", "impl", "mut", "return"].iter().any(|keyword| word == keyword) {
        return false;
    }
    let goes_on = is_colons(tokens, at + 1);
    let is_used = at > 0 && matches!(&tokens[at - 1], TokenTree::Ident(word) if *word == "use");
    goes_on || is_used
}

fn is_colons(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == ':');
    colon(tokens.get(at)) && colon(tokens.get(at + 1))
}

/// What `self` and `super` mean in `module`.
fn resolve_start(module: &[String]) -> impl Fn(&[String]) -> Vec<String> + '_ {
    move |path| {
        let (ours, rest) = match path.first().map(String::as_str) {
            Some("crate" | "candour") => (Vec::new(), &path[1..]),
            Some("self") => (module.to_vec(), &path[1..]),
            Some("super") => {
                let ups = path.iter().take_while(|segment| *segment == "super").count();
                (module[..module.len().saturating_sub(ups)].to_vec(), &path[ups..])
            }
            _ => return path.to_vec(),
        };
        [vec!["crate".to_owned()], ours, rest.to_vec()].concat()
    }
}

/// Reads the path or the tree of paths at `at`; returns where it is over.
fn path(
    tokens: &[TokenTree],
    mut at: usize,
    resolve: &dyn Fn(&[String]) -> Vec<String>,
    found: &mut Vec<Reference>,
) -> usize {
    let mut segments: Vec<String> = Vec::new();
    loop {
        let line = tokens.get(at).map_or(0, |token| token.span().start().line);
        match tokens.get(at) {
            Some(TokenTree::Ident(segment)) => segments.push(segment.to_string()),
            Some(TokenTree::Punct(star)) if star.as_char() == '*' => segments.push("*".to_owned()),
            Some(TokenTree::Group(tree)) if tree.delimiter() == Delimiter::Brace => {
                branches(tree, &segments, resolve, found);
                return at + 1;
            }
            // A generic argument (`Vec::<T>`) or the like: the path is over.
            _ => {
                found.push(Reference { path: resolve(&segments), line });
                return at;
            }
        }
        at += 1;
        if !is_colons(tokens, at) {
            found.push(Reference { path: resolve(&segments), line });
            return at;
        }
        at += 2;
    }
}

/// The branches of `use a::{b, c::d}`.
fn branches(tree: &Group, before: &[String], resolve: &dyn Fn(&[String]) -> Vec<String>, found: &mut Vec<Reference>) {
    let joined = |rest: &[String]| {
        let rest = if rest.first().is_some_and(|first| first == "self") { &rest[1..] } else { rest };
        resolve(&[before, rest].concat())
    };
    let tokens: Vec<TokenTree> = tree.stream().into_iter().collect();
    for branch in tokens.split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ',')) {
        if !branch.is_empty() {
            path(branch, 0, &joined, found);
        }
    }
}
