package claim

import "container/heap"

// queue is a heap of nodes, the one that ranks first on top.
type queue struct {
	dirty  []int32
	before func(n, m int32) bool
}

func (q *queue) Len() int           { return len(q.dirty) }
func (q *queue) Less(i, k int) bool { return q.before(q.dirty[i], q.dirty[k]) }
func (q *queue) Swap(i, k int)      { q.dirty[i], q.dirty[k] = q.dirty[k], q.dirty[i] }

// Push appends; it is for package heap.
func (q *queue) Push(x any) { q.dirty = append(q.dirty, x.(int32)) }

// Pop takes the last; it is for package heap.
func (q *queue) Pop() any {
	n := q.dirty[len(q.dirty)-1]
	q.dirty = q.dirty[:len(q.dirty)-1]
	return n
}

func (q *queue) init()        { heap.Init(q) }
func (q *queue) push(n int32) { heap.Push(q, n) }
func (q *queue) pop() int32   { return heap.Pop(q).(int32) }
