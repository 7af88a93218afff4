package desk_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/sample"
	"github.com/isnad/isnad/text"
)

// derived is what an archive amounts to.
type derived struct {
	Documents []archive.Filed
	Parties   map[string]isnad.Identity
	Found     map[string]bool // statements that a search for everything finds
}

func derivedOf(t *testing.T, k *desk.Archivist) derived {
	t.Helper()
	roster, err := k.Roster(ctx)
	if err != nil {
		t.Fatal(err)
	}
	d := derived{Parties: roster.Identities()}
	for f, err := range k.Documents(ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		d.Documents = append(d.Documents, f)
	}
	if d.Found, err = k.Matching(ctx, "-polarity:neutral OR polarity:neutral"); err != nil {
		t.Fatal(err)
	}
	return d
}

// randomDecision rejects or corrects a statement of a document in one way or
// another.
func randomDecision(random *rand.Rand, f *archive.Filed, hash string) isnad.Decision {
	s := &f.Statements[random.IntN(len(f.Statements))]
	d := isnad.Decision{By: "x", Verb: isnad.Reject, On: []isnad.Anchor{{Capture: hash, Quote: s.Content[0].Of(f.Text), ID: s.ID(f.ID)}}}
	if random.IntN(3) == 0 {
		return d
	}
	other := &f.Statements[random.IntN(len(f.Statements))]
	d.Verb, d.Change = isnad.Correct, &isnad.Correction{Stance: s.Stance}
	switch random.IntN(4) {
	case 0:
		d.Change.Content = []text.Span{other.Content[0]}
	case 1:
		d.Change.Source = other.Own().Source
	case 2:
		d.Change.Stance = isnad.Deny
	default:
		d.Change.Within = []string{isnad.Outermost, other.ID(f.ID)}[random.IntN(2)]
	}
	return d
}

// convoy are the texts of the sample case.
func convoy(t *testing.T) []string {
	t.Helper()
	articles, err := sample.Convoy()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, a := range articles {
		list = append(list, a.Text)
	}
	return list
}

// TestRevisions takes decisions about statements, one on top of another, and
// takes them back: index, search, parties and claims follow, and are then what
// they were. While decisions stand, a rebuild comes to the same.
func TestRevisions(t *testing.T) {
	k, _ := keep(t)
	add(t, k, texts(convoy(t)...))
	book, random := claims(t), rand.New(rand.NewPCG(3, 5))
	decide := func(d isnad.Decision) int64 {
		t.Helper()
		n, err := k.Decide(ctx, d)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for round := range 8 {
		before := derivedOf(t, k)
		ledger, err := k.Ledger(ctx, book)
		if err != nil {
			t.Fatal(err)
		}
		var numbers []int64
		for range 1 + random.IntN(3) {
			now := derivedOf(t, k)
			f := &now.Documents[random.IntN(len(now.Documents))]
			if len(f.Statements) == 0 {
				continue
			}
			kept := filed(t, k, f.ID)
			d := randomDecision(random, f, kept.Hash)
			numbers = append(numbers, decide(d))
			if found := derivedOf(t, k).Found[d.On[0].ID]; found != (d.Verb == isnad.Correct) {
				t.Errorf("round %d: %s: found: %v", round, d.Verb, found)
			}
		}
		standing := derivedOf(t, k)
		if reflect.DeepEqual(standing.Documents, before.Documents) && len(numbers) == 1 && len(standing.Found) != len(before.Found) {
			t.Errorf("round %d: nothing followed", round)
		}
		if err := k.Rebuild(ctx, nil); err != nil {
			t.Fatal(err)
		}
		if again := derivedOf(t, k); !reflect.DeepEqual(again, standing) {
			t.Errorf("round %d: a rebuild comes to something else", round)
		}
		if err := k.Compare(ctx, func(m desk.Moved) { t.Errorf("round %d: read otherwise: %v", round, m) }); err != nil {
			t.Fatal(err)
		}
		for i := len(numbers) - 1; i >= 0; i-- {
			decide(isnad.Decision{By: "x", Verb: isnad.Undo, On: []isnad.Anchor{{ID: fmt.Sprint(numbers[i])}}})
		}
		after := derivedOf(t, k)
		if !reflect.DeepEqual(after, before) {
			t.Errorf("round %d: undoing does not restore", round)
		}
		restored, err := k.Ledger(ctx, book)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(restored, ledger) {
			t.Errorf("round %d: undoing does not restore the claims", round)
		}
	}
}

// filed is a document with what was decided about it.
func filed(t *testing.T, k *desk.Archivist, id string) *desk.Kept {
	t.Helper()
	roster, err := k.Roster(ctx)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := k.Kept(ctx, id, roster)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// TestCorrectedSource has a person correct who speaks: the party's page and a
// search by speaker follow, and so does the chain of what lies in it.
func TestCorrectedSource(t *testing.T) {
	k, _ := keep(t)
	raw := "The minister of water, Selim Haddad, said that the council of the town of Marran had closed the old road.\n"
	add(t, k, texts(raw))
	docs := derivedOf(t, k).Documents
	f := &docs[0]
	from := len("The minister of water, Selim Haddad, said that ")
	council := text.Span{Start: from, End: from + len("the council of the town of Marran")}
	_, err := k.Decide(ctx, isnad.Decision{
		By: "x", Verb: isnad.Correct, On: []isnad.Anchor{{Capture: filed(t, k, f.ID).Hash, ID: f.Statements[0].ID(f.ID)}},
		Change: &isnad.Correction{Source: []text.Span{council}, Stance: isnad.Deny},
	})
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int{"speaker:council": 1, "speaker:Haddad": 0, "stance:deny polarity:deny": 1, "stance:say": 0} {
		found, err := k.Search(ctx, desk.Question{Query: query})
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Hits) != want {
			t.Errorf("%s: %d hits, want %d", query, len(found.Hits), want)
		}
	}
	kept := filed(t, k, f.ID)
	if got := kept.Statements[0]; got.ID != f.Statements[0].ID(f.ID) || got.Why.Rule != isnad.Correct {
		t.Errorf("the statement is %+v", got)
	}
}
