package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
)

// Claims is where the pages about claims get what they show.
type Claims interface {
	// Board finds a claim with all that its page needs; the error is of kind
	// not found where there is none.
	Board(ctx context.Context, id string) (*Board, error)
	// Disputed gives the claims that are disputed, or all, newest first.
	Disputed(ctx context.Context, all bool, limit int) ([]Board, error)
	// Of is the identifier of the claim that a statement belongs to, as far as
	// that is at hand without waiting; else "".
	Of(ctx context.Context, statement string) string
	// Standing is what the claims tell of a party.
	Standing(ctx context.Context, party string) (*Standing, error)
}

// Standing is what the claims of an archive tell of a party.
type Standing struct {
	For string   // the body that it speaks for, or ""
	By  []string // those who speak for it
	// Claims are those with disputes that it is in, newest first.
	Claims []Board
}

// Board is a claim with the documents and parties that it names.
type Board struct {
	Claim   isnad.Claim
	Sources map[string]*isnad.Source  // by document
	Parties map[string]isnad.Identity // by identifier
	Copies  []isnad.Copy
	// Elsewhere are the passages of disputes, by identifier: they may be of
	// statements that are in another claim, or in none.
	Elsewhere map[string]*isnad.Statement
	Stale     bool // newer claims are being gathered
}

// name is the name of a party, or "".
func (b *Board) name(party string) string { return b.Parties[party].Name }

// said is when a member was said, or else published.
func (b *Board) said(s *isnad.Statement) time.Time {
	if !s.Said.Start.IsZero() {
		return s.Said.Start
	}
	if d := b.Sources[s.Doc]; d != nil {
		return d.Filed()
	}
	return time.Time{}
}

// original is the document that a document is a copy of, or itself.
func (b *Board) original(doc string) string {
	for range b.Copies {
		i := slices.IndexFunc(b.Copies, func(c isnad.Copy) bool { return c.Later == doc })
		if i < 0 {
			return doc
		}
		doc = b.Copies[i].Earlier
	}
	return doc
}

// card is a statement on the board.
type card struct {
	ID, Doc, Who, Outlet, Title string
	Unnamed, Turn               bool // Turn: its party stands on the other side too
	Quote                       string
	Chain                       []string // the tellers before the last
	Said                        time.Time
	Stance                      string
	Confidence                  int // per cent
	Why                         string
	At                          int // number of the passage in its document, from 1
	Copies                      []card
}

// side is one column of the board.
type side struct {
	Class, Sign, Name string
	Cards             []card // newest first
	All               int    // cards, of which a page shows some
}

// claimPage is what the page of a claim shows.
type claimPage struct {
	*Board
	Sides     [3]side
	Statement int
	Documents int
	From, To  time.Time
	Timeline  *timeline
	Graph     *graph
	Disputes  []disputed
	Origins   []originLine
	// MoreOrigins are those that the page has no room for.
	MoreOrigins int
	Verdicts    []desk.Decided // of people, the oldest first
	Regroupings []desk.Decided // what people merged and split, the oldest first
	Back, Next  string
	Home        string // an address that leads to the claim of its first statement
}

// disputed is a dispute with its two passages.
type disputed struct {
	Type     string
	Parties  []string
	Passages [2]*card
	Clash    []isnad.Clash
	Plot     *plot // of figures that differ
}

// originLine is an origin as the page tells it.
type originLine struct {
	Who     string
	Unnamed bool
	Counted bool
	Side    string // class of the side it takes
	Members int
	Proofs  []isnad.Proof
	// MoreProofs are those that the page has no room for.
	MoreProofs int
}

// claim shows the board of a claim. The page is kept while nothing changes, for
// those who look at it next.
func (s *site) claim(r *request) error {
	version, err := s.version(r.r.Context())
	if err != nil {
		return err
	}
	key := strings.Join([]string{r.r.URL.RequestURI(), r.Lang(), r.digits, r.months, r.name()}, "\x00")
	page, err := s.rendered.get(key, version, func() ([]byte, bool, error) { return s.claimPage(r) })
	if err != nil {
		return err
	}
	return r.send(http.StatusOK, page)
}

// claimPage makes the page of a claim, from a card on.
func (s *site) claimPage(r *request) (page []byte, keep bool, err error) {
	b, err := s.Claims.Board(r.r.Context(), r.r.PathValue("id"))
	if err != nil {
		return nil, false, err
	}
	p := r.claimPage(b)
	p.Back, p.Home = r.r.URL.Path, "/claim/"+b.Claim.Members[0].Statement.ID
	from, _ := strconv.Atoi(r.r.FormValue("from"))
	p.cut(max(from, 0))
	decisions, err := s.Archive.Decisions(r.r.Context())
	if err != nil {
		return nil, false, err
	}
	p.Verdicts, p.Regroupings = verdicts(slices.Clone(decisions), b), regroupings(decisions, b)
	page, err = r.render("claims", b.Claim.Proposition, p)
	return page, !b.Stale, err
}

