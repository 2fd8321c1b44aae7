"""What can go wrong with the private PostgreSQL; every message says what the reader can do about it."""


class EmbeddedPostgresError(Exception):
    """Base of all errors of this package."""


class BinariesNotFoundError(EmbeddedPostgresError):
    """No usable PostgreSQL (15 or newer) is installed where the launcher looks."""


class MajorMismatchError(EmbeddedPostgresError):
    """The data directory was made by another PostgreSQL major version than any binaries at hand."""


class AccountError(EmbeddedPostgresError):
    """Nobody at hand may run the server on this directory: it is another user's, or root found no account."""


class UnsafeDirectoryError(EmbeddedPostgresError):
    """A directory the server needs exists already and could be tampered with by another user."""


class CredentialsLostError(EmbeddedPostgresError):
    """The data directory is there, but the secret its passwords derive from is gone."""


class StartFailedError(EmbeddedPostgresError):
    """PostgreSQL refused to initialise, start or stop; the message carries the end of its log."""


class LocaleError(EmbeddedPostgresError):
    """The cluster's locale splits no Chinese text into trigrams, so text search would find nothing."""
