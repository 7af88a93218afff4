// Package eval measures how well attributions were read.
//
// [Score] compares predicted attributions with annotated ones, document by
// document; [ScoreCase] compares the statements, parties, claims and disputes
// read from a folder of documents with those annotated for it. Both are pure
// functions of their input, and both agree figure for figure with the
// reference scorers of the gold data.
//
// Spans of attributions are compared as sets of words, so quotation marks and
// punctuation at their edges never matter. Statements of a case are compared
// as stretches of characters. Only certain gold is scored; a prediction that
// hits gold left out of a row is neither rewarded nor counted as an error.
package eval
