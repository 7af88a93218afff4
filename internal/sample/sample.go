// Package sample holds articles to try Isnad on. All of their places, people
// and bodies are invented.
package sample

import (
	"embed"
	"io/fs"
)

//go:embed *.txt
var articles embed.FS

// Article is the text of a file.
type Article struct{ Name, Text string }

// Articles gives the articles in the order of their names, each with a header
// block as capture reads it.
func Articles() ([]Article, error) {
	var all []Article
	err := fs.WalkDir(articles, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := articles.ReadFile(path)
		all = append(all, Article{path, string(b)})
		return err
	})
	return all, err
}
