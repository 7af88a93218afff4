package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
)

// flagged is the configuration of a command.
type flagged interface{ flags(fs *flag.FlagSet) }

// parse reads flags and returns the other arguments, in any order; "--" ends
// the flags. Asked for help it prints that and fails with flag.ErrHelp.
func (e *env) parse(name string, c flagged, args []string) ([]string, error) {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	c.flags(fs)
	var rest []string
	for {
		if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
			printUsage(e.out, name, fs)
			return nil, err
		} else if err != nil {
			return nil, usagef("%s: %w", name, err)
		}
		ended := len(args) > fs.NArg() && args[len(args)-fs.NArg()-1] == "--"
		args = fs.Args()
		if ended || len(args) == 0 {
			return append(rest, args...), nil
		}
		rest, args = append(rest, args[0]), args[1:]
	}
}

// parseAlone is parse for a command that takes flags only.
func (e *env) parseAlone(name string, c flagged, args []string) error {
	rest, err := e.parse(name, c, args)
	if err == nil && len(rest) > 0 {
		return usagef("%s: takes no arguments", name)
	}
	return err
}

// examples are commands to try, with what they do.
var examples = map[string]string{
	"read": `  isnad read article.txt                       statements, for the eye
  isnad read --out html article.txt > a.html   the article with its passages marked
  isnad read --out jsonl archive/ > said.jsonl every file of a folder, one line each
  curl -s URL | isnad read --in html -         a page from the network
  isnad read crawl.warc.gz report.pdf a.docx   records of a web archive, and documents
  isnad read --published 2024-10-12 note.txt   "yesterday" is then 11 October 2024`,
	"add": `  isnad add articles/ page.html                 every file of a folder, and a page
  isnad add https://example.org/news/17         a page from the network
  isnad add https://example.org/feed.xml         the pages that a feed or a sitemap names
  isnad add - < addresses.txt                   a list of addresses, one a line
  isnad add --json news.jsonl > receipts.jsonl  what became of each line
  isnad add --archive case.isnad notes/         an archive of its own for a case
  isnad add --retry                             what failed before, once more
  isnad add --captured 2024-10-12 saved/        pages that were saved then`,
	"watch": `  isnad watch add --every 30m https://example.org/news/17   a page, every half hour
  isnad watch add feeds.opml                                every feed of a list, and the pages they name
  isnad watch run                                           visit what is due, until it is stopped
  isnad watch run --once                                    visit what is due now, for cron
  isnad watch pause https://example.org/feed.xml            no visits, to the pages it names either
  isnad watch resume https://example.org/feed.xml           and again
  isnad watch changes                                       what was changed, word by word`,
	"search": `  isnad search جسر                              statements with this word in any of its forms
  isnad search '"جسر الوادي" stance:deny'       these words in this spelling, denied
  isnad search 'speaker:وزير after:2024-05 has:figure' --limit 5
  isnad search --rank 'bridge OR ferry -closed' --json`,
	"claims": `  isnad claims                                  what the archive is about, the newest first
  isnad claims 'جسر الوادي' --disputed          disputed claims with these words in a member
  isnad claims --type figures --since 2024-10-01 --json`,
	"claim": `  isnad claim 3f9a                              affirm, deny, take no side: by party and time
  isnad claim --out html 3f9a > claim.html      a page to hand on, in Arabic where LANG is
  isnad claim --json 3f9a                       the same for programs`,
	"new": `  isnad new --since 2024-10-12                  disputes that arose on this day or later
  isnad new --json                              the same for programs, a line each`,
	"trace": `  isnad trace 3f9a                              first sources, copies, outlets that cite each other
  isnad trace --json 3f9a                       the same for programs`,
	"party": `  isnad party 'وزارة المياه'                    all it said, where it changed sides, who speaks for it
  isnad party list وزارة                        who has this word in a name
  isnad party alias 'هيئة الجسور' 'Bridge Authority'   another name of somebody in the archive
  isnad party merge 'سالم الوردي' 'سالم أحمد الوردي'   two names are of one
  isnad party split 'وزارة المياه' 'وزارة المياه والري' two names are of two
  isnad party undo 41                           take decision 41 back`,
	"log": `  isnad log --from 100                          entries from number 100 on
  isnad log --json                              the entries as they were hashed`,
	"stats": `  isnad stats --archive case.isnad              captures, statements, parties, and what failed
  isnad stats --digest                          what the index is made of, to be compared`,
	"verify": `  isnad verify                                  exit status 1 where anything was altered
  isnad verify --checkpoint may.txt             and the log still holds all it held in May`,
	"checkpoint": `  isnad checkpoint > may.txt                    give this to somebody who may doubt you
  isnad checkpoint --key                        what the signature is verified with`,
	"rebuild": `  isnad rebuild                                 after a new version of isnad
  isnad rebuild --reader                        and list what it reads otherwise`,
	"demo": `  isnad demo                                   statements and disputes on the screen, and a page to open
  isnad demo --dir .                           the page and an archive as ./isnad-demo.html and .isnad`,
	"serve": `  isnad serve                                  the workspace, at http://127.0.0.1:8420/
  isnad serve --archive case.isnad             of an archive
  isnad serve --watch                          and visit what is watched meanwhile
  isnad serve --listen 127.0.0.1:0 --no-open   at a free port, without opening a browser`,
	"train": `  isnad train --provenance "Learned from gold.ar.txt." gold.ar.txt > lang/ar/decide.tsv
  isnad train --lang en --provenance "…" articles.jsonl > lang/en/weights.bin`,
	"eval": `  isnad eval gold.jsonl                        precision, recall and F1 of reading its texts
  isnad eval gold.jsonl --errors 20            and the twenty worst errors
  isnad eval gold.jsonl --pred other.jsonl     the same of another program's output
  isnad eval --case convoy                     statements, chains and parties of a case`,
}

