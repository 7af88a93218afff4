package claim

import (
	"hash/fnv"
	"slices"

	"github.com/isnad/isnad"
)

// Ruling is what a person decided about what is one claim. It names statements
// and not claims, and so means the same however statements are grouped.
type Ruling struct {
	// Of is the identifier of a statement; Others are of the same claim or, if
	// not Same, no part of it and a claim of their own together.
	Of     string
	Others []string
	Same   bool
}

// voice is a member of a claim with the node that it is in.
type voice struct {
	node      int32
	statement *isnad.Statement
	ruled     string // the verb of the ruling that put it where it is, or ""
}

// cluster is a claim in the making.
type cluster struct {
	voices []voice
	apart  string // the first statement that a ruling set apart, or ""
}

// clusters are the groups, as they are after rulings one after another.
func (g *Groups) clusters(rulings []Ruling) []*cluster {
	var all []*cluster
	for _, b := range g.bunches() {
		c := &cluster{}
		for _, n := range b.nodes {
			for _, s := range g.nodes.at(n).members {
				c.voices = append(c.voices, voice{node: n, statement: s})
			}
		}
		all = append(all, c)
	}
	if len(rulings) == 0 {
		return all
	}
	r := newRuled(all, rulings)
	for i := range rulings {
		if rulings[i].Same {
			r.unite(&rulings[i])
		} else if c := r.part(&rulings[i]); c != nil {
			all = append(all, c)
		}
	}
	return slices.DeleteFunc(all, func(c *cluster) bool { return len(c.voices) == 0 })
}

// ruled knows where the statements are that rulings name.
type ruled struct {
	home map[string]*cluster
	node map[string]int32
}

func newRuled(all []*cluster, rulings []Ruling) *ruled {
	r := &ruled{home: make(map[string]*cluster), node: make(map[string]int32)}
	for i := range rulings {
		for _, id := range append(rulings[i].Others, rulings[i].Of) {
			r.home[id] = nil
		}
	}
	for _, c := range all {
		for _, v := range c.voices {
			if _, named := r.home[v.statement.ID]; named {
				r.home[v.statement.ID], r.node[v.statement.ID] = c, v.node
			}
		}
	}
	return r
}

// move puts voices into a cluster.
func (r *ruled) move(list []voice, to *cluster, verb string) {
	for _, v := range list {
		v.ruled = verb
		to.voices = append(to.voices, v)
		if _, named := r.home[v.statement.ID]; named {
			r.home[v.statement.ID] = to
		}
	}
}

// unite makes one cluster of those that statements are in.
func (r *ruled) unite(u *Ruling) {
	to := r.home[u.Of]
	for _, id := range u.Others {
		if from := r.home[id]; to != nil && from != nil && from != to {
			list := from.voices
			from.voices = nil
			r.move(list, to, isnad.SameClaim)
		}
	}
}

// part takes statements out of the cluster of another, with those of the same
// party in the same words; nil where none of them is there.
func (r *ruled) part(u *Ruling) *cluster {
	from := r.home[u.Of]
	if from == nil {
		return nil
	}
	nodes := make(map[int32]bool)
	for _, id := range u.Others {
		if n := r.node[id]; r.home[id] == from && n != r.node[u.Of] {
			nodes[n] = true
		}
	}
	var stay, leave []voice
	for _, v := range from.voices {
		if nodes[v.node] || slices.Contains(u.Others, v.statement.ID) {
			leave = append(leave, v)
		} else {
			stay = append(stay, v)
		}
	}
	if len(leave) == 0 || len(stay) == 0 {
		return nil
	}
	from.voices = stay
	c := &cluster{apart: u.Others[0]}
	r.move(leave, c, isnad.OtherClaim)
	return c
}

// number is the identifier of a cluster whose representative has a hash. One
// that was set apart may share its representative's words with what it left.
func (c *cluster) number(hash uint64) uint64 {
	if c.apart == "" {
		return hash
	}
	h := fnv.New64a()
	h.Write([]byte(c.apart))
	return mix(hash, h.Sum64())
}
