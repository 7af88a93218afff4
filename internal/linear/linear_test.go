package linear

import (
	"bytes"
	"compress/flate"
	"errors"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	w := make([]float32, Size)
	w[0], w[1], w[700], w[Size-1] = 1, -0.5, 0.25, 2
	b := Encode(w, "made for a test")
	m, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	if m.Provenance != "made for a test" {
		t.Errorf("provenance %q", m.Provenance)
	}
	for _, c := range []struct {
		features []uint32
		want     float64
	}{
		{nil, 0},
		{[]uint32{0}, 1},
		{[]uint32{1, 700}, -0.25},
		{[]uint32{0, Size - 1}, 3},
		{[]uint32{2, 3}, 0},
	} {
		if got := m.Score(c.features); got < c.want-0.02 || got > c.want+0.02 {
			t.Errorf("score of %v is %.3f, want %.3f", c.features, got, c.want)
		}
	}
}

func TestOpenErrors(t *testing.T) {
	for _, b := range []string{"", "isnad linear 2", "isnad linear 2\t1\n", "isnad linear 1\t1\tx\n", "isnad linear 2\tmuch\tx\n"} {
		if _, err := Open([]byte(b)); !errors.Is(err, errFormat) {
			t.Errorf("%q: error %v, want %v", b, err, errFormat)
		}
	}
	for name, size := range map[string]int{"none": 0, "too few": Size - 1, "too many": Size + 1} {
		if _, err := Open(pack(t, size)); !errors.Is(err, errFormat) {
			t.Errorf("%s: error %v, want %v", name, err, errFormat)
		}
	}
	whole := pack(t, Size)
	if _, err := Open(whole[:len(whole)-2]); !errors.Is(err, errFormat) {
		t.Errorf("cut: error %v, want %v", err, errFormat)
	}
}

// pack makes a file with n weights.
func pack(t *testing.T, n int) []byte {
	t.Helper()
	b := bytes.NewBufferString("isnad linear 2\t1\tx\n")
	w, err := flate.NewWriter(b, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, n)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func FuzzOpen(f *testing.F) {
	f.Add(Encode([]float32{1, 2}, "x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := Open(b); err == nil {
			m.Score([]uint32{0, Size - 1})
		}
	})
}
