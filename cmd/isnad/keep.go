package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/progress"
)

// verifyConfig is what verify is told.
type verifyConfig struct {
	archiveConfig
	checkpoint string
}

func (c *verifyConfig) flags(fs *flag.FlagSet) {
	c.archiveConfig.flags(fs)
	fs.StringVar(&c.checkpoint, "checkpoint", "", "`file` of an earlier checkpoint that the log has to extend")
}

// verify recomputes all that the archive holds.
func verify(ctx context.Context, e *env, args []string) error {
	var c verifyConfig
	if err := e.parseAlone("verify", &c, args); err != nil {
		return err
	}
	return c.with(ctx, e, look, func(k *desk.Archivist) error {
		enc := json.NewEncoder(e.out)
		v, err := k.Verify(ctx, func(f archive.Finding) {
			if c.json {
				enc.Encode(f)
				return
			}
			fmt.Fprintf(e.out, "%s\n", f)
		})
		if err != nil {
			return err
		}
		if c.checkpoint != "" {
			signed, err := os.ReadFile(c.checkpoint)
			if err != nil {
				return &fault.Error{Kind: fault.NotFound, Err: err, Hint: "check the name"}
			}
			if err := k.Extends(ctx, signed); err != nil {
				return err
			}
		}
		if c.json {
			if err := enc.Encode(v); err != nil {
				return err
			}
		} else {
			fmt.Fprintf(e.out, "checked %d entries, %d blobs (%d bytes), %d documents, %d statements: ", v.Entries, v.Blobs, v.Bytes, v.Documents, v.Statements)
			fmt.Fprintln(e.out, map[bool]string{true: "all as it was written", false: fmt.Sprint("problems: ", v.Findings)}[v.Findings == 0])
		}
		if v.Findings > 0 {
			return errReported
		}
		return nil
	})
}

// checkpointConfig is what checkpoint is told.
type checkpointConfig struct {
	archiveConfig
	key bool
}

func (c *checkpointConfig) flags(fs *flag.FlagSet) {
	c.archiveConfig.flags(fs)
	fs.BoolVar(&c.key, "key", false, "print the public key that checkpoints are verified with")
}

// checkpoint prints what the archive commits to.
func checkpoint(ctx context.Context, e *env, args []string) error {
	var c checkpointConfig
	if err := e.parseAlone("checkpoint", &c, args); err != nil {
		return err
	}
	return c.with(ctx, e, look, func(k *desk.Archivist) error {
		signed, key, err := k.Checkpoint(ctx)
		switch {
		case err != nil:
			return err
		case c.json:
			return json.NewEncoder(e.out).Encode(map[string]string{"checkpoint": string(signed), "key": key})
		case c.key:
			_, err = fmt.Fprintln(e.out, key)
		default:
			_, err = e.out.Write(signed)
		}
		return err
	})
}

// logConfig is what log is told.
type logConfig struct {
	archiveConfig
	from int64
}

func (c *logConfig) flags(fs *flag.FlagSet) {
	c.archiveConfig.flags(fs)
	fs.Int64Var(&c.from, "from", 0, "`number` of the first entry")
}

