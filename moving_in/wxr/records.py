"""What stands in a WordPress export (WXR 1.0 to 1.2), as it stands there."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass
class Site:
    title: str = ""
    link: str = ""
    language: str = ""
    pub_date: str = ""
    base_site_url: str = ""
    base_blog_url: str = ""
    version: str = ""


@dataclass
class Author:
    login: str = ""
    name: str = ""


@dataclass
class Term:
    """A category, tag or word of any other taxonomy; `number` is WordPress's term id, 0 where it is not told."""

    taxonomy: str = ""
    slug: str = ""
    number: int = 0
    parent: str = ""
    name: str = ""
    description: str = ""
    meta: dict[str, str] = field(default_factory=dict)


@dataclass
class Item:
    """A post, page, attachment, entry of a menu, or whatever else plugins keep as posts."""

    number: int = 0
    kind: str = ""
    status: str = ""
    title: str = ""
    link: str = ""
    guid: str = ""
    author: str = ""
    pub_date: str = ""
    date: str = ""
    date_gmt: str = ""
    name: str = ""
    parent: int = 0
    order: int = 0
    content: str = ""
    excerpt: str = ""
    has_password: bool = False
    is_sticky: bool = False
    file_address: str = ""
    terms: list[tuple[str, str, str]] = field(default_factory=list)  # taxonomy, slug, name
    meta: dict[str, str] = field(default_factory=dict)
    comments: int = 0
    line: int = 0

    def slugs(self, taxonomy: str) -> list[str]:
        """The slugs of its terms in a taxonomy, each once, in order."""
        return list(dict.fromkeys(slug for domain, slug, _name in self.terms if domain == taxonomy))

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict) -> Item:
        return cls(**values | {"terms": [tuple(term) for term in values["terms"]]})
