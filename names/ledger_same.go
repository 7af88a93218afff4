package names

// relation is how two names stand to each other.
type relation uint8

const (
	strange relation = iota
	identical
	shorter // the first is a short form of the second
	longer
)

// relate compares two names.
func relate(a, b *node) relation {
	switch {
	case a.class == titular && b.class == personal:
		return holder(a, b, shorter)
	case b.class == titular && a.class == personal:
		return holder(b, a, longer)
	case a.class == titular || b.class == titular:
		return strange
	case a.class == personal && b.class == personal:
		return persons(a, b)
	case a.class == personal || b.class == personal:
		return nicknames(a, b)
	}
	return corporations(a, b)
}

// holder gives r where a person bears a role.
func holder(role, who *node, r relation) relation {
	for _, have := range who.roles {
		if have[0].neutral == role.units[0].neutral && all(role.units, have) || role.units[0].concept == spokesmanKey && all(role.units, have) {
			return r
		}
	}
	return strange
}

// all reports that every unit of a name stands in another.
func all(part, whole []unit) bool {
	for i := range part {
		if !holds(whole, &part[i]) {
			return false
		}
	}
	return true
}

func holds(units []unit, u *unit) bool {
	for i := range units {
		if units[i].like(u) {
			return true
		}
	}
	return false
}

// like reports that two words of the names of bodies are one: in one script by
// their letters, across scripts by a translation or by their consonants.
func (u *unit) like(o *unit) bool {
	switch {
	case u.key == o.key:
		return true
	case u.is(inArabic) == o.is(inArabic):
		return u.bare != 0 && u.bare == o.key || o.bare != 0 && u.key == o.bare ||
			u.concept != 0 && u.concept == o.concept && (!u.is(inArabic) || u.concept == spokesmanKey)
	case u.concept != 0 || o.concept != 0:
		return u.neutral == o.neutral || u.other == o.neutral || u.neutral == o.other
	}
	v, w := u.voice, o.voice
	if !u.is(inArabic) {
		v, w = w, v
	}
	return len(v.consonants) > 3 && v.consonants == w.consonants || len(v.consonants) > 1 && v.hears(w) ||
		u.other != 0 && u.other == o.neutral || o.other != 0 && o.other == u.neutral
}

// hears is covers without the vowels at the end: التلوانية, Talwan.
func (v voice) hears(o voice) bool {
	if v.consonants != o.consonants {
		return false
	}
	end := len(v.vowels) - 1
	return voice{v.consonants, v.vowels[:end] + "\x00"}.covers(voice{o.consonants, o.vowels[:end] + "\x00"})
}

// sameName reports that two words of personal names are spellings of one.
func (u *unit) sameName(o *unit) bool {
	v, w := u.voice, o.voice
	switch {
	case u.key == o.key:
		return true
	case u.is(inArabic) && !o.is(inArabic):
		return v.covers(w)
	case !u.is(inArabic) && o.is(inArabic):
		return w.covers(v)
	case !u.is(inArabic):
		return len(v.consonants) > 1 && v.close(w)
	}
	if (u.marks|o.marks)&(definite|familiar) != 0 || len(v.consonants) < 3 || !v.covers(w) && !w.covers(v) {
		return false
	}
	return !u.is(given) || !o.is(given) || v.foreign(w)
}

// foreign reports two spellings of a given name that no Arabic pattern tells
// apart: with four consonants they differ in a vowel before the last one alone
// (مارتن، مارتين), and are not built like محمد and محمود.
func (v voice) foreign(o voice) bool {
	last := len(v.consonants) - 1
	return last > 2 && v.vowels[:last] == o.vowels[:last] && (v.consonants[0] != 'm' || v.vowels[1] != 0)
}

// enough is the number of consonants that one word must share with one in the
// other script to be that word without a translation.
const enough = 4

// persons compares personal names.
func persons(a, b *node) relation {
	if len(a.units) > len(b.units) {
		return flip(persons(b, a))
	}
	x, y := a.units, b.units
	last, end := &x[len(x)-1], &y[len(y)-1]
	if !last.sameName(end) || last.is(inArabic) != end.is(inArabic) && !weighty(x, y) {
		return strange
	}
	if len(x) == 1 {
		if len(y) == 1 {
			return identical
		}
		return shorter
	}
	if !x[0].sameName(&y[0]) {
		return strange
	}
	if len(x) < len(y) {
		return shorter
	}
	exact := 0
	for i := range x {
		if !x[i].sameName(&y[i]) {
			return strange
		}
		if x[i].key == y[i].key {
			exact++
		}
	}
	if exact == 0 && x[0].is(inArabic) && y[0].is(inArabic) {
		return strange
	}
	return identical
}

func flip(r relation) relation {
	switch r {
	case shorter:
		return longer
	case longer:
		return shorter
	}
	return r
}

// weighty reports that the words in two scripts share enough.
func weighty(x, y []unit) bool {
	n := 0
	for i := range x {
		n += len(x[i].voice.consonants)
	}
	return n > 2
}

// nicknames compares one word that is taken for a person's name with the name
// of a body: كورفين, وكالة كورفين.
func nicknames(a, b *node) relation {
	switch {
	case a.class == corporate:
		return flip(nicknames(b, a))
	case len(a.units) == 1 && len(b.units) == 2 && !a.units[0].is(given) && rest(a, b):
		return shorter
	case len(a.units) == 1 && len(b.units) == 1 && a.units[0].key == b.units[0].key && !b.bare:
		return identical
	}
	return strange
}

// rest reports that the longer name has nothing further but heads that short
// forms leave out.
func rest(short, long *node) bool {
	for i := range long.units {
		if u := &long.units[i]; !holds(short.units, u) && !u.is(optional) {
			return false
		}
	}
	return all(short.units, long.units)
}

// corporations compares names of bodies.
func corporations(a, b *node) relation {
	x, y := a.units, b.units
	switch {
	case a.known != 0 && b.known != 0:
		if a.known == b.known {
			return identical
		}
		return strange
	case len(x) > len(y):
		return flip(corporations(b, a))
	case !all(x, y):
		return strange
	case len(x) == len(y):
		if !all(y, x) || len(x) == 1 && x[0].is(inArabic) != y[0].is(inArabic) && (a.bare || len(x[0].voice.consonants) < enough) {
			return strange
		}
		return identical
	case a.known != 0 || b.known != 0 && len(x) > 1:
		return strange
	case x[0].is(inArabic) != y[0].is(inArabic):
		return across(a, b)
	case x[0].is(inArabic):
		return abridged(a, b)
	}
	for i := range x {
		if x[i].is(heading | capitals) {
			return shorter
		}
	}
	if rest(a, b) {
		return shorter
	}
	return strange
}

// abridged compares Arabic names: a short form begins as the long one does, a
// head like "forces" aside.
func abridged(short, long *node) relation {
	s := &short.units[0]
	switch {
	case s.like(&long.units[0]) && (len(short.units) > 1 || s.is(definite)):
		return shorter
	case !s.like(&long.units[0]) && long.units[0].is(optional) && s.like(&long.units[1]):
		return shorter
	}
	return strange
}

// across compares a short name with a longer one in the other script: they
// share the head.
func across(short, long *node) relation {
	arabic, latin := short, long
	if !short.units[0].is(inArabic) {
		arabic, latin = long, short
	}
	if head := &arabic.units[0]; head.concept != 0 && holds(latin.units, head) || rest(short, long) {
		return shorter
	}
	return strange
}
