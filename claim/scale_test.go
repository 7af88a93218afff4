package claim_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	minhashlsh "github.com/ekzhu/minhash-lsh"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
)

// TestScale groups generated statements, copies and paraphrases among them: what
// belongs together is found, what does not is kept apart, in bounded room and
// with work for each that does not grow with their number.
func TestScale(t *testing.T) {
	b := claim.BookForTest(t)
	few, many := measure(t, b, 4_000), measure(t, b, 16_000)
	for _, m := range []measured{few, many} {
		if m.copies < 0.95 || m.paraphrases < 0.95 || m.wrong > 0.01 {
			t.Errorf("copies found %.4f, want .95, paraphrases %.4f, want .95, false joins %.5f, want .01 at most", m.copies, m.paraphrases, m.wrong)
		}
	}
	if room := (many.bytes - few.bytes) / (many.n - few.n); room > 1024 {
		t.Errorf("%.0f bytes for one statement more, want 1024 at most", room)
	}
	if many.met > 1.25*few.met {
		t.Errorf("of %.0f statements each met %.1f others, of %.0f %.1f", few.n, few.met, many.n, many.met)
	}
}

// measured is what grouping took and found.
type measured struct {
	n, bytes, met              float64 // statements, bytes for all of them, nodes that a node is compared with
	copies, paraphrases, wrong float64 // shares
	took, one                  time.Duration
}

// measure groups about n statements, the last document by itself.
func measure(tb testing.TB, b *claim.Book, n int) (m measured) {
	sources, origin := plant(n)
	last := len(sources) - 1
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := cpu(tb)
	g := b.NewGroups()
	for i := range sources[:last] {
		g.Add(&sources[i])
	}
	m.took = cpu(tb) - start
	g.Forget()
	runtime.GC()
	runtime.ReadMemStats(&after)
	start = cpu(tb)
	g.Add(&sources[last]) // looks all its words up
	m.one = cpu(tb) - start
	m.n, m.bytes, m.met = float64(len(origin)), float64(after.HeapAlloc-before.HeapAlloc), g.Met()
	m.copies, m.paraphrases, m.wrong = found(g.Claims(), origin)
	runtime.KeepAlive(sources)
	return m
}

// BenchmarkGroup groups as many statements as ISNAD_SCALE says, and finds copies
// among them with a peer, which knows of copies only.
func BenchmarkGroup(b *testing.B) {
	n := 20_000
	if s := os.Getenv("ISNAD_SCALE"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	book := claim.BookForTest(b)
	for b.Loop() {
		m := measure(b, book, n)
		few := measure(b, book, n/20)
		sources, _ := plant(n)
		peer := lsh(b, sources)
		rate := m.n / m.took.Seconds()
		b.ReportMetric(rate, "statements/cpu-s")
		b.ReportMetric(rate*peer.Seconds()/m.n, "x-peer")
		b.ReportMetric(math.Log(m.took.Seconds()/few.took.Seconds())/math.Log(m.n/few.n), "exponent")
		b.ReportMetric(m.bytes/m.n, "bytes/statement")
		b.ReportMetric(m.one.Seconds()*1e3, "ms/document-more")
		b.ReportMetric(100*m.copies, "%copies")
		b.ReportMetric(100*m.paraphrases, "%paraphrases")
		b.ReportMetric(100*m.wrong, "%false-joins")
	}
}

// BenchmarkCopies finds the copies among documents, and a peer does.
func BenchmarkCopies(b *testing.B) {
	book := claim.BookForTest(b)
	sources, _ := plant(50_000)
	whole := slices.Clone(sources)
	for i := range whole {
		whole[i].Statements = []isnad.Statement{{Words: whole[i].Text}}
	}
	for b.Loop() {
		start := cpu(b)
		book.Copies(sources)
		took := cpu(b) - start
		b.ReportMetric(float64(len(sources))/took.Seconds(), "documents/cpu-s")
		b.ReportMetric(lsh(b, whole).Seconds()/took.Seconds(), "x-peer")
	}
}

// lsh is the time in which the peer finds the copies of all statements.
func lsh(tb testing.TB, sources []isnad.Source) time.Duration {
	const hashes, least = 64, 0.5
	start := cpu(tb)
	index := minhashlsh.NewMinhashLSH32(hashes, least)
	var all [][]uint64
	for i := range sources {
		for k := range sources[i].Statements {
			m := minhashlsh.NewMinhash(1, hashes)
			words := strings.Fields(sources[i].Statements[k].Words)
			for j := range words[1:] {
				m.Push([]byte(words[j] + " " + words[j+1]))
			}
			all = append(all, m.Signature())
			index.Add(len(all), all[len(all)-1])
		}
	}
	index.Index()
	for _, sig := range all {
		index.Query(sig)
	}
	return cpu(tb) - start
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
