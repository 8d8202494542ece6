import os
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

# Without characters that look alike: this password is copied from a screen by hand.
LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Command(BaseCommand):
    help = "Makes a first staff account if there is none, and prints its password, this once."

    def add_arguments(self, parser):
        parser.add_argument(
            "--address", default=settings.SITE_URL, help="where the site answers, for the printed line"
        )

    def handle(self, *, address, **options):
        users = get_user_model()
        if users.objects.filter(is_staff=True, is_superuser=True, is_active=True).exists():
            return
        name = "admin"
        while users.objects.filter(username=name).exists():
            name = f"admin-{get_random_string(4, LETTERS)}"
        password = get_random_string(16, LETTERS)
        users.objects.create_superuser(name, password=password)
        self.stdout.write(
            "\nA first staff account was made. Its password is shown this once:\n"
            f"  address    {address.rstrip('/')}/{settings.ADMIN_PATH}\n"
            f"  user name  {name}\n"
            f"  password   {password}\n"
            f"Change it with: {os.path.relpath(sys.executable)} manage.py changepassword {name}\n"
        )
