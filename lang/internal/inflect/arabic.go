package inflect

import (
	"strings"

	"github.com/isnad/isnad/lang"
)

// pronouns are the suffixes that stand for a third person or us.
var pronouns = []struct {
	suffix string
	agr    lang.Agr
}{
	{"ه", lang.M},
	{"ها", lang.F},
	{"هم", lang.MP},
	{"هن", lang.FP},
	{"هما", lang.Dual},
	{"نا", lang.FirstP},
	{"ني", lang.First},
}

// arabic adds the forms of every row. The conjunctions و and ف are not worked
// out: the reader looks behind them.
func arabic(f forms, src *lang.Source) {
	for _, v := range src.Verbs {
		w := verb{f: f, r: lang.Reading{Class: lang.Verb}, full: v.Row >= 0}
		if w.full {
			w.r = lang.Reading{Class: lang.Cue, Row: uint16(v.Row)}
		}
		w.perfect(v.Past)
		w.imperfect(v.Past, v.Present)
		w.participle(v.Participle)
		for _, n := range v.Nouns {
			w.noun(n, lang.Masdar)
		}
	}
	for i, c := range src.Cues {
		if c.Type != lang.VerbCue && !strings.ContainsRune(c.Lemma, ' ') {
			w := verb{f: f, r: lang.Reading{Class: lang.Cue, Row: uint16(i)}, full: true}
			if c.Type == lang.AccPhrase {
				w.put(c.Lemma, lang.Base, lang.AnyAgr, 0)
				w.put("ب"+c.Lemma, lang.Base, lang.AnyAgr, lang.With)
			} else {
				w.noun(c.Lemma, lang.Masdar)
			}
		}
	}
	for _, w := range src.Words {
		if !strings.ContainsAny(w.Word, " -") {
			word(f, w)
		}
	}
}

// verb works out the forms of one row.
type verb struct {
	f    forms
	r    lang.Reading
	full bool // a reporting verb: pronoun suffixes and rare persons too
}

func (v *verb) put(word string, form lang.Form, agr lang.Agr, clitic lang.Clitic) {
	r := v.r
	r.Form, r.Agr, r.Clitic = form, agr, r.Clitic|clitic
	v.f.add(word, r)
}

// suffixed adds a stem with every object pronoun.
func (v *verb) suffixed(stem string, form lang.Form, agr lang.Agr, clitic lang.Clitic) {
	for _, p := range pronouns {
		if !v.full && p.agr >= lang.FP {
			break
		}
		r := v.r
		r.Form, r.Agr, r.Clitic, r.Suffix = form, agr, clitic|lang.Suffix, p.agr
		v.f.add(stem+p.suffix, r)
	}
}

// hollow reports a perfect with a long a before its last letter, a weak middle
// radical: قال, أشار, استعان.
func hollow(past string) bool {
	r := []rune(past)
	return len(r) >= 3 && r[len(r)-2] == 'ا'
}

func (v *verb) perfect(past string) {
	cut, weak := past, "" // weak: the last letter before the endings of persons
	switch {
	case strings.HasSuffix(past, "ى"):
		cut, weak = strings.TrimSuffix(past, "ى"), "ي"
	case strings.HasSuffix(past, "ا"):
		cut, weak = strings.TrimSuffix(past, "ا"), "و"
	case strings.HasSuffix(past, "ي"):
		v.put(past+"ت", lang.Perfect, lang.F, 0)
		cut, weak = strings.TrimSuffix(past, "ي"), "ي"
	}
	long := past // before an object pronoun
	if strings.HasSuffix(past, "ى") {
		long = cut + "ا"
	}
	v.put(past, lang.Perfect, lang.M, 0)
	v.put(cut+"ت", lang.Perfect, lang.F, 0)
	v.put(cut+"وا", lang.Perfect, lang.MP, 0)
	v.put(cut+weak+"ا", lang.Perfect, lang.Dual, 0)
	v.put(cut+"تا", lang.Perfect, lang.DualF, 0)
	v.suffixed(long, lang.Perfect, lang.M, 0)
	v.suffixed(cut+"ت", lang.Perfect, lang.F, 0)
	v.suffixed(cut+"و", lang.Perfect, lang.MP, 0)
	short := cut + weak
	if hollow(past) {
		r := []rune(past)
		short = string(r[:len(r)-2]) + string(r[len(r)-1])
	}
	if v.full {
		v.put(short+"ت", lang.Perfect, lang.First, 0)
		v.put(short+"تم", lang.Perfect, lang.Second, 0)
	}
	v.put(short+"نا", lang.Perfect, lang.FirstP, 0)
	v.put(short+"ن", lang.Perfect, lang.FP, 0)
	if strings.HasSuffix(past, "أ") {
		v.put(strings.TrimSuffix(past, "أ")+"ؤوا", lang.Perfect, lang.MP, 0)
	}
	v.passivePerfect(past)
}

