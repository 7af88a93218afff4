package reader_test

import (
	"fmt"
	"log"

	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

// Reads a sentence with two tellers: the agency, and the source it passes on.
func ExampleReader_Read() {
	pack, err := ar.Load()
	if err != nil {
		log.Fatal(err)
	}
	t, err := text.New("نقلت وكالة السهل عن مهندس في البلدية أن الجسر سيغلق شهرين.")
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range reader.New(pack).Read(t) {
		fmt.Printf("%s, parent %d\n", a.Stance, a.Parent)
		for _, link := range a.Chain {
			for _, s := range link.Source {
				fmt.Println("  on the word of", s.Of(t.Raw))
			}
		}
		for _, s := range a.Content {
			fmt.Println("  that", s.Of(t.Raw))
		}
	}
	// Output:
	// report, parent -1
	//   on the word of وكالة السهل
	//   that الجسر سيغلق شهرين
	// say, parent 0
	//   on the word of وكالة السهل
	//   on the word of مهندس في البلدية
	//   that الجسر سيغلق شهرين
}

// Reads English, where a quotation is broken up and a denial changes the side.
func ExampleNew() {
	pack, err := en.Load()
	if err != nil {
		log.Fatal(err)
	}
	t, err := text.New(`"The ferry is safe," said Imelda Crane, "and it will sail." The union denied that it had been asked.`)
	if err != nil {
		log.Fatal(err)
	}
	r := reader.New(pack)
	for _, a := range r.Read(t) {
		fmt.Printf("%s %s %s\n", a.Kind, a.Stance, a.Polarity)
		for _, s := range a.Own().Source {
			fmt.Println(" ", s.Of(t.Raw))
		}
		for _, s := range a.Content {
			fmt.Printf("  [%d,%d) %s\n", s.Start, s.End, s.Of(t.Raw))
		}
	}
	// Output:
	// direct say affirm
	//   Imelda Crane
	//   [0,20) "The ferry is safe,"
	//   [40,59) "and it will sail."
	// indirect deny deny
	//   The union
	//   [77,99) that it had been asked
}
