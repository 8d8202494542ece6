"""Files that must never become a picture, each with the code of its refusal."""

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

from tests.pictures.factories import drawn, picture_bytes


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_claiming(width, height):
    """A few hundred bytes that say that they are an enormous picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_claiming(width, height):
    data = bytearray(picture_bytes())
    start = data.index(b"\xff\xc0") + 5
    data[start : start + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def zip_bytes():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("Main.class", b"\xca\xfe\xba\xbe")
    return output.getvalue()


def png_with_text(text):
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", text)
    return picture_bytes("PNG", pnginfo=info)


def moving(format):
    return picture_bytes(format, save_all=True, append_images=[drawn().rotate(90)], duration=100)


def png_with_text_bomb():
    """30 MB of text in 30 KB."""
    bomb = b"Comment\0\0" + zlib.compress(b"A" * 30_000_000)
    whole = picture_bytes("PNG")
    return whole[:33] + png_chunk(b"zTXt", bomb) + whole[33:]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"

HOSTILE = {
    "svg.png": (lambda: SVG, "not_a_picture"),
    "svg-with-declaration.png": (lambda: b'<?xml version="1.0"?>' + SVG, "not_a_picture"),
    "page.jpg": (lambda: HTML, "not_a_picture"),
    "text.webp": (lambda: b"nothing at all", "not_a_picture"),
    "document.jpg": (lambda: b"%PDF-1.7\n%%EOF", "not_a_picture"),
    "postscript.jpg": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not_a_picture"),
    "gif.png": (lambda: picture_bytes("GIF"), "not_a_picture"),
    "tiff.jpg": (lambda: picture_bytes("TIFF"), "not_a_picture"),
    "bmp.jpg": (lambda: picture_bytes("BMP"), "not_a_picture"),
    "signature-only.png": (lambda: b"\x89PNG\r\n\x1a\n", "damaged"),
    "cut.jpg": (lambda: picture_bytes()[:-400], "damaged"),
    "cut.png": (lambda: picture_bytes("PNG")[:-400], "damaged"),
    "cut.webp": (lambda: picture_bytes("WEBP")[:-400], "damaged"),
    "cut.avif": (lambda: picture_bytes("AVIF")[:-400], "damaged"),
    "text-bomb.png": (png_with_text_bomb, "damaged"),
    "forty-one-megapixels.png": (lambda: png_claiming(41_000, 1000), "too_many_pixels"),
    "hundred-megapixels.png": (lambda: png_claiming(10_000, 10_000), "too_many_pixels"),
    "bomb.png": (lambda: png_claiming(60_000, 60_000), "too_many_pixels"),
    "bomb.jpg": (lambda: jpeg_claiming(60_000, 60_000), "too_many_pixels"),
    "true-bomb.png": (lambda: picture_bytes("PNG", Image.new("1", (9000, 9000))), "too_many_pixels"),
    "sixteen-megabytes.jpg": (lambda: picture_bytes() + b"\0" * 16 * 1024 * 1024, "too_many_bytes"),
    "archive-behind.jpg": (lambda: picture_bytes() + zip_bytes(), "disguised"),
    "page-behind.png": (lambda: picture_bytes("PNG") + HTML, "disguised"),
    "document-behind.webp": (lambda: picture_bytes("WEBP") + b"%PDF-1.7\n", "disguised"),
    "script-in-comment.jpg": (lambda: picture_bytes(comment=b"<script>alert(1)</script>"), "disguised"),
    "program-in-text.png": (lambda: png_with_text("<?php system($_GET['c']); ?>"), "disguised"),
    "moving.png": (lambda: moving("PNG"), "animated"),
    "moving.webp": (lambda: moving("WEBP"), "animated"),
    "moving.avif": (lambda: moving("AVIF"), "animated"),
}
