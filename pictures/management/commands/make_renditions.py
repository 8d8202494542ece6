from django.core.management.base import BaseCommand

from pictures.tasks import complete_renditions, incomplete_pictures, is_complete


class Command(BaseCommand):
    help = "Makes the renditions that pictures still lack (AVIF), here and now. It may be stopped and run again."

    def handle(self, **options):
        wanted = list(incomplete_pictures())
        for number, picture in enumerate(wanted, start=1):
            complete_renditions.func(picture.pk)
            picture.refresh_from_db(fields=["renditions"])
            outcome = "done" if is_complete(picture) else "its file is missing"
            self.stdout.write(f"{number}/{len(wanted)} {picture}: {outcome}")
        if not wanted:
            self.stdout.write("Every picture has all its renditions.")
