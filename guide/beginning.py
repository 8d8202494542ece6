"""The people and files of the guide. All of them are made up."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).resolve().parent / "samples"
PASSWORD = "a-city-learns-every-day"  # noqa: S105 -- of a site that lives as long as its pictures are taken

PEOPLE = {
    "marta": ("Marta", "Serra", "Secretariat editor"),
    "luca": ("Luca", "Bianchi", "Network editor"),
    "joana": ("Joana", "Pires", "Translator"),
    "andrea": ("Andrea", "Vidal", "Administrator"),
}


def make_people() -> None:
    """An account for each of them, Luca's for the Italian network and Joana's for Portuguese."""
    # Here, for who takes the pictures has no Django about them.
    from django.contrib.auth.models import Group, User

    from networks.models import Network, NetworkEditor
    from translations.models import TranslatorLanguages

    for username, (first_name, last_name, role) in PEOPLE.items():
        user = User.objects.create_user(
            username,
            f"{username}@example.org",
            PASSWORD,
            first_name=first_name,
            last_name=last_name,
            is_staff=True,
        )
        user.groups.add(Group.objects.get(name=role))
    italian = Network.objects.get(slug_en="italian-network-of-educating-cities")
    NetworkEditor.objects.create(user=User.objects.get(username="luca")).networks.add(italian)
    TranslatorLanguages.objects.create(user=User.objects.get(username="joana"), languages=["pt"])
