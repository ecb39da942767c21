"""Compose file, image, .env.example, settings and locks agree; no container engine is needed to know that."""

import ast
import importlib.metadata
import re
import shlex
from pathlib import Path

import dj_database_url
import pytest
import yaml
from django.core.management import get_commands

from tests import services

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SERVICES = COMPOSE["services"]
OURS = ("web", "worker")
VARIABLE = re.compile(r"\b(?:SIGNON_[A-Z0-9_]+|DATABASE_URL|REDIS_URL)\b")


def example() -> dict[str, str]:
    """Names and values of .env.example."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line.strip() and not line.startswith("#"))


def read_by_settings() -> set[str]:
    """Every name the settings give to a reader of signon/env.py."""
    files = [
        ROOT / "signon" / name for name in ("settings.py", "outside.py", "provider.py", "inbound.py", "sealing.py")
    ]
    return {
        node.args[0].value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
    }


def commands(service: str) -> list[list[str]]:
    """The command lines of a service, split into words; a shell's line gives one for each `&&`."""
    command = SERVICES[service]["command"]
    words = shlex.split(command) if isinstance(command, str) else command
    if words[:2] != ["sh", "-c"]:
        return [words]
    return [shlex.split(part.replace("exec ", "", 1)) for part in words[2].split("&&")]


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._\-\[\],]+)==([^ ;\\]+)", text, flags=re.MULTILINE))


def test_env_example_lists_what_settings_read():
    assert set(example()) == read_by_settings()


def test_compose_and_image_use_only_listed_variables():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8") + DOCKERFILE
    assert set(VARIABLE.findall(text)) - set(example()) == set()


def test_compose_substitutes_only_listed_variables():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8").replace("$$", "")
    assert set(re.findall(r"\$\{?([A-Z_]+)", text)) - set(example()) == set()


@pytest.mark.parametrize("name", SERVICES)
def test_service_has_a_health_check(name):
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] in ("CMD", "CMD-SHELL")
    assert check.keys() >= {"interval", "timeout", "retries"}


def test_every_dependency_is_waited_for_until_healthy():
    conditions = {
        (name, other, wait["condition"])
        for name, service in SERVICES.items()
        for other, wait in service.get("depends_on", {}).items()
    }
    assert conditions == {
        ("web", "postgres", "service_healthy"),
        ("web", "redis", "service_healthy"),
        ("worker", "web", "service_healthy"),
        ("worker", "postgres", "service_healthy"),
        ("worker", "redis", "service_healthy"),
        ("worker", "mailcatcher", "service_healthy"),
    }


@pytest.mark.parametrize("name", OURS)
def test_our_services_read_the_env_file(name):
    assert (SERVICES[name]["env_file"], SERVICES[name]["build"]) == (".env", ".")


def test_env_example_names_the_services_of_compose():
    values = example()
    database = dj_database_url.parse(values["DATABASE_URL"])
    postgres = SERVICES["postgres"]["environment"]
    assert database["HOST"] == "postgres"
    assert (database["USER"], database["PASSWORD"], database["NAME"]) == (
        postgres["POSTGRES_USER"],
        postgres["POSTGRES_PASSWORD"],
        postgres["POSTGRES_DB"],
    )
    assert values["REDIS_URL"].startswith("redis://redis:6379/")
    assert values["SIGNON_SMTP_HOST"] in SERVICES
    assert values["SIGNON_EMBEDDED_WORKER"] == "0"


def test_data_folder_is_one_volume_everywhere():
    folder = example()["SIGNON_DATA"]
    assert [SERVICES[name]["volumes"] for name in OURS] == [[f"data:{folder}"]] * 2
    assert f"SIGNON_DATA={folder}" in DOCKERFILE
    assert f"VOLUME {folder}" in DOCKERFILE


def test_named_volumes_are_declared():
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


@pytest.mark.parametrize("name", OURS)
def test_commands_of_compose_exist(name):
    scripts = {entry.name for entry in importlib.metadata.entry_points(group="console_scripts")}
    for words in commands(name):
        if words[:2] == ["python", "manage.py"]:
            assert words[2] in get_commands()
        else:
            assert words[0] in scripts


def test_worker_carries_beat_for_this_application():
    assert commands("worker")[0][:5] == ["celery", "-A", "signon", "worker", "-B"]


def test_web_serves_as_the_image_does():
    image = re.search(r"^CMD (\[.*\])$", DOCKERFILE, flags=re.MULTILINE)
    assert commands("web")[-1] == ast.literal_eval(image[1])


def test_web_checks_health_as_the_image_does():
    image = re.search(r"^HEALTHCHECK .* CMD (\[.*\])$", DOCKERFILE, flags=re.MULTILINE)
    assert SERVICES["web"]["healthcheck"]["test"] == ["CMD", *ast.literal_eval(image[1])]


def test_image_installs_the_locks_with_hashes_and_is_not_root():
    assert DOCKERFILE.count("--require-hashes") == 2
    assert re.findall(r"^USER (.+)$", DOCKERFILE, flags=re.MULTILINE) == ["signon"]


def test_image_and_set_up_install_the_same_libraries():
    texts = (DOCKERFILE, (ROOT / "run").read_text(encoding="utf-8"))
    named = [set(re.findall(r"\blib[a-z0-9.-]+0(?=[ ;\n])", text)) for text in texts]
    assert {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"} == named[0] == named[1]


def test_compose_runs_a_postgres_the_tests_run_on():
    major = re.match(r"postgres:(\d+)", SERVICES["postgres"]["image"])[1]
    tested = services.postgres_binaries().parent.name
    release = Path("/etc/os-release").read_text(encoding="utf-8") if Path("/etc/os-release").exists() else ""
    if "VERSION_CODENAME=bookworm" not in release:
        pytest.skip(f"only Debian 12 must have compose's PostgreSQL {major}; this system has {tested}")
    assert tested == major


def test_every_lock_line_carries_a_hash():
    for lock in ("run", "test", "uv"):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
        assert len(re.findall(r"^[a-z0-9].*==.*\\$", text, flags=re.MULTILINE)) == len(pins(lock)) > 0


def test_test_lock_holds_the_whole_run_lock():
    tested = pins("test")
    assert {name: tested.get(name) for name in pins("run")} == pins("run")


def test_locks_name_no_registry():
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert re.findall(r"https?://|--index-url|--find-links", lock.read_text(encoding="utf-8")) == []
