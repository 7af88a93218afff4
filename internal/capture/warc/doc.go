// Package warc reads web archives (WARC, ISO 28500:2017) as streams: plain,
// gzip and zstd, and the HTTP messages that their records hold.
//
// # Invariant
//
// Every record ends as a [Record] or as a [Damage] that says its number and its
// place; behind a damaged one reading goes on with the next that can be found.
// No more of an archive is in memory than one buffer and the payload that was
// asked for. Nothing is left out because a digest is wrong: that is told.
package warc
