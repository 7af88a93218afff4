package desk

import (
	"sync"

	"github.com/isnad/isnad/internal/archive"
)

// recent holds bodies between being preserved and being read, so that they need
// not come back from the disk. It never holds more than maxRecent.
type recent struct {
	mu     sync.Mutex
	bodies map[archive.BlobID][]byte
	bytes  int
}

// maxRecent bounds the bodies that are held, in bytes.
const maxRecent = 16 << 20

// put holds a body, if there is room.
func (r *recent) put(id archive.BlobID, body []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.bodies == nil || r.bodies[id] != nil || r.bytes+len(body) > maxRecent {
		return
	}
	r.bodies[id] = body
	r.bytes += len(body)
}

// take gives a body that is held, once, or nil.
func (r *recent) take(id archive.BlobID) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	body := r.bodies[id]
	delete(r.bodies, id)
	r.bytes -= len(body)
	return body
}

// begin starts holding, end lets everything go.
func (r *recent) begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bodies, r.bytes = make(map[archive.BlobID][]byte), 0
}

func (r *recent) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bodies, r.bytes = nil, 0
}
