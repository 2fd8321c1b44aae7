"""Counting a box file again, without a server."""

import json
from pathlib import Path
from typing import Annotated

import typer

from xiaoneng.cli import recount

app = typer.Typer(help="评议计票 tallies", no_args_is_help=True)


@app.callback()
def tally() -> None:
    """Tallies of evaluations."""


@app.command()
def verify(file: Annotated[Path, typer.Argument(help="票箱文件（JSON）", exists=True, dir_okay=False)]) -> None:
    """Count a box a second time; ends with 1 and says what differs."""
    wrong = recount.differences(json.loads(file.read_text("utf-8")))
    for line in wrong:
        typer.echo(line, err=True)
    if wrong:
        raise typer.Exit(1)
    typer.echo("一致：结果与票箱重新计算的相符。")
