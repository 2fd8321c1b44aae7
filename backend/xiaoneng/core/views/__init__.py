"""Views of lists that people keep: any list of the console has them under its own name."""
