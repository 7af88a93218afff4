package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// Pair is two titles with how they stand to each other: agree, disagree or
// other.
type Pair struct {
	S1    string `json:"s1"`
	S2    string `json:"s2"`
	Label string `json:"label"`
}

// PairReport compares predicted labels with annotated ones.
type PairReport struct {
	Pairs   int            `json:"pairs"`
	MacroF1 float64        `json:"macro_f1"` // mean of the F1 of the labels
	Labels  map[string]PRF `json:"labels"`
}

// maxPairLine bounds a line of pairs, in bytes.
const maxPairLine = 1 << 20

// ScorePairs reads pairs as JSON lines and compares their labels with what
// relate says of them. Errors name the line.
func ScorePairs(r io.Reader, relate func(s1, s2 string) string) (PairReport, error) {
	out := PairReport{Labels: map[string]PRF{}}
	right, got, want := map[string]float64{}, map[string]float64{}, map[string]float64{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxPairLine)
	for lines.Scan() {
		out.Pairs++
		var p Pair
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return out, fmt.Errorf("line %d: not a pair: %w", out.Pairs, err)
		}
		label := relate(p.S1, p.S2)
		got[label]++
		want[p.Label]++
		if label == p.Label {
			right[label]++
		}
	}
	if err := lines.Err(); err != nil {
		return out, fmt.Errorf("line %d: %w", out.Pairs+1, err)
	}
	for label := range want {
		s := newPRF(ratio(right[label], got[label]), ratio(right[label], want[label]))
		out.Labels[label] = s
		out.MacroF1 += s.F1 / float64(len(want))
	}
	return out, nil
}
