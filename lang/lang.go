// Package lang holds what Isnad knows of a language as data: the words that
// report (cues), the words that name sources, and the closed classes that mark
// where a phrase ends.
//
// # Invariant
//
// A language is a directory of tables that a linguist can correct without
// knowing Go. [Load] reads them; the surface forms of every row (persons,
// tenses, suffixes) are worked out by go generate and embedded as forms.bin,
// so that nothing is inflected at run time. A test regenerates the file and
// compares.
package lang

import (
	"fmt"
	"io/fs"
	"math/bits"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// Class is the class of a word as its table names it.
type Class uint8

// The word classes. The order is part of the format of forms.bin.
const (
	NoClass Class = iota
	Cue           // a form of a reporting verb; Reading.Row is its row
	Verb          // a form of any other verb
	Prep
	Conj
	Comp // complementizer: أن, إن, that
	Rel
	Dem
	Neg
	Pron
	Time
	Place
	Aux
	Interrog
	Title
	Kin
	Org
	OutletHead
	Outlet
	State
	Capital
	Nisba
	Unnamed
	DocSource
	Given
	Num
	Month
	Day
	Unit
	Body
	Human
	numClasses
)

// classNames are the names the tables use, in the order of the constants.
var classNames = [numClasses]string{
	"", "cue", "verb", "prep", "conj", "comp", "rel", "dem", "neg", "pron", "time", "place", "aux", "interrog",
	"title", "kin", "org", "outlethead", "outlet", "state", "capital", "nisba", "unnamed", "docsource", "given",
	"num", "month", "day", "unit", "body", "human",
}

// classes are the classes by name.
var classes = func() map[string]Class {
	m := make(map[string]Class)
	for c := Cue; c < numClasses; c++ {
		m[classNames[c]] = c
	}
	return m
}()

func (c Class) String() string { return classNames[c] }

// ParseClass finds a class by the name that the tables use.
func ParseClass(name string) (Class, error) {
	if c, ok := classes[name]; ok {
		return c, nil
	}
	return NoClass, fmt.Errorf("unknown word class %q", name)
}

// Set is a set of classes.
type Set uint64

// Of makes a set.
func Of(classes ...Class) Set {
	var s Set
	for _, c := range classes {
		s |= 1 << c
	}
	return s
}

// Has reports whether c is in the set.
func (s Set) Has(c Class) bool { return s>>c&1 == 1 }

// Any reports whether the sets share a class.
func (s Set) Any(o Set) bool { return s&o != 0 }

// Form is the inflection of a reading.
type Form uint8

// Forms. Words that do not inflect have form Base.
const (
	Base Form = iota
	Perfect
	Imperfect
	Short // jussive and subjunctive where they differ from the imperfect
	PassivePerfect
	PassiveImperfect
	Participle
	Masdar // verbal noun
	Gerund // English -ing
)

// Agr is gender and number, for agreement.
type Agr uint8

// Agreements.
const (
	AnyAgr    Agr = iota
	M             // masculine singular
	F             // feminine singular, and plurals of things
	MP            // masculine or mixed plural
	FP            // feminine plural
	NP            // plural of things: agrees as feminine singular
	First         // first person singular
	FirstP        // first person plural
	Second        // second person
	Dual          // masculine dual
	DualF         // feminine dual
	numAgrees     // count
)

// Clitic is a set of what is written onto a word.
type Clitic uint8

// Clitics in front of and behind an Arabic word.
const (
	And    Clitic = 1 << iota // و ف
	With                      // ب ك
	To                        // ل
	Will                      // س
	The                       // ال
	Suffix                    // ه ها هم نا …
)

// Reading is one way to understand a surface form.
type Reading struct {
	Class  Class
	Form   Form
	Agr    Agr
	Clitic Clitic
	Suffix Agr    // agreement of the pronoun behind it
	last   bool   // ends the list it stands in
	Row    uint16 // index into Pack.Cues for Class Cue
}

// CueRow is one row of cues.tsv or phrases.tsv.
type CueRow struct {
	Lemma    string
	Type     Type
	Preps    []string
	Letters  []rune   // the prepositions of one letter, written on the next word
	Heads    []uint64 // hashes of the others
	Stance   isnad.Stance
	Polarity isnad.Polarity
	Frames   Frames
	Groups   Groups // of the lemma
	Example  string
	ID       string // file and line, for Why
}

// Type says how a cue finds its source.
type Type uint8

// Cue types.
const (
	VerbCue    Type = iota
	AccPhrase       // according to: the source follows
	NounCue         // teller in the genitive or as a suffix
	RumourCue       // no teller
	PassiveCue      // impersonal
	RejectCue       // the author's rejection of what is quoted
)

var typeNames = map[string]Type{"verb": VerbCue, "acc": AccPhrase, "noun": NounCue, "rumour": RumourCue, "passive": PassiveCue, "reject": RejectCue}

// Frames is a set of complement frames.
type Frames uint8

// Frames of a cue.
const (
	Clause  Frames = 1 << iota // أن, إن, that, or a bare clause in English
	Quoted                     // introduces a quotation
	NounP                      // noun phrase as content
	Person                     // a person object may come first
	Soft                       // belief, expectation, demand
	Weak                       // reports only with أن or a quotation right after
	RelayOf                    // passes on another's word
)

var frameNames = map[string]Frames{"clause": Clause, "quote": Quoted, "np": NounP, "person": Person, "soft": Soft, "weak": Weak, "relay": RelayOf}

// Pack is a loaded language.
type Pack struct {
	Name  string
	Dir   fs.FS // the tables, for packages that keep some of their own there
	Cues  []CueRow
	table table
	// phrases lists the multi-word entries by Phrase.key.
	phrases map[uint64][]Phrase
	firsts  filter // of the keys of phrases
	begins  filter // of the first words of phrases
	groups  map[uint64]Groups
	grouped filter // of the words in groups
	weights map[string]float64
	said    saids
}

// Phrase is an entry of several words.
type Phrase struct {
	Words []uint64 // hashes, in order
	// Clitic is the one-letter preposition that must begin the word after the
	// phrase (وفقا ل), or 0.
	Clitic  rune
	Reading Reading
}

// Load reads a language from its directory. Errors name the file and line.
func Load(name string, dir fs.FS) (*Pack, error) {
	p := &Pack{Name: name, Dir: dir, phrases: make(map[uint64][]Phrase)}
	var src Source
	err := src.readCues(dir)
	if err == nil {
		err = src.readPhrases(dir, p.addPhrase)
	}
	if err != nil {
		return nil, fmt.Errorf("language %s: %w", name, err)
	}
	p.Cues = src.Cues
	if p.groups, err = readGroups(dir); err != nil {
		return nil, fmt.Errorf("language %s: %w", name, err)
	}
	for h := range p.groups {
		p.grouped.add(h)
	}
	if p.weights, err = readWeights(dir); err != nil {
		return nil, fmt.Errorf("language %s: %w", name, err)
	}
	if p.said, err = readSaid(dir); err != nil {
		return nil, fmt.Errorf("language %s: %w", name, err)
	}
	for i := range p.Cues {
		c := &p.Cues[i]
		c.Groups = p.groups[text.Hash(c.Lemma)]
		for _, prep := range c.Preps {
			if r := []rune(prep); len(r) == 1 {
				c.Letters = append(c.Letters, r[0])
			} else {
				c.Heads = append(c.Heads, text.Hash(prep))
			}
		}
	}
	forms, err := formsOf(dir)
	if err != nil {
		return nil, fmt.Errorf("language %s: %w (run go generate ./lang/%s)", name, err, name)
	}
	p.table, err = openTable(forms, len(p.Cues))
	if err != nil {
		return nil, fmt.Errorf("language %s: forms.bin: %w (run go generate ./lang/%s)", name, err, name)
	}
	return p, nil
}

// Embedded is the directory of a language that is part of the program, with the
// content of its forms.bin, which is not copied then.
type Embedded struct {
	fs.FS
	Forms string
}

func formsOf(dir fs.FS) (string, error) {
	if e, ok := dir.(Embedded); ok {
		return e.Forms, nil
	}
	b, err := fs.ReadFile(dir, "forms.bin")
	return string(b), err
}

func (p *Pack) addPhrase(ph Phrase) {
	key := ph.key()
	p.phrases[key] = append(p.phrases[key], ph)
	p.firsts.add(key)
	p.begins.add(ph.Words[0])
}

// Lookup gives the readings of a word by its hash, or nil. The slice is shared.
func (p *Pack) Lookup(hash uint64) []Reading {
	return p.Readings(p.Find(hash))
}

// Find gives the readings of a word by its hash, as first and number for
// [Pack.Readings]; the number is 0 for an unknown word.
func (p *Pack) Find(hash uint64) (first uint32, n uint8) { return p.table.find(hash) }

// Readings gives the n readings from first on. The slice is shared.
func (p *Pack) Readings(first uint32, n uint8) []Reading {
	return p.table.readings[first : first+uint32(n) : first+uint32(n)]
}

// Begins reports that a multi-word entry may begin with a word; it is wrong
// about once in a hundred times, and never when it says no.
func (p *Pack) Begins(hash uint64) bool { return p.begins.may(hash) }

// PhraseAt finds the longest multi-word entry that begins at token i, whose
// hash behind its clitics is first, with the number of tokens it spans; n is 0
// if there is none.
func (p *Pack) PhraseAt(t *text.Text, i int, first uint64) (ph *Phrase, n int) {
	if p.firsts.may(first) {
		ph, n = longest(p.phrases[first], t, i)
	}
	if i+1 >= len(t.Tokens) || t.Tokens[i+1].Kind > text.Number {
		return ph, n
	}
	key := pair(first, t.Tokens[i+1].Hash)
	if !p.firsts.may(key) {
		return ph, n
	}
	if long, k := longest(p.phrases[key], t, i); k > 0 {
		return long, k
	}
	return ph, n
}

func longest(list []Phrase, t *text.Text, i int) (ph *Phrase, n int) {
	for k := range list {
		c := &list[k]
		if len(c.Words) > n && c.matches(t, i) {
			ph, n = c, len(c.Words)
		}
	}
	return ph, n
}

// key is what a phrase is filed under: its first two words, or its only one.
// Filed under one word, every في would meet all that begins with it.
func (c *Phrase) key() uint64 {
	if len(c.Words) == 1 {
		return c.Words[0]
	}
	return pair(c.Words[0], c.Words[1])
}

func pair(a, b uint64) uint64 {
	return (bits.RotateLeft64(a, 29) ^ b) * pairMix
}

func (c *Phrase) matches(t *text.Text, i int) bool {
	if i+len(c.Words) > len(t.Tokens) {
		return false
	}
	for k := 1; k < len(c.Words); k++ {
		if t.Tokens[i+k].Hash != c.Words[k] || t.Tokens[i+k].Kind > text.Number {
			return false
		}
	}
	if c.Clitic == 0 {
		return true
	}
	next := i + len(c.Words)
	return next < len(t.Tokens) && t.Tokens[next].Kind == text.Word && t.First(next) == c.Clitic
}
