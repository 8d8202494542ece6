"""Settings of the storage by its address: a folder, or a bucket that speaks S3.

A bucket holds what a folder does, under the same names, and stays private: the site itself reads it and sends what is
public from its own address, so no page asks another server for anything.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

IN_A_FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
# What may stand behind the question mark.
OPTIONS = {"endpoint", "region", "prefix", "addressing"}


def storage_settings(url: str, default: Path) -> tuple[dict, Path]:
    """(the storage as Django's STORAGES wants it, MEDIA_ROOT). ImproperlyConfigured for what is neither."""
    if not url:
        return IN_A_FOLDER, default
    parts = urlsplit(url)
    if parts.scheme == "s3":
        return in_a_bucket(parts), default
    if parts.scheme != "file" or parts.netloc or parts.query or parts.fragment or not parts.path.startswith("/"):
        raise ImproperlyConfigured(
            "STORAGE_URL names a folder, as in file:///var/lib/site/media, with %20 for a space and %23 for #, or a "
            f"bucket, as in s3://KEY:SECRET@BUCKET?region=eu-west-3; “{url.partition('@')[2] or url}” is none."
        )
    return IN_A_FOLDER, Path(unquote(parts.path))


def in_a_bucket(parts: SplitResult) -> dict:
    options = dict(parse_qsl(parts.query))
    bucket = parts.netloc.rpartition("@")[2]
    if not bucket or ":" in bucket or parts.path.strip("/") or parts.fragment or options.keys() - OPTIONS:
        raise ImproperlyConfigured(
            "STORAGE_URL for S3 is s3://KEY:SECRET@BUCKET?endpoint=https://…&region=…&prefix=…&addressing=path; "
            "all but the bucket may be left out."
        )
    chosen = {
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "bucket_name": bucket,
        "endpoint_url": options.get("endpoint"),
        "region_name": options.get("region"),
        "location": options.get("prefix", ""),
        "addressing_style": options.get("addressing"),
        # Names are given once: two that write at the same moment must not write over each other.
        "file_overwrite": False,
        "max_memory_size": 4 * 1024 * 1024,
    }
    options = {name: value for name, value in chosen.items() if value is not None}
    return {"BACKEND": "iaec_site.bucket.Bucket", "OPTIONS": options}
