# One image for every process: web, workers, schedule, migrations.
FROM python:3.11-slim-bookworm AS packages
RUN python -m venv /venv
COPY requirements/run.txt /requirements.txt
RUN /venv/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r /requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 \
    VERIFIER_MODE=production \
    VERIFIER_STATIC_ROOT=/srv/static
RUN useradd --system --uid 10001 verifier
COPY --from=packages /venv /venv
WORKDIR /srv/verifier
COPY manage.py pyproject.toml ./
COPY verifier verifier
COPY claims claims
COPY reviews reviews
COPY seeds seeds
# Only to collect the static files: nothing of these values stays.
RUN VERIFIER_SECRET_KEY=$(python -c "print('x' * 60)") VERIFIER_SITE_URL=http://localhost \
    DATABASE_URL=sqlite:////tmp/none REDIS_URL=redis://localhost \
    python manage.py collectstatic --no-input --verbosity 0
USER verifier
EXPOSE 8000
CMD ["gunicorn", "verifier.wsgi", "--config", "python:verifier.web", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
