package web

import (
	"crypto/rand"
	"sync"
	"time"

	"github.com/isnad/isnad/internal/desk"
)

// Bounds on drafts: what was read and not kept is in memory only.
const (
	maxDrafts     = 32
	maxDraftBytes = 64 << 20
)

// draft is a document that was read and that nobody has asked to keep.
type draft struct {
	ID   string
	Name string
	Body []byte
	Read *desk.Read
	at   time.Time
}

// drafts are the latest drafts; older ones go when there is no room. It may be
// used by several goroutines.
type drafts struct {
	now   func() time.Time
	mu    sync.Mutex
	all   []*draft // oldest first
	bytes int
}

func newDrafts(now func() time.Time) *drafts { return &drafts{now: now} }

// add keeps a draft and gives it its ID.
func (d *drafts) add(n *draft) {
	n.ID, n.at = rand.Text(), d.now()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, n)
	d.bytes += len(n.Body)
	for len(d.all) > 1 && (len(d.all) > maxDrafts || d.bytes > maxDraftBytes) {
		d.bytes -= len(d.all[0].Body)
		d.all = d.all[1:]
	}
}

// get finds a draft, or nil.
func (d *drafts) get(id string) *draft {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, n := range d.all {
		if n.ID == id {
			return n
		}
	}
	return nil
}