// passivePerfect: the passives that differ in their letters (قيل, أفيد, نفي);
// the others are known by their vowel marks or by their frame only.
func (v *verb) passivePerfect(past string) {
	r := []rune(past)
	switch {
	case hollow(past):
		p := string(r[:len(r)-2]) + "ي" + string(r[len(r)-1])
		v.put(p, lang.PassivePerfect, lang.M, 0)
		v.put(p+"ت", lang.PassivePerfect, lang.F, 0)
	case strings.HasSuffix(past, "ى") || strings.HasSuffix(past, "ا"):
		p := string(r[:len(r)-1]) + "ي"
		v.put(p, lang.PassivePerfect, lang.M, 0)
		v.put(p+"ت", lang.PassivePerfect, lang.F, 0)
	}
}

// tense are the clitics that an imperfect may carry.
var tense = []struct {
	prefix string
	clitic lang.Clitic
}{{"", 0}, {"س", lang.Will}, {"ل", lang.To}}

func (v *verb) imperfect(past, present string) {
	r := []rune(present)
	if len(r) < 3 {
		return
	}
	stem := string(r[1:])
	for _, t := range tense {
		for _, p := range []struct {
			prefix string
			agr    lang.Agr
		}{{"ي", lang.M}, {"ت", lang.F}, {"ن", lang.FirstP}, {"أ", lang.First}} {
			if !v.full && p.agr == lang.First {
				continue
			}
			v.person(past, t.prefix+p.prefix, stem, p.agr, t.clitic)
		}
	}
}

// person adds the forms of one person of the imperfect, its plural, and the
// short forms of the jussive.
func (v *verb) person(past, prefix, stem string, agr lang.Agr, clitic lang.Clitic) {
	full := prefix + stem
	cut := strings.TrimRight(stem, "يىو")
	if !weakEnd(stem) {
		cut = stem
	}
	long := full
	if strings.HasSuffix(stem, "ى") {
		long = prefix + cut + "ا"
	}
	v.put(full, lang.Imperfect, agr, clitic)
	v.suffixed(long, lang.Imperfect, agr, clitic)
	v.short(past, prefix, stem, agr, clitic)
	if agr == lang.M {
		v.put(prefix+cut+"ون", lang.Imperfect, lang.MP, clitic)
		v.put(prefix+cut+"وا", lang.Short, lang.MP, clitic)
		v.put(prefix+stem+"ان", lang.Imperfect, lang.Dual, clitic)
		v.put(prefix+stem+"ن", lang.Imperfect, lang.FP, clitic)
		v.suffixed(prefix+cut+"ون", lang.Imperfect, lang.MP, clitic)
		v.passiveImperfect(past, prefix, stem, clitic)
	}
	if agr == lang.F {
		v.put(prefix+stem+"ان", lang.Imperfect, lang.DualF, clitic)
		v.passiveImperfect(past, prefix, stem, clitic)
	}
}

func weakEnd(stem string) bool {
	return strings.HasSuffix(stem, "ي") || strings.HasSuffix(stem, "ى") || strings.HasSuffix(stem, "و")
}

// short adds the jussive where it is spelled differently: ينف, يقل, يشر.
func (v *verb) short(past, prefix, stem string, agr lang.Agr, clitic lang.Clitic) {
	r := []rune(stem)
	switch {
	case agr == lang.First, agr == lang.FirstP: // أنه would be read for "that he", نفت for "she denied"
	case weakEnd(stem) && len(r) > 2:
		v.put(prefix+string(r[:len(r)-1]), lang.Short, agr, clitic)
	case hollow(past) && len(r) > 2:
		v.put(prefix+string(r[:len(r)-2])+string(r[len(r)-1]), lang.Short, agr, clitic)
	}
}

