package capture

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestOptions(t *testing.T) {
	sack := []byte{5, 18, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4}
	for _, c := range []struct {
		what string
		b    []byte
		want Header
	}{
		{"none", nil, Header{}},
		{"MSS", []byte{2, 4, 5, 0xb4}, Header{Options: HasMSS, MSS: 1460}},
		{"window scale 0 is an option", []byte{3, 3, 0}, Header{Options: HasWindowScale}},
		{"window scale after padding", []byte{1, 1, 3, 3, 14}, Header{Options: HasWindowScale, WindowScale: 14}},
		{"SACK permitted", []byte{4, 2}, Header{Options: HasSACKPermitted}},
		{"timestamps", []byte{8, 10, 0, 0, 0, 5, 0, 0, 0, 6}, Header{Options: HasTimestamps, TSval: 5, TSecr: 6}},
		{"two SACK blocks", sack, Header{
			Options: HasSACK, SACK: Blocks{N: 2, Block: [4]Block{{1, 2}, {3, 4}}},
		}},
		{"nothing counts after the end", []byte{0, 2, 4, 5, 0xb4}, Header{}},
		{"an unknown option is passed over", []byte{254, 4, 0, 0, 4, 2}, Header{Options: HasSACKPermitted}},
		{"a kind of another length is passed over", []byte{2, 3, 9, 4, 2}, Header{Options: HasSACKPermitted}},
		{"a SACK of half a block is passed over", []byte{5, 6, 0, 0, 0, 1, 4, 2}, Header{Options: HasSACKPermitted}},
		{"a SACK of no block is passed over", []byte{5, 2, 4, 2}, Header{Options: HasSACKPermitted}},
		{"length 0 ends the options", []byte{254, 0, 4, 2}, Header{}},
		{"length 1 ends the options", []byte{254, 1, 4, 2}, Header{}},
		{"an option cut in its value", []byte{4, 2, 2, 4, 5}, Header{Options: HasSACKPermitted}},
		{"an option cut in its length", []byte{4, 2, 2}, Header{Options: HasSACKPermitted}},
	} {
		var h Header
		h.parseOptions(c.b)
		assert.Equal(t, c.want, h, c.what)
	}
}

func TestMoreSACKBlocksThanFitAHeader(t *testing.T) {
	var h Header
	h.parseOptions(append([]byte{5, 42}, make([]byte, 40)...))
	assert.Len(t, h.SACK.All(), 4)
}

func TestOptionSets(t *testing.T) {
	s := HasMSS | HasSACK
	assert.True(t, s.Has(HasMSS))
	assert.False(t, s.Has(HasMSS|HasTimestamps))
}

// Cutting options never invents any.
func TestCutOptionsAreAPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.ByteMax(12), 0, 40).Draw(t, "options")
		var whole, cut Header
		whole.parseOptions(b)
		cut.parseOptions(b[:rapid.IntRange(0, len(b)).Draw(t, "cut")])
		if whole.Options|cut.Options != whole.Options {
			t.Fatalf("cut %08b, whole %08b", cut.Options, whole.Options)
		}
	})
}
