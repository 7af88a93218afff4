package claim

import (
	"fmt"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang"
)

// Book holds what grouping knows of the languages. It is read-only and safe for
// use by several goroutines.
type Book struct {
	judgement
	packs    []*lang.Pack
	folder   *fold.Folder
	words    map[string][]entry // by folded word
	phrases  map[string][]phrase
	opposite map[uint32]uint32 // of acts
	brings   map[uint32]bool   // acts by which a thing comes to be
	numbers  map[string]float64
	places   map[string]string // folded name or nationality: country
	dates    map[string]string // weekday or month: its number
	light    map[string]bool
	weights  pair
}

// New reads the tables of this package and what packs know of numbers and
// places. stems is the table of words that are no stems with clitics, as
// [fold.New] takes it; it may be empty.
func New(stems string, packs ...*lang.Pack) (*Book, error) {
	folder, err := fold.New(stems)
	if err != nil {
		return nil, fmt.Errorf("claim: %w", err)
	}
	j, err := newJudgement(folder, packs)
	if err != nil {
		return nil, err
	}
	b := &Book{
		judgement: j,
		packs:     packs, folder: folder, words: map[string][]entry{}, phrases: map[string][]phrase{},
		opposite: map[uint32]uint32{}, brings: map[uint32]bool{}, numbers: map[string]float64{}, places: map[string]string{}, light: map[string]bool{}, dates: map[string]string{},
	}
	if err := b.readConcepts(); err != nil {
		return nil, err
	}
	if err := b.readLight(); err != nil {
		return nil, err
	}
	if err := b.readWeights(); err != nil {
		return nil, err
	}
	for _, p := range packs {
		if err := b.readPack(p); err != nil {
			return nil, fmt.Errorf("claim: %s: %w", p.Name, err)
		}
	}
	return b, nil
}

// Record is what claims are made from.
type Record struct {
	Sources []isnad.Source
	Parties map[string]isnad.Identity // by identifier
}
