//! The tag tree while it grows: groups in reading order, with leaves whose places on
//! pages are known only when they are drawn.

use krilla::tagging::{Identifier, Node, TagGroup, TagKind, TagTree};

/// A group in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group(usize);

/// A leaf in the tree: what is drawn for it gets its identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf(usize);

#[derive(Debug)]
enum Child {
    Group(Group),
    Leaf(Leaf),
}

#[derive(Debug)]
struct Grown {
    tag: TagKind,
    children: Vec<Child>,
}

/// Groups by number; the first is the document.
#[derive(Debug)]
pub struct Tags {
    groups: Vec<Grown>,
    leaves: Vec<Option<Identifier>>,
}

impl Tags {
    pub const DOCUMENT: Group = Group(0);

    pub fn new(document: impl Into<TagKind>) -> Tags {
        Tags { groups: vec![Grown { tag: document.into(), children: Vec::new() }], leaves: Vec::new() }
    }

    pub fn group(&mut self, parent: Group, tag: impl Into<TagKind>) -> Group {
        let group = Group(self.groups.len());
        self.groups.push(Grown { tag: tag.into(), children: Vec::new() });
        self.push(parent, Child::Group(group));
        group
    }

    pub fn leaf(&mut self, parent: Group) -> Leaf {
        let leaf = Leaf(self.leaves.len());
        self.leaves.push(None);
        self.push(parent, Child::Leaf(leaf));
        leaf
    }

    pub fn place(&mut self, leaf: Leaf, identifier: Identifier) {
        if let Some(place) = self.leaves.get_mut(leaf.0) {
            *place = Some(identifier);
        }
    }

    /// Once more what a group is, now that more is known of it.
    pub fn retag(&mut self, group: Group, tag: impl Into<TagKind>) {
        if let Some(grown) = self.groups.get_mut(group.0) {
            grown.tag = tag.into();
        }
    }

    /// As krilla wants it. Groups in which nothing was drawn are left out.
    pub fn tree(self, lang: &str) -> TagTree {
        let mut groups: Vec<Option<Grown>> = self.groups.into_iter().map(Some).collect();
        let mut leaves = self.leaves;
        let mut tree = TagTree::new().with_lang(Some(lang.to_owned()));
        if let Some(document) = built(&mut groups, &mut leaves, Tags::DOCUMENT) {
            for child in document.children {
                tree.push(child);
            }
        }
        tree
    }

    fn push(&mut self, parent: Group, child: Child) {
        if let Some(grown) = self.groups.get_mut(parent.0) {
            grown.children.push(child);
        }
    }
}

fn built(groups: &mut [Option<Grown>], leaves: &mut [Option<Identifier>], group: Group) -> Option<TagGroup> {
    let grown = groups.get_mut(group.0)?.take()?;
    let mut built_group = TagGroup::new(grown.tag);
    for child in grown.children {
        let node: Option<Node> = match child {
            Child::Group(inner) => built(groups, leaves, inner).map(Node::from),
            Child::Leaf(leaf) => leaves.get_mut(leaf.0).and_then(Option::take).map(Node::from),
        };
        if let Some(node) = node {
            built_group.push(node);
        }
    }
    (!built_group.children.is_empty()).then_some(built_group)
}
