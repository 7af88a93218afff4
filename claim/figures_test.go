package claim

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/isnad/isnad/internal/fold"
)

func testCounter(t testing.TB) *counter {
	t.Helper()
	c, err := newCounter(new(fold.Folder))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// told writes figures as a table of tests has them.
func told(figures []figure, passage string) string {
	var out []string
	for _, f := range figures {
		end := fmt.Sprintf("-%.9g", f.hi)
		switch {
		case f.lo == f.hi:
			end = ""
		case math.IsInf(f.hi, 1):
			end = "+"
		}
		kind := ""
		for _, k := range f.kinds {
			if k[0] == kindMark {
				kind = k[1:]
			}
		}
		out = append(out, fmt.Sprintf("%.9g%s %s [%s]", f.lo, end, kind, f.span.Of(passage)))
	}
	return strings.Join(out, "; ")
}

func TestFigures(t *testing.T) {
	c := testCounter(t)
	for _, tc := range [][2]string{
		{"نحو 270 مقاتلا، بينهم أجانب، سيغادرون", "243-297 fighter [نحو 270 مقاتلا]"},
		{"عدد الفارين تجاوز ٦٠٠ إرهابي", "600+ fighter [تجاوز ٦٠٠ إرهابي]"},
		{"أكثر من 600 مسلح", "600+ fighter [أكثر من 600 مسلح]"},
		{"العدد لا يتجاوز 250", "0-250  [لا يتجاوز 250]"},
		{"خرج 250 مقاتلا فقط، وكلهم من أبناء المنطقة", "250 fighter [250 مقاتلا فقط]"},
		{"على متنها 270 مقاتلا و3500 من أفراد عائلاتهم", "270 fighter [270 مقاتلا]; 3500 family [3500 من أفراد عائلاتهم]"},
		{"as many as 400 fighters would go, most of them foreigners", "360-440 fighter [as many as 400 fighters]"},
		{"عدد الحافلات كان خمسا وأربعين", "45 bus [خمسا وأربعين]"},
		{"عدد الحافلات بخمس وأربعين", "45 bus [بخمس وأربعين]"},
		{"كنا خمسين حافلة، عددتها بنفسي عند الصوامع، وعشرات الشاحنات", "50 bus [خمسين حافلة]; 20-99 lorry [وعشرات الشاحنات]"},
		{"45 buses and 20 lorries took part", "45 bus [45 buses]; 20 lorry [20 lorries]"},
		{"أكثر من ستين حافلة شوهدت", "60+ bus [أكثر من ستين حافلة]"},
		{"الرقم خمسين يشمل خمس سيارات إسعاف", "5 car [خمس سيارات]"},
		{"بين سبع وثلاثين واثنتين وخمسين", "37-52  [بين سبع وثلاثين واثنتين وخمسين]"},
		{"between 20 and 30 people", "20-30 people [between 20 and 30 people]"},
		{"250–300 civilians", "250-300 civilian [250–300 civilians]"},
		{"ثلاثمئة وخمسة عشر لاجئا", "315 displaced [ثلاثمئة وخمسة عشر لاجئا]"},
		{"مئتين وسبعين مقاتلا", "270 fighter [مئتين وسبعين مقاتلا]"},
		{"كلفة الصيانة لن تتجاوز ثلاثة ملايين دينار", "0-3000000 dinar [لن تتجاوز ثلاثة ملايين دينار]"},
		{"أربعة ملايين ونصف المليون دينار", "4500000 dinar [أربعة ملايين ونصف المليون دينار]"},
		{"نصف مليون نسمة", "500000 people [نصف مليون نسمة]"},
		{"بكلفة مليوني دينار", "2000000 dinar [مليوني دينار]"},
		{"اثني عشر ألف كتاب", "12000 book [اثني عشر ألف كتاب]"},
		{"12,000 books", "12000 book [12,000 books]"},
		{"Nine thousand people visited the festival", "9000 people [Nine thousand people]"},
		{"two hundred and forty-five passengers", "245 passenger [two hundred and forty-five passengers]"},
		{"the closure would last two months", "2 month [two months]"},
		{"الإغلاق سيستمر شهرين", "2 month [شهرين]"},
		{"الإغلاق سيستمر أربعة أشهر على الأقل", "4+ month [أربعة أشهر على الأقل]"},
		{"at least 90 people had been on deck alone", "90+ people [at least 90 people]"},
		{"several thousand civilians remain trapped", "2000-9999 civilian [several thousand civilians]"},
		{"نحو 4 آلاف مدني لا يزالون", "3600-4400 civilian [نحو 4 آلاف مدني]"},
		{`600 "terrorists" had left`, `600 fighter [600 "terrorists]`},
		{"only 250 local men had gone", "250 people [only 250 local men]"},
		{"عددهم 16", "16  [16]"},
		{"41 captured Shield fighters", "41 fighter [41 captured Shield fighters]"},
		{"about 3,500 members of their families", "3150-3850 family [about 3,500 members of their families]"},
		{"عدد زوار المهرجان في أيامه الثلاثة بلغ تسعة آلاف زائر", "9000 visitor [تسعة آلاف زائر]"},
		// No figures: dates, numbers that are names, a bare one.
		{"التُقطت في 20 آب/أغسطس الماضي", ""},
		{"taken on 11 October and not in August", ""},
		{"جسر الخيزران سيُغلق في العاشر من نيسان", ""},
		{"أعلنت في بيانها رقم 118", ""},
		{"في عام 2016 وفي 2017", ""},
		{"as of 10:00, had halted", ""},
		{"one of its officers was present", ""},
		{"لن تخرج حافلة واحدة", ""},
		{"", ""},
	} {
		if got := told(c.figures(tc[0]), tc[0]); got != tc[1] {
			t.Errorf("%s\n got %s\nwant %s", tc[0], got, tc[1])
		}
	}
}

func TestFigureClash(t *testing.T) {
	c := testCounter(t)
	for _, tc := range []struct {
		a, b string
		want bool
	}{
		{"62 راكبا", "85 passengers", true},
		{"أكثر من 60 مزارعا", "64 مزارعا يشاركون", false},
		{"about 3,000 visitors", "ثلاثة آلاف زائر", false},
		{"several thousand civilians", "نحو 4 آلاف مدني", false},
		{"لا يتجاوز 250", "275 عنصرا محليا", true},
		{"at least 90 people", "62 passengers", true},
		{"عشرات الشاحنات", "20 lorries", false},
		{"45 buses", "20 lorries", false},
		{"10 قتلى", "50 جريحا", false},
		{"10 قتلى", "12 killed", true},
		{"275 عنصرا", "600 terrorists", true},
		{"two months", "four weeks", false},
		{"14 لاعبا فقط", "عددهم 16", true},
	} {
		a, b := c.figures(tc.a), c.figures(tc.b)
		if len(a) != 1 || len(b) != 1 {
			t.Errorf("%s, %s: %d and %d figures", tc.a, tc.b, len(a), len(b))
			continue
		}
		if got := a[0].counts(&b[0]) && a[0].clashes(&b[0]); got != tc.want {
			t.Errorf("%s against %s: clash %v, want %v", tc.a, tc.b, got, tc.want)
		}
	}
}

func FuzzFigures(f *testing.F) {
	for _, s := range []string{"بين سبع وثلاثين واثنتين وخمسين حافلة", "4 آلاف ونصف", "20-30", "not over", "1e9 999999999999999999 مليار مليار"} {
		f.Add(s)
	}
	c := testCounter(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, g := range c.figures(s) {
			if g.lo > g.hi || math.IsNaN(g.lo) || g.span.Start < 0 || g.span.End > len(s) || g.span.Empty() {
				t.Errorf("%q: %+v", s, g)
			}
		}
	})
}
