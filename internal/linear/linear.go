// Package linear holds the weights of a linear model whose features are
// numbered by hashing, so that a reader scores a choice with one table and no
// names.
//
// # Invariant
//
// A model is one byte a weight and a scale. Its file says in its first line
// where the weights come from; the same file always gives the same scores.
package linear

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Bits is the size of the table: a feature is a number below 1<<Bits.
const Bits = 19

// Size is the number of weights.
const Size = 1 << Bits

// Feature numbers a feature: template says what was looked at, value what was
// found there.
func Feature(template, value uint64) uint32 {
	h := (value ^ template*0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93
	h ^= h >> 32
	return uint32(h * 0x9E3779B97F4A7C15 >> (64 - Bits))
}

// Pair makes one value of two.
func Pair(a, b uint64) uint64 { return (a^b<<7^b>>3)*0xA24BAED4963EE407 ^ b }

// Model scores sets of features.
type Model struct {
	weights []byte // each an int8
	scale   float64
	// Provenance says where the weights come from.
	Provenance string
}

const magic = "isnad linear 2"

var errFormat = errors.New("not a model of this version")

// Open reads a model: a line "isnad linear 2", scale and provenance, parted
// by tabs; then a byte for each of the [Size] weights, packed by DEFLATE.
func Open(b []byte) (*Model, error) {
	line, rest, ok := bytes.Cut(b, []byte{'\n'})
	f := strings.SplitN(string(line), "\t", 3)
	if !ok || len(f) != 3 || f[0] != magic {
		return nil, errFormat
	}
	m := &Model{weights: make([]byte, Size), Provenance: f[2]}
	var err error
	if m.scale, err = strconv.ParseFloat(f[1], 64); err != nil {
		return nil, fmt.Errorf("%w: %q is no number", errFormat, f[1])
	}
	packed := flate.NewReader(bytes.NewReader(rest))
	if _, err := io.ReadFull(packed, m.weights); err != nil {
		return nil, fmt.Errorf("%w: of %d weights: %w", errFormat, Size, err)
	}
	if _, err := io.ReadFull(packed, make([]byte, 1)); err != io.EOF {
		return nil, fmt.Errorf("%w: more than %d weights", errFormat, Size)
	}
	return m, nil
}

// Encode writes a model of at most [Size] weights in the form that Open reads.
// The provenance is one line without tabs.
func Encode(weights []float32, provenance string) []byte {
	top := 1e-9
	for _, w := range weights {
		top = max(top, math.Abs(float64(w)))
	}
	scale := top / 127
	quantized := make([]byte, Size)
	for i, w := range weights {
		quantized[i] = byte(int8(math.Round(float64(w) / scale)))
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\t%.6g\t%s\n", magic, scale, provenance)
	packed, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		_, err = packed.Write(quantized)
	}
	if err == nil {
		err = packed.Close()
	}
	if err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}

// Score sums the weights of the features.
func (m *Model) Score(features []uint32) float64 {
	n := int32(0)
	for _, f := range features {
		n += int32(int8(m.weights[f]))
	}
	return float64(n) * m.scale
}
