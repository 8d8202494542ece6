import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms

from pictures.renditions import encode, rendered_widths
from pictures.uploads import REFUSALS
from tests.pictures.factories import drawn, picture_bytes
from tests.pictures.hostile import HOSTILE, png_claiming


def opened(rendition):
    return Image.open(io.BytesIO(rendition.data))


def widths(encoded, format_name):
    return [rendition.width for rendition in encoded.renditions[format_name]]


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name):
    make, code = HOSTILE[name]

    with pytest.raises(ValidationError) as refused:
        encode(make())

    assert refused.value.code == code


@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")
def test_a_bomb_is_refused_where_warnings_are_errors_too():
    with pytest.raises(ValidationError) as refused:
        encode(png_claiming(10_000, 10_000))

    assert refused.value.code == "too_many_pixels"


def test_every_refusal_has_been_provoked():
    assert {code for make, code in HOSTILE.values()} == set(REFUSALS)


@pytest.mark.parametrize(
    ("width", "expected"),
    [(3000, [480, 960, 1600]), (1000, [480, 1000]), (961, [480, 961]), (600, [480, 600]), (90, [90])],
)
def test_renditions_are_never_wider_than_the_picture(width, expected):
    encoded = encode(picture_bytes(image=drawn(width, 400)))

    assert widths(encoded, "webp") == expected
    assert widths(encoded, "jpeg") == [min(width, 960)]
    assert encoded.original.width == min(width, 2560)


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_each_accepted_kind_becomes_webp_and_a_jpeg_fallback(format_name):
    encoded = encode(picture_bytes(format_name))

    assert opened(encoded.original).format == "JPEG"
    assert {name: opened(group[0]).format for name, group in encoded.renditions.items()} == {
        "webp": "WEBP",
        "jpeg": "JPEG",
    }
    assert {opened(rendition).size for rendition in encoded.files()} == {(600, 400), (480, 320)}


def test_a_transparent_picture_keeps_its_alpha_and_gets_a_png_fallback():
    encoded = encode(picture_bytes("PNG", drawn(mode="RGBA")))

    assert list(encoded.renditions) == ["webp", "png"]
    assert [opened(rendition).mode for rendition in encoded.files()] == ["RGBA"] * 4


def test_an_opaque_alpha_channel_is_dropped():
    image = drawn()
    image.putalpha(255)

    assert list(encode(picture_bytes("PNG", image)).renditions) == ["webp", "jpeg"]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_colour_mode_of_png_is_understood(mode):
    image = drawn(mode="L").convert("I;16") if mode == "I;16" else drawn(mode=mode)

    assert encode(picture_bytes("PNG", image)).original.width == 600


def test_sixteen_bit_grey_keeps_its_tones():
    image = Image.new("I;16", (20, 20), 128 * 256)

    assert opened(encode(picture_bytes("PNG", image)).original).convert("L").getpixel((9, 9)) == 128


def test_a_cmyk_photograph_becomes_rgb():
    encoded = encode(picture_bytes(image=drawn(mode="CMYK")))

    assert [opened(rendition).mode for rendition in encoded.files()] == ["RGB"] * 4


def test_place_camera_comment_and_profile_are_taken_out():
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (41.0, 23.0, 7.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = picture_bytes(
        exif=exif, icc_profile=profile, comment=b"SecretComment", xmp=b"<x:xmpmeta>Secret</x:xmpmeta>"
    )
    before = Image.open(io.BytesIO(data))
    assert before.getexif().get_ifd(0x8825)[2] == (41.0, 23.0, 7.0)
    assert data.count(b"Secret") == 3

    for rendition in encode(data).files():
        after = opened(rendition)
        assert dict(after.getexif()) == {}
        assert {"exif", "icc_profile", "xmp", "comment"} & set(after.info) == set()
        assert b"Secret" not in rendition.data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(orientation):
    """A picture whose upper left quarter is red when it is held as the camera says."""
    upright = Image.new("RGB", (600, 400), "blue")
    upright.paste("red", (0, 0, 300, 200))
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    lying = upright.transpose(back[orientation]) if orientation in back else upright
    exif = Image.Exif()
    exif[0x0112] = orientation

    for rendition in encode(picture_bytes(image=lying, exif=exif)).files():
        image = opened(rendition).convert("RGB")
        assert image.width > image.height
        red, _green, blue = image.getpixel((image.width // 4, image.height // 4))
        assert red > 200
        assert blue < 60
        assert image.getpixel((3 * image.width // 4, 3 * image.height // 4))[2] > 200


def test_colours_of_another_profile_are_brought_to_srgb():
    """The profile's linear grey of 128 is a much lighter grey in sRGB."""
    profile = linear_profile()
    image = Image.new("RGB", (50, 50), (128, 128, 128))

    with_profile = opened(encode(picture_bytes("PNG", image, icc_profile=profile)).original)
    without = opened(encode(picture_bytes("PNG", image)).original)

    assert without.getpixel((9, 9)) == (128, 128, 128)
    assert min(with_profile.getpixel((9, 9))) > 170


def linear_profile():
    """The sRGB profile with its three tone curves replaced by straight lines."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for index in range(int.from_bytes(data[128:132], "big")):
        entry = 132 + 12 * index
        if bytes(data[entry : entry + 4]) in (b"rTRC", b"gTRC", b"bTRC"):
            offset = int.from_bytes(data[entry + 4 : entry + 8], "big")
            data[offset : offset + 12] = b"curv" + bytes(8)
    return bytes(data)


def test_a_broken_profile_does_not_stop_a_picture():
    assert encode(picture_bytes(icc_profile=b"no profile at all")).original.width == 600


def test_a_photograph_with_a_second_view_behind_it_is_taken_as_one():
    image = drawn()
    data = picture_bytes("MPO", image, save_all=True, append_images=[image.rotate(180)])
    assert Image.open(io.BytesIO(data)).n_frames == 2

    assert encode(data).original.width == 600


def test_names_follow_the_content_alone():
    first, same, other = (encode(picture_bytes(quality=quality)) for quality in (90, 90, 20))

    assert first.original.name == same.original.name
    assert first.original.name != other.original.name
    assert len({rendition.name for rendition in first.files()}) == 4


def test_avif_can_be_made_of_the_original_later():
    encoded = encode(picture_bytes())

    made = rendered_widths(opened(encoded.original), "avif")

    assert [(rendition.width, opened(rendition).format) for rendition in made] == [(480, "AVIF"), (600, "AVIF")]
