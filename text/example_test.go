package text_test

import (
	"fmt"
	"log"

	"github.com/isnad/isnad/text"
)

// Cuts a text into tokens and finds what stands inside of a quotation.
func ExampleNew() {
	t, err := text.New("قال: «الجسر مفتوح».")
	if err != nil {
		log.Fatal(err)
	}
	for i, tok := range t.Tokens {
		fmt.Printf("[%d,%d) %s quotation %d\n", tok.Start, tok.End, t.Word(i), t.Inside[i])
	}
	// Output:
	// [0,6) قال quotation -1
	// [6,7) : quotation -1
	// [8,10) « quotation -1
	// [10,20) الجسر quotation 0
	// [21,31) مفتوح quotation 0
	// [31,33) » quotation -1
	// [33,34) . quotation -1
}

// Matches a word in spite of its spelling, and finds it in the text as it is.
func ExampleFold() {
	raw := "وأكَّـــد المُدير"
	f := text.Fold(raw)
	fmt.Println(f.Text)
	fmt.Println(f.Original(text.Span{Start: 0, End: len("واكد")}).Of(raw))
	fmt.Println(text.Hash("أَكَّد") == text.Hash("اكد"))
	// Output:
	// واكد المدير
	// وأكَّـــد
	// true
}
