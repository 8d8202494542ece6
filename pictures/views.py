import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pictures.models import Picture
from pictures.renditions import FORMATS

MEDIA_TYPES = {chosen.extension: chosen.media_type for chosen in FORMATS.values()}
# Exactly the names that pictures.files writes (the storage adds "_abc" when two processes write at once), and of these
# the renditions alone: originals stand in a folder of their own.
NAME = re.compile(rf"pictures/[0-9a-f]{{2}}/[0-9a-f]{{32}}(?:_\w+)?\.({'|'.join(MEDIA_TYPES)})", re.ASCII)
MINUTES_KEPT = 5


@require_safe
def media_file(request, path):
    """For an installation without a web server or bucket of its own for media."""
    match = NAME.fullmatch(path)
    if not match:
        raise Http404
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=MEDIA_TYPES[match[1]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # Letters show pictures too, and webmail shows letters on a site of its own.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def library_picture(request, key):
    """The lasting address of a picture in rich text: in the editor, in feeds, wherever nobody made more of it."""
    picture = get_object_or_404(Picture.objects.only("file", "width", "height", "renditions"), key=key)
    response = HttpResponseRedirect(picture.url_of(picture.fallback))
    response["Cache-Control"] = f"public, max-age={60 * MINUTES_KEPT}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
