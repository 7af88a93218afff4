package web

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
	"github.com/isnad/isnad/internal/desk"
)

// ledger is the [Claims] of an archive: grouped once while it stays as it is.
type ledger struct {
	archive *desk.Archivist
	book    *claim.Book
	now     func() time.Time
	all     cached[*shelved]
}

// shelved is a ledger with its documents and statements by identifier.
type shelved struct {
	*desk.Ledger
	sources    map[string]*isnad.Source
	statements map[string]*isnad.Statement
}

// NewClaims gives the claims of an archive, as a book of claims groups them.
func NewClaims(k *desk.Archivist, book *claim.Book, now func() time.Time) Claims {
	return &ledger{archive: k, book: book, now: now}
}

func (l *ledger) get(ctx context.Context) (*shelved, error) {
	version, err := l.archive.Filed(ctx)
	if err != nil {
		return nil, err
	}
	return l.all.get(l.now(), version, func() (*shelved, error) {
		got, err := l.archive.Ledger(ctx, l.book)
		if err != nil {
			return nil, err
		}
		s := &shelved{Ledger: got, sources: make(map[string]*isnad.Source, len(got.Record.Sources)), statements: map[string]*isnad.Statement{}}
		for i := range got.Record.Sources {
			d := &got.Record.Sources[i]
			s.sources[d.ID] = d
			for k := range d.Statements {
				s.statements[d.Statements[k].ID] = &d.Statements[k]
			}
		}
		return s, nil
	})
}

// Board is the claim with the documents of its members.
func (l *ledger) Board(ctx context.Context, id string) (*Board, error) {
	s, err := l.get(ctx)
	if err != nil {
		return nil, err
	}
	c, err := s.Claim(id)
	if err != nil {
		return nil, err
	}
	b := s.board(c)
	return &b, nil
}

func (s *shelved) board(c *isnad.Claim) Board {
	b := Board{Claim: *c, Sources: map[string]*isnad.Source{}, Parties: s.Record.Parties, Elsewhere: map[string]*isnad.Statement{}}
	for _, m := range c.Members {
		b.Sources[m.Statement.Doc] = s.sources[m.Statement.Doc]
	}
	for _, d := range c.Disputes {
		for _, id := range d.Passages {
			if st := s.statements[id]; st != nil {
				b.Elsewhere[id] = st
				b.Sources[st.Doc] = s.sources[st.Doc]
			}
		}
	}
	for _, copied := range s.Copies {
		if b.Sources[copied.Later] != nil || b.Sources[copied.Earlier] != nil {
			b.Copies = append(b.Copies, copied)
			b.Sources[copied.Earlier] = s.sources[copied.Earlier]
		}
	}
	return b
}

// Disputed lists claims, the newest first.
func (l *ledger) Disputed(ctx context.Context, all bool, limit int) ([]Board, error) {
	s, err := l.get(ctx)
	if err != nil {
		return nil, err
	}
	type dated struct {
		claim *isnad.Claim
		at    time.Time
	}
	var list []dated
	for i := range s.Claims {
		c := &s.Claims[i]
		if len(c.Disputes) == 0 && (!all || len(c.Members) < 2) {
			continue
		}
		d := dated{claim: c}
		for _, m := range c.Members {
			if doc := s.sources[m.Statement.Doc]; doc != nil && doc.Filed().After(d.at) {
				d.at = doc.Filed()
			}
		}
		list = append(list, d)
	}
	slices.SortStableFunc(list, func(a, b dated) int {
		return cmp.Or(b.at.Compare(a.at), cmp.Compare(len(b.claim.Members), len(a.claim.Members)), cmp.Compare(a.claim.ID, b.claim.ID))
	})
	var boards []Board
	for _, d := range list[:min(len(list), limit)] {
		boards = append(boards, s.board(d.claim))
	}
	return boards, nil
}
