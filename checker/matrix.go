package checker

import (
	"math/bits"
	"sync"
	"sync/atomic"
)

// matrix is a set of states of a product, as bits: a state's row is the side in place 0, its column the side in place
// 1. The bits are kept in blocks, each a piece of one row, and only blocks that hold a state exist.
//
// Any number of workers may add states at the same time. Each keeps a list of what it added: a state that several find is in
// the list of one.
type matrix struct {
	stride  int      // blocks per row
	blocks  []uint32 // by row and place in the row: the number of the block; 0: none yet
	pages   []atomic.Pointer[page]
	used    atomic.Uint32 // the last block that was given out
	growing sync.Mutex

	folded bool // of each two images, only one is in it: fold.go

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
type block [blockWords]uint64

// page is an array of blocks. It has no pointers: it may be kept in a file (spill.go).
type page [pageBlocks]block

// wordBytes is the size of a word.
const wordBytes = 16

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
func (m *matrix) block(n uint32) *block { return &m.pages[n/pageBlocks].Load()[n%pageBlocks] }

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
			yield(uint32(at), (*[blockWords]uint64)(m.block(n)))
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
	added []word // what it has added
	spare uint32 // a block that was given out and not used
}

// word is some states of a row: those of 64 columns.
type word struct {
	row, at uint32 // the columns are at*64 and the following
	bits    uint64
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

// add adds one state.
func (a *adder) add(row, column uint32) {
	if a.folded && row > column {
		row, column = column, row
	}
	b := a.block(a.at(row, column/blockBits))
	a.addWord(&b[column/64%blockWords], word{row, column / 64, 1 << (column % 64)})
}

// addAll adds states of a row: those of the words, at one place of it.
func (a *adder) addAll(row, at uint32, words *[blockWords]uint64) {
	if a.folded && row > at*blockBits {
		a.addFolded(row, at, words)
		return
	}
	a.addWords(row, at, words)
}

func (a *adder) addWords(row, at uint32, words *[blockWords]uint64) {
	b := a.block(a.at(row, at))
	for i, bits := range words {
		if bits != 0 {
			a.addWord(&b[i], word{row, at*blockWords + uint32(i), bits})
		}
	}
}

// addWord adds the states of a word. Most are there already, and cost one look.
func (a *adder) addWord(there *uint64, w word) {
	if w.bits &^= atomic.LoadUint64(there); w.bits == 0 {
		return
	}
	if w.bits &^= atomic.OrUint64(there, w.bits); w.bits != 0 { // another worker may have been faster
		a.added = append(a.added, w)
	}
}

// remove takes states out of the set again.
func (m *matrix) remove(words []word) {
	for _, w := range words {
		m.find(w.row, w.at/blockWords)[w.at%blockWords] &^= w.bits
	}
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
