-- An archive. The tables of the first part are the evidence; those of the
-- second are derived from it and can be dropped and derived again.
-- A column named sum holds the first 8 bytes of a SHA-256 over the row.
-- Times are seconds since 1970 UTC; NULL is unknown.

CREATE TABLE meta (
	key   TEXT NOT NULL PRIMARY KEY,
	value BLOB NOT NULL,
	sum   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The log, by number from 0. The bytes are what was hashed.
CREATE TABLE entries (
	n    INTEGER PRIMARY KEY,
	data BLOB NOT NULL
) STRICT;

-- The Merkle tree, by stored hash index (golang.org/x/mod/sumdb/tlog).
CREATE TABLE nodes (
	n    INTEGER PRIMARY KEY,
	hash BLOB NOT NULL
) STRICT;

-- Preserved bytes by SHA-256; packed is a zstd frame of size bytes.
CREATE TABLE blobs (
	n      INTEGER PRIMARY KEY,
	id     BLOB NOT NULL UNIQUE,
	size   INTEGER NOT NULL,
	packed BLOB NOT NULL,
	sum    INTEGER NOT NULL
) STRICT;