// showLog prints the entries of the log.
func showLog(ctx context.Context, e *env, args []string) error {
	var c logConfig
	if err := e.parseAlone("log", &c, args); err != nil {
		return err
	}
	return c.with(ctx, e, look, func(k *desk.Archivist) error {
		enc := json.NewEncoder(e.out)
		enc.SetEscapeHTML(false)
		for entry, err := range k.Log(ctx, c.from) {
			if err != nil {
				return err
			}
			if c.json {
				err = enc.Encode(struct {
					No int64 `json:"no"`
					archive.Record
				}{entry.No, entry.Record})
			} else {
				_, err = fmt.Fprintf(e.out, "%6d  %s  %-8s  %s\n", entry.No, entry.At.Format("2006-01-02 15:04"), entry.Kind, about(&entry))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// about is what an entry is about, in a line.
func about(entry *desk.Entry) string {
	if o, ok := entry.Origin(); ok {
		if o.Reason != "" {
			return fault.Name(o.Reason)
		}
		return fmt.Sprintf("%s (%s, %d bytes)", fault.Name(o.Name()), o.Media, o.Size)
	}
	if line := entry.Watching(); line != "" {
		return line
	}
	d, err := entry.Decision()
	if err != nil {
		return fault.Name(string(entry.Data))
	}
	line := d.Verb
	for _, a := range d.On {
		line += " " + fmt.Sprintf("%q", a.Quote+a.ID)
	}
	return line + " by " + fault.Name(d.By)
}

// statsConfig is what stats is told.
type statsConfig struct {
	archiveConfig
	digest bool
}

func (c *statsConfig) flags(fs *flag.FlagSet) {
	c.archiveConfig.flags(fs)
	fs.BoolVar(&c.digest, "digest", false, "print a digest of every table of the index: equal ones were made of the same evidence in the same way")
}

// stats counts what the archive holds.
func stats(ctx context.Context, e *env, args []string) error {
	var c statsConfig
	if err := e.parseAlone("stats", &c, args); err != nil {
		return err
	}
	return c.with(ctx, e, look, func(k *desk.Archivist) error {
		if c.digest {
			return digests(ctx, e, k)
		}
		s, err := k.Stats(ctx)
		if err != nil {
			return err
		}
		if c.json {
			return json.NewEncoder(e.out).Encode(s)
		}
		fmt.Fprintf(e.out, "captures    %d (%d bytes)\ndocuments   %d\nstatements  %d\nparties     %d under %d names\ndecisions   %d\nentries     %d\n",
			s.Captures, s.Bytes, s.Documents, s.Statements, s.Parties, s.Names, s.Decisions, s.Entries)
		if s.Pending > 0 {
			fmt.Fprintf(e.out, "not filed   %d (isnad add or isnad rebuild files them)\n", s.Pending)
		}
		if len(s.Failures) > 0 {
			fmt.Fprintf(e.out, "failures    %d\n", len(s.Failures))
		}
		for _, f := range s.Failures {
			fmt.Fprintf(e.out, "  %s\n", fault.Name(f.Reason))
		}
		return nil
	})
}

// rebuildConfig is what rebuild is told.
type rebuildConfig struct {
	archiveConfig
	reader bool
}

func (c *rebuildConfig) flags(fs *flag.FlagSet) {
	c.archiveConfig.flags(fs)
	fs.BoolVar(&c.reader, "reader", false, "list what this version reads otherwise, before")
}

// rebuild makes the index anew.
func rebuild(ctx context.Context, e *env, args []string) error {
	var c rebuildConfig
	if err := e.parseAlone("rebuild", &c, args); err != nil {
		return err
	}
	return c.with(ctx, e, change, func(k *desk.Archivist) error {
		if c.reader {
			if err := c.listMoved(ctx, e, k); err != nil {
				return err
			}
		}
		var bar *progress.Bar
		if e.errTTY && !e.outTTY {
			bar = progress.New(e.err, -1, time.Now)
		}
		err := k.Rebuild(ctx, func(p desk.Progress) {
			bar.Counts(fmt.Sprintf("filed %d of %d", p.Done, p.All))
			bar.Add(0)
		})
		bar.Clear()
		return err
	})
}

// listMoved prints what is read otherwise than it is filed.
func (c *rebuildConfig) listMoved(ctx context.Context, e *env, k *desk.Archivist) error {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	n := 0
	err := k.Compare(ctx, func(m desk.Moved) {
		n++
		if c.json {
			enc.Encode(m)
			return
		}
		fmt.Fprintf(e.out, "%s byte %d: %s: %s\n", m.Doc, m.At, m.What, export.Line(m.Words))
	})
	if err == nil && !c.json {
		fmt.Fprintf(e.out, "%d statements are read otherwise\n", n)
	}
	return err
}

// digests prints what the index is made of.
func digests(ctx context.Context, e *env, k *desk.Archivist) error {
	tables, err := k.Tables(ctx)
	for _, t := range tables {
		fmt.Fprintf(e.out, "%x  %s (%d rows)\n", t.Digest, t.Name, t.Rows)
	}
	return err
}
