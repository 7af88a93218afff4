// Package desk takes documents from capture through the reader to export.
//
// # Invariant
//
// Documents are read in parallel and written in the order they came in; one
// that fails is reported and the others go on. No document is in memory as a
// whole when it is longer than [capture.LongBytes]: it is read in windows, and
// its line is written while it is being read.
package desk

import (
	"bufio"
	"context"
	"errors"
	"io"
	"iter"
	"runtime"
	"sync"
	"time"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/names"
	"github.com/isnad/isnad/when"
)

// Desk reads documents. Its fields are set before Run.
type Desk struct {
	// Lang is the language of all documents; empty to go by what each says of
	// itself, or by its script.
	Lang string
	// Published is the time of documents that do not say theirs; it anchors
	// dates such as "yesterday".
	Published time.Time
	Form      export.Form
	Out       io.Writer
	// Report is called in order for every item: with the error it failed with,
	// or nil, and with what else there is to tell.
	Report func(item capture.Item, err error, notes []string)
	// Progress is called, where it is set, with numbers of bytes of the items
	// as they are done with.
	Progress func(bytes int64)
	// Workers is the number of documents read at a time; 0 for one a processor.
	Workers int

	packs []*lang.Pack
	names *names.Book
	times *when.Reader
	// sheets are outputs to be used again.
	sheets chan []byte
}

// New makes a desk that reads the given languages.
func New(packs ...*lang.Pack) (*Desk, error) {
	d := &Desk{packs: packs, sheets: make(chan []byte, ahead*runtime.GOMAXPROCS(0))}
	var namesErr, timesErr error
	var wg sync.WaitGroup
	wg.Go(func() { d.names, namesErr = names.New(packs...) })
	wg.Go(func() { d.times, timesErr = when.New(packs...) })
	wg.Wait()
	return d, errors.Join(namesErr, timesErr)
}

// ahead is how many items for each worker may be under way or wait for an
// earlier one to be written.
const ahead = 4

// job is an item on its way; done is closed when the rest is set.
type job struct {
	item  capture.Item
	done  chan struct{}
	head  *export.Head
	out   []byte
	long  *capture.Document // to be read when its turn to be written comes
	notes []string
	err   error
}

// Run reads all items. It fails only when the output does, or ctx ends.
func (d *Desk) Run(ctx context.Context, items iter.Seq[capture.Item]) error {
	workers := d.workers()
	ctx, cancel := context.WithCancel(ctx)
	jobs := make(chan *job)
	order := make(chan *job, ahead*workers)
	var working sync.WaitGroup
	defer working.Wait()
	defer cancel()
	// The goroutine that takes the items is not waited for: it may be waiting
	// for standard input.
	go deal(ctx, items, jobs, order)
	for range workers {
		working.Go(func() {
			p := d.newPress()
			p.writer = d.Form.New(&p.out)
			for j := range jobs {
				d.work(p, j)
				close(j.done)
			}
		})
	}
	return d.collect(ctx, order)
}

func (d *Desk) workers() int {
	if d.Workers > 0 {
		return d.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// deal hands every item to the workers and, in order, to the collector.
func deal(ctx context.Context, items iter.Seq[capture.Item], jobs, order chan<- *job) {
	defer close(jobs)
	defer close(order)
	for item := range items {
		j := &job{item: item, done: make(chan struct{})}
		for _, to := range []chan<- *job{order, jobs} {
			select {
			case to <- j:
			case <-ctx.Done():
				return
			}
		}
	}
}

// work reads one item; a long one is left to the collector.
func (d *Desk) work(p *press, j *job) {
	doc, err := j.item.Load()
	if err != nil {
		j.err = err
		return
	}
	if err := d.date(doc); err != nil {
		j.err = err
		return
	}
	j.notes, j.head = doc.Notes, d.head(doc)
	if doc.Long != nil {
		j.long = doc
		return
	}
	select {
	case p.out.bytes = <-d.sheets:
	default:
		p.out.bytes = nil
	}
	j.err = p.short(j.head, doc.Text)
	j.out = p.out.bytes
}

// recycle gives the room of an output that has been written to the next one.
func (d *Desk) recycle(out []byte) {
	if cap(out) > maxSheet {
		return
	}
	select {
	case d.sheets <- out[:0]:
	default:
	}
}

// maxSheet is the largest output whose room is kept for others.
const maxSheet = 256 << 10

// collect writes in order what the workers made. What is written is seen at
// once where nothing else waits.
func (d *Desk) collect(ctx context.Context, order <-chan *job) error {
	out := bufio.NewWriterSize(d.Out, 64<<10)
	frame := frame{form: d.Form, w: out}
	for j := range order {
		select {
		case <-j.done:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		if j.err == nil {
			if err := d.write(ctx, &frame, j); err != nil {
				return err
			}
		}
		if j.long == nil {
			d.progress(j.item.Size)
		}
		d.Report(j.item, j.err, j.notes)
		if len(order) == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := frame.close(); err != nil {
		return err
	}
	return out.Flush()
}

func (d *Desk) write(ctx context.Context, f *frame, j *job) error {
	if err := f.next(j.head); err != nil {
		return err
	}
	if j.long != nil {
		return d.long(ctx, f.w, j)
	}
	_, err := f.w.Write(j.out)
	d.recycle(j.out)
	return err
}

func (d *Desk) progress(bytes int64) {
	if d.Progress != nil {
		d.Progress(bytes)
	}
}

// frame writes what a form has around documents.
type frame struct {
	form export.Form
	w    io.Writer
	open bool
}

// next comes before each document.
func (f *frame) next(head *export.Head) error {
	if f.open {
		_, err := io.WriteString(f.w, f.form.Between)
		return err
	}
	f.open = true
	if f.form.Open == nil {
		return nil
	}
	return f.form.Open(f.w, head)
}

// close comes after the last document, if there was any or not.
func (f *frame) close() error {
	if !f.open {
		if err := f.next(new(export.Head)); err != nil {
			return err
		}
	}
	_, err := io.WriteString(f.w, f.form.Close)
	return err
}
