package checker

import (
	"encoding/binary"
	"math/bits"
)

// images are sets of columns that the states of a row lead to, gathered before they are added to the set of states: setting
// a bit here takes neither a look at the matrix nor an atomic operation, and whole words are added at once. There is an
// image for what stays in the row, one for what an offer of the row leads to, and one for each row that the row's answers
// to the columns' offers lead to.
type images struct {
	words  []uint64 // by image and column, 64 in each
	marks  []byte   // by image and block: not 0 if there is something
	stride int      // blocks of an image, a multiple of 8

	targets []uint32 // by image: the row it is of
	slots   []uint32 // by offer of the columns: the image that the row's answer leads to, or one of the below
	used    []uint32 // the offers whose slots are known
}

const (
	stay  = 0 // the image of the row itself
	away  = 1 // the image for the row's own offers
	first = 2 // the first of the images for answers

	slotUnknown = ^uint32(0)
	slotSlow    = ^uint32(0) - 1 // it does not simply lead to a row
)

// prepare makes room. All images are empty.
func (m *images) prepare(stride, offers int) {
	if stride = (stride + 7) &^ 7; stride > m.stride {
		m.stride, m.words, m.marks, m.targets = stride, nil, nil, m.targets[:0]
	}
	for len(m.targets) < first {
		m.open(0)
	}
	for len(m.slots) < offers {
		m.slots = append(m.slots, slotUnknown)
	}
}

// open adds an image for a row.
func (m *images) open(row uint32) uint32 {
	m.targets = append(m.targets, row)
	if n := len(m.targets) * m.stride; len(m.marks) < n {
		m.marks = append(m.marks, make([]byte, m.stride)...)
		m.words = append(m.words, make([]uint64, m.stride*blockWords)...)
	}
	return uint32(len(m.targets) - 1)
}

// put adds a column to an image.
func (m *images) put(image, column uint32) {
	at := int(image)*m.stride + int(column/blockBits)
	m.words[at*blockWords+int(column/64%blockWords)] |= 1 << (column % 64)
	m.marks[at] = 1
}

// putWord adds the columns of a word to an image.
func (m *images) putWord(image int, w *word) {
	at := image*m.stride + int(w.at/blockWords)
	m.words[at*blockWords+int(w.at%blockWords)] |= w.bits
	m.marks[at] = 1
}

// take yields what is in an image, by place, and empties it.
func (m *images) take(image int, yield func(at uint32, words *[blockWords]uint64)) {
	begin := image * m.stride
	for i := begin; i < begin+m.stride; i += 8 {
		for mark := binary.LittleEndian.Uint64(m.marks[i:]); mark != 0; mark &= mark - 1 {
			at := i + bits.TrailingZeros64(mark)/8
			words := (*[blockWords]uint64)(m.words[at*blockWords:])
			yield(uint32(at-begin), words)
			*words = [blockWords]uint64{}
		}
		binary.LittleEndian.PutUint64(m.marks[i:], 0)
	}
}

// flush adds the states of an image to a row, and empties it.
func (m *images) flush(a *adder, image int, row uint32) {
	m.take(image, func(at uint32, words *[blockWords]uint64) { a.addAll(row, at, words) })
}

// flushAll adds what was gathered for a row.
func (m *images) flushAll(a *adder, row uint32) {
	m.flush(a, stay, row)
	for i := first; i < len(m.targets); i++ {
		m.flush(a, i, m.targets[i])
	}
	m.targets = m.targets[:first]
	for _, offer := range m.used {
		m.slots[offer] = slotUnknown
	}
	m.used = m.used[:0]
}

// slot finds the image that a row's answer to an offer leads to, the answer being a code.
func (m *images) slot(row, offer, code uint32) uint32 {
	slot := slotSlow
	if target := code - firstReply; target < isSeveral-firstReply {
		slot = m.of(row, target)
	}
	m.slots[offer] = slot
	m.used = append(m.used, offer)
	return slot
}

// of is the image of a target of the row's answers.
func (m *images) of(row, target uint32) uint32 {
	if target == row {
		return stay
	}
	for i, t := range m.targets[first:] {
		if t == target {
			return first + uint32(i)
		}
	}
	return m.open(target)
}
