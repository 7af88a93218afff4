package web

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
)

// ledger is the [Claims] of an archive. They are gathered behind the pages,
// which show the latest that are there; while none are, they say so.
type ledger struct {
	archive *desk.Archivist
	ledgers *desk.Ledgers   // for what is being gathered
	life    context.Context // of the server

	mu        sync.Mutex
	latest    *shelved
	err       error
	version   int64         // of the archive, that latest or err is of
	gathering chan struct{} // closed when what is being gathered is there; nil if nothing is
}

// shelved is a ledger with its documents and statements by identifier.
type shelved struct {
	*desk.Ledger
	sources    map[string]*isnad.Source
	statements map[string]*isnad.Statement
	newest     []*isnad.Claim
	claims     map[string]*isnad.Claim   // by statement
	copies     map[string][]isnad.Copy   // by each of both documents
	disputes   map[string][]*isnad.Claim // by each party of a dispute, the newest first
	speakers   map[string][]string       // by the body that they speak for
}

// NewClaims gives the claims of an archive, as a book of claims groups them.
// They are gathered for as long as ctx lives.
func NewClaims(ctx context.Context, k *desk.Archivist, book *claim.Book) Claims {
	return &ledger{archive: k, ledgers: k.Ledgers(book), life: ctx}
}

// patience is how long a page waits for claims that are being gathered.
const patience = 1500 * time.Millisecond

// errGathering says that there are no claims to show yet.
var errGathering = wrong(fault.Unavailable, "wrong.gathering")

// get gives the claims of the archive as it is, or as it was a moment ago.
func (l *ledger) get(ctx context.Context) (s *shelved, current bool, err error) {
	version, err := l.archive.Filed(ctx)
	if err != nil {
		return nil, false, err
	}
	done := l.begin(version)
	select {
	case <-done:
	case <-time.After(patience):
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.latest == nil && l.err == nil {
		return nil, false, errGathering
	}
	return l.latest, l.version == version, l.err
}

// begin has the claims of a version gathered, unless they are there already or
// others are under way, and returns what is closed when that is done.
func (l *ledger) begin(version int64) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.gathering != nil {
		return l.gathering
	}
	done := make(chan struct{})
	if (l.latest != nil || l.err != nil) && l.version == version {
		close(done)
		return done
	}
	l.gathering = done
	go func() {
		got, err := l.gather()
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.latest, l.err, l.version = got, err, version; err != nil {
			l.latest = nil
		}
		l.gathering = nil
		close(done)
	}()
	return done
}

func (l *ledger) gather() (*shelved, error) {
	got, err := l.ledgers.Next(l.life)
	if err != nil {
		return nil, err
	}
	return shelve(got), nil
}

// Gathered gives the claims of a ledger that is there; listed are those that
// lists show, in their order, nil for all that are worth it.
func Gathered(l *desk.Ledger, listed []*isnad.Claim) Claims {
	s := shelve(l)
	if listed != nil {
		s.newest = listed
	}
	return s
}

func shelve(got *desk.Ledger) *shelved {
	s := &shelved{Ledger: got, sources: make(map[string]*isnad.Source, len(got.Record.Sources)), statements: map[string]*isnad.Statement{}}
	for i := range got.Record.Sources {
		d := &got.Record.Sources[i]
		s.sources[d.ID] = d
		for k := range d.Statements {
			s.statements[d.Statements[k].ID] = &d.Statements[k]
		}
	}
	s.claims = make(map[string]*isnad.Claim, len(s.statements))
	for i := range got.Claims {
		for _, m := range got.Claims[i].Members {
			s.claims[m.Statement.ID] = &got.Claims[i]
		}
	}
	s.sort()
	s.copies = map[string][]isnad.Copy{}
	for _, c := range got.Copies {
		s.copies[c.Earlier] = append(s.copies[c.Earlier], c)
		s.copies[c.Later] = append(s.copies[c.Later], c)
	}
	s.sides()
	return s
}

