package capture

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// shifted sets a SYN's options: a shift of -1 is none, of -2 is cut off.
func shifted(p Packet, shift int) Packet {
	switch shift {
	case -2:
		p.TCP.OptionsCut = true
	case -1:
	default:
		p.TCP.Options, p.TCP.WindowScale = HasWindowScale, uint8(shift)
	}
	return p
}

func TestWindow(t *testing.T) {
	for _, c := range []struct {
		what      string
		a, b      int // shifts, see shifted; -3: the SYN was not captured
		fromA     string
		fromB     string
		fromASyns string
	}{
		{"both SYNs carry the option", 3, 7, "800", "12800", "100"},
		{"a shift of 0", 0, 7, "100", "12800", "100"},
		{"a shift above 14 is 14", 200, 14, "1638400", "1638400", "100"},
		{"one SYN does not", 3, -1, "100", "100", "100"},
		{"the other does not", -1, 7, "100", "100", "100"},
		{"neither does", -1, -1, "100", "100", "100"},
		{"the options of one are cut off", 3, -2, "unknown", "unknown", "100"},
		{"the options of both are cut off", -2, -2, "unknown", "unknown", "100"},
		{"cut off, and the other has none", -2, -1, "100", "100", "100"},
		{"one SYN was not captured", -3, 7, "unknown", "unknown", ""},
		{"one SYN was not captured, and the other has none", -3, -1, "100", "100", ""},
		{"neither SYN was captured", -3, -3, "unknown", "unknown", ""},
	} {
		var packets []Packet
		add := func(p Packet) {
			p.TCP.Window = 100
			packets = append(packets, p)
		}
		if c.a != -3 {
			add(shifted(segment(t, 1, "> SYN 100"), c.a))
		}
		if c.b != -3 {
			add(shifted(segment(t, 2, "< SYN,ACK 300 101"), c.b))
		}
		add(segment(t, 3, "> ACK 101 301"))
		add(segment(t, 4, "< ACK 301 101"))
		connection := group(packets)[0]
		windows := make(map[string]string)
		for p := range connection.Packets() {
			wnd, known := connection.Window(p)
			s := fmt.Sprint(wnd)
			if !known {
				s = "unknown"
				assert.Equal(t, uint32(100), wnd, "as sent")
			}
			windows[fmt.Sprintf("%d", p.Number)] = s
		}
		assert.Equal(t, c.fromA, windows["3"], c.what)
		assert.Equal(t, c.fromB, windows["4"], c.what)
		assert.Equal(t, c.fromASyns, windows["1"], c.what)
	}
}

func TestAWindowOf0IsKnown(t *testing.T) {
	c := group([]Packet{segment(t, 1, "> ACK 101 301")})[0]
	wnd, known := c.Window(c.At(0))
	assert.True(t, known)
	assert.Zero(t, wnd)
}

func TestASYNSentAgainWithoutOptions(t *testing.T) {
	packets := []Packet{
		shifted(segment(t, 1, "> SYN 100"), 3), segment(t, 2, "> SYN 100"),
		shifted(segment(t, 3, "< SYN,ACK 300 101"), 7), segment(t, 4, "> ACK 101 301"),
	}
	packets[3].TCP.Window = 100
	c := group(packets)[0]
	wnd, known := c.Window(c.At(3))
	assert.True(t, known, "the SYN,ACK carries the option: it answers the first SYN")
	assert.Equal(t, uint32(800), wnd)
}

func TestASYNSentAgainWithOptions(t *testing.T) {
	packets := []Packet{
		segment(t, 1, "> SYN 100"), shifted(segment(t, 2, "> SYN 100"), 3),
		shifted(segment(t, 3, "< SYN,ACK 300 101"), 7), segment(t, 4, "> ACK 101 301"),
	}
	packets[3].TCP.Window = 100
	c := group(packets)[0]
	wnd, _ := c.Window(c.At(3))
	assert.Equal(t, uint32(800), wnd)
}

func TestAStraySYNDoesNotChangeTheScale(t *testing.T) {
	packets := []Packet{
		shifted(segment(t, 1, "> SYN 100"), 3), shifted(segment(t, 2, "< SYN,ACK 300 101"), 7), segment(t, 3, "> ACK 101 301"),
		shifted(segment(t, 4, "> SYN 900"), 9), segment(t, 5, "< ACK 301 101"), segment(t, 6, "> ACK 101 301"),
	}
	packets[5].TCP.Window = 100
	all := group(packets)
	assert.Len(t, all, 1)
	wnd, _ := all[0].Window(all[0].At(5))
	assert.Equal(t, uint32(800), wnd)
}
