package capture

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad/isnad"
)

// Bounds on where a text says which agency it is from.
const (
	maxHead     = 100 // characters before the dash of a dateline
	maxPlace    = 4   // words
	maxAgency   = 6   // words
	maxName     = 100 // bytes of the name of an agency that is known
	headParas   = 3   // paragraphs at the beginning that may have a dateline
	tailLines   = 3
	maxTailLine = 80 // characters
)

// setCredit finds what a text says of its own source: in the dateline, as in
// "بيروت (رويترز) -" and "LONDON (AP) —", or on its last lines, as in
// "المصدر: وكالات" and "(AFP)". It is kept with the document and takes nothing
// out of the text.
func setCredit(d *isnad.Document) {
	rest := d.Text
	for range headParas {
		var para string
		para, rest, _ = strings.Cut(strings.TrimLeft(rest, " \r\n\t"), "\n")
		if place, credit, ok := dateline(para); ok {
			d.Dateline, d.Credit = place, credit
			break
		}
	}
	if d.Credit == "" {
		d.Credit = tailCredit(d.Text)
	}
}

// dateline takes the place and the agency off the head of a paragraph. Either
// may be empty, and ok is false where both would be.
func dateline(para string) (place, credit string, ok bool) {
	head, rest, found := cutDash(para)
	if !found {
		return "", "", false
	}
	if before, group, ok := lastGroup(head); ok {
		place = placeOf(before)
		if isAgency(group) || looksAgency(group) && place != "" || isCapitals(group) && isCapitals(place) {
			return place, group, place != "" || before == ""
		}
		return "", "", false
	}
	if next, _, found := cutDash(rest); found {
		if second := ungrouped(next); isAgency(second) && placeOf(head) != "" {
			return placeOf(head), second, true
		} else if isAgency(head) && words(next) <= maxPlace {
			return placeOf(next), strings.TrimSpace(head), true
		}
	}
	if place = placeOf(head); isCapitals(place) && utf8.RuneCountInString(place) > 3 {
		return place, "", true
	}
	return "", "", false
}

// cutDash cuts at the first dash or colon that ends the head of a paragraph. A
// hyphen inside a word is none.
func cutDash(s string) (head, rest string, ok bool) {
	n := 0
	for i, r := range s {
		if n++; n > maxHead {
			break
		}
		dash := false
		switch r {
		case '—', '–', '―':
			dash = true
		case '-', ':':
			dash = strings.HasSuffix(s[:i], " ") || strings.HasSuffix(s[:i], ")") || strings.HasPrefix(s[i+1:], " ")
		}
		if dash {
			return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+utf8.RuneLen(r):]), true
		}
	}
	return "", "", false
}

// lastGroup cuts a group in brackets off the end.
func lastGroup(s string) (before, group string, ok bool) {
	for _, pair := range []string{"()", "«»", "[]", "“”", `""`} {
		open, end := runes2(pair)
		if !strings.HasSuffix(s, end) {
			continue
		}
		if i := strings.LastIndex(s[:len(s)-len(end)], open); i >= 0 {
			return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+len(open) : len(s)-len(end)]), true
		}
	}
	return s, "", false
}

func runes2(pair string) (first, second string) {
	_, n := utf8.DecodeRuneInString(pair)
	return pair[:n], pair[n:]
}

func ungrouped(s string) string {
	if before, group, ok := lastGroup(s); ok && before == "" {
		return group
	}
	return strings.TrimSpace(s)
}

// placeOf is the place at the beginning of a dateline, without the date behind
// it; "" where it is too long to be one.
func placeOf(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '،' })
	for i, p := range parts {
		if strings.ContainsFunc(p, unicode.IsDigit) {
			parts = parts[:i]
			break
		}
	}
	place := strings.TrimSpace(strings.Join(parts, ","))
	if words(place) > maxPlace {
		return ""
	}
	return place
}

func words(s string) int { return len(strings.Fields(s)) }

// isCapitals reports words in Latin capitals.
func isCapitals(s string) bool {
	return s != "" && strings.ToUpper(s) == s && strings.ToLower(s) != s
}

