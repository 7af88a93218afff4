package names

// dict maps hashes to numbers. Its slots are used again after a reset, which
// costs nothing. The words of a text choose the hashes, so a number that is
// drawn for every process, mix, keeps them from choosing the slots as well.
type dict struct {
	slots []slot // a power of two
	used  int
	shift uint
	mix   uint64 // odd
	round uint32 // slots of other rounds are empty
}

type slot struct {
	key   uint64
	value int32
	round uint32
}

// firstSlots is the size of a dict to begin with, as a power of two.
const firstSlots = 6

func newDict(mix uint64) dict {
	return dict{slots: make([]slot, 1<<firstSlots), shift: 64 - firstSlots, mix: mix | 1, round: 1}
}

func (d *dict) reset() {
	d.used = 0
	if d.round++; d.round == 0 {
		clear(d.slots)
		d.round = 1
	}
}

// find gives the slot of a key, or the empty one where it would be.
func (d *dict) find(key uint64) *slot {
	for i := key * d.mix >> d.shift; ; i = (i + 1) & uint64(len(d.slots)-1) {
		if s := &d.slots[i]; s.round != d.round || s.key == key {
			return s
		}
	}
}

func (d *dict) get(key uint64) (int32, bool) {
	if s := d.find(key); s.round == d.round {
		return s.value, true
	}
	return 0, false
}

func (d *dict) has(key uint64) bool { return d.find(key).round == d.round }

func (d *dict) set(key uint64, value int32) {
	s := d.find(key)
	if s.round != d.round {
		if 2*d.used >= len(d.slots) {
			d.grow()
			s = d.find(key)
		}
		d.used++
	}
	*s = slot{key, value, d.round}
}

func (d *dict) grow() {
	old := d.slots
	d.slots = make([]slot, 2*len(old))
	d.shift--
	for i := range old {
		if old[i].round == d.round {
			*d.find(old[i].key) = old[i]
		}
	}
}

// chains is a dict of lists of numbers.
type chains struct {
	dict
	links []chained
}

type chained struct{ value, next int32 }

func newChains(mix uint64) chains { return chains{dict: newDict(mix)} }

func (c *chains) reset() {
	c.dict.reset()
	c.links = c.links[:0]
}

// first is the index of the first link of a key's list, or -1; next of a link
// is the one after it, or -1.
func (c *chains) first(key uint64) int32 {
	if i, ok := c.get(key); ok {
		return i
	}
	return -1
}

// add puts a number at the end of a key's list, unless it is there already or
// the list has limit numbers.
func (c *chains) add(key uint64, value int32, limit int) {
	i := c.first(key)
	end := int32(len(c.links))
	if i < 0 {
		c.set(key, end)
	}
	for n := 1; i >= 0; n++ {
		l := &c.links[i]
		if l.value == value || n >= limit {
			return
		}
		if l.next < 0 {
			l.next = end
			break
		}
		i = l.next
	}
	c.links = append(c.links, chained{value, -1})
}
