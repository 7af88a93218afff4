package export

import (
	"cmp"
	"strings"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
)

// Account finds what the claims of a record refer to.
type Account struct {
	sources    map[string]*isnad.Source
	statements map[string]*isnad.Statement
	parties    map[string]isnad.Identity
}

// NewAccount makes an account of a record, which must not change any more.
func NewAccount(r *claim.Record) *Account {
	a := &Account{sources: map[string]*isnad.Source{}, statements: map[string]*isnad.Statement{}, parties: r.Parties}
	for i := range r.Sources {
		s := &r.Sources[i]
		a.sources[s.ID] = s
		for k := range s.Statements {
			a.statements[s.Statements[k].ID] = &s.Statements[k]
		}
	}
	return a
}

// Party is the name of a party; of one that has none, what a statement calls it.
func (a *Account) Party(id string, st *isnad.Statement) string {
	if p, known := a.parties[id]; known {
		return p.Name
	}
	if st != nil && st.Teller() == id {
		if len(st.Names) > 0 {
			return st.Names[0]
		}
		return a.passage(st)
	}
	return ""
}

// passage is how the text words the teller of a statement.
func (a *Account) passage(st *isnad.Statement) string {
	src := a.sources[st.Doc]
	if src == nil {
		return ""
	}
	var words []string
	for _, s := range st.Own().Source {
		words = append(words, s.Of(src.Text))
	}
	return strings.Join(words, " ")
}

// chain names the tellers of a statement, the outermost first, behind the one
// that published it.
func (a *Account) chain(st *isnad.Statement) []string {
	var out []string
	if src := a.sources[st.Doc]; src != nil {
		out = append(out, cmp.Or(src.Publisher, src.Title, src.ID))
	}
	for i, id := range st.Tellers {
		name := a.Party(id, nil)
		if i == len(st.Tellers)-1 {
			name = a.Party(id, st)
		}
		if name != "" && name != out[len(out)-1] {
			out = append(out, name)
		}
	}
	return out
}

// at is when a statement was made, or else published.
func (a *Account) at(st *isnad.Statement) time.Time {
	if src := a.sources[st.Doc]; src != nil && st.Said.Start.IsZero() {
		return src.Filed()
	}
	return st.Said.Start
}

// when is the day on which a statement was made, or else published.
func (a *Account) when(st *isnad.Statement) string {
	if day := moment(st.Said); day != "" {
		return day
	}
	if src := a.sources[st.Doc]; src != nil {
		return src.Filed().Format(time.DateOnly)
	}
	return ""
}