func (v *verb) passiveImperfect(past, prefix, stem string, clitic lang.Clitic) {
	r := []rune(stem)
	agr := lang.M
	if strings.HasSuffix(prefix, "ت") {
		agr = lang.F
	}
	switch {
	case hollow(past) && len(r) > 2:
		v.put(prefix+string(r[:len(r)-2])+"ا"+string(r[len(r)-1]), lang.PassiveImperfect, agr, clitic)
	case weakEnd(stem) && !strings.HasSuffix(stem, "ى") && len(r) > 2:
		v.put(prefix+string(r[:len(r)-1])+"ى", lang.PassiveImperfect, agr, clitic)
	}
}

// participle takes the masculine accusative (نافيا, قائلا).
func (v *verb) participle(p string) {
	stem := strings.TrimSuffix(p, "ا")
	if p == "-" || p == "" || stem == p {
		return
	}
	defective := strings.HasSuffix(stem, "ي")
	nominative, cut := stem, stem
	if defective {
		cut = strings.TrimSuffix(stem, "ي")
		nominative = cut
	}
	v.put(nominative, lang.Participle, lang.M, 0)
	v.put(p, lang.Participle, lang.M, 0)
	v.put(stem+"ة", lang.Participle, lang.F, 0)
	v.put(cut+"ين", lang.Participle, lang.MP, 0)
	v.put(cut+"ون", lang.Participle, lang.MP, 0)
	v.put(stem+"ات", lang.Participle, lang.FP, 0)
	v.put(stem+"ان", lang.Participle, lang.Dual, 0)
}

// noun adds a verbal or reporting noun with article, prepositions and pronouns.
func (v *verb) noun(n string, form lang.Form) {
	agr := lang.M
	stems := []string{n}
	switch {
	case strings.HasSuffix(n, "ة"):
		agr = lang.F
		stems = []string{strings.TrimSuffix(n, "ة") + "ت"}
	case strings.HasSuffix(n, "اء"):
		base := strings.TrimSuffix(n, "ء")
		stems = []string{n, base + "ئ", base + "ؤ"}
	case strings.HasSuffix(n, "ات"):
		agr = lang.F
	}
	for _, c := range nounPrefixes {
		w := n
		if strings.HasPrefix(n, "ال") {
			continue
		}
		v.put(c.prefix+w, form, agr, c.clitic)
		if c.clitic&lang.The != 0 {
			continue
		}
		for _, s := range stems {
			v.suffixed(c.prefix+s, form, agr, c.clitic)
		}
		if c.prefix == "" && agr == lang.M && !strings.HasSuffix(n, "اء") {
			v.put(n+"ا", form, agr, 0)
		}
	}
}

var nounPrefixes = []struct {
	prefix string
	clitic lang.Clitic
}{
	{"", 0},
	{"ب", lang.With},
	{"ك", lang.With},
	{"ل", lang.To},
	{"ال", lang.The},
	{"بال", lang.With | lang.The},
	{"كال", lang.With | lang.The},
	{"لل", lang.To | lang.The},
}

// possessed are the classes whose words often carry a pronoun: رئيسها, تقريره.
var possessed = lang.Of(lang.Title, lang.Kin, lang.Org, lang.DocSource, lang.Unnamed, lang.Human, lang.OutletHead, lang.Prep, lang.Comp, lang.Place)

// word adds a word of a closed class or a noun. Article and one-letter
// prepositions are looked behind by the reader.
func word(f forms, w lang.WordRow) {
	r := lang.Reading{Class: w.Class, Agr: w.Agr}
	f.add(w.Word, r)
	if w.Class == lang.Nisba {
		for _, e := range []struct {
			end string
			agr lang.Agr
		}{{"ة", lang.F}, {"ين", lang.MP}, {"ون", lang.MP}, {"ان", lang.Dual}, {"ات", lang.FP}, {"ا", lang.M}} {
			r.Agr = e.agr
			f.add(w.Word+e.end, r)
		}
		return
	}
	if !possessed.Has(w.Class) {
		return
	}
	stem := w.Word
	switch {
	case strings.HasSuffix(stem, "ة"):
		stem = strings.TrimSuffix(stem, "ة") + "ت"
	case strings.HasSuffix(stem, "ى") && w.Class == lang.Prep:
		stem = strings.TrimSuffix(stem, "ى") + "ي"
	case strings.HasSuffix(stem, "ون"), strings.HasSuffix(stem, "ين"):
		stem = strings.TrimSuffix(stem, "ن")
	}
	for _, p := range pronouns {
		s := r
		s.Clitic, s.Suffix = lang.Suffix, p.agr
		f.add(stem+p.suffix, s)
	}
}
