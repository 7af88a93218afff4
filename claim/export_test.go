package claim

// Met is how many others a node is compared with, on average.
func (g *Groups) Met() float64 {
	met := 0
	for n := range g.nodes.count {
		x := g.nodes.at(n)
		g.keys = x.frame.keys(g.keys[:0])
		g.search(n, x.entry(n))
		met += len(g.found)
	}
	return float64(met) / float64(g.nodes.count)
}

// Forget drops the words that are remembered, of which there is a bounded number.
func (g *Groups) Forget() { g.seen = map[uint64]word{} }
