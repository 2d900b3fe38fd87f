package checker

import (
	"math/bits"
	"sync"
	"sync/atomic"
)

// matrix is a set of states of a product, as bits: a state's row is the side in place 0, its column the side in place
// 1. The bits are kept in blocks, each a piece of one row, and only blocks that hold a state exist.
//
// Beside the states that are in the set, a block has those that are about to join it: the states found in the layer at
// hand. Any number of workers may add such states at the same time, while nobody adds to the set itself.
type matrix struct {
	stride  int      // blocks per row
	blocks  []uint32 // by row and place in the row: the number of the block; 0: none yet
	pages   []atomic.Pointer[page]
	used    atomic.Uint32 // the last block that was given out
	growing sync.Mutex

	spill *spill       // nil: all is in memory
	away  atomic.Int64 // pages in the file of spill
	here  []uint32     // pages in memory, if there is a spill
}

// The columns of a block are as many as there are bits in a cache line.
const (
	blockWords = 8
	blockBits  = blockWords * 64
	pageBlocks = 1 << 12
	mostPages  = 1 << 16
)

// block is a piece of a row.
type block struct {
	seen [blockWords]uint64 // the states in the set
	next [blockWords]uint64 // the states that will join it
}

// page is an array of blocks, with what is needed of a block only now and then. It has no pointers: it may be kept in a
// file (spill.go).
type page struct {
	blocks [pageBlocks]block
	where  [pageBlocks]uint64 // of block: the row, and the place in the row
	dirty  [pageBlocks]uint32 // of block: next is not empty
}

// piece is the content of a block, on its own.
type piece struct {
	row, at uint32
	words   [blockWords]uint64
}

func newMatrix() *matrix { return &matrix{pages: make([]atomic.Pointer[page], mostPages)} }

// grow makes room for rows and columns. It must not be called while workers add.
func (m *matrix) grow(rows, columns int) {
	if stride := (columns + blockBits - 1) / blockBits; stride > m.stride {
		stride = max(stride, 2*m.stride)
		wider := make([]uint32, len(m.blocks)/max(1, m.stride)*stride)
		for r := range len(wider) / stride {
			copy(wider[r*stride:], m.blocks[r*m.stride:(r+1)*m.stride])
		}
		m.stride, m.blocks = stride, wider
	}
	if n := rows * m.stride; n > len(m.blocks) {
		m.blocks = append(m.blocks, make([]uint32, max(n-len(m.blocks), len(m.blocks)/m.stride*m.stride))...)
	}
}

// block is the block of a number, with its page and its place there.
func (m *matrix) block(n uint32) *block { return &m.pages[n/pageBlocks].Load().blocks[n%pageBlocks] }

// find is the block at a place of a row, or nil.
func (m *matrix) find(row, at uint32) *block {
	if n := m.blocks[int(row)*m.stride+int(at)]; n != 0 {
		return m.block(n)
	}
	return nil
}

// row yields the pieces of a row that hold states of the set.
func (m *matrix) row(r uint32, yield func(at uint32, words *[blockWords]uint64)) {
	if int(r)*m.stride >= len(m.blocks) {
		return
	}
	for at, n := range m.blocks[int(r)*m.stride : (int(r)+1)*m.stride] {
		if n != 0 {
			yield(uint32(at), &m.block(n).seen)
		}
	}
}

func (m *matrix) bytes() int64 {
	inMemory := int64(m.used.Load()/pageBlocks+1) - m.away.Load()
	return int64(cap(m.blocks))*4 + inMemory*pageSize
}

// adder adds states for one worker.
type adder struct {
	*matrix
	touched []uint64 // where the blocks are whose next is not empty, each in one adder's list
	spare   uint32   // a block that was given out and not used
}

// at is the number of the block at a place of a row, which is made if there is none.
func (a *adder) at(row, at uint32) uint32 {
	slot := &a.blocks[int(row)*a.stride+int(at)]
	if n := atomic.LoadUint32(slot); n != 0 {
		return n
	}
	if a.spare == 0 {
		a.spare = a.used.Add(1)
		a.open(a.spare / pageBlocks)
	}
	n := a.spare
	a.pages[n/pageBlocks].Load().where[n%pageBlocks] = join(row, at)
	if atomic.CompareAndSwapUint32(slot, 0, n) {
		a.spare = 0
		return n
	}
	return atomic.LoadUint32(slot) // another worker was faster
}

// open makes a page, if there is none.
func (m *matrix) open(p uint32) {
	if m.pages[p].Load() != nil {
		return
	}
	m.growing.Lock()
	defer m.growing.Unlock()
	if m.pages[p].Load() == nil {
		m.pages[p].Store(m.newPage(p))
	}
}

// add notes one state.
func (a *adder) add(row, column uint32) {
	n := a.at(row, column/blockBits)
	b := a.block(n)
	i, bit := column/64%blockWords, uint64(1)<<(column%64)
	if b.seen[i]&bit != 0 || atomic.LoadUint64(&b.next[i])&bit != 0 {
		return
	}
	atomic.OrUint64(&b.next[i], bit)
	a.touch(n)
}

// addAll notes many states of a row: those of the words, at one place of it.
func (a *adder) addAll(row, at uint32, words *[blockWords]uint64) {
	n := a.at(row, at)
	b := a.block(n)
	found := uint64(0)
	for i, word := range words {
		if word == 0 {
			continue
		}
		if word &^= b.seen[i] | atomic.LoadUint64(&b.next[i]); word != 0 {
			atomic.OrUint64(&b.next[i], word)
			found |= word
		}
	}
	if found != 0 {
		a.touch(n)
	}
}

// touch puts a block on the list of those that have new states.
func (a *adder) touch(n uint32) {
	p := a.pages[n/pageBlocks].Load()
	dirty := &p.dirty[n%pageBlocks]
	if atomic.LoadUint32(dirty) == 0 && atomic.CompareAndSwapUint32(dirty, 0, 1) {
		a.touched = append(a.touched, p.where[n%pageBlocks])
	}
}

// take lets the new states of some blocks join the set, and appends them to a list.
func (m *matrix) take(touched []uint64, list []piece) []piece {
	for _, where := range touched {
		row, at := split(where)
		b := m.clean(where)
		list = append(list, piece{row, at, b.next})
		for i, word := range b.next {
			b.seen[i] |= word
		}
		b.next = [blockWords]uint64{}
	}
	return list
}

// drop forgets the new states of some blocks.
func (m *matrix) drop(touched []uint64) {
	for _, where := range touched {
		m.clean(where).next = [blockWords]uint64{}
	}
}

// clean is a block that is not dirty any more.
func (m *matrix) clean(where uint64) *block {
	row, at := split(where)
	n := m.blocks[int(row)*m.stride+int(at)]
	p := m.pages[n/pageBlocks].Load()
	p.dirty[n%pageBlocks] = 0
	return &p.blocks[n%pageBlocks]
}

// count is the number of bits.
func count(words *[blockWords]uint64) (n int) {
	for _, word := range words {
		n += bits.OnesCount64(word)
	}
	return n
}

// columns yields the columns of a piece, in order.
func columns(at uint32, words *[blockWords]uint64, yield func(column uint32)) {
	for i, word := range words {
		for ; word != 0; word &= word - 1 {
			yield(at*blockBits + uint32(i*64+bits.TrailingZeros64(word)))
		}
	}
}
