"""Twenty thousand of each kind that editors list, where the bank has them not yet, and what years of work leave."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from agenda.models import Event
from bench.content import LANGUAGES, TEXT
from checks.findings import Severity
from checks.models import KeptFinding
from desk.models import WorkingCopy
from experiences.models import Experience
from news.models import Post
from pictures.models import Picture
from publishing.models import State
from translations.models import Change

EACH, COPIES = 20_000, 500
NOTHING_TYPED = {"values": {}, "names": [], "rows": {}}


def fill_desk():
    """Into a database that `bench.content.fill` has filled."""
    Picture.objects.bulk_create((picture(number) for number in range(EACH)), batch_size=400)
    pictures = list(Picture.objects.values_list("pk", flat=True))
    experiences = list(Experience.objects.only("pk"))
    for number, item in enumerate(experiences):
        item.picture_id = pictures[number % len(pictures)]
    Experience.objects.bulk_update(experiences, ["picture"], batch_size=400)
    Post.objects.bulk_create(
        (further_post(number, pictures) for number in range(Post.objects.count(), EACH)), batch_size=400
    )
    Change.objects.all().delete()


def fill_what_is_left_behind(user):
    """By somebody who has worked here for years: the log, working copies, findings of the checks."""
    events = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    kind = ContentType.objects.get_for_model(Event)
    LogEntry.objects.bulk_create(
        (
            LogEntry(user=user, content_type=kind, object_id=str(key), object_repr="Event", action_flag=CHANGE)
            for key in events[:EACH]
        ),
        batch_size=400,
    )
    WorkingCopy.objects.bulk_create(
        WorkingCopy(
            content_type=kind,
            object_id=key,
            data=NOTHING_TYPED,
            title=f"Copy {key}",
            changed_by=user,
        )
        for key in events[-COPIES:]
    )
    now = timezone.now()
    KeptFinding.objects.bulk_create(
        (
            KeptFinding(
                kind="agenda.event",
                item=key,
                title=f"Event {key}",
                severity=Severity.ERROR if key % 10 == 0 else Severity.ADVICE,
                matter="link_to_nothing",
                values={"address": "/en/nothing/"},
                found_at=now,
            )
            for key in events[:EACH]
        ),
        batch_size=400,
    )


def editor():
    return get_user_model().objects.get_or_create(username="bench", defaults={"is_staff": True, "is_superuser": True})[
        0
    ]


def picture(number):
    name = f"{number:032x}"
    return Picture(
        file=f"originals/00/{name}.jpg",
        title=f"Picture {number}",
        source_language="en",
        credit=f"Photographer {number % 300}",
        width=1600,
        height=1200,
        renditions={
            "jpeg": [{"width": 960, "height": 720, "name": f"pictures/00/{name}.jpg"}],
            "webp": [],
            "avif": [],
        },
        **{f"alt_{code}": f"A square with people ({code})" for code in LANGUAGES},
    )


def further_post(number, pictures):
    return Post(
        date=timezone.localdate(),
        state=State.PUBLISHED,
        picture_id=pictures[number % len(pictures)],
        **{f"title_{code}": f"News {number} ({code})" for code in LANGUAGES},
        **{f"teaser_{code}": TEXT for code in LANGUAGES},
        **{f"body_{code}": f"<p>{TEXT}</p>" * 20 for code in LANGUAGES},
        **{f"slug_{code}": f"news-{number}-{code}" for code in LANGUAGES},
    )
