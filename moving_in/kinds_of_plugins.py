"""Kinds of content (post types) that WordPress and well-known plugins have beside posts and pages."""

# Kinds that plugins for events have.
EVENT_KINDS = frozenset("tribe_events event events mec-events ajde_events ai1ec_event espresso_events eventin".split())
# Kinds of WordPress's own works, of no use anywhere else; told as a number, and no more.
WORKINGS = frozenset(
    """
    revision nav_menu_item custom_css customize_changeset oembed_cache user_request wp_block wp_template
    wp_template_part wp_global_styles wp_navigation wp_font_family wp_font_face acf-field acf-field-group
    polylang_mo wpml_job tribe_venue tribe_organizer
    """.split()
)
