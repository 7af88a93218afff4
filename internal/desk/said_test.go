package desk

import (
	"strings"
	"testing"

	"github.com/isnad/isnad/internal/export"
)

func TestSaidWhen(t *testing.T) {
	d, _ := newDesk(t, export.JSONL, nil)
	for _, c := range []struct {
		text string
		want string // the dates of the attributions in order; - for none
	}{
		{"قال الوزير الخميس إن المحطة تعمل.", "الخميس"},
		{"وقال الوزير إن المحطة ستعمل يوم الخميس.", "-"},
		{"أعلن المجلس، الأربعاء، أن الجسر سيغلق يوم السبت.", "الأربعاء"},
		{"قال الوزير إن المحطة تعمل. وأمس الأربعاء فتح الجسر.", "-"},
		{"قال الوزير إن مخزون القمح عام 2019 كان كافيا.", "-"},
		{"The minister said on Thursday that the bridge was safe.", "Thursday"},
		{"The minister said that the bridge would open on Thursday.", "-"},
	} {
		r := read(t, d, texts("published: 2024-10-12\n\n"+c.text))[0]
		var got []string
		for _, a := range r.Attributions {
			if a.When == nil {
				got = append(got, "-")
				continue
			}
			got = append(got, r.Times[*a.When].Text)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.text, s, c.want)
		}
	}
}
