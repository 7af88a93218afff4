package lang

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strconv"
)

// WeightsFile names the table of a language's decision weights: feature, then
// weight. It is written by isnad train; its first line says from what.
const WeightsFile = "decide.tsv"

// Weight is what a feature adds to a decision, 0 for one without a line.
func (p *Pack) Weight(feature string) float64 { return p.weights[feature] }

// Reweighed is the same language with other weights for some features.
func (p *Pack) Reweighed(weights map[string]float64) *Pack {
	q := *p
	q.weights = maps.Clone(p.weights)
	maps.Copy(q.weights, weights)
	return &q
}

func readWeights(dir fs.FS) (map[string]float64, error) {
	out := make(map[string]float64)
	err := ReadRows(dir, WeightsFile, 2, func(c []string) error {
		w, err := strconv.ParseFloat(c[1], 64)
		if err != nil {
			return fmt.Errorf("weight of %q: %w", c[0], err)
		}
		out[c[0]] = w
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	return out, err
}
