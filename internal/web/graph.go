package web

import (
	"cmp"
	"slices"

	"github.com/isnad/isnad"
)

// node is a teller or an outlet in the drawing of how a claim travelled.
type node struct {
	key         string
	X, Y        int
	Column      int
	Text, Title string
	Unnamed     bool
	Outlet      bool
	Copies      int
	order       int
}

// edge leads from who told to who passed it on.
type edge struct {
	X1, Y1, X2, Y2, BendX int
	Loop                  bool
	from, to              *node
}

// graph is a drawing of the way from origins to outlets, in the direction of
// the interface.
type graph struct {
	Width, Height       int
	NodeWidth, NodeHigh int
	Nodes               []*node
	Edges               []*edge
	More                int // tellers that there was no room for
}

// Measures of the drawing.
const (
	nodeWidth  = 210
	nodeHigh   = 38
	columnStep = 290
	nodeStep   = 56
	maxNodes   = 40
	maxColumns = 5
)

// graph draws the chains of the members, or nil where there is nothing to see.
func (r *request) graph(b *Board) *graph {
	g := &graph{NodeWidth: nodeWidth, NodeHigh: nodeHigh}
	known := map[string]*node{}
	joined := map[[2]string]bool{}
	for _, m := range b.Claim.Members {
		var last *node
		for _, n := range r.path(b, m.Statement) {
			k := known[n.key]
			if k == nil {
				if len(g.Nodes) == maxNodes {
					g.More++
					break
				}
				k = n
				k.order = len(g.Nodes)
				known[n.key] = k
				g.Nodes = append(g.Nodes, k)
			}
			if last != nil && last != k && !joined[[2]string{last.key, k.key}] {
				joined[[2]string{last.key, k.key}] = true
				g.Edges = append(g.Edges, &edge{from: last, to: k})
			}
			last = k
		}
	}
	if len(g.Edges) == 0 {
		return nil
	}
	g.layers()
	r.place(g)
	return g
}

// path is the way of a statement: its tellers from the innermost on, then the
// outlet of the original of its document.
func (r *request) path(b *Board, s *isnad.Statement) []*node {
	var way []*node
	for i, id := range slices.Backward(s.Tellers) {
		name := b.name(id)
		if name == "" && i == len(s.Tellers)-1 {
			name = first(s.Names)
		}
		if name == "" {
			continue
		}
		way = append(way, &node{key: id, Text: short(name, 26), Title: name, Unnamed: i < len(s.Chain) && s.Chain[i].Kind == isnad.Unnamed})
	}
	doc := b.original(s.Doc)
	d := b.Sources[cmp.Or(doc, s.Doc)]
	if d == nil {
		d = b.Sources[s.Doc]
	}
	if d == nil {
		return way
	}
	outlet := cmp.Or(d.Publisher, d.ID)
	copies := 0
	for _, c := range b.Copies {
		if b.original(c.Later) == d.ID {
			copies++
		}
	}
	return append(way, &node{key: "\x00" + outlet, Text: short(outlet, 26), Title: outlet, Outlet: true, Copies: copies})
}

// layers gives every node its column: one more than that of any who told it.
// An edge that leads back to one of those through whom it came is a loop, and
// does not count.
func (g *graph) layers() {
	next := map[*node][]*edge{}
	for _, e := range g.Edges {
		next[e.from] = append(next[e.from], e)
	}
	seen := map[*node]bool{}
	for _, n := range g.Nodes {
		n.mark(next, seen, map[*node]bool{})
	}
	for range g.Nodes {
		for _, e := range g.Edges {
			if !e.Loop && e.to.Column <= e.from.Column {
				e.to.Column = min(e.from.Column+1, maxColumns-1)
			}
		}
	}
}

// mark finds the loops among the edges that lead on from a node; over are the
// nodes on the way to it. It goes no deeper than there are nodes.
func (n *node) mark(next map[*node][]*edge, seen, over map[*node]bool) {
	if seen[n] {
		return
	}
	seen[n], over[n] = true, true
	for _, e := range next[n] {
		e.Loop = over[e.to]
		e.to.mark(next, seen, over)
	}
	delete(over, n)
}

// place gives nodes and edges their places.
func (r *request) place(g *graph) {
	var filled [maxColumns]int
	for _, n := range g.Nodes {
		n.X = 20 + n.Column*columnStep
		n.Y = 16 + filled[n.Column]*nodeStep
		filled[n.Column]++
		g.Width = max(g.Width, n.X+nodeWidth+20)
		g.Height = max(g.Height, n.Y+nodeHigh+22)
	}
	mirror := r.Dir() == "rtl"
	for _, n := range g.Nodes {
		if mirror {
			n.X = g.Width - n.X - nodeWidth
		}
	}
	for _, e := range g.Edges {
		e.X1, e.X2 = e.from.X+nodeWidth, e.to.X
		if mirror {
			e.X1, e.X2 = e.from.X, e.to.X+nodeWidth
		}
		e.Y1, e.Y2 = e.from.Y+nodeHigh/2, e.to.Y+nodeHigh/2
		e.BendX = (e.X1 + e.X2) / 2
	}
}

// MidX is the middle of a node.
func (n *node) MidX() int { return n.X + nodeWidth/2 }

// Below is where the number of copies stands.
func (n *node) Below() int { return n.Y + nodeHigh + 14 }

// MidY is where the words of a node stand.
func (n *node) MidY() int { return n.Y + nodeHigh/2 + 5 }
