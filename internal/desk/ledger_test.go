package desk_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
	"github.com/isnad/isnad/internal/sample"
	"github.com/isnad/isnad/lang/ar"
)

// TestLedgers compares ledgers that go on from one another with such as are
// made from nothing, while documents come, and a decision and its undoing.
func TestLedgers(t *testing.T) {
	book := claims(t)
	articles, err := sample.Convoy()
	if err != nil {
		t.Fatal(err)
	}
	k, _ := keep(t)
	ledgers := k.Ledgers(book)
	check := func(step string) *isnad.Claim {
		t.Helper()
		got, err := ledgers.Next(ctx)
		if err != nil {
			t.Fatal(err)
		}
		want, err := k.Ledger(ctx, book)
		if err != nil {
			t.Fatal(err)
		}
		if len(want.Claims) == 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d claims of %d documents, grouped from nothing %d of %d", step,
				len(got.Claims), len(got.Record.Sources), len(want.Claims), len(want.Record.Sources))
		}
		return &got.Claims[0]
	}
	random := rand.New(rand.NewPCG(7, 7))
	for len(articles) > 0 {
		n := min(len(articles), 1+random.IntN(7))
		var list []string
		for _, a := range articles[:n] {
			list = append(list, a.Text)
		}
		articles = articles[n:]
		add(t, k, texts(list...))
		check("more documents")
	}
	first := check("nothing new")
	number, err := k.Decide(ctx, isnad.Decision{By: "x", Verb: isnad.SameParty, On: []isnad.Anchor{{Quote: "المرصد"}, {Quote: "التحالف"}}})
	if err != nil {
		t.Fatal(err)
	}
	check("a decision")
	if _, err := k.Decide(ctx, isnad.Decision{By: "x", Verb: isnad.Undo, On: []isnad.Anchor{{ID: fmt.Sprint(number)}}}); err != nil {
		t.Fatal(err)
	}
	if again := check("its undoing"); !reflect.DeepEqual(first, again) {
		t.Error("undoing a decision does not restore the claims")
	}
}

func claims(tb testing.TB) *claim.Book {
	tb.Helper()
	b, err := claim.New(ar.Stems(), packs(tb)...)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}
