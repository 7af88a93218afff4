package names_test

import (
	"fmt"
	"log"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
	"github.com/isnad/isnad/names"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

// Finds who speaks in a text, each under all the names it has there.
func ExampleBook_Resolve() {
	pack, err := en.Load()
	if err != nil {
		log.Fatal(err)
	}
	book, err := names.New(pack)
	if err != nil {
		log.Fatal(err)
	}
	t, err := text.New("The harbour board said the ferry would sail. Its chair, Imelda Crane, said the hull was new. Crane denied that tickets would cost more. She added that the board had voted.")
	if err != nil {
		log.Fatal(err)
	}
	found := reader.New(pack).Read(t)
	parties, tellers := book.Resolve(t, found, nil)
	for i, p := range parties {
		fmt.Printf("%d %s, %s:", i, p.Name, p.Kind)
		for _, m := range p.Mentions {
			fmt.Printf(" %q", m.Of(t.Raw))
		}
		fmt.Println()
	}
	fmt.Println(tellers)
	// Output:
	// 0 harbour board, organisation: "The harbour board" "board"
	// 1 Imelda Crane, person: "Its chair, Imelda Crane" "Crane"
	// [0 1 1 1]
}

// Compares the spellings of a name in two scripts.
func ExampleSkeleton() {
	fmt.Println(names.Skeleton("القطراني") == names.Skeleton("Al-Katrani"))
	fmt.Println(names.Skeleton("سالم الوردي"))
	// Output:
	// true
	// slm rd
}

// Tells which parties of several documents are one.
func ExampleLedger() {
	arabic, err := ar.Load()
	if err != nil {
		log.Fatal(err)
	}
	english, err := en.Load()
	if err != nil {
		log.Fatal(err)
	}
	book, err := names.New(arabic, english)
	if err != nil {
		log.Fatal(err)
	}
	l := book.NewLedger()
	l.Add("first", []names.Entry{{Name: "مرصد الرمانة للزلازل", Kind: isnad.Organisation}})
	l.Add("second", []names.Entry{{Name: "Rummana Observatory for Earthquakes", Kind: isnad.Organisation}})
	l.Add("third", []names.Entry{{Name: "المرصد", Kind: isnad.Organisation}})
	for i := range 3 {
		fmt.Println(l.Party(i).Name, l.Party(i).ID == l.Party(0).ID)
	}
	// Output:
	// مرصد الرمانة للزلازل true
	// مرصد الرمانة للزلازل true
	// مرصد الرمانة للزلازل true
}
