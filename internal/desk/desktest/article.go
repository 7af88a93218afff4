// Package desktest makes news articles for tests: of the length of news, with
// statements, chains and a narrative, by invented speakers. The same seed gives
// the same articles.
package desktest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Articles makes articles one after another.
type Articles struct {
	rnd   *rand.Rand
	zipf  *rand.Zipf
	words []string
	n     int
}

// vocabulary is the number of words besides those of the tables below.
const vocabulary = 60000

// New makes Articles.
func New(seed uint64) *Articles {
	a := &Articles{rnd: rand.New(rand.NewPCG(seed, 2))}
	a.zipf = rand.NewZipf(a.rnd, 1.08, 5, vocabulary-1)
	spell := rand.New(rand.NewPCG(11, 11))
	letters := []rune("بتثجحخدذرزسشصضطظعغفقكلمنهويا")
	for range vocabulary {
		var w strings.Builder
		if spell.IntN(3) == 0 {
			w.WriteString("ال")
		}
		for range 3 + spell.IntN(3) {
			w.WriteRune(letters[spell.IntN(len(letters))])
		}
		if spell.IntN(5) == 0 {
			w.WriteString([]string{"ات", "ة", "ين", "ها"}[spell.IntN(4)])
		}
		a.words = append(a.words, w.String())
	}
	return a
}

var (
	givenNames  = strings.Fields("سالم كريم هدى ليلى ناصر رامي سمر منى طارق زياد عادل جابر ندى فادي رباب وليد حسام دينا نبيل سهى")
	familyNames = strings.Fields("الوردي الحداد السروجي النجار الدباغ شاهين بركات الصفدي الخطيب الرفاعي العطار القباني المنجد الزين السمان الكيال البيطار الخياط الحلاق المهندي")
	roles       = []string{"وزير المياه", "رئيس البلدية", "المهندس", "مدير المتحف", "المتحدث باسم هيئة الجسور", "مديرة المدرسة", "نقيب السائقين", "الخبيرة"}
	bodies      = []string{"هيئة الجسور", "وزارة المياه", "بلدية تل السفرجل", "جمعية أصدقاء الآثار", "نقابة سائقي الشاحنات", "إدارة الميناء"}
	outlets     = []string{"وكالة وادي الغار للأنباء", "صحيفة الضفتين", "موقع مرايا", "صحيفة السد", "إذاعة المرفأ"}
	openers     = []string{"قال %s إن %s", "أكد %s أن %s", "نفى %s أن يكون %s", "وأوضح %s أن %s", "وأضاف %[2]s، بحسب %[1]s", "وبحسب %s فإن %s", "وقال %s: «%s»", "حذر %s من أن %s", "وأعلن %s أن %s", "ونقلت صحيفة الضفتين عن %s قوله إن %s"}
)

// Name is the name of the file of the next article.
func (a *Articles) Name() string { return fmt.Sprintf("%07d.txt", a.n) }

// Next is an article with its header block.
func (a *Articles) Next() string {
	var b strings.Builder
	at := time.Date(2021, 1, 1, 6, 0, 0, 0, time.UTC).Add(time.Duration(a.n)*7*time.Minute - time.Duration(a.rnd.IntN(4000))*time.Minute)
	a.n++
	fmt.Fprintf(&b, "title: %s\npublisher: %s\nurl: https://news.example/%d\n", a.phrase(7), pick(a.rnd, outlets), a.n)
	if a.rnd.IntN(20) > 0 {
		fmt.Fprintf(&b, "published: %s\n", at.Format(time.RFC3339))
	}
	b.WriteString("\n")
	for range 6 + a.rnd.IntN(5) {
		a.paragraph(&b)
	}
	return b.String()
}

func (a *Articles) paragraph(b *strings.Builder) {
	fmt.Fprintf(b, "%s في %s. ", a.phrase(14), a.phrase(5))
	fmt.Fprintf(b, pick(a.rnd, openers)+".", a.speaker(), a.content())
	if a.rnd.IntN(2) == 0 {
		fmt.Fprintf(b, " وأضاف أن %s.", a.content())
	}
	b.WriteString("\n\n")
}

func (a *Articles) speaker() string {
	switch a.rnd.IntN(4) {
	case 0:
		return pick(a.rnd, bodies)
	case 1:
		return []string{"مصدر في الهيئة", "شهود", "مصدر أمني"}[a.rnd.IntN(3)]
	}
	return pick(a.rnd, roles) + " " + pick(a.rnd, givenNames) + " " + pick(a.rnd, familyNames)
}

func (a *Articles) content() string {
	s := pick(a.rnd, []string{"الجسر", "المحطة", "الطريق", "الموسم", "المتحف"}) + " " + a.phrase(12+a.rnd.IntN(8))
	if a.rnd.IntN(4) == 0 {
		s += fmt.Sprintf(" منذ %d يوما", 2+a.rnd.IntN(900))
	}
	return s
}

func (a *Articles) phrase(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(a.words[a.zipf.Uint64()])
	}
	return b.String()
}

func pick(rnd *rand.Rand, list []string) string { return list[rnd.IntN(len(list))] }

// Folder writes the next n articles as files of a folder.
func (a *Articles) Folder(dir string, n int) error {
	for range n {
		name := filepath.Join(dir, a.Name())
		if err := os.WriteFile(name, []byte(a.Next()), 0o644); err != nil {
			return err
		}
	}
	return nil
}
