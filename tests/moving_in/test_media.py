"""Pictures and PDF files out of a copy of wp-content/uploads, and what stays out of it."""

import os

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from pictures.models import Picture
from publications.models import Document, Publication
from tests.moving_in.exports import OLD, attachment, item, written
from tests.moving_in.imports import all_rows, became, bring_in
from tests.pictures.factories import drawn, picture_bytes
from tests.publications.pdfs import pdf

pytestmark = pytest.mark.django_db
UPLOADS = f"{OLD}/wp-content/uploads"
ALT = {"_wp_attachment_image_alt": "A school & its garden"}


@pytest.fixture
def uploads(tmp_path):
    """`uploads("2019/05/a.jpg", data)` puts a file there and gives the folder."""

    def put(path="", data=None):
        folder = tmp_path / "uploads"
        file = folder / path
        (file.parent if path else folder).mkdir(parents=True, exist_ok=True)
        if path:
            file.write_bytes(data or picture_bytes())
        return folder

    return put


def test_a_picture_comes_into_the_library_and_texts_show_it(tmp_path, uploads, client):
    content = f'<p><img class="alignleft" src="{UPLOADS}/2019/05/school-300x200.jpg" alt="" width="300" /> Words</p>'
    bring_in(
        written(
            tmp_path,
            attachment(5, "2019/05/school.jpg", "The school", meta=ALT),
            item(6, "Post", content, meta={"_thumbnail_id": "5"}),
        ),
        media=uploads("2019/05/school.jpg"),
    )

    picture = Picture.objects.get()
    assert (picture.title, picture.alt_en, picture.width) == ("The school", "A school & its garden", 600)
    post = became(6)
    assert post.picture == picture
    shown = f'<img src="{picture.library_address}" alt="A school &amp; its garden" width="300">'
    assert post.body_en == f"<p>{shown} Words</p>"
    assert post.state == "published"
    for address in ("/wp-content/uploads/2019/05/school.jpg", "/wp-content/uploads/2019/05/school-1024x768.jpg"):
        assert client.get(address).headers["Location"] == picture.library_address
    assert client.get("/?attachment_id=5").headers["Location"] == picture.library_address


def test_a_file_that_no_attachment_names_is_found_by_its_path(tmp_path, uploads):
    bring_in(
        written(tmp_path, item(6, content=f'<img src="{UPLOADS}/2019/05/a.jpg" alt="A garden">')),
        media=uploads("2019/05/a.jpg"),
    )

    assert Picture.objects.get().alt_en == "A garden"
    assert became(6).state == "published"


def test_a_picture_of_many_sizes_has_one_file_here(tmp_path, uploads):
    content = "".join(
        f'<p><img src="{address}" alt="x"></p>'
        for address in (
            f"{UPLOADS}/2019/05/large-scaled.jpg",
            f"{UPLOADS}/2019/05/large-300x200.jpg",
            "/wp-content/uploads/2019/05/large.jpg",
            "https://i0.wp.com/old.example.org/wp-content/uploads/2019/05/large.jpg?resize=300%2C200",
        )
    )
    bring_in(
        written(tmp_path, attachment(5, "2019/05/large-scaled.jpg", meta=ALT), item(6, content=content)),
        media=uploads("2019/05/large-scaled.jpg"),
    )

    picture = Picture.objects.get()
    assert became(6).body_en.count(picture.library_address) == 4


def test_pictures_without_an_alternative_text_keep_their_post_a_draft(tmp_path, uploads):
    told = bring_in(
        written(tmp_path, attachment(5, "a.jpg", "Mute"), item(6, "Post", meta={"_thumbnail_id": "5"})),
        media=uploads("a.jpg"),
    )

    assert became(6).state == "draft"
    assert told.of("refused") == [
        (6, "“Post” is a draft now: The picture “Mute” has no alternative text and is not marked as decorative.")
    ]


def test_no_picture_of_another_site_stays_in_a_text(tmp_path):
    content = '<p>a <img src="https://tracker.example/x.gif" srcset="https://tracker.example/y.gif 2x"> b</p>'
    told = bring_in(written(tmp_path, item(6, content=content + '<img src="data:image/png;base64,AAAA">')))

    assert became(6).body_en == "<p>a  b</p>"
    assert told.of("picture") == [
        (6, "1 written into the text itself (data:)"),
        (6, "https://tracker.example/x.gif"),
        (6, "/?data"),
    ]


def test_a_gallery_becomes_its_pictures(tmp_path, uploads):
    for name in ("a", "b", "c"):
        folder = uploads(f"{name}.jpg", picture_bytes(image=drawn(300 + ord(name), 300)))
    parts = [
        attachment(number, f"{name}.jpg", name, parent=9, order=-number, meta=ALT)
        for number, name in ((1, "a"), (2, "b"), (3, "c"))
    ]
    bring_in(
        written(tmp_path, *parts, item(9, content="[gallery]"), item(10, content='[gallery ids="3,1"]')), media=folder
    )

    key = {picture.title: picture.library_address for picture in Picture.objects.all()}
    figure = '<figure><img src="{}" alt="A school &amp; its garden"></figure>'
    assert became(9).body_en == "\n".join(figure.format(key[name]) for name in ("c", "b", "a"))
    assert became(10).body_en == "\n".join(figure.format(key[name]) for name in ("c", "a"))


