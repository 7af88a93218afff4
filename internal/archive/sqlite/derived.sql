-- Documents by number, from 1. The statements of one have the count places from first on.
CREATE TABLE docs (
	no        INTEGER PRIMARY KEY,
	id        TEXT NOT NULL UNIQUE,
	place     INTEGER NOT NULL UNIQUE,
	capture   INTEGER NOT NULL,
	captured  INTEGER,
	published INTEGER,
	lang      TEXT NOT NULL,
	title     TEXT NOT NULL,
	publisher TEXT NOT NULL,
	author    TEXT NOT NULL,
	url       TEXT NOT NULL,
	reader    TEXT NOT NULL,
	narrative BLOB NOT NULL,
	size      INTEGER NOT NULL,
	first     INTEGER NOT NULL,
	count     INTEGER NOT NULL,
	sum       INTEGER NOT NULL
) STRICT;

-- The text of documents in pieces of 65536 bytes, the last one shorter, packed
-- as zstd. Piece i of document d is number d * 1048576 + i.
CREATE TABLE pieces (
	n      INTEGER PRIMARY KEY,
	size   INTEGER NOT NULL,
	packed BLOB NOT NULL,
	sum    INTEGER NOT NULL
) STRICT;

-- Statements by place: minutes since 1500 times 1048576, plus a number within
-- the minute. body holds everything, the other columns repeat what is asked for in SQL.
CREATE TABLE statements (
	place     INTEGER PRIMARY KEY,
	doc       INTEGER NOT NULL,
	ord       INTEGER NOT NULL,
	stance    INTEGER NOT NULL,
	polarity  INTEGER NOT NULL,
	said_from INTEGER,
	said_to   INTEGER,
	body      BLOB NOT NULL,
	sum       INTEGER NOT NULL
) STRICT;

CREATE TABLE parties (
	id    TEXT NOT NULL PRIMARY KEY,
	name  TEXT NOT NULL,
	kind  INTEGER NOT NULL,
	names TEXT NOT NULL,
	party TEXT NOT NULL,
	sum   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE marks (
	space TEXT NOT NULL,
	key   TEXT NOT NULL,
	value BLOB NOT NULL,
	sum   INTEGER NOT NULL,
	PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;

-- The words of statements, and of what documents say in their own voice. rowid is the place.
CREATE VIRTUAL TABLE words USING fts5 (
	form, stem, speaker, tags,
	content = '', columnsize = 0, tokenize = "ascii tokenchars ':@.~'"
);
CREATE VIRTUAL TABLE voices USING fts5 (
	form, stem, speaker, tags,
	content = '', columnsize = 0, tokenize = "ascii tokenchars ':@.~'"
);

-- Merging by eights: half the work of adding, for some more segments to search.
INSERT INTO words (words, rank) VALUES ('automerge', 8);
INSERT INTO voices (voices, rank) VALUES ('automerge', 8);

-- A digest of every block of words_data (tbl 0) and voices_data (tbl 1).
CREATE TABLE sums (
	tbl INTEGER NOT NULL,
	id  INTEGER NOT NULL,
	sum INTEGER NOT NULL,
	PRIMARY KEY (tbl, id)
) STRICT, WITHOUT ROWID;

-- Counts of rows, and digests over words_idx and voices_idx.
CREATE TABLE totals (
	name  TEXT NOT NULL PRIMARY KEY,
	value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
