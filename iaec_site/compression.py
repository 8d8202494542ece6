"""Pages travel compressed; pictures, which are compressed already, are left alone."""

from django.middleware.gzip import GZipMiddleware

COMPRESSIBLE = (
    *("text/", "application/json", "application/feed+json", "application/xml", "application/atom+xml"),
    "image/svg+xml",
)


class TextCompressionMiddleware(GZipMiddleware):
    """Django's own gzip, with its padding of random length against BREACH, for texts only.

    Static files do not pass here: they are compressed once, when they are collected. Nor is a page compressed that
    tells how far some work is: the packer would keep its few words to itself.
    """

    def process_response(self, request, response):
        if response.headers.get("X-Accel-Buffering") == "no":
            return response
        if not response.headers.get("Content-Type", "").startswith(COMPRESSIBLE):
            return response
        return super().process_response(request, response)
