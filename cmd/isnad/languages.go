package main

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
)

// languages are the languages that can be read.
func languages() map[string]func() (*lang.Pack, error) {
	return map[string]func() (*lang.Pack, error){"ar": ar.Load, "en": en.Load}
}

// newDesk makes a desk for the named language, or for all of them ("auto").
func newDesk(language string) (*desk.Desk, error) {
	known := languages()
	names := slices.Sorted(maps.Keys(known))
	if language != "auto" {
		if known[language] == nil {
			return nil, usagef("no language %q: one of auto, %s", language, strings.Join(names, ", "))
		}
		names = []string{language}
	}
	packs := make([]*lang.Pack, len(names))
	errs := make([]error, len(names))
	var wg sync.WaitGroup
	for i, n := range names {
		wg.Go(func() { packs[i], errs[i] = known[n]() })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	d, err := desk.New(packs...)
	if err == nil && language != "auto" {
		d.Lang = language
	}
	return d, err
}
