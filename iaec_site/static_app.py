"""Static files without the parts of CKEditor that have known holes or call other sites.

CKEditor 4 ships samples, previews and vendor services beside the editor. What is not
collected cannot be served: these patterns keep them out of STATIC_ROOT for good. Folders
are matched by full path because Django matches bare folder names anywhere in the tree.
"""

from django.contrib.staticfiles.apps import StaticFilesConfig

EDITOR = "ckeditor/ckeditor"

UNUSED_PLUGINS = (
    "adobeair bbcode codesnippet codesnippetgeshi devtools docprops embed embedbase embedsemantic "
    "autoembed exportpdf flash forms iframe iframedialog language mathjax placeholder preview scayt "
    "sharedspace smiley sourcedialog divarea stylesheetparser templates uicolor uploadimage uploadwidget wsc"
).split()


class SiteStaticConfig(StaticFilesConfig):
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "ckeditor/galleriffic/*",
        "ckeditor/file-icons/*",
        f"{EDITOR}/adapters/*",
        f"{EDITOR}/skins/moono/*",
        f"{EDITOR}/samples/*",
        f"{EDITOR}/*.md",
        f"{EDITOR}/bender*",
        *[f"{EDITOR}/plugins/{plugin}/*" for plugin in UNUSED_PLUGINS],
    ]
