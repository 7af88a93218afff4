// Package sample holds articles to try Isnad on. All of their places, people
// and bodies are invented.
package sample

import (
	"embed"
	"io/fs"
	"path"
)

//go:embed *.txt
var articles embed.FS

//go:embed convoy/docs/*.txt
var convoy embed.FS

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

// Convoy gives the documents of a case, news of several outlets about one
// matter, in the order of their names.
func Convoy() ([]Article, error) {
	const dir = "convoy/docs"
	list, err := convoy.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []Article
	for _, f := range list {
		b, err := convoy.ReadFile(path.Join(dir, f.Name()))
		if err != nil {
			return nil, err
		}
		all = append(all, Article{f.Name(), string(b)})
	}
	return all, nil
}
