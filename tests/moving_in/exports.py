"""Exports of WordPress, made here: as small as a test needs them, in the form that WordPress writes."""

from __future__ import annotations

from pathlib import Path

OLD = "https://old.example.org"
HEAD = """<?xml version="1.0" encoding="{encoding}" ?>
<!-- generator="WordPress/6.5" created="2025-06-01 10:00" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/{version}/">
<channel><title>Old site</title><link>{site}</link><pubDate>Sun, 01 Jun 2025 10:00:00 +0000</pubDate>
<language>{language}</language><wp:wxr_version>{version}</wp:wxr_version>
<wp:base_site_url>{site}</wp:base_site_url><wp:base_blog_url>{site}</wp:base_blog_url>
<wp:author><wp:author_login>ana</wp:author_login><wp:author_email>ana@example.org</wp:author_email>
<wp:author_display_name><![CDATA[Ana Pérez]]></wp:author_display_name></wp:author>
"""
FOOT = "</channel></rss>\n"


def cdata(text) -> str:
    return f"<![CDATA[{str(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def item(number: int, title="A title", content="<p>Some text.</p>", **values) -> str:
    """A published post of May 2019, unless `values` say otherwise. `terms` are (taxonomy, slug), `meta` a dict."""
    known = {
        "kind": "post",
        "status": "publish",
        "name": f"item-{number}",
        "date": "2019-05-03 10:00:00",
        "date_gmt": "2019-05-03 08:00:00",
        "parent": 0,
        "order": 0,
        "excerpt": "",
        "password": "",
        "file": "",
        "terms": (),
        "meta": {},
        "more": "",
        "site": OLD,
    } | values
    link = known.get("link", f"{known['site']}/2019/05/{known['name']}/")
    terms = "".join(
        f'<category domain="{taxonomy}" nicename="{slug}">{cdata(slug.capitalize())}</category>'
        for taxonomy, slug in known["terms"]
    )
    meta = "".join(
        f"<wp:postmeta><wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
        for key, value in known["meta"].items()
    )
    file = f"<wp:attachment_url>{cdata(known['file'])}</wp:attachment_url>" if known["file"] else ""
    return f"""<item><title>{cdata(title)}</title><link>{link.replace("&", "&amp;")}</link>
<pubDate>Fri, 03 May 2019 08:00:00 +0000</pubDate><dc:creator>{cdata("ana")}</dc:creator>
<guid isPermaLink="false">{known["site"]}/?p={number}</guid><description></description>
<content:encoded>{cdata(content)}</content:encoded><excerpt:encoded>{cdata(known["excerpt"])}</excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{known["date"]}</wp:post_date>
<wp:post_date_gmt>{known["date_gmt"]}</wp:post_date_gmt><wp:comment_status>open</wp:comment_status>
<wp:post_name>{cdata(known["name"])}</wp:post_name><wp:status>{known["status"]}</wp:status>
<wp:post_parent>{known["parent"]}</wp:post_parent><wp:menu_order>{known["order"]}</wp:menu_order>
<wp:post_type>{known["kind"]}</wp:post_type><wp:post_password>{cdata(known["password"])}</wp:post_password>
<wp:is_sticky>0</wp:is_sticky>{file}{terms}{meta}{known["more"]}</item>
"""


def attachment(number: int, path: str, title="A file", **values) -> str:
    values = {"kind": "attachment", "status": "inherit", "file": f"{OLD}/wp-content/uploads/{path}"} | values
    meta = {"_wp_attached_file": path} | values.pop("meta", {})
    return item(number, title, "", meta=meta, link=f"{OLD}/{values.get('name', f'item-{number}')}/", **values)


def category(number: int, slug: str, name: str, parent="", more="") -> str:
    return (
        f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{cdata(slug)}</wp:category_nicename>"
        f"<wp:category_parent>{cdata(parent)}</wp:category_parent><wp:cat_name>{cdata(name)}</wp:cat_name>{more}"
        "</wp:category>\n"
    )


def term(taxonomy: str, slug: str, description="", number=900) -> str:
    return (
        f"<wp:term><wp:term_id>{number}</wp:term_id><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy>"
        f"<wp:term_slug>{cdata(slug)}</wp:term_slug><wp:term_name>{cdata(slug)}</wp:term_name>"
        f"<wp:term_description>{cdata(description)}</wp:term_description></wp:term>\n"
    )


def joined(slug: str, numbers: dict[str, int], taxonomy="post_translations") -> str:
    """Polylang's list of translations: a serialised array of PHP."""
    inside = "".join(f's:{len(code)}:"{code}";i:{number};' for code, number in numbers.items())
    return term(taxonomy, slug, f"a:{len(numbers)}:{{{inside}}}")


def wxr(*parts: str, language="en-US", version="1.2", encoding="UTF-8", site=OLD) -> str:
    return HEAD.format(language=language, version=version, encoding=encoding, site=site) + "".join(parts) + FOOT


def written(folder: Path, *parts: str, name="export.xml", **head) -> Path:
    path = folder / name
    path.write_text(wxr(*parts, **head), encoding="utf-8")
    return path
