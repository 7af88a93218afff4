package export

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/isnad/isnad"
)

// maxOpen is how many parties of a long document are remembered, so that they
// keep their number when a later part mentions them. Those beyond it are
// numbered anew in each part.
const maxOpen = 50_000

// partyList numbers the parties of a document and keeps their mentions, which
// are written behind all attributions. Numbers follow the order of the list.
type partyList struct {
	open     []openParty
	known    map[partyName]int // into open, for parties that have a name
	mentions spool             // of open parties
	done     spool             // JSON of parties that no later part can mention
	count    int
	scratch  []byte
}

type openParty struct {
	isnad.Party       // without Mentions
	last        int64 // its latest record in mentions, or -1
}

type partyName struct {
	name string
	kind isnad.PartyKind
}

func (l *partyList) reset() error {
	l.open, l.known, l.count = l.open[:0], nil, 0
	return errors.Join(l.mentions.reset(), l.done.reset())
}

// add takes the parties of a part in and appends their numbers to numbers.
func (l *partyList) add(numbers []int, p *Part, long bool) ([]int, error) {
	for i := range p.Parties {
		n := l.count
		if long {
			n = l.remember(&p.Parties[i])
		}
		if n == l.count {
			l.count++
		}
		numbers = append(numbers, n)
		l.scratch = appendSpanList(l.scratch[:0], p.Parties[i].Mentions, p.At)
		if n < len(l.open) {
			l.record(n)
			continue
		}
		if n > 0 {
			l.done.buf = append(l.done.buf, ',')
		}
		l.done.buf = appendParty(l.done.buf, n, &p.Parties[i])
		l.done.buf = append(append(l.done.buf, l.scratch...), "]}"...)
	}
	if !long {
		return numbers, nil
	}
	if err := l.mentions.spill(spoolBytes); err != nil {
		return nil, err
	}
	return numbers, l.done.spill(spoolBytes)
}

// remember finds the number of a party of an earlier part, or the next number.
// Unnamed parties of different parts are never taken for one.
func (l *partyList) remember(p *isnad.Party) int {
	if n, ok := l.known[partyName{p.Name, p.Kind}]; ok && p.Kind != isnad.UnnamedParty {
		return n
	}
	if len(l.open) == maxOpen {
		return l.count
	}
	// A name is often a piece of the part's text, and would keep all of it.
	name := strings.Clone(p.Name)
	if l.known == nil {
		l.known = make(map[partyName]int)
	}
	if p.Kind != isnad.UnnamedParty {
		l.known[partyName{name, p.Kind}] = len(l.open)
	}
	l.open = append(l.open, openParty{isnad.Party{Name: name, Kind: p.Kind}, -1})
	return l.count
}

// A record of mentions is the place of the party's record before it plus one,
// the length of what follows, and that: spans as JSON.
const recordHead = 12

func (l *partyList) record(n int) {
	if len(l.scratch) == 0 {
		return
	}
	at := l.mentions.size + int64(len(l.mentions.buf))
	b := binary.LittleEndian.AppendUint64(l.mentions.buf, uint64(l.open[n].last+1))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(l.scratch)))
	l.mentions.buf = append(b, l.scratch...)
	l.open[n].last = at
}

// appendTo writes all parties behind b, by way of w where they are many.
func (l *partyList) appendTo(b []byte, w io.Writer) ([]byte, error) {
	if len(l.open) > 0 {
		if err := l.mentions.spill(0); err != nil {
			return nil, err
		}
	}
	for n := range l.open {
		if n > 0 {
			b = append(b, ',')
		}
		b = appendParty(b, n, &l.open[n].Party)
		var err error
		if b, err = l.appendRecords(b, l.open[n].last); err != nil {
			return nil, err
		}
		b = append(b, "]}"...)
		if len(b) >= spoolBytes {
			if _, err := w.Write(b); err != nil {
				return nil, err
			}
			b = b[:0]
		}
	}
	return l.done.appendTo(b, w)
}

// appendRecords appends the records of a party, the oldest first.
func (l *partyList) appendRecords(b []byte, last int64) ([]byte, error) {
	type record struct {
		at   int64
		size int
	}
	var all []record
	var head [recordHead]byte
	for at := last; at >= 0; {
		if err := l.mentions.readAt(head[:], at); err != nil {
			return nil, err
		}
		all = append(all, record{at + recordHead, int(binary.LittleEndian.Uint32(head[8:]))})
		at = int64(binary.LittleEndian.Uint64(head[:])) - 1
	}
	for i, r := range slices.Backward(all) {
		if i < len(all)-1 {
			b = append(b, ',')
		}
		n := len(b)
		b = slices.Grow(b, r.size)[:n+r.size]
		if err := l.mentions.readAt(b[n:], r.at); err != nil {
			return nil, err
		}
	}
	return b, nil
}