def test_a_pdf_file_becomes_a_publication_that_links_lead_to(tmp_path, uploads, client):
    folder = uploads("2019/05/charter.pdf", pdf("Charter"))
    uploads("2019/05/unused.pdf", pdf("Unused"))
    bring_in(
        written(
            tmp_path,
            attachment(5, "2019/05/charter.pdf", "The Charter"),
            attachment(6, "2019/05/unused.pdf", "Unused"),
            item(7, content=f'<a href="{UPLOADS}/2019/05/charter.pdf">Charter</a>'),
        ),
        media=folder,
    )

    charter = Publication.objects.get(title_en="The Charter")
    assert (charter.state, Publication.objects.get(title_en="Unused").state) == ("published", "draft")
    assert became(7).body_en == f'<p><a href="/documents/{charter.file_address}/en.pdf" rel="noopener">Charter</a></p>'
    assert became(7).state == "published"
    moved = client.get("/wp-content/uploads/2019/05/charter.pdf")
    assert moved.headers["Location"] == f"/documents/{charter.file_address}/en.pdf"
    assert client.get(moved.headers["Location"]).status_code == 200
    assert client.get("/wp-content/uploads/2019/05/unused.pdf").status_code == 404


REFUSED = {
    "a page that calls itself a picture": (
        b"<html><script>alert(1)</script>",
        "a.jpg",
        "is not a JPEG, PNG, WebP or AVIF",
    ),
    "a program in a picture": (picture_bytes() + b"<?php system('id'); ?>", "a.jpg", "a picture and something else"),
    "a damaged picture": (picture_bytes()[:2000], "a.jpg", "damaged or incomplete"),
    "a drawing with scripts": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "is not a JPEG"),
    "a bomb of pixels": (
        picture_bytes("PNG", Image.new("1", (30_000, 30_000))),
        "a.png",
        "more than 40 megapixels",
    ),
    "a PDF that is none": (b"MZ\x90", "a.pdf", "This file is no PDF"),
    "a program": (b"MZ\x90", "a.exe", "the site keeps pictures and PDF files, and no others"),
    "PHP": (b"<?php", "a.php", "the site keeps pictures and PDF files, and no others"),
}


@pytest.mark.parametrize("dry_run", [False, True])
@pytest.mark.parametrize("name", REFUSED)
def test_files_that_are_not_what_they_say_stay_out(tmp_path, uploads, name, dry_run):
    data, path, words = REFUSED[name]
    told = bring_in(written(tmp_path, attachment(5, path)), media=uploads(path, data), dry_run=dry_run)

    [(number, text)] = told.of("media")
    assert number == 5
    assert words in text
    assert (Picture.objects.count(), Document.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "path", ["../secret.jpg", "a/../../secret.jpg", "/etc/passwd.jpg", "..%2fsecret.jpg", "a\\..\\s.jpg"]
)
def test_no_path_leads_out_of_the_folder(tmp_path, uploads, path):
    (tmp_path / "secret.jpg").write_bytes(picture_bytes())
    bring_in(
        written(
            tmp_path, attachment(5, path, file=f"{UPLOADS}/{path}"), item(6, content=f'<img src="{UPLOADS}/{path}">')
        ),
        media=uploads(),
    )

    assert Picture.objects.count() == 0


def test_no_link_of_the_file_system_leads_out_of_the_folder(tmp_path, uploads):
    (tmp_path / "secret.jpg").write_bytes(picture_bytes())
    folder = uploads()
    os.symlink(tmp_path / "secret.jpg", folder / "a.jpg")
    os.symlink(tmp_path, folder / "b")
    told = bring_in(written(tmp_path, attachment(5, "a.jpg"), attachment(6, "b/secret.jpg")), media=folder)

    assert Picture.objects.count() == 0
    assert told.of("media") == [(5, "a.jpg is not in the folder"), (6, "b/secret.jpg is not in the folder")]


def test_a_dry_run_leaves_no_file_and_says_what_a_run_would(tmp_path, uploads):
    folder = uploads("a.jpg")
    uploads("b.pdf", pdf())
    file = written(
        tmp_path,
        attachment(5, "a.jpg", meta=ALT),
        attachment(6, "b.pdf"),
        item(7, content=f'<img src="{UPLOADS}/a.jpg"> <a href="{UPLOADS}/b.pdf">x</a>'),
    )

    def files():
        return sorted(name for name in ("pictures", "documents") if default_storage.exists(name)) and sorted(
            str(path) for path in __import__("pathlib").Path(default_storage.location).rglob("*") if path.is_file()
        )

    before, rows = files(), all_rows()
    dry = bring_in(file, media=folder, dry_run=True)
    assert (files(), all_rows()) == (before, rows)
    wet = bring_in(file, media=folder)
    assert (dry.numbers, dry.subjects) == (wet.numbers, wet.subjects)
    rows = all_rows()
    bring_in(file, media=folder)
    assert all_rows() == rows


def test_pictures_that_come_later_find_their_texts(tmp_path, uploads):
    file = written(
        tmp_path,
        attachment(5, "a.jpg", meta=ALT),
        item(6, content=f'<p>x <img src="{UPLOADS}/a.jpg"></p>', meta={"_thumbnail_id": "5"}),
    )
    told = bring_in(file)
    assert told.of("media") == [(None, "1 files: no folder was given (--media), so none was taken over")]
    assert (became(6).body_en, became(6).picture) == ("<p>x</p>", None)

    bring_in(file, media=uploads("a.jpg"))
    picture = Picture.objects.get()
    assert became(6).picture == picture
    assert became(6).body_en == f'<p>x <img src="{picture.library_address}" alt="A school &amp; its garden"></p>'