func printUsage(w io.Writer, name string, fs *flag.FlagSet) {
	for _, c := range commands() {
		if c.name != name {
			continue
		}
		fmt.Fprintf(w, "usage: isnad %s\n\n%s\n", strings.TrimSpace(c.name+" [OPTIONS] "+c.args), sentence(c.about))
	}
	heading := "\noptions\n"
	fs.VisitAll(func(f *flag.Flag) {
		value, about := flag.UnquoteUsage(f)
		fmt.Fprint(w, heading)
		heading = ""
		fmt.Fprintf(w, "  --%-19s %s", strings.TrimSpace(f.Name+" "+value), about)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			fmt.Fprintf(w, " (default %s)", f.DefValue)
		}
		fmt.Fprintln(w)
	})
	if ex := examples[name]; ex != "" {
		fmt.Fprintf(w, "\nexamples\n%s\n", ex)
	}
}

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// help lists the commands, or tells about one.
func help(ctx context.Context, e *env, args []string) error {
	if len(args) == 0 || args[0] == "help" {
		fmt.Fprint(e.out, "Isnad reads news and says who said what, on whose word, with what stance.\n\ncommands\n")
		for _, c := range commands() {
			fmt.Fprintf(e.out, "  %-10s %-20s %s\n", c.name, c.args, c.about)
		}
		fmt.Fprint(e.out, "\nTry it: isnad demo\nMore:   isnad help COMMAND\n")
		return nil
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(ctx, e, []string{"--help"})
		}
	}
	return usagef("no command %q", args[0])
}

type noFlags struct{}

func (noFlags) flags(*flag.FlagSet) {}

func version(_ context.Context, e *env, args []string) error {
	if rest, err := e.parse("version", noFlags{}, args); err != nil {
		return err
	} else if len(rest) > 0 {
		return usagef("version: takes no arguments")
	}
	v := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		v = info.Main.Version + " " + info.GoVersion
	}
	fmt.Fprintln(e.out, "isnad", v)
	return nil
}
