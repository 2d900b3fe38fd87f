package checker

import (
	"encoding/binary"
	"math/bits"
	"sync"
)

// sieve rules out most states by what their two sides are, before any state is looked at. Sides are sorted into
// classes, by what their component can do and what they enable by themselves. Whether a row and a column can make a
// state of a fair cycle is then told once for two classes, as a set of columns for each class of rows; what is enabled
// by offers is told by sets of columns, too. So a row costs a few operations for each word.
type sieve struct {
	*blocks
	kinds   [2][]sideKind // by place and class
	class   [2][]uint32   // by place and side; class 0 is of those in no component that survived
	masks   []sieveMask   // by class of a row
	taken   [][]strongSet // by offer of a row: the columns that take it
	offered [][]strongSet // by the way in which a row answers: the columns that offer what it takes
	way     []uint32      // by row: the way in which it answers
}

// sideKind is what is told of a side.
type sideKind struct {
	does   *inside
	owes   uint64 // the constraints that it enables by itself
	single bool   // it is a component on its own
}

// encode appends all that is told, so that kinds that are alike are one.
func (k *sideKind) encode(dst []byte) []byte {
	dst = append(dst, bits8(k.single, k.does.moves))
	dst = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(dst, k.owes), k.does.takes)
	for i := range k.does.gives {
		dst = binary.LittleEndian.AppendUint64(dst, k.does.gives[i])
		dst = binary.LittleEndian.AppendUint64(dst, k.does.gets[i])
	}
	return dst
}

// strongSet is the set of columns with which a row enables a strong constraint.
type strongSet struct {
	bit     int // of the constraint
	columns []uint64
}

// sieveMask is, for a class of rows, the columns that may make a state of a fair cycle with them; and by strong
// constraint those of them that can take it, so may enable it.
type sieveMask struct {
	once  sync.Once
	all   []uint64
	takes [][]uint64
}

func newSieve(b *blocks) *sieve {
	s := &sieve{blocks: b}
	var key []byte
	for p := range s.class {
		f := b.sides[p]
		s.class[p] = make([]uint32, len(f.lives))
		s.kinds[p] = make([]sideKind, 1)
		numbers := map[string]uint32{}
		for n, c := range f.lives {
			if c == 0 {
				continue
			}
			kind := sideKind{&b.inside[p][c], b.alone[p][n], len(f.members[c]) == 1}
			key = kind.encode(key[:0])
			class, known := numbers[string(key)]
			if !known {
				class = uint32(len(s.kinds[p]))
				numbers[string(key)] = class
				s.kinds[p] = append(s.kinds[p], kind)
			}
			s.class[p][n] = class
		}
	}
	s.masks = make([]sieveMask, len(s.kinds[0]))
	s.prepareTaken()
	s.prepareOffered()
	return s
}

// mask is the mask for a row, or nil if nothing is left of it.
func (s *sieve) mask(row uint32) *sieveMask {
	class := s.class[0][row]
	m := &s.masks[class]
	m.once.Do(func() { s.fill(class, m) })
	if m.all == nil {
		return nil
	}
	return m
}

// fill tells of a class of rows which columns it goes with.
func (s *sieve) fill(class uint32, m *sieveMask) {
	takes := make([]uint64, len(s.kinds[1]))
	possible := make([]bool, len(s.kinds[1]))
	left, taken := false, uint64(0)
	for c := 1; c < len(takes) && class > 0; c++ {
		if takes[c], possible[c] = s.possible(&s.kinds[0][class], &s.kinds[1][c]); possible[c] {
			left = true
			taken |= takes[c] & s.strong
		}
	}
	if !left {
		return
	}
	m.all = s.columnSet()
	m.takes = make([][]uint64, bits.Len64(s.strong))
	for ; taken != 0; taken &= taken - 1 {
		m.takes[bits.TrailingZeros64(taken)] = s.columnSet()
	}
	for n, c := range s.class[1] {
		if !possible[c] {
			continue
		}
		put(m.all, uint32(n))
		for t := takes[c] & s.strong; t != 0; t &= t - 1 {
			put(m.takes[bits.TrailingZeros64(t)], uint32(n))
		}
	}
}

func (s *sieve) columnSet() []uint64 { return make([]uint64, s.stride*blockWords) }

// possible tells whether two sides can be a state of a fair cycle, as far as that can be told of their classes, and
// what the cycle may take.
func (s *sieve) possible(x, y *sideKind) (takes uint64, possible bool) {
	owes := x.owes | y.owes
	if x.single && y.single { // nothing moves, and nothing is taken
		return 0, !s.moving && owes == 0
	}
	takes, moves := s.meet(x.does, y.does)
	return takes, (moves || !s.moving) && owes&s.strong&^takes == 0
}

// look yields the states of a row that are left.
func (s *sieve) look(row uint32, yield func(column uint32)) {
	m := s.mask(row)
	if m == nil {
		return
	}
	sets := s.offered[s.way[row]]
	own := s.place[0].offers(&s.place[0].actors[row])
	s.row(row, func(at uint32, words *[blockWords]uint64) {
		for i, word := range words {
			w := int(at)*blockWords + i
			if word &= m.all[w]; word == 0 {
				continue
			}
			for j := range sets {
				word &^= m.lacks(&sets[j], w)
			}
			for j := range own {
				if enables(own[j], row) {
					for k := range s.taken[own[j].act] {
						word &^= m.lacks(&s.taken[own[j].act][k], w)
					}
				}
			}
			for ; word != 0; word &= word - 1 {
				yield(uint32(w*64 + bits.TrailingZeros64(word)))
			}
		}
	})
}

// lacks are the columns, in a word, that enable a constraint which their block cannot take.
func (m *sieveMask) lacks(set *strongSet, word int) uint64 {
	enabled := set.columns[word]
	if takes := m.takes[set.bit]; takes != nil {
		enabled &^= takes[word]
	}
	return enabled
}
