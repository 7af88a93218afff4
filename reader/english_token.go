package reader

import (
	"strings"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// kind is the part that an English token plays, as far as its spelling, the
// tables and the word before it tell.
type kind uint8

const (
	kBound kind = iota // outside of the sentence
	kComma
	kStop
	kColon
	kDash
	kOpenParen
	kCloseParen
	kOpenQuote
	kCloseQuote
	kSign
	kDet
	kThat
	kSubject // he, they
	kIt
	kPron
	kPossPron
	kPoss // 's
	kOf
	kBy
	kTo
	kPrep
	kAnd
	kBut
	kSub // because, when
	kWho
	kWhat
	kBe
	kHave
	kDo
	kModal
	kNot
	kSaid // finite form of a reporting verb
	kSays
	kSay // base form
	kSaying
	kVerb
	kNum
	kTime
	kTitle
	kName
	kPlace
	kOrg
	kDoc
	kHuman
	kLy
	kIng
	kEd
	kPlural
	kLow
	numKinds
)

// kinds is a set of kinds.
type kinds uint64

func kindsOf(list ...kind) kinds {
	var s kinds
	for _, k := range list {
		s |= 1 << k
	}
	return s
}

func (s kinds) has(k kind) bool { return s>>k&1 == 1 }

var (
	// inNoun are the kinds that a noun phrase is made of.
	inNoun = kindsOf(kDet, kSubject, kIt, kPron, kPossPron, kPoss, kNum, kTitle, kName, kPlace, kOrg, kDoc, kHuman, kPlural, kLow, kIng, kEd)
	// endNoun are the kinds that a noun phrase may end with.
	endNoun = kindsOf(kSubject, kIt, kPron, kPossPron, kPoss, kNum, kTitle, kName, kPlace, kOrg, kDoc, kHuman, kPlural, kLow, kIng, kDet, kThat, kWho, kSay, kSays, kTime)
	verbal  = kindsOf(kBe, kHave, kDo, kModal, kSaid, kSays, kSay, kVerb)
	reports = kindsOf(kSaid, kSays, kSay, kSaying)
	// fillers stand between a subject and its verb.
	fillers = kindsOf(kLy, kNot, kBe, kHave, kDo, kModal, kTime)
	signs   = kindsOf(kComma, kStop, kColon, kDash, kOpenParen, kCloseParen, kOpenQuote, kCloseQuote, kSign, kBound)
)

// functionWords are the closed classes that the grammar asks for, a line a
// kind.
var functionWords = []struct {
	kind  kind
	words string
}{
	{kDet, "the a an this these those some many most several few all both each every no any another other such more half one much certain various what"},
	{kThat, "that"},
	{kSubject, "he she they I we who"},
	{kIt, "it you there"},
	{kPron, "him her them me us himself herself itself themselves myself someone somebody anyone anybody everyone everybody others nobody none something anything everything nothing"},
	{kPossPron, "his its their my our your"},
	{kPoss, "s"},
	{kOf, "of"},
	{kBy, "by"},
	{kTo, "to"},
	{kAnd, "and or & nor plus"},
	{kBut, "but yet so though although however while whereas"},
	{kSub, "because if when after before until since unless once as than like"},
	{kWho, "who whom whose which"},
	{kWhat, "whether what why how where"},
	{kBe, "be am is are was were been being isn't aren't wasn't weren't he's she's it's they're we're you're I'm that's there's"},
	{kHave, "have has had having haven't hasn't hadn't he'd she'd they'd we'd I'd I've we've they've"},
	{kDo, "do does did don't doesn't didn't"},
	{kModal, "will would shall should can could may might must cannot can't won't wouldn't couldn't shouldn't he'll she'll they'll we'll I'll it'll"},
	{kNot, "not never n't also just even only still already again too always often ever once then now soon perhaps maybe rather quite very"},
}

// wordKinds is a table of the function words by hash: open addressing, built
// once and never changed.
var wordKinds = newWordKinds()

type kindTable struct {
	hash [1 << kindBits]uint64
	kind [1 << kindBits]kind
}

const kindBits = 10

func newWordKinds() *kindTable {
	t := new(kindTable)
	for _, row := range functionWords {
		for _, w := range strings.Fields(row.words) {
			h := text.Hash(w)
			i := h >> (64 - kindBits)
			for t.hash[i] != 0 && t.hash[i] != h {
				i = (i + 1) & (1<<kindBits - 1)
			}
			t.hash[i], t.kind[i] = h, row.kind
		}
	}
	return t
}

func (t *kindTable) find(h uint64) kind {
	for i := h >> (64 - kindBits); t.hash[i] != 0; i = (i + 1) & (1<<kindBits - 1) {
		if t.hash[i] == h {
			return t.kind[i]
		}
	}
	return kBound
}

// kindOf judges token i, given the kind of the token before it.
func (d *doc) kindOf(i int, before kind, title bool) kind {
	tok := &d.t.Tokens[i]
	if tok.Kind >= text.Punct {
		if apostrophe(*tok) && !tok.Has(text.Spaced) && !signs.has(before) {
			return kPoss // of the farmers'
		}
		return signKind(rune(tok.Hash))
	}
	if k := wordKinds.find(tok.Hash); k != kBound {
		return k
	}
	set := d.tags[i].set
	if tok.Kind == text.Number {
		return kNum
	}
	capital := tok.Has(text.Capital) && !title && before != kBound && before != kOpenQuote
	switch {
	case set.Has(lang.Cue) && !capital && !d.nounHere(i, before):
		return d.verbKind(i)
	case set.Has(lang.Verb) && !capital && d.verbHere(i, before):
		return kVerb
	case set.Has(lang.Month) && tok.Has(text.Capital), set.Has(lang.Day):
		return kTime
	case set.Has(lang.Prep):
		return kPrep
	case set.Has(lang.Conj):
		return kSub
	}
	return d.openKind(i, set)
}

// nounHere: a word that may be noun or verb is a noun behind a determiner, a
// possessive or a preposition.
func (d *doc) nounHere(i int, before kind) bool {
	switch before {
	case kDet, kPossPron, kPoss, kOf, kNum:
		return !d.finiteOnly(i)
	case kPrep, kBy:
		return !d.finiteOnly(i) && d.form(i) != lang.Gerund
	case kBound:
		return d.form(i) == lang.Imperfect
	}
	return false
}

// beforeBase and beforeThird are what stands before a verb that may be a noun:
// the plain form, and the form in -s.
var (
	beforeBase  = kindsOf(kTo, kModal, kDo, kSubject, kIt, kNot, kWho, kPlural)
	beforeThird = kindsOf(kIt, kSubject, kWho, kThat, kNot, kName, kCloseParen, kComma, kLy)
)

// verbHere decides whether a form of a verb that does not report is one.
func (d *doc) verbHere(i int, before kind) bool {
	for _, r := range d.readings(i) {
		if r.Class != lang.Verb {
			continue
		}
		switch {
		case r.Form == lang.Perfect:
			return before != kDet && before != kPossPron && before != kPoss
		case r.Form == lang.Imperfect && r.Agr == lang.M:
			return beforeThird.has(before)
		case r.Form == lang.Imperfect:
			return beforeBase.has(before)
		}
	}
	return false
}

// finiteOnly reports a word that cannot be a noun: a past tense.
func (d *doc) finiteOnly(i int) bool { return d.form(i) == lang.Perfect }

// form is the form of the first reporting reading of token i.
func (d *doc) form(i int) lang.Form {
	for _, r := range d.readings(i) {
		if r.Class == lang.Cue && r.Form != lang.Masdar {
			return r.Form
		}
	}
	return lang.Masdar
}

func (d *doc) verbKind(i int) kind {
	for _, r := range d.readings(i) {
		if r.Class != lang.Cue {
			continue
		}
		switch {
		case r.Form == lang.Perfect, r.Form == lang.Participle:
			return kSaid
		case r.Form == lang.Gerund:
			return kSaying
		case r.Form == lang.Imperfect && r.Agr == lang.M:
			return kSays
		case r.Form == lang.Imperfect:
			return kSay
		}
	}
	return d.openKind(i, d.tags[i].set)
}

// openKind judges a word of the open classes: by the tables, else by its
// ending.
func (d *doc) openKind(i int, set lang.Set) kind {
	switch {
	case set.Has(lang.Title):
		return kTitle
	case set.Any(lang.Of(lang.Human, lang.Unnamed, lang.Kin, lang.Nisba)):
		return kHuman
	case set.Any(lang.Of(lang.Org, lang.Outlet, lang.OutletHead, lang.Body)):
		return kOrg
	case set.Has(lang.DocSource):
		return kDoc
	case set.Any(lang.Of(lang.State, lang.Capital)):
		return kPlace
	case set.Any(lang.Of(lang.Time, lang.Unit)):
		return kTime
	case set.Has(lang.Num):
		return kNum
	case set.Has(lang.Given), d.t.Tokens[i].Has(text.Capital):
		return kName
	}
	return endingKind(d.t.Word(i))
}

func endingKind(w string) kind {
	n := len(w)
	switch {
	case n > 4 && w[n-2:] == "ly":
		return kLy
	case n > 4 && w[n-3:] == "ing":
		return kIng
	case n > 3 && w[n-2:] == "ed":
		return kEd
	case n > 3 && w[n-1] == 's' && w[n-2] != 's':
		return kPlural
	}
	return kLow
}

func signKind(r rune) kind {
	switch r {
	case ',':
		return kComma
	case '.', '?', '!', '…', ';':
		return kStop
	case ':':
		return kColon
	case '-', '–', '—':
		return kDash
	case '(', '[':
		return kOpenParen
	case ')', ']':
		return kCloseParen
	}
	return kSign
}