// What a page of a claim shows at most.
const (
	maxCards   = 14 // of a side
	maxOrigins = 20
	maxProofs  = 6 // of an origin
)

// cut leaves what one page shows, from a card on.
func (p *claimPage) cut(from int) {
	for i := range p.Sides {
		s := &p.Sides[i]
		s.All = len(s.Cards)
		s.Cards = s.Cards[min(from, len(s.Cards)):min(from+maxCards, len(s.Cards))]
		if s.All > from+maxCards {
			p.Next = p.Back + "?from=" + strconv.Itoa(from+maxCards)
		}
	}
	p.MoreOrigins = max(len(p.Origins)-maxOrigins, 0)
	p.Origins = p.Origins[:len(p.Origins)-p.MoreOrigins]
	for i := range p.Origins {
		o := &p.Origins[i]
		o.MoreProofs = max(len(o.Proofs)-maxProofs, 0)
		o.Proofs = o.Proofs[:len(o.Proofs)-o.MoreProofs]
	}
}

// verdicts are what people found out about a claim, or about one that had a
// statement of this.
func verdicts(list []desk.Decided, b *Board) []desk.Decided {
	return slices.DeleteFunc(list, func(d desk.Decided) bool {
		about := func(a isnad.Anchor) bool {
			return a.ID == b.Claim.ID || slices.ContainsFunc(b.Claim.Members, func(m isnad.Member) bool { return m.Statement.ID == a.ID })
		}
		return d.Verb != isnad.Verdict || !slices.ContainsFunc(d.On, about)
	})
}

// How sides are told: by class and by sign.
var (
	sideClasses = [3]string{"affirm", "deny", "none"}
	sideSigns   = [3]string{"+", "−", "○"}
)

func (r *request) claimPage(b *Board) *claimPage {
	p := &claimPage{Board: b, Statement: len(b.Claim.Members)}
	names := r.sideNames()
	for i := range p.Sides {
		p.Sides[i] = side{Class: sideClasses[i], Sign: sideSigns[i], Name: names[i]}
	}
	docs := map[string]bool{}
	cards := map[string]*card{}
	turned := b.turned()
	for _, m := range b.Claim.Members {
		c := r.card(b, m)
		c.Turn = turned[m.Statement.ID]
		docs[m.Statement.Doc] = true
		p.spread(c.Said)
		cards[c.ID] = &c
		s := &p.Sides[m.Polarity]
		if i := b.copied(s.Cards, m.Statement); i >= 0 {
			s.Cards[i].Copies = append(s.Cards[i].Copies, c)
			continue
		}
		s.Cards = append(s.Cards, c)
	}
	p.Documents = len(docs)
	for i := range p.Sides {
		slices.SortStableFunc(p.Sides[i].Cards, func(x, y card) int { return y.Said.Compare(x.Said) })
	}
	p.Disputes, p.Origins = r.disputes(b, cards), b.origins()
	p.Timeline, p.Graph = r.timeline(b), r.graph(b)
	return p
}

// spread widens the time that a claim covers.
func (p *claimPage) spread(t time.Time) {
	if t.IsZero() {
		return
	}
	if p.From.IsZero() || t.Before(p.From) {
		p.From = t
	}
	if t.After(p.To) {
		p.To = t
	}
}

// copied is the card of which a statement is a copy: of another copy of its
// document, in the same words.
func (b *Board) copied(cards []card, s *isnad.Statement) int {
	return slices.IndexFunc(cards, func(c card) bool {
		return c.Quote == s.Words && c.Doc != s.Doc && b.original(c.Doc) == b.original(s.Doc)
	})
}

// turned are the statements with which a party contradicts itself.
func (b *Board) turned() map[string]bool {
	ids := map[string]bool{}
	for _, d := range b.Claim.Disputes {
		if d.Type == isnad.Reversal {
			ids[d.Passages[0]], ids[d.Passages[1]] = true, true
		}
	}
	return ids
}

