// Package claim groups statements into claims: what is claimed, who affirms
// it, who denies it, which documents are copies of one text.
//
// It is pure: the same documents give the same claims, in whatever order they
// come. A [Book] holds the tables and is safe for use by several goroutines.
//
// # How statements meet
//
// The content of a statement is read as a frame: acts and things by concept,
// which Arabic and English words share (acts.tsv, things.tsv), names by their consonants,
// numbers with what they count, dates, and the stems of other words. A word
// that points (in the deal, that report, its role) stands for what the
// document calls so. Frames that share rare features are compared, and each
// cluster is what is close to one representative: likeness does not go from
// member to member, so that a chain of small steps joins nothing.
package claim