// tailCredit looks at the last lines.
func tailCredit(text string) string {
	text = strings.TrimRight(text, " \r\n\t")
	for range tailLines {
		i := strings.LastIndexByte(text, '\n')
		line := strings.TrimSpace(text[i+1:])
		if credit := lineCredit(line); credit != "" {
			return credit
		}
		if i < 0 {
			break
		}
		text = strings.TrimRight(text[:i], " \r\n\t")
	}
	return ""
}

// lineCredit is what a line says of the source of the text, or "".
func lineCredit(line string) string {
	if _, group, ok := lastGroup(line); ok && areAgencies(group) {
		return group
	}
	line = strings.Trim(ungrouped(line), " -–—*.|")
	if len(line) > utf8.UTFMax*maxTailLine || utf8.RuneCountInString(line) > maxTailLine {
		return ""
	}
	label, value, ok := strings.Cut(line, ":")
	value = strings.Trim(value, " -–—*.|()«»")
	if ok && isLabel(label) && value != "" && words(value) <= maxAgency && !strings.Contains(value, "://") {
		return value
	}
	if areAgencies(line) {
		return line
	}
	return ""
}

// isLabel names what stands before the colon of a credit.
func isLabel(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "المصدر", "المصادر", "مصدر الخبر", "نقلا عن", "نقلاً عن", "source", "sources", "credit":
		return true
	}
	return false
}

// areAgencies reports a list of nothing but agencies.
func areAgencies(s string) bool {
	parts := strings.FieldsFunc(strings.ReplaceAll(s, " and ", ","), func(r rune) bool { return strings.ContainsRune(",،+/&-–—;؛|", r) })
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if !isAgency(p) && !isAgency(strings.TrimPrefix(p, "و")) {
			return false
		}
	}
	return len(parts) > 0
}

// looksAgency reports words that name an agency or outlet without its being
// known.
func looksAgency(s string) bool {
	f := strings.Fields(s)
	if len(f) == 0 || len(f) > maxAgency {
		return false
	}
	switch first := foldName(f[0]); first {
	case "وكاله", "وكالات", "صحيفه", "قناه", "موقع", "اذاعه", "شبكه":
		return true
	}
	switch foldName(f[len(f)-1]) {
	case "نيوز", "برس", "للانباء", "الاخباريه", "news", "press", "agency", "times", "post", "wire":
		return len(f) > 1
	}
	return false
}

// nameFolding unites the spellings of a name. It is made once.
var nameFolding = strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ة", "ه", "ى", "ي", ".", "", " ", "", "ـ", "", "\u200F", "", "\u200E", "")

// foldName folds what the spellings of a name differ in.
func foldName(s string) string {
	return nameFolding.Replace(strings.ToLower(s))
}

// isAgency knows the agencies that texts are commonly credited to, by the names
// that they go by in datelines, and the words for several of them.
func isAgency(s string) bool {
	if len(s) > maxName {
		return false
	}
	name := strings.TrimPrefix(foldName(s), "وكاله")
	switch name {
	case "رويترز", "افب", "فرانسبرس", "اب", "اسوشيتدبرس", "اسوشييتدبرس", "اسوشيتيدبرس", "دبا", "الاناضول", "الاناضولللانباء", "سبوتنيك",
		"نوفوستي", "تاس", "شينخوا", "واس", "وام", "كونا", "قنا", "بنا", "سانا", "سونا", "واج", "وات", "وفا", "بترا", "اشا", "ارنا", "معا",
		"الوكالهالوطنيهللاعلام", "بلومبرغ", "بلومبيرغ", "يونايتدبرس", "وكالات", "الوكالات", "وكالاتالانباء", "انترفاكس":
		return true
	case "reuters", "thomsonreuters", "ap", "associatedpress", "theassociatedpress", "afp", "agencefrance-presse", "agencefrancepresse", "dpa",
		"xinhua", "tass", "anadolu", "anadoluagency", "aa", "upi", "pa", "pamedia", "bloomberg", "kyodo", "kyodonews", "ansa", "efe", "wafa", "spa", "wam",
		"kuna", "qna", "sana", "mena", "petra", "irna", "nna", "pti", "ians", "interfax", "sputnik", "agencies", "newsagencies", "wires", "wireservices":
		return true
	}
	return false
}
