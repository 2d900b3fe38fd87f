package checker

import (
	"encoding/binary"
	"slices"
)

// reduce drops what no component of the other place can meet, and numbers the components of a place so that those with
// equal numbers can do the same: as far as cycles go, they are the same graph.
func (b *blocks) reduce() {
	words := (len(b.labelsOf) + 63) / 64
	var gives, gets [2][]uint64
	for p := range b.inside {
		gives[p], gets[p] = make([]uint64, words), make([]uint64, words)
		for c := range b.inside[p] {
			for i := range words {
				gives[p][i] |= b.inside[p][c].gives[i]
				gets[p][i] |= b.inside[p][c].gets[i]
			}
		}
	}
	for p := range b.inside {
		for c := range b.inside[p] {
			in := &b.inside[p][c]
			for i := range words {
				in.gives[i] &= gets[1-p][i]
				in.gets[i] &= gives[1-p][i]
			}
		}
		b.number(p, &inside{gives: gives[1-p], gets: gets[1-p]})
	}
}

// number numbers components by their graphs: the edges between their members, by place among these, that a cycle may use.
func (b *blocks) number(p int, others *inside) {
	f := b.sides[p]
	b.alike[p] = make([]uint32, len(f.members))
	numbers := map[string]uint32{}
	place := make([]uint32, len(f.lives))
	f.matched = others
	var key []byte
	for c, members := range f.members {
		slices.Sort(members)
		for i, n := range members {
			place[n] = uint32(i)
		}
		key = binary.AppendUvarint(key[:0], uint64(len(members)))
		part := f.enclose(members)
		for i, n := range members {
			for _, e := range f.edges[f.first[n]:f.first[n+1]] {
				if f.part[e.target] != part || !f.allowed(e) {
					continue
				}
				what := b.label[e.label]
				if e.kind != own {
					what = uint64(e.offer)
				}
				key = binary.AppendUvarint(append(key, byte(e.kind)), uint64(i))
				key = binary.AppendUvarint(binary.AppendUvarint(key, uint64(place[e.target])), what)
			}
		}
		n, known := numbers[string(key)]
		if !known {
			n = uint32(len(numbers))
			numbers[string(key)] = n
		}
		b.alike[p][c] = n
	}
	f.matched = nil
}
