// Package isnad holds the nouns that the packages of Isnad exchange: who said
// what, on whose word, with what stance.
//
// Isnad (إسناد) is the chain by which a report reaches its reader. The root
// package is data only. From the bottom up: [github.com/isnad/isnad/text] cuts
// a stored text into tokens, lang holds what is known of a language, reader
// finds attributions, when and names resolve times and parties.
//
// # Invariant
//
// Every span counts bytes of the stored text, half-open, on rune boundaries;
// the content of a nested attribution lies inside its parent's.
package isnad
