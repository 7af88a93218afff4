package claim

import (
	"strconv"
	"strings"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// entry is a concept that a word stands for.
type entry struct {
	key   uint32
	act   bool
	plain bool
	date  bool
}

// phrase is an entry of several words, the first of which is its key.
type phrase struct {
	rest []string
	entry
}

// key32 is the key of a concept, a stem or a name.
func key32(space, s string) uint32 {
	h := text.Hash(space + s)
	for _, c := range []byte(space + s) { // text.Hash leaves signs out
		h = (h ^ uint64(c)) * 0x100000001b3
	}
	return uint32(h>>32) ^ uint32(h)
}

func conceptKey(name string) uint32 { return key32("c:", name) }

// readConcepts reads acts.tsv and things.tsv.
func (b *Book) readConcepts() error {
	err := lang.ReadRows(tables, "acts.tsv", 5, func(c []string) error {
		e := entry{key: conceptKey(c[0]), act: true}
		b.enter(c[1], e)
		b.enter(c[2], e)
		if c[3] != "" {
			b.opposite[e.key] = conceptKey(c[3])
		}
		b.brings[e.key] = c[4] == "brings"
		return nil
	})
	if err != nil {
		return err
	}
	return lang.ReadRows(tables, "things.tsv", 4, func(c []string) error {
		e := entry{key: conceptKey(c[0]), plain: c[3] == "plain", date: c[3] == "date"}
		b.enter(c[1], e)
		b.enter(c[2], e)
		return nil
	})
}

// readLight reads light.tsv.
func (b *Book) readLight() error {
	return lang.ReadRows(tables, "light.tsv", 1, func(c []string) error {
		b.light[foldWord(c[0])] = true
		return nil
	})
}

// enter files the words of a row, which are parted by spaces; a hyphen stands
// between the words of a phrase.
func (b *Book) enter(words string, e entry) {
	for w := range strings.FieldsSeq(words) {
		first, rest, several := strings.Cut(w, "-")
		first = foldWord(first)
		if several {
			p := phrase{entry: e}
			for r := range strings.SplitSeq(rest, "-") {
				p.rest = append(p.rest, foldWord(r))
			}
			b.phrases[first] = append(b.phrases[first], p)
			continue
		}
		b.words[first] = append(b.words[first], e)
	}
}

func foldWord(w string) string {
	return strings.Map(func(r rune) rune {
		if r = text.FoldRune(r); r == 0 || r == '\'' {
			return -1
		}
		return r
	}, w)
}

// readPack takes the values of number words and the countries of nationalities
// and capitals from words.tsv.
func (b *Book) readPack(p *lang.Pack) error {
	return lang.ReadRows(p.Dir, "words.tsv", 4, func(c []string) error {
		if strings.Contains(c[0], " ") || c[3] == "-" {
			return nil
		}
		w := foldWord(c[0])
		switch c[1] {
		case "num":
			if v, err := strconv.ParseFloat(c[3], 64); err == nil {
				b.numbers[w] = v
			}
		case "state", "capital":
			b.places[w] = c[3]
		case "month":
			b.dates[w] = c[1] + " " + c[3]
		}
		return nil
	})
}
