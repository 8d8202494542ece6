"""Who works with translations in tests."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from translations.models import TranslatorLanguages


def staff(client, *permissions, languages=None):
    user = get_user_model().objects.create_user("translator", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    if languages:
        TranslatorLanguages.objects.create(user=user, languages=languages)
    client.force_login(user)
    return client
