"""`xiaoneng`: everything an operator does from a shell."""

import typer

from xiaoneng.cli import clock, database, demo, draw, openapi, serve, simulate, tally, transfers

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Xiaoneng 效能: server, worker and tools.", callback=clock.follow
)
app.command()(clock.clock)
app.command()(serve.serve)
app.command()(serve.worker)
app.command()(database.migrate)
app.command()(database.migration)
app.command()(demo.seed)
app.command()(demo.token)
app.command()(demo.source)
app.command()(simulate.simulate)
app.command("import")(transfers.import_table)
app.command()(openapi.openapi)
app.add_typer(draw.app, name="draw")
app.add_typer(tally.app, name="tally")