func (r *request) card(b *Board, m isnad.Member) card {
	s := m.Statement
	c := card{
		ID: s.ID, Doc: s.Doc, Who: cmp.Or(b.name(s.Teller()), first(s.Names), r.T("claim.notnamed")), Quote: s.Words, Said: b.said(s),
		Unnamed: b.Parties[s.Teller()].Kind == isnad.UnnamedParty || s.Teller() == "",
		Stance:  export.StanceNames(r.Lang())[s.Stance], Confidence: int(s.Confidence*100 + .5), Why: m.Why,
	}
	for _, teller := range s.Tellers[:max(len(s.Tellers)-1, 0)] {
		c.Chain = append(c.Chain, cmp.Or(b.name(teller), r.T("claim.notnamed")))
	}
	if d := b.Sources[s.Doc]; d != nil {
		c.Outlet, c.Title = d.Publisher, d.Title
		c.At = 1 + slices.IndexFunc(d.Statements, func(o isnad.Statement) bool { return o.ID == s.ID })
	}
	return c
}

// why tells why a statement is a member of a claim: what the program found, or
// that people decided so.
func (r *request) why(why string) string {
	if why == isnad.SameClaim || why == isnad.OtherClaim {
		return r.T("decide." + why)
	}
	return why
}

// first is the first of some names, or "".
func first(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

func (r *request) disputes(b *Board, cards map[string]*card) []disputed {
	var all []disputed
	for _, d := range b.Claim.Disputes {
		x := disputed{Type: d.Type.String(), Clash: slices.Clone(d.Clash), Plot: r.plot(cards, d.Amounts)}
		for i := range x.Clash {
			x.Clash[i].A, x.Clash[i].B = r.sideName(x.Clash[i].A), r.sideName(x.Clash[i].B)
		}
		for _, id := range d.Parties {
			if name := cmp.Or(b.name(id), r.T("claim.notnamed")); !slices.Contains(x.Parties, name) {
				x.Parties = append(x.Parties, name)
			}
		}
		for i, id := range d.Passages {
			if x.Passages[i] = cards[id]; x.Passages[i] == nil && b.Elsewhere[id] != nil {
				c := r.card(b, isnad.Member{Statement: b.Elsewhere[id]})
				x.Passages[i] = &c
			}
		}
		all = append(all, x)
	}
	return all
}

func (b *Board) origins() []originLine {
	sides := map[string]isnad.Polarity{}
	for _, m := range b.Claim.Members {
		sides[m.Statement.ID] = m.Polarity
	}
	var all []originLine
	for _, o := range b.Claim.Origins {
		l := originLine{
			Who: b.name(o.Party), Unnamed: o.Kind == isnad.Unnamed, Counted: o.Counted, Members: len(o.Statements), Proofs: o.Collapsed,
		}
		if len(o.Statements) > 0 {
			l.Side = sideClasses[sides[o.Statements[0]]]
		}
		all = append(all, l)
	}
	return all
}

// listed is a claim in a list.
type listed struct {
	ID, Proposition string
	Members         int
	Sides           [3]int
	Disputes        []string
	Newest          time.Time
	Independent     int
}

// claimsPage is what the list of claims shows.
type claimsPage struct {
	All  bool // and not only what is disputed
	List []listed
}

// MaxListed is how many claims a list shows.
const MaxListed = 100

// claims lists the claims that are disputed, or all where asked for.
func (s *site) claims(r *request) error {
	all := r.r.FormValue("all") != ""
	boards, err := s.Claims.Disputed(r.r.Context(), all, MaxListed)
	if err != nil {
		return err
	}
	list := make([]listed, len(boards))
	for i := range boards {
		list[i] = boards[i].listed()
	}
	return r.show(http.StatusOK, "claims", r.T("nav.claims"), &claimsPage{all, list})
}

func (b *Board) listed() listed {
	l := listed{ID: b.Claim.ID, Proposition: b.Claim.Proposition, Members: len(b.Claim.Members), Independent: b.Claim.Independent}
	for _, m := range b.Claim.Members {
		l.Sides[m.Polarity]++
		if t := b.said(m.Statement); t.After(l.Newest) {
			l.Newest = t
		}
	}
	for _, d := range b.Claim.Disputes {
		if t := d.Type.String(); !slices.Contains(l.Disputes, t) {
			l.Disputes = append(l.Disputes, t)
		}
	}
	return l
}

// sideName puts a polarity, or one with its act ("deny: say"), into the
// language of the interface; other words stay as they are.
func (r *request) sideName(words string) string {
	side, act, _ := strings.Cut(words, ": ")
	for i, name := range r.sideNames() {
		if side != isnad.Polarity(i).String() {
			continue
		}
		if stance, err := isnad.ParseStance(act); err == nil {
			return name + " (" + export.StanceNames(r.Lang())[stance] + ")"
		}
		return name
	}
	return words
}
