package capture

import "encoding/binary"

// OptionSet is a set of TCP options.
type OptionSet uint8

// The options that are looked at.
const (
	HasMSS OptionSet = 1 << iota
	HasWindowScale
	HasSACKPermitted
	HasSACK
	HasTimestamps
)

// Has reports whether all of o are in the set.
func (s OptionSet) Has(o OptionSet) bool { return s&o == o }

// Block is a block of octets that arrived out of order: Right is the first
// sequence number after it [RFC 2018, 3].
type Block struct{ Left, Right uint32 }

// Blocks are the blocks of a SACK option. Four are as many as fit the 40
// octets that a header has for options.
type Blocks struct {
	N     uint8 // how many
	Block [4]Block
}

// All returns the blocks in the option's order.
func (b *Blocks) All() []Block { return b.Block[:b.N] }

// Option kinds (IANA, TCP Option Kind Numbers).
const (
	kindEnd           = 0
	kindNoOperation   = 1
	kindMSS           = 2 // length 4
	kindWindowScale   = 3 // length 3
	kindSACKPermitted = 4 // length 2
	kindSACK          = 5 // length 2 + 8 per block
	kindTimestamps    = 8 // length 10
)

// parseOptions reads what b holds of the options. An option of an impossible
// length ends them, as it does for the receiver; an option that has another
// length than its kind's is passed over.
func (h *Header) parseOptions(b []byte) {
	for len(b) > 0 {
		switch b[0] {
		case kindEnd:
			return
		case kindNoOperation:
			b = b[1:]
			continue
		}
		if len(b) < 2 || b[1] < 2 || int(b[1]) > len(b) {
			return
		}
		h.parseOption(b[0], b[2:b[1]])
		b = b[b[1]:]
	}
}

func (h *Header) parseOption(kind byte, value []byte) {
	switch {
	case kind == kindMSS && len(value) == 2:
		h.Options |= HasMSS
		h.MSS = binary.BigEndian.Uint16(value)
	case kind == kindWindowScale && len(value) == 1:
		h.Options |= HasWindowScale
		h.WindowScale = value[0]
	case kind == kindSACKPermitted && len(value) == 0:
		h.Options |= HasSACKPermitted
	case kind == kindTimestamps && len(value) == 8:
		h.Options |= HasTimestamps
		h.TSval = binary.BigEndian.Uint32(value)
		h.TSecr = binary.BigEndian.Uint32(value[4:])
	case kind == kindSACK && len(value) > 0 && len(value)%8 == 0:
		h.Options |= HasSACK
		h.SACK = Blocks{}
		for ; len(value) > 0 && int(h.SACK.N) < len(h.SACK.Block); value = value[8:] {
			h.SACK.Block[h.SACK.N] = Block{
				Left:  binary.BigEndian.Uint32(value),
				Right: binary.BigEndian.Uint32(value[4:]),
			}
			h.SACK.N++
		}
	}
}
