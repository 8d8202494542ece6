import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_variable_that_the_settings_read_is_explained():
    source = (ROOT / "iaec_site" / "settings.py").read_text()
    read = set(re.findall(r"""env\.\w+\(\s*"([A-Z_]+)""", source))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert read - explained == set()


def test_production_does_not_start_without_its_secrets(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "EMAIL_URL"}}
    environment |= {"PRODUCTION": "1", "ALLOWED_HOSTS": "example.org", "VAR_DIR": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "iaec_site.settings"
    run = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert run.returncode != 0
    assert "these variables are missing: SECRET_KEY, EMAIL_URL." in run.stderr
    assert list(tmp_path.iterdir()) == []
