"""Where the program begins, from a shell and in each server process.

What is imported stays: while that goes on nothing is garbage, and looking for it took a third of the start.
"""

import gc
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI


def app() -> None:
    """Run what was asked for on the command line."""
    _imported("xiaoneng.cli.commands").app()


def create_app() -> "FastAPI":
    """The application of one of several server processes."""
    made: FastAPI = _imported("xiaoneng.app").create_app()
    return made


def _imported(name: str) -> ModuleType:
    gc.disable()
    module = import_module(name)
    gc.freeze()
    gc.enable()
    return module
