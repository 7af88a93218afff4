package lang

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/isnad/isnad/text"
)

// Group is a short list of words that one rule of the reader asks for. The
// lists stand in groups.tsv, a line each: name, then the words.
type Group uint8

// The groups, each named after what its rule does with it.
const (
	That        Group = iota // complementizers that open a reported clause
	Venue                    // where things are said: statement, press conference
	Aside                    // prepositions that open an adverbial of the reporting verb
	Shift                    // words that lead back to the outer voice after a reported clause
	Continuer                // verbs that go on with the same speaker
	Norm                     // what one acts, not speaks, in accordance with: law, plan
	Topic                    // heads of a headline that name its subject or form
	Addressee                // prepositions or verbs after which the hearer stands
	Particle                 // particles of personal names
	Generic                  // adverbs of the speaker's turn: for his part, in turn
	Untruth                  // nouns and adjectives with which an author rejects a quotation
	Light                    // nouns that carry a light verb: expressed *concern*
	NotSpeaker               // nouns that never head a source
	Happen                   // light verbs that take a reporting noun: تم, جرى
	SelfWord                 // nouns for what is said: words, phrase
	Subordinate              // words before أن that make it open another clause: before, except
	Question                 // words that open an indirect question
	Narrator                 // verbs with which the text itself recalls something
	Outer                    // nouns behind a comma that sum up what was reported before
	Same                     // words in front of a noun that only point: the same
	Adjective                // adjectives that follow titles and bodies
	Express                  // light verbs: expressed, voiced
	Which                    // ما in وهو ما: which
	Contrast                 // conjunctions that set another voice beside the first: while
	OfPress                  // adjectives of places of speech that are also nouns of people: صحفي
	About                    // prepositions that lead to what is reported: about, against
	Public                   // those who are asked, not those who ask
	AsFor                    // أما
	WhoIs                    // words that begin a description between commas: aged
	Act                      // verbal nouns that begin what was denied or confirmed, and end its speaker
	But                      // contrasts with a pronoun: but he
	Fact                     // what teaches and speaks for nobody: reality
	numGroups
)

var groupNames = [numGroups]string{
	"that", "venue", "aside", "shift", "continuer", "norm", "topic", "addressee", "particle", "generic", "untruth",
	"light", "notspeaker", "happen", "selfword",
	"subordinate", "question", "narrator", "outer", "same", "adjective", "express", "which", "contrast", "ofpress", "about", "public", "asfor", "whois", "act", "but", "fact",
}

// Groups is a set of groups.
type Groups uint32

// Has reports whether g is in the set.
func (s Groups) Has(g Group) bool { return s>>g&1 == 1 }

// Groups gives the groups a word belongs to by its hash.
func (p *Pack) Groups(hash uint64) Groups {
	if !p.grouped.may(hash) {
		return 0
	}
	return p.groups[hash]
}

func readGroups(dir fs.FS) (map[uint64]Groups, error) {
	out := make(map[uint64]Groups)
	err := ReadRows(dir, "groups.tsv", 2, func(c []string) error {
		for g, name := range groupNames {
			if name != c[0] {
				continue
			}
			for _, w := range strings.Fields(strings.Join(c[1:], " ")) {
				out[text.Hash(w)] |= 1 << g
			}
			return nil
		}
		return fmt.Errorf("unknown group %q", c[0])
	})
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	return out, err
}
