package when

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/hablullah/go-hijri"
)

// TestUmmAlQura compares every tabulated day with go-hijri.
func TestUmmAlQura(t *testing.T) {
	for day := hijriDay(firstTabulated, 1); day < hijriDay(lastTabulated+1, 1); day++ {
		y, m, d := hijriDate(day)
		if back := hijriDay(y, m) + d - 1; back != day {
			t.Fatalf("day %d is %d/%d/%d, which is day %d", day, d, m, y, back)
		}
		want, err := hijri.CreateUmmAlQuraDate(time.Unix(int64(day)*secondsADay, 0))
		if err != nil {
			t.Fatal(err)
		}
		if int64(y) != want.Year || int64(m) != want.Month || int64(d) != want.Day {
			t.Errorf("day %d: got %d/%d/%d, want %d/%d/%d", day, d, m, y, want.Day, want.Month, want.Year)
		}
	}
}

// TestTabularYears: outside of the table years still follow one another, and
// the first begins on 19 July 622.
func TestTabularYears(t *testing.T) {
	if got, want := hijriDay(1, 1), gregorianDay(622, 7)+18; got != want {
		t.Errorf("1 Muharram 1 is day %d, want %d", got, want)
	}
	for y := -10; y < 2000; y++ {
		if n := hijriDay(y+1, 1) - hijriDay(y, 1); n < 353 || n > 356 {
			t.Errorf("year %d has %d days", y, n)
		}
		if gy, m, d := hijriDate(hijriDay(y, 1)); gy != y || m != 1 || d != 1 {
			t.Errorf("year %d begins on %d/%d/%d", y, d, m, gy)
		}
	}
}

// TestTableIsGenerated runs the generator and compares.
func TestTableIsGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	dir := t.TempDir()
	cmd := exec.Command("go", "run", "github.com/isnad/isnad/when/internal/umalqura", dir+"/umalqura.go")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := os.ReadFile(dir + "/umalqura.go")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("umalqura.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("umalqura.go differs from what go generate ./when writes")
	}
}
