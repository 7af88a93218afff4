package web

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/capture/fetch"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
)

// maxJobs is how many jobs are remembered, and maxLinks how many links one takes.
const (
	maxJobs  = 20
	maxLinks = 10_000
)

// job is long work: inputs on their way into the archive. It goes on when the
// page that began it is closed.
type job struct {
	ID      string
	Total   int
	mu      sync.Mutex
	state   jobState
	changed chan struct{} // closed at the next change
}

// jobState is how far a job has come.
type jobState struct {
	Captured, Duplicates, Failed int
	Lists                        int            // lists of pages, in favour of what they name
	Failures                     []desk.Failure // at most maxFailures
	Done                         bool
	Error                        string
}

// maxFailures is how many failures a job tells of one by one.
const maxFailures = 200

// Finished is the number of inputs that are through, with those that lists name.
func (s jobState) Finished() int { return s.Captured + s.Duplicates + s.Lists + s.Failed }

// look gives the state and what is closed when it changes.
func (j *job) look() (jobState, <-chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	s := j.state
	s.Failures = slices.Clone(s.Failures)
	return s, j.changed
}

// change changes the state and wakes those who wait.
func (j *job) change(do func(*jobState)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	do(&j.state)
	close(j.changed)
	j.changed = make(chan struct{})
}

// take counts what became of inputs.
func (j *job) take(receipts []desk.Receipt) error {
	j.change(func(s *jobState) {
		for _, r := range receipts {
			switch r.State {
			case desk.Captured:
				s.Captured++
			case desk.Duplicate:
				s.Duplicates++
			case desk.Skipped:
				s.Lists++
			default:
				s.Failed++
				if len(s.Failures) < maxFailures {
					s.Failures = append(s.Failures, desk.Failure{Input: r.Input, Reason: r.Err.Error()})
				}
			}
		}
	})
	return nil
}

// jobs are the jobs of this process.
type jobs struct {
	mu  sync.Mutex
	all []*job
}

func (js *jobs) get(id string) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	if i := slices.IndexFunc(js.all, func(j *job) bool { return j.ID == id }); i >= 0 {
		return js.all[i]
	}
	return nil
}

// start begins a job, which ends with the process at the latest: what it has
// acknowledged until then is kept, and adding the rest again is no harm.
func (s *site) start(total int, sources iter.Seq[capture.Source]) *job {
	j := &job{ID: rand.Text(), Total: total, changed: make(chan struct{})}
	s.jobs.mu.Lock()
	s.jobs.all = append(s.jobs.all, j)
	if len(s.jobs.all) > maxJobs {
		s.jobs.all = s.jobs.all[1:]
	}
	s.jobs.mu.Unlock()
	go func() {
		err := s.Archive.Receive(s.Context, sources, j.take)
		if err == nil {
			err = s.Archive.Sync(s.Context, nil)
		}
		s.changed()
		j.change(func(state *jobState) {
			state.Done = true
			if err != nil {
				state.Error = err.Error()
			}
		})
	}()
	return j
}

// add begins to fetch links, one a line.
func (s *site) add(r *request) error {
	if err := r.r.ParseForm(); err != nil {
		return badForm(err)
	}
	links := strings.Fields(r.r.PostForm.Get("links"))
	switch {
	case len(links) == 0:
		return wrong(fault.Invalid, "wrong.nolink")
	case len(links) > maxLinks:
		return wrong(fault.Invalid, "wrong.links", r.number(len(links)), r.number(maxLinks))
	}
	for _, l := range links {
		if !fetch.IsAddress(l) {
			return wrong(fault.Invalid, "wrong.address", l)
		}
	}
	j := s.start(len(links), s.Fetch(links))
	http.Redirect(r.w, r.r, "/job/"+j.ID, http.StatusSeeOther)
	return nil
}

// save keeps a draft.
func (s *site) save(r *request) error {
	n := s.drafts.get(r.r.PathValue("draft"))
	if n == nil {
		return errNoDraft
	}
	sources := slices.Values([]capture.Source{capture.BytesSource(n.Name, n.Body, n.at)})
	entry := int64(-1)
	err := s.Archive.Receive(r.r.Context(), sources, func(receipts []desk.Receipt) error {
		for _, got := range receipts {
			if got.Err != nil {
				return got.Err
			}
			if entry = got.Capture; got.State == desk.Duplicate {
				entry = got.Of
			}
		}
		return nil
	})
	if err == nil {
		err = s.Archive.Sync(r.r.Context(), nil)
	}
	if err != nil {
		return err
	}
	s.changed()
	id, err := s.Archive.DocumentOf(r.r.Context(), entry)
	if err != nil {
		return err
	}
	http.Redirect(r.w, r.r, "/document/"+id, http.StatusSeeOther)
	return nil
}

// jobPage is what the page of a job shows.
type jobPage struct {
	ID    string
	Total int
	jobState
}

func (s *site) job(r *request) error {
	j := s.jobs.get(r.r.PathValue("id"))
	if j == nil {
		return wrong(fault.NotFound, "wrong.job")
	}
	state, _ := j.look()
	return r.show(http.StatusOK, "desk", r.T("job.title"), &jobPage{j.ID, max(j.Total, state.Finished()), state})
}

// eventWait is how long a stream of events stays silent.
const eventWait = 15 * time.Second

// jobEvents streams the state of a job as server-sent events.
func (s *site) jobEvents(w http.ResponseWriter, r *http.Request) {
	j := s.jobs.get(r.PathValue("id"))
	if j == nil {
		http.NotFound(w, r)
		return
	}
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		state, changed := j.look()
		data, err := json.Marshal(map[string]any{"finished": state.Finished(), "failed": state.Failed, "done": state.Done})
		if err == nil {
			_ = out.SetWriteDeadline(time.Now().Add(2 * eventWait))
			_, err = fmt.Fprintf(w, "data: %s\n\n", data)
		}
		if err != nil || out.Flush() != nil || state.Done {
			return
		}
		if !await(r.Context(), changed) {
			return
		}
	}
}

// await waits for a change, or a while; false where nobody listens any more.
func await(ctx context.Context, changed <-chan struct{}) bool {
	select {
	case <-changed:
	case <-time.After(eventWait):
	case <-ctx.Done():
		return false
	}
	return true
}
