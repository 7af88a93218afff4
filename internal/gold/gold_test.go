package gold

import (
	"os"
	"testing"
)

func TestX(t *testing.T) {
	f, err := os.Open("../../reader/testdata/gold." + os.Getenv("L") + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	d, err := Parse(f)
	t.Log(len(d), err)
}
