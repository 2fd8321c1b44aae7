#!/bin/sh
# Locks the dependencies of pyproject.toml with hashes and without addresses, for pip and for uv alike.
set -eu
cd "$(dirname "$0")/../.."
lock() {
  env -u UV_INDEX -u UV_DEFAULT_INDEX uv pip compile --no-config --quiet --universal --python-version 3.11 \
    --generate-hashes --no-strip-extras --no-header --no-annotate --no-emit-index-url --extra embedded --group build "$@" pyproject.toml
}
lock --output-file backend/requirements/run.txt
lock --group dev --output-file backend/requirements/dev.txt
