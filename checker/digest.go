package checker

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"
	"sync"
)

// The digest identifies the set of reachable states, and the number of transitions by label, by content. It depends
// neither on the order of exploration nor on the machine, and an engine that never lists its edges can compute it.
//
// A residue is a pair of numbers modulo two primes. The residue of some content is taken from its SHA-256, salted
// with a byte: 0 and 1 for a side in that place, 2 and 3 for a label whose mover has place 0 or 1. A state's residue
// is the product of its sides', so a row of states that share a side costs one addition per state and one
// multiplication; the salts keep a state and its mirror image apart. The digest is the sum, over all states, of their
// residues, and over all labels, of theirs times the number of their transitions.

// primes are 2^61-1 and 2^61-31.
var primes = [2]uint64{1<<61 - 1, 1<<61 - 31}

type residue [2]uint64

// residueOf hashes salted content into 1 .. p-1, for each prime p.
func residueOf(salt byte, content []byte) (r residue) {
	h := sha256.New()
	h.Write([]byte{salt})
	h.Write(content)
	sum := h.Sum(nil)
	for i, p := range primes {
		r[i] = binary.BigEndian.Uint64(sum[8*i:])%(p-1) + 1
	}
	return r
}

func (r residue) plus(q residue) residue {
	for i, p := range primes {
		if r[i] += q[i]; r[i] >= p { // both are below p
			r[i] -= p
		}
	}
	return r
}

// bigSum is a sum of residues that is reduced only in the end.
type bigSum [2]struct{ hi, lo uint64 }

func (s *bigSum) add(r *residue) {
	for i := range s {
		var carry uint64
		s[i].lo, carry = bits.Add64(s[i].lo, r[i], 0)
		s[i].hi += carry
	}
}

func (s *bigSum) residue() (r residue) {
	for i, p := range primes {
		r[i] = bits.Rem64(s[i].hi, s[i].lo, p)
	}
	return r
}

func (r residue) times(q residue) residue {
	for i, p := range primes {
		hi, lo := bits.Mul64(r[i], q[i])
		_, r[i] = bits.Div64(hi, lo, p)
	}
	return r
}

// multiple is r times an ordinary number.
func (r residue) multiple(n uint64) residue {
	return r.times(residue{n % primes[0], n % primes[1]})
}

func (r residue) String() string { return fmt.Sprintf("%016x%016x", r[0], r[1]) }

// sideResidues hashes every side that is in use, once for each place.
func (k *knowledge[S, A]) sideResidues() [][2]residue {
	residues := make([][2]residue, len(k.values))
	residues[0] = [2]residue{{1, 1}, {1, 1}} // nobody: a state of one side has that side's residue
	inChunks(k.workers, 1, len(k.values), chunkSize, func(_, _, lo, hi int) {
		c := k.fork()
		var content []byte
		for n := lo; n < hi; n++ {
			content = c.Encode(content[:0], k.values[n])
			residues[n] = [2]residue{residueOf(0, content), residueOf(1, content)}
		}
	})
	return residues
}

// labelResidue is the sum over all labels.
func (k *knowledge[S, A]) labelResidue(labels []uint64) (total residue) {
	c := k.fork()
	for l, n := range labels {
		if n > 0 {
			side := l & 1
			content := c.EncodeAction(nil, side, k.actions[l>>1])
			total = total.plus(residueOf(byte(2+side), content).multiple(n))
		}
	}
	return total
}

// digest sums over the states of a space.
func (k *knowledge[S, A]) digest(s *space) string {
	residues := k.sideResidues()
	total := k.labelResidue(s.labels)
	var mu sync.Mutex
	inChunks(k.workers, 0, len(s.keys), roundSize, func(_, _, lo, hi int) {
		var sum residue
		for _, key := range s.keys[lo:hi] {
			a, b := split(key)
			sum = sum.plus(residues[a][0].times(residues[b][1]))
		}
		mu.Lock()
		total = total.plus(sum) // in any order: it is a sum
		mu.Unlock()
	})
	return total.String()
}