// sides files the disputed claims by the parties in dispute, and the speakers
// by their bodies.
func (s *shelved) sides() {
	s.disputes, s.speakers = map[string][]*isnad.Claim{}, map[string][]string{}
	for _, c := range s.newest {
		for _, d := range c.Disputes {
			for _, party := range d.Parties {
				if list := s.disputes[party]; !slices.Contains(list, c) {
					s.disputes[party] = append(list, c)
				}
			}
		}
	}
	for _, who := range slices.Sorted(maps.Keys(s.Speakers)) {
		body := s.Speakers[who]
		s.speakers[body] = append(s.speakers[body], who)
	}
}

// Board is the claim with the documents of its members.
func (l *ledger) Board(ctx context.Context, id string) (*Board, error) {
	s, current, err := l.get(ctx)
	if err != nil {
		return nil, err
	}
	b, err := s.Board(ctx, id)
	if b != nil {
		b.Stale = !current
	}
	return b, err
}

// Board is the claim with the documents of its members. It may be named by a
// statement of it.
func (s *shelved) Board(_ context.Context, id string) (*Board, error) {
	c := s.claims[id]
	if c == nil {
		var err error
		if c, err = s.Claim(id); err != nil {
			return nil, err
		}
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
	seen := map[isnad.Copy]bool{}
	for _, m := range c.Members {
		for _, copied := range s.copies[m.Statement.Doc] {
			if !seen[copied] {
				seen[copied] = true
				b.Copies = append(b.Copies, copied)
				b.Sources[copied.Earlier] = s.sources[copied.Earlier]
			}
		}
	}
	return b
}

// sort orders the claims by when they were last spoken of, the newest first.
// Such as stand alone are left out, unless they are disputed.
func (s *shelved) sort() {
	at := map[*isnad.Claim]time.Time{}
	for i := range s.Claims {
		c := &s.Claims[i]
		if len(c.Disputes) == 0 && len(c.Members) < 2 {
			continue
		}
		s.newest = append(s.newest, c)
		for _, m := range c.Members {
			if doc := s.sources[m.Statement.Doc]; doc != nil && doc.Filed().After(at[c]) {
				at[c] = doc.Filed()
			}
		}
	}
	slices.SortStableFunc(s.newest, func(a, b *isnad.Claim) int {
		return cmp.Or(at[b].Compare(at[a]), cmp.Compare(len(b.Members), len(a.Members)), cmp.Compare(a.ID, b.ID))
	})
}

// Of is the claim of a statement. Where none are there yet they are gathered.
func (l *ledger) Of(ctx context.Context, statement string) string {
	l.mu.Lock()
	s := l.latest
	l.mu.Unlock()
	if s != nil {
		return s.Of(ctx, statement)
	}
	if version, err := l.archive.Filed(ctx); err == nil {
		l.begin(version)
	}
	return ""
}

// Of is the claim of a statement.
func (s *shelved) Of(_ context.Context, statement string) string {
	if c := s.claims[statement]; c != nil {
		return c.ID
	}
	return ""
}

// Standing is what the claims tell of a party.
func (l *ledger) Standing(ctx context.Context, party string) (*Standing, error) {
	s, _, err := l.get(ctx)
	if err != nil {
		return nil, err
	}
	return s.Standing(ctx, party)
}

// Standing is what the claims tell of a party.
func (s *shelved) Standing(_ context.Context, party string) (*Standing, error) {
	out := &Standing{For: s.Speakers[party], By: s.speakers[party]}
	for _, c := range s.disputes[party] {
		out.Claims = append(out.Claims, s.board(c))
	}
	return out, nil
}

// Disputed lists claims, the newest first.
func (l *ledger) Disputed(ctx context.Context, all bool, limit int) ([]Board, error) {
	s, _, err := l.get(ctx)
	if err != nil {
		return nil, err
	}
	return s.Disputed(ctx, all, limit)
}

// Disputed lists claims, the newest first.
func (s *shelved) Disputed(_ context.Context, all bool, limit int) ([]Board, error) {
	var boards []Board
	for _, c := range s.newest {
		if len(boards) == limit {
			break
		}
		if all || len(c.Disputes) > 0 {
			boards = append(boards, s.board(c))
		}
	}
	return boards, nil
}
