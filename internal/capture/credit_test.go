package capture

import (
	"strings"
	"testing"

	"github.com/isnad/isnad"
)

func TestCredit(t *testing.T) {
	for _, c := range []struct{ text, place, credit string }{
		{"بيروت (رويترز) - قال العمدة إن البئر تعمل.", "بيروت", "رويترز"},
		{"القدس المحتلة (أ ف ب) – قال", "القدس المحتلة", "أ ف ب"},
		{"دمشق – «الأناضول»: قال", "دمشق", "الأناضول"},
		{"القدس - رويترز - قال العمدة", "القدس", "رويترز"},
		{"رويترز - القدس - قال العمدة", "القدس", "رويترز"},
		{"الصحراء (وكالة أنباء الصحراء) - قال", "الصحراء", "وكالة أنباء الصحراء"},
		{"(رويترز) - قال العمدة", "", "رويترز"},
		{"البئر تعمل\n\nبيروت (د.ب.أ) - قال العمدة", "بيروت", "د.ب.أ"},
		{"LONDON (AP) — The well works.", "LONDON", "AP"},
		{"BEIRUT, Oct 12 (Reuters) - The well works.", "BEIRUT", "Reuters"},
		{"Beirut, Lebanon (AFP) – The well", "Beirut, Lebanon", "AFP"},
		{"WASHINGTON, D.C. (AP) — The well", "WASHINGTON, D.C.", "AP"},
		{"SAHRA (Sahra News) - The well", "SAHRA", "Sahra News"},
		{"SAHRA (SNA) - The well", "SAHRA", "SNA"},
		{"CAIRO — The well works.", "CAIRO", ""},
		{"قال العمدة.\n\nالمصدر: وكالات", "", "وكالات"},
		{"قال العمدة.\n\n«المصدر: صحراء نيوز»", "", "صحراء نيوز"},
		{"قال العمدة.\n\nوكالات\n", "", "وكالات"},
		{"قال العمدة.\n(رويترز، أ ف ب)\n\nاقرأ أيضا", "", "رويترز، أ ف ب"},
		{"قال العمدة إن البئر تعمل. (رويترز)", "", "رويترز"},
		{"رويترز و أ ف ب", "", ""},
		{"The well works.\n\nSource: AP", "", "AP"},
		{"The well works.\n\nAP and Reuters", "", "AP and Reuters"},
		{"LONDON — The well works.\n\nSource: AP", "LONDON", "AP"},
		// None of these says where the text is from.
		{"قال العمدة (أمس) - وهو في بيته - إن البئر تعمل", "", ""},
		{"قال العمدة: البئر تعمل", "", ""},
		{"The mayor (in May) - and his aide - said", "", ""},
		{"Salem Abdi — the mayor — said", "", ""},
		{"The mayor: it works", "", ""},
		{"Q: Does it work?", "", ""},
		{"UN — the body", "", ""},
		{"The well works.\n\nSource: http://sahra.example/", "", ""},
		{"نقل عن رويترز أن البئر تعمل", "", ""},
		{"", "", ""},
		{"-", "", ""},
		{"()", "", ""},
		{" - - ", "", ""},
	} {
		d := isnad.Document{Text: c.text}
		setCredit(&d)
		if d.Dateline != c.place || d.Credit != c.credit {
			t.Errorf("%q: place %q, credit %q; want %q, %q", c.text, d.Dateline, d.Credit, c.place, c.credit)
		}
	}
}

func FuzzCredit(f *testing.F) {
	f.Add("بيروت (رويترز) - قال\n\nالمصدر: وكالات")
	f.Add("LONDON (AP) — x\n(AP)")
	f.Fuzz(func(t *testing.T, text string) {
		d := isnad.Document{Text: text}
		setCredit(&d)
		for _, s := range []string{d.Credit, d.Dateline} {
			if s != "" && strings.ToValidUTF8(text, "") == text && !strings.Contains(text, strings.Split(s, ",")[0]) {
				t.Errorf("%q is not in the text", s)
			}
		}
	})
}
