package checker

import "math/bits"

// set is the visited set: open addressing over the numbers of the states, whose keys are in the arena. A slot holds a
// number plus one, and is empty at zero. Keys are compared exactly; there is no hash compaction.
type set struct {
	slots []uint32
	shift uint
	used  int
}

const smallestSet = 1 << 10

// home is the slot where the search for a key begins: the upper bits of a multiplicative hash.
func (s *set) home(key uint64) uint64 {
	h := key * 0x9E3779B97F4A7C15
	h ^= h >> 32
	return h * 0xD6E8FEB86659FD93 >> s.shift
}

// find returns the number of a key.
func (s *set) find(keys []uint64, key uint64) (uint32, bool) {
	if len(s.slots) == 0 {
		return 0, false
	}
	mask := uint64(len(s.slots) - 1)
	for i := s.home(key); ; i = (i + 1) & mask {
		slot := s.slots[i]
		if slot == 0 {
			return 0, false
		}
		if keys[slot-1] == key {
			return slot - 1, true
		}
	}
}

// batchSize is about how many keys are looked up at a time.
const batchSize = 256

// sift appends those of a batch whose keys are not in the set to a list. The memory is asked for all slots before any of
// them is looked at, and so need not be waited for once per key.
func (s *set) sift(keys []uint64, batch, list []candidate) []candidate {
	if len(s.slots) == 0 {
		return append(list, batch...)
	}
	var slots [2 * batchSize]uint32
	for len(batch) > 0 {
		part := batch[:min(len(slots), len(batch))]
		for i := range part {
			slots[i] = s.slots[s.home(part[i].key)]
		}
		for i := range part {
			slot := slots[i]
			if slot == 0 {
				list = append(list, part[i])
			} else if keys[slot-1] != part[i].key {
				if _, found := s.find(keys, part[i].key); !found {
					list = append(list, part[i])
				}
			}
		}
		batch = batch[len(part):]
	}
	return list
}

// add puts a key under the number n, unless it is there already. The caller then appends it to keys.
func (s *set) add(keys []uint64, key uint64, n uint32) bool {
	if s.full() {
		s.grow(keys)
	}
	mask := uint64(len(s.slots) - 1)
	for i := s.home(key); ; i = (i + 1) & mask {
		slot := s.slots[i]
		if slot == 0 {
			s.slots[i] = n + 1
			s.used++
			return true
		}
		if keys[slot-1] == key {
			return false
		}
	}
}

// full tells that the next addition will grow the set: three quarters of the slots are used.
func (s *set) full() bool { return s.used >= len(s.slots)/4*3 }

// grow doubles the slots.
func (s *set) grow(keys []uint64) {
	size := max(smallestSet, 2*len(s.slots))
	s.slots = make([]uint32, size)
	s.shift = uint(64 - bits.TrailingZeros(uint(size)))
	mask := uint64(size - 1)
	for n, key := range keys[:s.used] {
		i := s.home(key)
		for s.slots[i] != 0 {
			i = (i + 1) & mask
		}
		s.slots[i] = uint32(n) + 1
	}
}
