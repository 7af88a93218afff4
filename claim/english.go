package claim

import (
	"strings"

	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/names"
	"github.com/isnad/isnad/text"
)

func foldWords(s string) []fold.Word { return fold.Words(s) }

// english reads a folded word in Latin letters.
func (b *Book) english(form string, capital bool) word {
	switch form {
	case "it", "he", "she", "they", "its", "his", "her", "their", "him", "them":
		return word{sort: isClosed | isPron}
	case "we", "our", "us", "i", "my", "me":
		return word{sort: isClosed | isPron | isUs}
	case "any":
		return word{sort: isClosed | isAny}
	case "the", "a", "an", "be", "is", "are", "was", "were", "been", "being", "has", "have", "had", "do", "did", "does", "will", "would", "could", "should", "may", "might", "must", "can", "that", "this", "these", "those", "to", "s":
		return word{sort: isClosed}
	}
	if b.light[form] {
		return word{sort: isClosed}
	}
	if w, ok := b.known(form); ok {
		return w
	}
	if w, ok := b.classed(form); ok {
		return w
	}
	for _, base := range bases(form) {
		if w, ok := b.known(base); ok {
			return w
		}
	}
	stem := form
	if list := bases(form); len(list) > 0 {
		stem = list[0]
	}
	w := word{weight: unknownWeight}
	w.keys[0] = key32("e:", stem)
	if capital && !b.common(form) {
		w.sort, w.weight = isName, nameWeight
		if s := names.Skeleton(form); len(s) >= 3 {
			w.keys[1] = key32("n:", s)
		}
	}
	return w
}

// common reports a word that the packs know as no name.
func (b *Book) common(form string) bool {
	hash := text.Hash(form)
	for _, p := range b.packs {
		for _, r := range p.Lookup(hash) {
			if r.Class != lang.Given && r.Class != lang.State && r.Class != lang.Capital && r.Class != lang.Nisba && r.Class != lang.Outlet {
				return true
			}
		}
	}
	return false
}

// bases are what an inflected English word may come from.
func bases(w string) []string {
	var out []string
	cut := func(end string, add ...string) {
		rest, ok := strings.CutSuffix(w, end)
		if !ok || len(rest) < 3 {
			return
		}
		for _, a := range add {
			out = append(out, rest+a)
		}
		if n := len(rest); n > 3 && rest[n-1] == rest[n-2] {
			out = append(out, rest[:n-1])
		}
	}
	cut("ies", "y")
	cut("es", "", "e")
	cut("s", "")
	cut("ied", "y")
	cut("ed", "", "e")
	cut("ing", "", "e")
	cut("ly", "")
	return out
}
