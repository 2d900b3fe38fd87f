package capture

import (
	"math"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestInterfaceOptions(t *testing.T) {
	v4 := ip4(t, syn(77), 0)
	for _, c := range []struct {
		what    string
		options []byte
		stamp   uint64
		want    time.Time
	}{
		{"microseconds unless said otherwise", nil, 1_500_000, time.Unix(1, 5e8)},
		{"nanoseconds", []byte{9, 0, 1, 0, 9, 0, 0, 0}, 1_500_000_001, time.Unix(1, 5e8+1)},
		{"an option without its padding", []byte{9, 0, 1, 0, 9}, 1_500_000_001, time.Unix(1, 5e8+1)},
		{"1/1024 second", []byte{9, 0, 1, 0, 0x8a, 0, 0, 0}, 1536, time.Unix(1, 5e8)},
		{"seconds", []byte{9, 0, 1, 0, 0, 0, 0, 0}, 7, time.Unix(7, 0)},
		{"an offset", []byte{14, 0, 8, 0, 100, 0, 0, 0, 0, 0, 0, 0}, 1, time.Unix(100, 1000)},
		{"an offset below zero", []byte{14, 0, 8, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, 1, time.Unix(-1, 1000)},
		{"other options are passed over", []byte{2, 0, 3, 0, 'l', 'o', '0', 0, 9, 0, 1, 0, 3, 0, 0, 0}, 1500, time.Unix(1, 5e8)},
		{"a resolution of two octets is none", []byte{9, 0, 2, 0, 9, 9, 0, 0}, 1, time.Unix(0, 1000)},
		{"nothing counts after the end", []byte{0, 0, 0, 0, 9, 0, 1, 0, 9, 0, 0, 0}, 1, time.Unix(0, 1000)},
	} {
		packets := sound(t, join(section(), description(101, 0, c.options...), enhanced(0, c.stamp, v4, len(v4))))
		require.Len(t, packets, 1, c.what)
		assert.Equal(t, c.want.UTC(), packets[0].Time, c.what)
	}
}

// exact is the product of a stamp and its unit, cut to a nanosecond; ok if it
// is a time.Time.
func exact(c clock, stamp uint64) (at time.Time, ok bool) {
	base := int64(10)
	if c.resolution&0x80 != 0 {
		base = 2
	}
	unit := new(big.Int).Exp(big.NewInt(base), big.NewInt(int64(c.resolution&0x7f)), nil)
	nanos := new(big.Int).Mul(new(big.Int).SetUint64(stamp), big.NewInt(1e9))
	nanos.Quo(nanos, unit)
	sec, nsec := new(big.Int).QuoRem(nanos, big.NewInt(1e9), new(big.Int))
	return time.Unix(sec.Int64(), nsec.Int64()).UTC(), sec.IsInt64()
}

func TestEveryResolutionIsExact(t *testing.T) {
	for resolution := range 256 {
		c := clock{resolution: uint8(resolution)}
		for shift := range 64 {
			for _, stamp := range []uint64{1 << shift, math.MaxUint64 >> shift, 0x9e3779b97f4a7c15 >> shift} {
				if want, ok := exact(c, stamp); ok {
					if got := c.at(stamp); got != want {
						t.Fatalf("stamp %d of resolution %#x: got %v, want %v", stamp, resolution, got, want)
					}
				}
			}
		}
	}
}

func TestAnyStampIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, stamp := clock{resolution: rapid.Byte().Draw(t, "resolution")}, rapid.Uint64().Draw(t, "stamp")
		if want, ok := exact(c, stamp); ok {
			assert.Equal(t, want, c.at(stamp))
		}
	})
}
