package inflect

import (
	"strings"

	"github.com/isnad/isnad/lang"
)

// english adds the forms of every row. Of a verb with a particle (point out)
// the first word is inflected; the reader asks for the rest.
func english(f forms, src *lang.Source) {
	for _, v := range src.Verbs {
		r := lang.Reading{Class: lang.Verb}
		if v.Row >= 0 {
			r = lang.Reading{Class: lang.Cue, Row: uint16(v.Row)}
		}
		englishVerb(f, v, r)
	}
	for i, c := range src.Cues {
		if c.Type != lang.VerbCue && !strings.ContainsRune(c.Lemma, ' ') {
			f.add(c.Lemma, lang.Reading{Class: lang.Cue, Form: lang.Masdar, Row: uint16(i)})
		}
	}
	for _, w := range src.Words {
		if !strings.ContainsAny(w.Word, " -") {
			f.add(w.Word, lang.Reading{Class: w.Class, Agr: w.Agr})
		}
	}
}

func englishVerb(f forms, v lang.VerbRow, r lang.Reading) {
	base, _, _ := strings.Cut(v.Past, " ") // the English tables begin with the base form
	past, _, _ := strings.Cut(v.Present, " ")
	part, _, _ := strings.Cut(v.Participle, " ")
	if past == "-" || past == "" {
		past = regularPast(base)
	}
	if part == "-" || part == "" {
		part = past
	}
	add := func(w string, form lang.Form, agr lang.Agr) {
		r.Form, r.Agr = form, agr
		f.add(w, r)
	}
	add(base, lang.Imperfect, lang.MP)
	add(thirdPerson(base), lang.Imperfect, lang.M)
	add(past, lang.Perfect, lang.AnyAgr)
	add(part, lang.Participle, lang.AnyAgr)
	add(gerund(base), lang.Gerund, lang.AnyAgr)
	if strings.HasSuffix(past, "lled") { // labelled, labeled
		add(strings.TrimSuffix(past, "led")+"ed", lang.Perfect, lang.AnyAgr)
	}
}

func vowel(b byte) bool { return strings.IndexByte("aeiou", b) >= 0 }

// doubles reports a short stressed last syllable: admit, quip, jot.
func doubles(w string) bool {
	n := len(w)
	if n < 3 || vowel(w[n-1]) || !vowel(w[n-2]) || vowel(w[n-3]) || strings.IndexByte("wxy", w[n-1]) >= 0 {
		return false
	}
	syllables := 0
	for i := range n {
		if vowel(w[i]) && (i == 0 || !vowel(w[i-1])) {
			syllables++
		}
	}
	if syllables == 1 {
		return true
	}
	return strings.HasSuffix(w, "mit") || strings.HasSuffix(w, "fer") || strings.HasSuffix(w, "cur") || strings.HasSuffix(w, "but") || strings.HasSuffix(w, "bel")
}

func regularPast(w string) string {
	switch {
	case strings.HasSuffix(w, "e"):
		return w + "d"
	case strings.HasSuffix(w, "y") && len(w) > 1 && !vowel(w[len(w)-2]):
		return w[:len(w)-1] + "ied"
	case doubles(w):
		return w + w[len(w)-1:] + "ed"
	}
	return w + "ed"
}

func gerund(w string) string {
	switch {
	case strings.HasSuffix(w, "ee"):
		return w + "ing"
	case strings.HasSuffix(w, "e") && len(w) > 2:
		return w[:len(w)-1] + "ing"
	case doubles(w):
		return w + w[len(w)-1:] + "ing"
	}
	return w + "ing"
}

func thirdPerson(w string) string {
	switch {
	case strings.HasSuffix(w, "y") && len(w) > 1 && !vowel(w[len(w)-2]):
		return w[:len(w)-1] + "ies"
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "sh"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "z"), strings.HasSuffix(w, "o"):
		return w + "es"
	}
	return w + "s"
}
