"""Pictures and documents in a bucket: moto speaks S3 on a port of this machine, in a process of its own."""

import json
import subprocess
import sys
import time

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured

from iaec_site.storage import storage_settings
from tests.iaec_site.backup.sites import assert_same
from tests.survival.breakable import Served, free_port, new_site, wait_until

CONTENT = """
import django, json
django.setup()
from publications.models import Document
from tests.factories import make_document, make_picture, make_post
picture, document = make_picture(title="A square"), make_document()
post = make_post(title_en="With a picture", slug_en="with-a-picture", picture=picture)
from pictures.tasks import complete_renditions
complete_renditions.call(picture.pk)
picture.refresh_from_db()
print(json.dumps([post.get_absolute_url(), picture.file.name, picture.url_of(picture.fallback), document.file.name]))
"""


@pytest.fixture(scope="module")
def s3():
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )

    def answers():
        try:
            return client.list_buckets() is not None
        except Exception:
            return False

    wait_until(answers, "the bucket's server")
    client.port, client.process = port, server
    yield client
    server.kill()
    server.wait()


def url_of(s3, bucket):
    s3.create_bucket(Bucket=bucket)
    return f"s3://key:secret@{bucket}?endpoint=http%3A%2F%2F127.0.0.1%3A{s3.port}&region=us-east-1&addressing=path"


def names_in(s3, bucket):
    return sorted(one["Key"] for one in s3.list_objects_v2(Bucket=bucket).get("Contents", ()))


def test_pictures_and_documents_live_in_a_bucket_and_are_restored_into_another(tmp_path, s3):
    site = new_site(tmp_path / "site", content=False)
    site.folder.mkdir()
    site.environment["STORAGE_URL"] = url_of(s3, "first")
    site.manage("migrate", "--verbosity", "0")
    page, original, rendition, document = json.loads(site.python(CONTENT).splitlines()[-1])

    # Nothing is kept on this machine, nothing in the bucket can be read by strangers.
    assert not (site.folder / "media").exists()
    assert {original, document, rendition.removeprefix("/media/")} <= set(names_in(s3, "first"))
    grants = s3.get_object_acl(Bucket="first", Key=original)["Grants"]
    assert {grant["Grantee"]["Type"] for grant in grants} == {"CanonicalUser"}

    with Served(site) as served:
        shown = served.get(page)
        assert (shown.status, rendition in shown.text) == (200, True)
        assert f"127.0.0.1:{s3.port}" not in shown.text + str(shown.headers)
        picture = served.get(rendition)
        assert (picture.status, picture.headers["content-type"]) == (200, "image/jpeg")
        assert picture.headers["content-length"] == str(
            s3.head_object(Bucket="first", Key=rendition[7:])["ContentLength"]
        )
        assert [served.get(f"/media/{name}").status for name in (original, document, "pictures/00/gone.jpg")] == [
            404
        ] * 3

    archive = site.back_up()
    other = new_site(tmp_path / "other", content=False)
    other.folder.mkdir()
    other.environment["STORAGE_URL"] = url_of(s3, "second")
    other.manage("restore", archive)
    assert names_in(s3, "second") == names_in(s3, "first")
    assert_same(site, other)
    assert list((other.folder).glob(".unpacking-*")) == []
    # Once more over it, a file changed and another one too many.
    s3.put_object(Bucket="second", Key=original, Body=b"changed")
    s3.put_object(Bucket="second", Key="documents/00/too-many.pdf", Body=b"x")
    other.manage("restore", archive, "--overwrite")
    assert names_in(s3, "second") == names_in(s3, "first")
    assert (
        s3.head_object(Bucket="second", Key=original)["ETag"] == s3.head_object(Bucket="first", Key=original)["ETag"]
    )


def test_pictures_of_a_bucket_that_goes_away_are_asked_for_later(tmp_path, s3):
    site = new_site(tmp_path / "site", content=False)
    site.folder.mkdir()
    site.environment["STORAGE_URL"] = url_of(s3, "goes-away")
    site.manage("migrate", "--verbosity", "0")
    page, _, rendition, _ = json.loads(site.python(CONTENT).splitlines()[-1])
    with Served(site) as served:
        assert served.get(rendition).status == 200
        s3.delete_object(Bucket="goes-away", Key=rendition.removeprefix("/media/"))
        assert served.get(rendition).status == 404

    site.environment["STORAGE_URL"] = site.environment["STORAGE_URL"].replace(str(s3.port), str(free_port()))
    # Nobody listens at the new address.
    with Served(site) as served:
        for _ in range(2):
            begun = time.monotonic()
            answer = served.get(rendition)
            seconds = time.monotonic() - begun
            assert (answer.status, answer.headers["retry-after"]) == (503, "60")
            assert answer.headers["cache-control"] == "no-store"
        # The first one tried; the second did not wait for it again.
        assert seconds < 1
        assert served.get(page).status == 200
        assert served.get("/media/pictures/00/no-name-of-ours.jpg").status == 404
    said = [line for line in served.said().splitlines() if "could not be read from the storage" in line]
    assert len(said) == 2
    assert f"GET {rendition} could not be read from the storage: [Errno 5] The bucket does not answer" in said[0]
    assert "The database does not answer" not in served.said()


def test_a_bucket_that_is_away_is_told_to_editors(tmp_path, s3):
    site = new_site(tmp_path)
    endpoint = f"http%3A%2F%2F127.0.0.1%3A{free_port()}"
    site.environment["STORAGE_URL"] = f"s3://key:secret@gone?endpoint={endpoint}&region=x"
    said = site.python(
        "import django; django.setup()\n"
        "from tests.factories import make_picture\nfrom pictures.models import Picture\n"
        "try:\n    make_picture()\nexcept OSError as error:\n    print(error.errno, Picture.objects.count())"
    )
    assert said.splitlines()[-1] == "5 0"


@pytest.mark.parametrize(
    "url",
    [
        "s3://",
        "s3://key:secret@",
        "s3://bucket/folder",
        "s3://bucket?wrong=1",
        "s3://key:secret@bucket:80",
        "s3://b#x",
    ],
)
def test_an_address_of_a_bucket_that_says_something_else_is_refused(url, tmp_path):
    with pytest.raises(ImproperlyConfigured) as refused:
        storage_settings(url, tmp_path)
    assert "secret" not in str(refused.value)


def test_an_address_of_a_bucket(tmp_path):
    settings, folder = storage_settings("s3://AK%2FID:se%40cret@pictures?region=eu-west-3&prefix=site", tmp_path)

    assert folder == tmp_path
    assert settings["OPTIONS"]["access_key"] == "AK/ID"
    assert settings["OPTIONS"]["secret_key"] == "se@cret"
    assert settings["OPTIONS"]["location"] == "site"
