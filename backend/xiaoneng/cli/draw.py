"""Repeating a draw from its published file, without a server."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from xiaoneng.features.evaluations.rules import draws as rules
from xiaoneng.kit import lots

app = typer.Typer(help="公开抽取 draws", no_args_is_help=True)


@app.callback()
def draw() -> None:
    """Draws of representatives."""


@app.command()
def verify(file: Annotated[Path, typer.Argument(help="抽取验证文件（JSON）", exists=True, dir_okay=False)]) -> None:
    """Repeat the draw of a file; ends with 1 and says what differs when it cannot have been so."""
    wrong = differences(json.loads(file.read_text("utf-8")))
    for line in wrong:
        typer.echo(line, err=True)
    if wrong:
        raise typer.Exit(1)
    typer.echo("一致：名单与公布的库、名额和随机数相符。")


def differences(told: dict[str, Any]) -> list[str]:
    """What in a draw file does not follow from its pool, quotas and entropy."""
    wrong = []
    if lots.fingerprint(told["pool"]) != told["pool_hash"]:
        wrong.append("代表库的哈希与公布的不一致")
    if told["entropy"] is None:
        return [*wrong, "还没有抽取：随机数尚未公布"]
    by_category: dict[str, list[str]] = {category: [] for category in told["quotas"]}
    for line in told["pool"]:
        category, label = line.split(" ")
        by_category.setdefault(category, []).append(label)
    stand = []
    for category, labels in rules.order(told["entropy"], told["pool_hash"], by_category).items():
        taking_part = [label for label in labels if label not in told["refused"]]
        stand += taking_part[: told["quotas"].get(category, 0)]
    if sorted(stand) != sorted(told["drawn"]):
        wrong.append("抽中名单与重新计算的不一致")
    return wrong
