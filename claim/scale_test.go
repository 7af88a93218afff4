package claim_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
)

// TestScale groups generated statements, copies and paraphrases among them, as
// many as ISNAD_SCALE says.
func TestScale(t *testing.T) {
	n := 4_000
	if s := os.Getenv("ISNAD_SCALE"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	b := claim.BookForTest(t)
	sources, origin := plant(n)
	g := b.NewGroups()
	for i := range sources {
		g.Add(&sources[i])
	}
	copies, paraphrases, wrong := found(g.Claims(), origin)
	t.Logf("%d statements: copies found %.4f, paraphrases %.4f, false joins %.5f", len(origin), copies, paraphrases, wrong)
	if copies < 0.95 {
		t.Errorf("copies found %.3f, want 0.95", copies)
	}
}

// planting is what a statement was made from: the first that says it, and how.
type planting struct {
	first string
	how   byte // 0 the first, c a copy, p a paraphrase
}

// perDocument is the number of statements of a generated document.
const perDocument = 5

// plant makes about n statements in documents of five: of ten documents seven
// are new, two are edited copies of one before, and one tells in other words
// what one before told.
func plant(n int) ([]isnad.Source, map[string]planting) {
	random := rand.New(rand.NewPCG(5, 6))
	w := newWriter(n, random)
	var sources []isnad.Source
	origin := make(map[string]planting, n)
	contents := [][]sentence{}
	for d := 0; len(origin) < n; d++ {
		id, how, from := fmt.Sprintf("d%08d", d), byte(0), -1
		if k := d % 10; d > 10 && k >= 7 {
			from = random.IntN(d)
			how = map[bool]byte{true: 'p', false: 'c'}[k == 9]
		}
		var lines []sentence
		if from < 0 {
			lines = w.document()
		} else {
			for _, c := range contents[from] {
				lines = append(lines, w.again(c, how))
			}
		}
		contents = append(contents, lines)
		party := fmt.Sprint("p", d%1000)
		if from >= 0 {
			party = sources[from].Statements[0].Tellers[0]
		}
		said := make([]string, len(lines))
		speaker := w.speaker(party)
		for k, l := range lines {
			said[k] = l.String()
			o := planting{fmt.Sprintf("%s/%d", id, k), how}
			if from >= 0 {
				o.first = origin[fmt.Sprintf("%s/%d", sources[from].ID, k)].first
			}
			origin[fmt.Sprintf("%s/%d", id, k)] = o
		}
		sources = append(sources, spoken(id, party, speaker, said...))
	}
	return sources, origin
}

// sentence is a content as it was made: an act, what it is about, and further
// words in no order.
type sentence struct {
	act, about string
	tail       []string
}

func (s *sentence) String() string { return s.act + " " + s.about + " " + strings.Join(s.tail, " ") }

// writer draws words as they are spread in news: few stand everywhere, most
// are rare (the law of Zipf and Mandelbrot), and the more there is to read the
// more words there are (the law of Heaps). Names and places are spread alike.
type writer struct {
	*rand.Rand
	words, families, places *rand.Zipf
}

func newWriter(n int, r *rand.Rand) *writer {
	return &writer{
		r, rand.NewZipf(r, 1.1, 40, uint64(20_000+n/10)),
		rand.NewZipf(r, 1.2, 400, uint64(10_000+n/20)), rand.NewZipf(r, 1.2, 100, uint64(4_000+n/100)),
	}
}

// acts are two words each for one act.
var acts = [][2]string{
	{"افتتح", "فتح"},
	{"رفع", "زيادة"},
	{"باع", "بيع"},
	{"نقل", "ترحيل"},
	{"أغلق", "إغلاق"},
	{"رمم", "ترميم"},
	{"عين", "تعيين"},
	{"أعاد", "رجوع"},
	{"خفض", "تخفيض"},
	{"اشترى", "شراء"},
	{"دشن", "تدشين"},
	{"أقال", "إقالة"},
	{"أجل", "تأجيل"},
	{"مول", "تمويل"},
	{"وزع", "توزيع"},
	{"أصلح", "إصلاح"},
	{"زار", "زيارة"},
	{"استقبل", "استقبال"},
	{"أنتج", "إنتاج"},
	{"استورد", "استيراد"},
	{"ناقش", "مناقشة"},
	{"طرح", "عرض"},
	{"مدد", "تمديد"},
	{"دمج", "دمج"},
	{"احتفل", "احتفال"},
	{"نظف", "تنظيف"},
	{"استأنف", "استئناف"},
	{"اختبر", "اختبار"},
	{"سدد", "تسديد"},
	{"أحصى", "إحصاء"},
	{"غادر", "مغادرة"},
	{"التقى", "لقاء"},
}

var (
	given    = strings.Fields("سالم كريم هدى ليلى ناصر رامي سمر منى طارق زياد عادل جابر ندى فادي رباب وليد حسام دينا نبيل سهى")
	links    = strings.Fields("في من على إلى مع بعد قبل خلال عند بين")
	counted  = strings.Fields("شخصا طنا مترا دينارا يوما ساعة مدرسة حافلة كتابا شجرة بيتا عاملا زائرا قاربا طالبا مصباحا برميلا مقعدا هكتارا متجرا صندوقا جهازا موقعا عقدا")
	dealings = strings.Fields("بكلفة بحضور بمشاركة بسبب بدعم بإشراف")
)

// common are the words that news of any subject have most often.
var common = strings.Fields(`العام الحكومة المدينة المنطقة المشروع الشركة الرئيس اليوم الوزارة العمل البلاد الماء الطريق الدولة السنة
	المجلس المركز الخطة العدد القطاع المواطنين الأسبوع الشهر المؤسسة الخدمات التعليم الصحة السوق الأسعار الإنتاج الطاقة الكهرباء
	النقل الميناء المطار الجامعة الطلاب المدارس المستشفى الأطباء البحر النهر الأمطار الزراعة المزارعين القمح الزيتون السياحة الفندق
	المتحف المكتبة الكتاب الفيلم المسرح المهرجان الجمهور الفريق المباراة البطولة الملعب اللاعبين المدرب الجسر القطار الحافلات السيارات
	السفينة الشحن البضائع التجارة الاستثمار البنك القروض الميزانية الضرائب الرسوم العقود التقرير الدراسة البحث النتائج الأرقام النسبة
	الزيادة الانخفاض التطوير التحسين البرنامج المرحلة الموعد الاجتماع المؤتمر الاتفاق القانون اللجنة البلدية المحافظة القرية الحي
	الشارع الساحة البيت العائلة الأطفال النساء الشباب العمال الموظفين النقابة الأجور التدريب المعهد المختبر الجهاز الشبكة الموقع التطبيق
	الجديد القديم الكبير الصغير المحلي الوطني الدولي المقبل الماضي الأول الثاني الأخير الحالي الرسمي الخاص العامة التقني المالي`)

// letters of made-up words; و and ي stand in them as in others.
var letters = []rune("بتثجحخدذرزسشصضطعغفقكلمنهوير")

// spell makes a word of its number.
func spell(kind, k uint64) string {
	k = (k+kind<<40)*0x9E3779B97F4A7C15 + 0x1234567
	k ^= k >> 29
	k *= 0xBF58476D1CE4E5B9
	out := make([]rune, 4+k>>60%3)
	for i := range out {
		out[i] = letters[k>>33%uint64(len(letters))]
		k = k*6364136223846793005 + 1442695040888963407
	}
	return string(out)
}

func (w *writer) word() string {
	n := w.words.Uint64()
	if n < uint64(len(common)) {
		return common[n]
	}
	s := spell(0, n)
	if w.IntN(3) == 0 {
		s = "ال" + s
	}
	return s
}

// speaker is the name of a party.
func (w *writer) speaker(party string) string {
	n, _ := strconv.ParseUint(party[1:], 10, 64)
	return given[n%uint64(len(given))] + " " + spell(3, n)
}

func (w *writer) pick(list []string) string { return list[w.IntN(len(list))] }

func (w *writer) document() []sentence {
	who := w.pick(given) + " " + spell(1, w.families.Uint64())
	place := spell(2, w.places.Uint64())
	topic := w.word() + " " + w.word()
	var out []sentence
	doings, things := w.Perm(len(acts)), w.Perm(len(counted)) // what one document tells are different things
	for k := range perDocument {
		s := sentence{act: acts[doings[k]][0], about: topic}
		switch w.IntN(3) {
		case 0:
			s.about = who
		case 1:
			s.about = w.word()
		}
		s.tail = append(s.tail, w.word(), "في "+place)
		if w.IntN(5) < 2 {
			s.tail = append(s.tail, fmt.Sprint(w.pick(dealings), " ", w.figure(), " ", counted[things[k]]))
		}
		for range 5 + w.IntN(6) {
			s.tail = append(s.tail, w.word())
			if w.IntN(3) == 0 {
				s.tail = append(s.tail, w.pick(links)+" "+w.word())
			}
		}
		out = append(out, s)
	}
	return out
}

// figure is a number as news have them: small ones more often, and round.
func (w *writer) figure() int {
	n := 2 + w.IntN(98)
	for w.IntN(2) == 0 && n < 1e7 {
		n *= 10
	}
	return n
}

// again edits a content: a copy has a word changed and another cut; a
// paraphrase another word for its act, and the rest in another order with a
// fourth left out.
func (w *writer) again(s sentence, how byte) sentence {
	s.tail = slices.Clone(s.tail)
	if how == 'c' && len(s.tail) > 1 {
		s.tail[w.IntN(len(s.tail))] = w.word()
		s.tail = s.tail[:len(s.tail)-1]
		return s
	}
	for _, a := range acts {
		if s.act == a[0] {
			s.act = a[1]
		}
	}
	w.Shuffle(len(s.tail), func(i, k int) { s.tail[i], s.tail[k] = s.tail[k], s.tail[i] })
	s.tail = s.tail[:len(s.tail)-len(s.tail)/4]
	return s
}

// found tells which share of the copies and of the paraphrases is in one claim
// with the first of them, and which share of all statements is in a claim with
// others that say something else.
func found(claims []isnad.Claim, origin map[string]planting) (copies, paraphrases, wrong float64) {
	in := make(map[string]string, len(origin))
	for _, c := range claims {
		for _, m := range c.Members {
			in[m.Statement.ID] = c.ID
		}
	}
	var all, hit [256]float64
	for id, o := range origin {
		all[o.how]++
		if in[id] == in[o.first] {
			hit[o.how]++
		}
	}
	for _, c := range claims {
		of := map[string]int{}
		for _, m := range c.Members {
			of[origin[m.Statement.ID].first]++
		}
		most := 0
		for _, n := range of {
			most = max(most, n)
		}
		wrong += float64(len(c.Members) - most)
	}
	return hit['c'] / all['c'], hit['p'] / all['p'], wrong / float64(len(origin))
}

// BenchmarkGrowth groups n statements and four times as many, and tells as which
// power of their number the time of a processor grows.
func BenchmarkGrowth(b *testing.B) {
	book := claim.BookForTest(b)
	few, fewOf := plant(5_000)
	many, manyOf := plant(20_000)
	group := func(sources []isnad.Source) float64 {
		start := cpu(b)
		g := book.NewGroups()
		for i := range sources {
			g.Add(&sources[i])
		}
		return (cpu(b) - start).Seconds()
	}
	less, more := math.Inf(1), math.Inf(1)
	for b.Loop() {
		less, more = min(less, group(few)), min(more, group(many))
	}
	b.ReportMetric(math.Log(more/less)/math.Log(float64(len(manyOf))/float64(len(fewOf))), "exponent")
	b.ReportMetric(float64(len(manyOf))/more, "statements/CPU-s")
}
