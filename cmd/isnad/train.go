package main

import (
	"context"
	"flag"
	"os"
	"strings"

	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/gold"
	"github.com/isnad/isnad/internal/train"
	"github.com/isnad/isnad/lang"
)

// trainConfig is what train is told.
type trainConfig struct{ lang, provenance string }

func (c *trainConfig) flags(fs *flag.FlagSet) {
	fs.StringVar(&c.lang, "lang", "ar", "`language` whose weights are learned: ar, en")
	fs.StringVar(&c.provenance, "provenance", "", "`sentence` on where the texts are from, the first line of the weights")
}

// teach learns weights from annotated texts and writes the file that stands in
// the language's folder: the same texts in the same order give the same bytes.
func teach(_ context.Context, e *env, args []string) error {
	var c trainConfig
	paths, err := e.parse("train", &c, args)
	if err != nil {
		return err
	}
	load := languages()[c.lang]
	switch {
	case load == nil:
		return usagef("train: no language %q", c.lang)
	case len(paths) == 0 || c.provenance == "":
		return usagef("train: name gold files, and say with --provenance where they are from")
	}
	pack, err := load()
	if err != nil {
		return err
	}
	var docs []gold.Doc
	for _, path := range paths {
		more, err := annotated(path)
		if err != nil {
			return err
		}
		docs = append(docs, more...)
	}
	weights, err := learner(c.lang)(pack, docs, c.provenance)
	if err != nil {
		return &fault.Error{Kind: fault.Invalid, Err: err}
	}
	_, err = e.out.Write(weights)
	return err
}

func learner(language string) func(*lang.Pack, []gold.Doc, string) ([]byte, error) {
	if language == "en" {
		return train.English
	}
	return train.Arabic
}

// annotated reads gold as JSON lines, or in the form for the eye (.txt).
func annotated(path string) ([]gold.Doc, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &fault.Error{Kind: fault.NotFound, Err: err, Hint: "check the name"}
	}
	defer f.Close()
	parse := gold.ReadJSONL
	if strings.HasSuffix(path, ".txt") {
		parse = gold.Parse
	}
	docs, err := parse(f)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Input: path, Err: err}
	}
	return docs, nil
}
