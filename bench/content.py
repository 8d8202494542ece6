"""A site with far more in it than the association has: what grows with the rows shows here."""

import random
from datetime import date, timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from agenda.models import Event
from bench.experiences import fill_bank
from networks.models import City, Membership, Network
from news.models import Category, Post
from pages.models import MenuItem, SiteIdentity
from publishing.models import State
from translations.models import Change

EVENTS, CITIES, NETWORKS, POSTS, EXPERIENCES = 20_000, 500, 20, 5_000, 20_000
LANGUAGES = [code for code, name in settings.LANGUAGES]
PLACES = [
    ("Europe/Madrid", "ES", 40.4, -3.7),
    ("Europe/Rome", "IT", 41.9, 12.5),
    ("Europe/Paris", "FR", 48.9, 2.3),
    ("Europe/Lisbon", "PT", 38.7, -9.1),
    ("Europe/Berlin", "DE", 52.5, 13.4),
    ("Europe/Helsinki", "FI", 60.2, 24.9),
    ("Europe/London", "GB", 51.5, -0.1),
    ("Europe/Stockholm", "SE", 59.3, 18.1),
    ("Africa/Dakar", "SN", 14.7, -17.4),
    ("Africa/Lome", "TG", 6.1, 1.2),
    ("America/Argentina/Cordoba", "AR", -31.4, -64.2),
    ("America/Sao_Paulo", "BR", -23.5, -46.6),
    ("America/Mexico_City", "MX", 19.4, -99.1),
    ("America/Bogota", "CO", 4.7, -74.1),
    ("America/Montevideo", "UY", -34.9, -56.2),
    ("America/Santiago", "CL", -33.4, -70.7),
    ("America/New_York", "US", 40.7, -74.0),
    ("Asia/Seoul", "KR", 37.6, 127.0),
    ("Asia/Manila", "PH", 14.6, 121.0),
    ("Australia/Adelaide", "AU", -34.9, 138.6),
]
TEXT = (
    "Representatives of the cities meet for two days, exchange what they learnt about schools, parks and libraries, "
    "and visit projects of the host city."
)


def scale_to(events):
    """So many events and records of the bank, a quarter as much news; before `fill`."""
    global EVENTS, POSTS, EXPERIENCES
    EVENTS, POSTS, EXPERIENCES = events, events // 4, events


def fill(*, with_ledger=False):
    """Write it all into an empty database; always the same, about a quarter of the events ahead of today.

    The ledger of half a million texts takes minutes; without it, the lists of translations are empty.
    """
    dice = random.Random(20_000)  # noqa: S311 - no secret
    frame()
    cities = [add_city(number) for number in range(CITIES)]
    networks = [add_network(number, dice.sample(cities, 40)) for number in range(NETWORKS)]
    today = timezone.localdate()
    Event.objects.bulk_create(
        (event(number, dice, today, cities, networks) for number in range(EVENTS)), batch_size=400
    )
    posts = [post(number, dice, today) for number in range(POSTS)]
    Post.objects.bulk_create(posts, batch_size=400)
    categories = [Category.objects.create(name_en=f"Category {number}", order=number) for number in range(6)]
    through = Post.categories.through
    through.objects.bulk_create(through(post=item, category=dice.choice(categories)) for item in posts)
    fill_bank(EXPERIENCES, dice, cities)
    if with_ledger:
        call_command("check_translations", verbosity=0)
    else:
        # Or the first look at the translations would do it all.
        Change.objects.all().delete()


def frame():
    SiteIdentity.objects.create(name_en="International Association of Educating Cities", acronym_en="IAEC")
    for number, section in enumerate(("agenda", "news", "networks", "cities")):
        MenuItem.objects.create(section=section, label_en=section, order=number)


def add_city(number):
    time_zone, country, latitude, longitude = PLACES[number % len(PLACES)]
    return City.objects.create(
        name=f"City {number}",
        country=country,
        timezone=time_zone,
        latitude=latitude,
        longitude=longitude,
        state=State.PUBLISHED,
    )


def add_network(number, members):
    network = Network.objects.create(
        official_name=f"Rete {number}",
        official_language="it",
        name_en=f"Network {number}",
        countries=["IT"],
        shown_on_home=number < 6,
        order=number,
        state=State.PUBLISHED,
    )
    Membership.objects.bulk_create(Membership(city=city, network=network) for city in members)
    return network


def event(number, dice, today, cities, networks):
    day = today + timedelta(days=dice.randint(-15 * 365, 5 * 365))
    edtf = date_as_known(dice, day)
    is_timed = len(edtf) == 10 and dice.random() < 0.6
    kind = dice.choice(Event.Kind.values)
    city = dice.choice(cities) if dice.random() < 0.8 and kind != Event.Kind.ONLINE else None
    # Every tenth exists in its own language only.
    written_in = LANGUAGES if dice.random() < 0.9 else [dice.choice(LANGUAGES)]
    return Event(
        source_language=written_in[0],
        kind=kind,
        status=dice.choices(Event.Status.values, (94, 3, 3))[0],
        mode=Event.Mode.ONLINE if kind == Event.Kind.ONLINE else dice.choice(["", "", *Event.Mode.values]),
        date=edtf,
        start_time=f"{dice.randint(8, 18):02}:30" if is_timed and kind != Event.Kind.DEADLINE else None,
        end_time="20:00" if is_timed and dice.random() < 0.6 else None,
        city=city,
        place=city.name if city else "",
        network=dice.choice([None, *networks]),
        url=f"https://example.org/{number}",
        state=State.PUBLISHED if dice.random() < 0.97 else State.DRAFT,
        **{f"title_{code}": f"Meeting {number} of the working group ({code})" for code in written_in},
        **{f"theme_{code}": f"“The city as a school” ({code})" for code in written_in if number % 3 == 0},
        **{f"summary_{code}": f"{TEXT} ({code})" for code in written_in},
        **{f"body_{code}": f"<p>{TEXT}</p>" * 10 for code in written_in},
        **{f"slug_{code}": f"meeting-{number}-{code}" for code in LANGUAGES},
    )


def date_as_known(dice, day):
    """As the association's own dates are: most to the day, some of several days, one in eight vague."""
    last = day + timedelta(days=dice.randint(1, 4))
    return dice.choices(
        [
            f"{day}",
            f"{day}/{last}",
            f"{day}/{day + timedelta(days=30)}",
            f"{day:%Y-%m}",
            f"{day:%Y}-{dice.randint(21, 24)}",
            f"{day:%Y}",
            f"{day:%Y-%m}~",
            "XXXX",
        ],
        (60, 25, 2, 5, 3, 2, 2, 1),
    )[0]


def post(number, dice, today):
    day = today - timedelta(days=dice.randint(0, 15 * 365))
    return Post(
        date=date(day.year, day.month, day.day),
        state=State.PUBLISHED if dice.random() < 0.97 else State.DRAFT,
        **{f"title_{code}": f"News {number} ({code})" for code in LANGUAGES},
        **{f"teaser_{code}": TEXT for code in LANGUAGES},
        **{f"body_{code}": f"<p>{TEXT}</p>" * 20 for code in LANGUAGES},
        **{f"slug_{code}": f"news-{number}-{code}" for code in LANGUAGES},
    )
