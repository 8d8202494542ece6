from django.db import migrations
from django.db.models import Count, Exists, F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate


def count_who_came_and_went(apps, schema_editor):
    """What can still be told of the time before movements were noted. Who was erased is in none of these numbers."""
    Subscriber = apps.get_model("newsletter", "Subscriber")
    Movement = apps.get_model("newsletter", "Movement")
    Delivery = apps.get_model("newsletter", "Delivery")
    Bounce = apps.get_model("newsletter", "Bounce")
    Issue = apps.get_model("newsletter", "Issue")

    def note(kind, rows):
        rows = rows.order_by().values_list("on", "of").annotate(Count("pk"))
        Movement.objects.bulk_create(
            Movement(day=day, kind=kind, issue_id=issue, count=count) for day, issue, count in rows.iterator()
        )

    def issue_before(moment):
        went_out = Issue.objects.filter(number__isnull=False, started_at__lte=OuterRef(moment)).order_by("-number")
        return Subquery(went_out.values("pk")[:1])

    tried = Delivery.objects.filter(subscriber=OuterRef("pk"), state__in=["sent", "refused", "uncertain"])
    last = Subquery(tried.order_by("-pk").values("issue")[:1])
    readers = Subscriber.objects.filter(confirmed_at__isnull=False)
    joined = readers.annotate(at=Coalesce("imported_at", "confirmed_at"))
    note("joined", joined.annotate(on=TruncDate("at"), of=issue_before("at")))
    left = readers.filter(state="left", left_at__isnull=False)
    note("left", left.annotate(on=TruncDate("left_at"), of=last))
    told = Bounce.objects.filter(subscriber=OuterRef("pk")).order_by().values("subscriber").annotate(at=Max("at"))
    lost = readers.filter(state="bounced").annotate(at=Coalesce(Subquery(told.values("at")[:1]), "confirmed_at"))
    note("unreachable", lost.annotate(on=TruncDate("at"), of=last))

    refused = Delivery.objects.filter(subscriber=OuterRef("subscriber"), issue=OuterRef("issue"), state="refused")
    of_letter = Bounce.objects.filter(subscriber=OuterRef("subscriber"), issue=OuterRef("issue"))
    first = of_letter.filter(kind__in=["hard", "soft"]).order_by("pk").values("pk")[:1]
    back = Bounce.objects.filter(~Exists(refused), issue__isnull=False, pk=Subquery(first))
    note("came_back", back.annotate(on=TruncDate("at"), of=F("issue")))


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0004_readers_come_and_go")]

    operations = [migrations.RunPython(count_who_came_and_went, migrations.RunPython.noop)]
