"""Refusals."""


class UnknownSeries(LookupError):
    """The series stands in no table: a mistake of the program, not of a caller."""
