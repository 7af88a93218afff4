package desk_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/desk"
)

// ruled takes a random decision about what is one claim, between statements of
// two claims or of one.
func ruled(random *rand.Rand, k *desk.Archivist, t *testing.T, l *desk.Ledger) isnad.Decision {
	t.Helper()
	anchor := func(s *isnad.Statement) isnad.Anchor {
		return isnad.Anchor{Capture: filed(t, k, s.Doc).Hash, Quote: s.Words, ID: s.ID}
	}
	a, b := &l.Claims[random.IntN(len(l.Claims))], &l.Claims[random.IntN(len(l.Claims))]
	d := isnad.Decision{By: "x", Verb: isnad.SameClaim, On: []isnad.Anchor{anchor(a.Members[0].Statement), anchor(b.Members[0].Statement)}}
	if n := len(a.Members); n > 1 && random.IntN(2) == 0 {
		d.Verb, d.On = isnad.OtherClaim, []isnad.Anchor{anchor(a.Members[0].Statement), anchor(a.Members[1+random.IntN(n-1)].Statement)}
	}
	return d
}

// homes tells the claim of every statement.
func homes(l *desk.Ledger) map[string]string {
	of := map[string]string{}
	for i := range l.Claims {
		for _, m := range l.Claims[i].Members {
			of[m.Statement.ID] = l.Claims[i].ID
		}
	}
	return of
}

// TestRulings merges and splits claims at random: what was decided last holds,
// every statement stays in one claim, the order in which documents came changes
// nothing, and undoing restores what was.
func TestRulings(t *testing.T) {
	list := convoy(t)
	book, random := claims(t), rand.New(rand.NewPCG(11, 4))
	k, _ := keep(t)
	add(t, k, texts(list...))
	other, _ := keep(t)
	slices.Reverse(list)
	add(t, other, texts(list...))
	ledger := func(k *desk.Archivist) *desk.Ledger {
		t.Helper()
		l, err := k.Ledger(ctx, book)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	for round := range 6 {
		before := ledger(k)
		undo := map[*desk.Archivist][]int64{}
		for range 1 + random.IntN(3) {
			d := ruled(random, k, t, ledger(k))
			for _, a := range []*desk.Archivist{k, other} {
				n, err := a.Decide(ctx, d)
				if err != nil {
					t.Fatal(err)
				}
				undo[a] = append(undo[a], n)
			}
			of := homes(ledger(k))
			if len(of) != len(homes(before)) {
				t.Fatalf("round %d: %d statements in claims, %d before", round, len(of), len(homes(before)))
			}
			if same := of[d.On[0].ID] == of[d.On[1].ID]; same != (d.Verb == isnad.SameClaim) {
				t.Errorf("round %d: %s: one claim: %v", round, d.Verb, same)
			}
		}
		if !reflect.DeepEqual(homes(ledger(k)), homes(ledger(other))) {
			t.Errorf("round %d: the order of documents makes other claims", round)
		}
		for a, numbers := range undo {
			for _, n := range slices.Backward(numbers) {
				if _, err := a.Decide(ctx, isnad.Decision{By: "x", Verb: isnad.Undo, On: []isnad.Anchor{{ID: fmt.Sprint(n)}}}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if !reflect.DeepEqual(ledger(k), before) {
			t.Errorf("round %d: undoing does not restore the claims", round)
		}
	}
}
