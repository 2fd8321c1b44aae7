"""The contract as files, made without a server."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from xiaoneng.app import create_app
from xiaoneng.cli.database import ROOT
from xiaoneng.kit.http import API_PREFIX

HOTLINE_PATHS = (f"{API_PREFIX}/hotline/{{source}}/events",)


def openapi(
    *,
    check: Annotated[bool, typer.Option("--check", help="只比较，不写文件")] = False,
    folder: Annotated[Path, typer.Option(help="写入的目录")] = ROOT / "openapi",
) -> None:
    """Write openapi.json and hotline.json, or check that those in the folder are current."""
    spec = create_app().openapi()
    files = {"openapi.json": spec, "hotline.json": _part(spec, HOTLINE_PATHS)}
    stale = []
    for name, content in files.items():
        text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        file = folder / name
        if not check:
            file.write_text(text, "utf-8")
        elif not file.is_file() or file.read_text("utf-8") != text:
            stale.append(name)
    if stale:
        typer.echo(f"out of date: {', '.join(stale)}; run `make openapi`", err=True)
        raise typer.Exit(1)


def _part(spec: dict[str, Any], paths: tuple[str, ...]) -> dict[str, Any]:
    """The paths a partner needs with the schemas they use."""
    chosen = {path: spec["paths"][path] for path in paths}
    used: set[str] = set()
    todo = [json.dumps(chosen)]
    schemas = spec["components"]["schemas"]
    while todo:
        text = todo.pop()
        for name in schemas.keys() - used:
            if f'"#/components/schemas/{name}"' in text:
                used.add(name)
                todo.append(json.dumps(schemas[name]))
    components = {"schemas": {name: schemas[name] for name in sorted(used)}}
    return {"openapi": spec["openapi"], "info": spec["info"], "paths": chosen, "components": components}
