package checker

import "math/bits"

// image is a set of columns that states of a row lead to, gathered before it is added to the set of states: setting a bit
// here takes neither a look at the matrix nor an atomic operation, and whole words are added at once.
type image struct {
	words []uint64
	marks []uint64 // which words are not empty
}

func (m *image) resize(words int) {
	if len(m.words) < words {
		m.words = append(m.words, make([]uint64, words-len(m.words))...)
		m.marks = append(m.marks, make([]uint64, (words+63)/64-len(m.marks))...)
	}
}

func (m *image) put(column uint32) {
	w := column / 64
	m.words[w] |= 1 << (column % 64)
	m.marks[w/64] |= 1 << (w % 64)
}

// add adds the columns of a word.
func (m *image) add(w *word) {
	m.words[w.at] |= w.bits
	m.marks[w.at/64] |= 1 << (w.at % 64)
}

// take yields what is in an image, by place, and empties it.
func (m *image) take(yield func(at uint32, words *[blockWords]uint64)) {
	for i, mark := range m.marks {
		for mark != 0 {
			at := i*(64/blockWords) + bits.TrailingZeros64(mark)/blockWords
			words := (*[blockWords]uint64)(m.words[at*blockWords:])
			yield(uint32(at), words)
			*words = [blockWords]uint64{}
			mark &^= (1<<blockWords - 1) << (at % (64 / blockWords) * blockWords)
		}
		m.marks[i] = 0
	}
}

// flush adds the states to a row, and leaves the image empty.
func (m *image) flush(a *adder, row uint32) {
	m.take(func(at uint32, words *[blockWords]uint64) { a.addAll(row, at, words) })
}

// images are what a worker gathers for one row: what stays in the row, what goes to one other row, and, by target, what the
// row answers to the columns' offers.
type images struct {
	stay, away image
	targets    []uint32 // the rows that the row's answers lead to
	answered   []image  // by target
	slots      []uint32 // by offer: what the row does with it
	used       []uint32 // the offers whose slots are filled
}

// The slots of images.
const (
	slotEmpty = iota
	slotSlow  // not simply a target
	slotStay
	slotFirst // and the following: the places of targets
)

func (m *images) resize(words, offers int) {
	m.stay.resize(words)
	m.away.resize(words)
	for i := range m.answered {
		m.answered[i].resize(words)
	}
	if len(m.slots) < offers {
		m.slots = append(m.slots, make([]uint32, offers-len(m.slots))...)
	}
}

// slot finds out what a row does with an offer, its answer being a code.
func (m *images) slot(row, offer, code uint32) uint32 {
	slot := uint32(slotSlow)
	if target := code - firstReply; target < isSeveral-firstReply {
		if target == row {
			slot = slotStay
		} else {
			slot = m.place(target)
		}
	}
	m.slots[offer] = slot
	m.used = append(m.used, offer)
	return slot
}

func (m *images) place(target uint32) uint32 {
	for i, t := range m.targets {
		if t == target {
			return slotFirst + uint32(i)
		}
	}
	if len(m.answered) == len(m.targets) {
		m.answered = append(m.answered, image{})
		m.answered[len(m.targets)].resize(len(m.stay.words))
	}
	m.targets = append(m.targets, target)
	return slotFirst + uint32(len(m.targets)-1)
}

// flush adds what was gathered, and leaves all images empty.
func (m *images) flush(a *adder, row uint32) {
	m.stay.flush(a, row)
	for i, target := range m.targets {
		m.answered[i].flush(a, target)
	}
	m.targets = m.targets[:0]
	for _, offer := range m.used {
		m.slots[offer] = slotEmpty
	}
	m.used = m.used[:0]
}
