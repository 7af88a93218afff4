package claim

// postings are lists of numbers below 1<<30 by key, in little room: most keys
// have one number, which stands in the table itself. The table grows in small
// parts, so that no addition takes long.
type postings struct {
	shards [1 << shardBits]shard
	pages  [][]uint32 // of blocks
	fresh  uint32     // where the next block is cut
	free   [pageBits + 1][]uint32
}

// shard is a table with open addressing.
type shard struct {
	slots []slot
	used  int
}

// slot has a key and its list: 0 where the slot is empty, a number plus one,
// vacant, or where many is set the place of a block.
type slot struct{ key, list uint32 }

const (
	shardBits = 10
	pageBits  = 16 // of a page; larger blocks have one of their own
	many      = 1 << 31
	vacant    = many - 1

	leastBlock = 2 // as a power of two
	lengthBits = 27
)

// A block of 1<<k words has its length in the first one, and k above it.

// slot finds the slot of a key, or the empty one where it belongs.
func (s *shard) slot(key uint32) *slot {
	at := int(uint64(key*0x9E3779B1) * uint64(len(s.slots)) >> 32)
	for s.slots[at].list != 0 && s.slots[at].key != key {
		if at++; at == len(s.slots) {
			at = 0
		}
	}
	return &s.slots[at]
}

// put finds the slot of a key and enters it where it is new.
func (s *shard) put(key uint32) *slot {
	if 8*s.used >= 7*len(s.slots) {
		old := s.slots
		s.slots = make([]slot, 8+len(old)*5/4)
		for _, x := range old {
			if x.list != 0 {
				*s.slot(x.key) = x
			}
		}
	}
	x := s.slot(key)
	if x.list == 0 {
		*x = slot{key, vacant}
		s.used++
	}
	return x
}

// get gives the list of a key; one is room for a list of one. The numbers may
// be put into another order, and hold until the next call of add.
func (p *postings) get(key uint32, one *[1]uint32) []uint32 {
	s := &p.shards[key>>(32-shardBits)]
	if len(s.slots) == 0 {
		return nil
	}
	switch l := s.slot(key).list; {
	case l == 0, l == vacant:
		return nil
	case l&many == 0:
		one[0] = l - 1
		return one[:]
	default:
		b := p.block(l)
		return b[1 : 1+b[0]&(1<<lengthBits-1)]
	}
}

func (p *postings) block(l uint32) []uint32 {
	at := l &^ many
	return p.pages[at>>pageBits][at&(1<<pageBits-1):]
}

// add puts a number behind those of a key.
func (p *postings) add(key, v uint32) {
	x := p.shards[key>>(32-shardBits)].put(key)
	switch {
	case x.list == vacant:
		x.list = v + 1
		return
	case x.list&many == 0:
		first := x.list - 1
		x.list = p.cut(leastBlock)
		copy(p.block(x.list), []uint32{1 | leastBlock<<lengthBits, first})
	}
	b := p.block(x.list)
	n, k := b[0]&(1<<lengthBits-1), b[0]>>lengthBits
	if n+1 == 1<<k {
		l := p.cut(k + 1)
		copy(p.block(l), b[:n+1])
		p.drop(x.list, k)
		x.list, k = l, k+1
		b = p.block(l)
	}
	b[0], b[n+1] = n+1|k<<lengthBits, v
}

// shorten takes the last number of a key away.
func (p *postings) shorten(key uint32) {
	x := p.shards[key>>(32-shardBits)].slot(key)
	if x.list&many == 0 {
		x.list = vacant
		return
	}
	p.block(x.list)[0]--
}

// cut gives the place of a block of 1<<k words.
func (p *postings) cut(k uint32) uint32 {
	if k > pageBits {
		p.pages = append(p.pages, make([]uint32, 1<<k))
		return uint32(len(p.pages)-1)<<pageBits | many
	}
	if n := len(p.free[k]); n > 0 {
		l := p.free[k][n-1]
		p.free[k] = p.free[k][:n-1]
		return l
	}
	if at := p.fresh & (1<<pageBits - 1); at == 0 || at+1<<k > 1<<pageBits {
		p.pages = append(p.pages, make([]uint32, 1<<pageBits))
		p.fresh = uint32(len(p.pages)-1) << pageBits
	}
	l := p.fresh | many
	p.fresh += 1 << k
	return l
}

// drop gives a block back.
func (p *postings) drop(l, k uint32) {
	if k > pageBits {
		p.pages[l&^many>>pageBits] = nil
		return
	}
	p.free[k] = append(p.free[k], l)
}
