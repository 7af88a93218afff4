package main

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
)

// languages are the languages that can be read.
func languages() map[string]func() (*lang.Pack, error) {
	return map[string]func() (*lang.Pack, error){"ar": ar.Load, "en": en.Load}
}

// loadPacks loads the named language, or all for "auto", at the same time.
func loadPacks(name string) ([]*lang.Pack, error) {
	known := languages()
	names := slices.Sorted(maps.Keys(known))
	if name != "auto" {
		if known[name] == nil {
			return nil, usagef("no language %q: one of auto, %s", name, strings.Join(names, ", "))
		}
		names = []string{name}
	}
	packs := make([]*lang.Pack, len(names))
	errs := make([]error, len(names))
	var wg sync.WaitGroup
	for i, n := range names {
		wg.Go(func() { packs[i], errs[i] = known[n]() })
	}
	wg.Wait()
	return packs, errors.Join(errs...)
}
