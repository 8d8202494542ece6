from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PicturesConfig(AppConfig):
    name = "pictures"
    verbose_name = _("pictures")

    def ready(self):
        from django.db.models.signals import post_delete, post_save

        from pictures import in_texts

        post_save.connect(in_texts.note_uses)
        post_delete.connect(in_texts.forget_uses)
