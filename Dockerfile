# One image for web and worker; docker-compose.yml says which of the two a container is.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY requirements/uv.txt requirements/run.txt ./
# Every package is checked against the hash in its lock file.
RUN pip install --no-cache-dir --require-hashes --requirement uv.txt --target /opt/uv \
    && /opt/uv/bin/uv venv --python /usr/local/bin/python3 /opt/venv \
    && /opt/uv/bin/uv pip sync --no-cache --compile-bytecode --require-hashes --python /opt/venv/bin/python run.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --home-dir /var/lib/signon signon \
    && install --directory --owner signon --group signon --mode 700 /var/lib/signon
COPY --from=packages /opt/venv /opt/venv
COPY . /srv/signon
WORKDIR /srv/signon
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 SIGNON_DATA=/var/lib/signon
# The data folder is a volume in use. A key made for this one command must not stay in it.
RUN SIGNON_SECRET_KEY=only-for-this-line python manage.py collectstatic --noinput \
    && chown --recursive signon:signon /var/lib/signon
USER signon
VOLUME /var/lib/signon
EXPOSE 8000
# Django answers only the hosts it knows, so the first of them is asked for.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': os.environ.get('SIGNON_ALLOWED_HOSTS', 'localhost').split(',')[0].strip().lstrip('.')}), timeout=4)"]
CMD ["gunicorn", "signon.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", "--worker-tmp-dir=/dev/shm", "--access-logfile=-"]
