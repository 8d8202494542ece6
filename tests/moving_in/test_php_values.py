import pytest

from moving_in.wxr.php_values import NotPhp, read_php


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a:2:{s:2:"en";i:12;s:2:"es";i:13;}', {"en": 12, "es": 13}),
        ('a:1:{s:4:"sync";a:1:{s:2:"es";s:2:"en";}}', {"sync": {"es": "en"}}),
        ('s:8:"Educació";', None),
        ('s:9:"Educació";', "Educació"),
        ('s:5:"a";i:1";', None),
        ('s:6:"a";i:1";', 'a";i:1'),
        ("a:0:{}", {}),
        ("i:-5;", -5),
        ("b:1;", True),
        ("b:0;", False),
        ("N;", None),
        ("d:0.5;", 0.5),
        ("a:3:{i:0;N;i:1;b:1;i:2;d:1.5E+25;}", {0: None, 1: True, 2: 1.5e25}),
    ],
)
def test_values_are_read_by_their_bytes(text, value):
    if value is None and text != "N;":
        with pytest.raises(NotPhp):
            read_php(text)
    else:
        assert read_php(text) == value


@pytest.mark.parametrize(
    "text",
    [
        'O:8:"stdClass":0:{}',
        'C:3:"abc":0:{}',
        "a:1:{i:0;R:1;}",
        "a:1:{i:0;r:1;}",
        'a:2:{s:2:"en";i:12;}',
        'a:1:{s:2:"en";i:12;}x',
        "a:99999999999:{}",
        "a:1:{a:0:{}i:1;}",
        "a:1:{" * 100_000,
        "a:100000:{" + "i:0;i:0;" * 100_000 + "}",
        "i:12",
        "",
        "x" * 1_000_000,
        's:999999999:"a";',
        "d:--;",
    ],
)
def test_what_is_none_or_more_than_wanted_is_refused(text):
    with pytest.raises(NotPhp):
        read_php(text)
