// Package text is the one view of a stored text that every later step shares:
// tokens, sentences, paragraphs and quotations, each as byte offsets.
//
// # Invariant
//
// Every [Span] is half-open, counts bytes of the text as it was stored, lies
// within it and starts and ends on rune boundaries. Folding (letter variants,
// vowel marks, tatweel, case, digits) is for matching only: it reaches the
// tokens as a hash, never as a changed text, and [Fold] keeps a map back.
//
// A [Text] is built in one pass over the bytes and can be [Text.Reset] for the
// next text, keeping its buffers.
package text
