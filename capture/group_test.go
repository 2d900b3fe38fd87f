package capture

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

var (
	client = netip.MustParseAddrPort("10.0.0.2:1000")
	server = netip.MustParseAddrPort("10.0.0.1:80")
)

// segment is a packet as the tests write it: "> SYN 100" is the client's,
// "< SYN,ACK 300 101" the server's: control bits, SEQ, ACK, octets of text.
func segment(t testing.TB, number int, s string) Packet {
	t.Helper()
	var way, ctl string
	p := Packet{Number: number, Offset: int64(100 * number), Time: epoch.Add(time.Duration(number) * time.Second), Src: client, Dst: server}
	_, _ = fmt.Sscan(s, &way, &ctl, &p.TCP.Seq, &p.TCP.Ack, &p.Payload)
	if way == "<" {
		p.Src, p.Dst = p.Dst, p.Src
	}
	for _, f := range flagNames {
		if strings.Contains(ctl, f.name) {
			p.TCP.Flags |= f.bit
		}
	}
	return p
}

// split groups packets and prints the numbers of each connection's, A first.
func split(t testing.TB, segments ...string) string {
	t.Helper()
	var g Grouper
	for i, s := range segments {
		g.Add(segment(t, i+1, s))
	}
	var lines []string
	for _, c := range g.Connections() {
		a := map[netip.AddrPort]string{client: "client", server: "server"}[c.A]
		line := a + ":"
		for p := range c.Packets() {
			line += fmt.Sprintf(" %d", p.Number)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, ", ")
}

// then is the packets of a, and then those of b.
func then(a []string, b ...string) []string { return append(slices.Clip(a), b...) }

// Test states, grown from each other.
var (
	opened  = []string{"> SYN 100", "< SYN,ACK 300 101", "> ACK 101 301"}
	closed  = then(opened, "> FIN,ACK 101 301", "< FIN,ACK 301 102", "> ACK 102 302")
	refused = []string{"> SYN 100", "< RST,ACK 0 101"}
	aborted = then(opened, "> RST,ACK 101 301")
)

func TestOneConnection(t *testing.T) {
	want := func(what, want string, segments ...string) {
		t.Helper()
		assert.Equal(t, want, split(t, segments...), what)
	}
	want("from open to close", "client: 1 2 3 4 5 6", closed...)
	want("late packets after the close belong to it", "client: 1 2 3 4 5 6 7 8",
		then(closed, "< FIN,ACK 301 102", "> ACK 102 302")...)
	want("a SYN sent again", "client: 1 2 3 4", "> SYN 100", "> SYN 100", "< SYN,ACK 300 101", "> SYN 100")
	want("the SYN of an old duplicate after the close", "client: 1 2 3 4 5 6 7", then(closed, "> SYN 100")...)
	want("a simultaneous open", "client: 1 2 3 4", "> SYN 100", "< SYN 300", "> SYN,ACK 100 301", "< SYN,ACK 300 101")
	want("a simultaneous open with SYNs sent again", "client: 1 2 3 4 5 6",
		"> SYN 100", "> SYN 100", "< SYN 300", "< SYN 300", "> SYN,ACK 100 301", "< SYN,ACK 300 101")
	want("a simultaneous open of which the SYN comes after the SYN,ACK", "client: 1 2 3 4",
		"> SYN 100", "< SYN,ACK 300 101", "< SYN 300", "> SYN,ACK 100 301")
}

func TestASideThatTheOpeningDoesNotTell(t *testing.T) {
	assert.Equal(t, "server: 1 2", split(t, "< ACK 300 101", "> ACK 101 300"), "the first packet's sender")
	assert.Equal(t, "client: 1 2", split(t, "< SYN,ACK 300 101", "> ACK 101 301"), "a SYN,ACK answers a SYN")
	assert.Equal(t, "client: 1 2", split(t, "< SYN,ACK 300 101", "> SYN 100"), "the SYN was captured late")
}

func TestPortsUsedAgain(t *testing.T) {
	want := func(what, want string, segments ...string) {
		t.Helper()
		assert.Equal(t, want, split(t, segments...), what)
	}
	again := []string{"> SYN 900", "< SYN,ACK 700 901", "> ACK 901 701"}
	want("out of TIME-WAIT", "client: 1 2 3 4 5 6, client: 7 8 9", then(closed, again...)...)
	want("out of TIME-WAIT, by the other side", "client: 1 2 3 4 5 6, server: 7 8",
		then(closed, "< SYN 900", "> SYN,ACK 700 901")...)
	want("after a RST", "client: 1 2 3 4, client: 5 6 7", then(aborted, again...)...)
	want("after a refusal", "client: 1 2, client: 3 4", then(refused, "> SYN 200", "< RST,ACK 0 201")...)
	want("after a refusal, unanswered", "client: 1 2, client: 3 4 5, client: 6",
		then(refused, "> SYN 200", "> SYN 200", "> SYN 200", "> SYN 300")...)
	want("after an attempt without an answer", "client: 1 2, client: 3, client: 4 5",
		"> SYN 100", "> SYN 100", "> SYN 200", "> SYN 300", "< SYN,ACK 700 301")
	want("at the end of the capture", "client: 1 2 3 4 5 6, client: 7", then(closed, "> SYN 900")...)
	want("the new SYN is sent again before the answer", "client: 1 2 3 4 5 6, client: 7 8 9",
		then(closed, "> SYN 900", "> SYN 900", "< SYN,ACK 700 901")...)
	want("the answer was not captured", "client: 1 2 3 4 5 6, client: 7 8", then(closed, "> SYN 900", "> ACK 901 701")...)
	want("nor was the ACK", "client: 1 2 3 4 5 6, client: 7 8", then(closed, "> SYN 900", "< ACK 701 901 5")...)
	want("the SYN was not captured", "client: 1 2 3 4 5 6, client: 7 8", then(closed, "< SYN,ACK 700 901", "> ACK 901 701")...)
	want("the old SYN,ACK is sent again", "client: 1 2 3 4 5 6 7", then(closed, "< SYN,ACK 300 101")...)
	want("both sides open anew at once", "client: 1 2 3 4 5 6, client: 7 8 9",
		then(closed, "> SYN 900", "< SYN 700", "> SYN,ACK 900 701")...)
	want("though the close was not captured", "client: 1 2 3, client: 4 5 6", then(opened, again...)...)
	want("though neither opening nor close was captured", "server: 1, client: 2 3", "< ACK 300 101", "> SYN 900", "< SYN,ACK 700 901")
	want("with text in the SYN", "client: 1 2 3 4 5 6, client: 7 8 9",
		then(closed, "> SYN 900 0 10", "< SYN,ACK 700 911", "> ACK 911 701")...)
	want("with text in the SYN that is not taken", "client: 1 2 3 4 5 6, client: 7 8",
		then(closed, "> SYN 900 0 10", "< SYN,ACK 700 901")...)
	want("with a sequence number across 0", "client: 1 2 3 4 5 6, client: 7 8",
		then(closed, "> SYN 4294967295", "< SYN,ACK 700 0")...)
	want("refused while the old one seemed open", "client: 1 2 3, client: 4 5", then(opened, "> SYN 900", "< RST,ACK 0 901")...)
}

func TestAStraySYN(t *testing.T) {
	want := func(what, want string, segments ...string) {
		t.Helper()
		assert.Equal(t, want, split(t, segments...), what)
	}
	want("answered by a challenge ACK", "client: 1 2 3 4 5 6", then(opened, "> SYN 900", "< ACK 301 101", "> ACK 101 301 5")...)
	want("not answered, its sender goes on", "client: 1 2 3 4 5", then(opened, "> SYN 900", "> ACK 101 301 5")...)
	want("at the end of the capture", "client: 1 2 3 4", then(opened, "> SYN 900")...)
	want("several", "client: 1 2 3 4 5 6", then(opened, "> SYN 900", "> SYN 901", "> SYN 902")...)
	want("the connection is reset for it", "client: 1 2 3 4 5", then(opened, "> SYN 900", "< RST 301")...)
	want("a half-open connection is discovered: figure 9", "client: 1 2 3 4 5 6, client: 7 8",
		then(opened, "> SYN 900", "< ACK 301 101", "> RST 101", "> SYN 900", "< SYN,ACK 700 901")...)
	want("TIME-WAIT does not take it until its RST", "client: 1 2 3 4 5 6 7 8 9, client: 10 11",
		then(closed, "> SYN 50", "< ACK 302 102", "> RST 102", "> SYN 50", "< SYN,ACK 700 51")...)
	want("a SYN,ACK with another number while the connection is open", "client: 1 2 3 4", then(opened, "< SYN,ACK 900 101")...)
	want("a SYN of the side whose opening was not captured", "server: 1 2 3", "< ACK 300 101", "> SYN 900", "< ACK 300 101")
	want("a SYN,ACK that acknowledges what was not sent", "client: 1 2 3 4 5", then(opened, "> SYN 900", "< SYN,ACK 700 902")...)
	want("a SYN,ACK that acknowledges nothing of it", "client: 1 2 3 4 5", then(opened, "> SYN 900", "< SYN,ACK 700 900")...)
	want("a SYN with RST is no SYN", "client: 1 2 3 4 5 6 7", then(closed, "> SYN,RST 900")...)
}

func TestConnectionsAreInTheOrderOfTheirFirstPackets(t *testing.T) {
	var g Grouper
	assert.Empty(t, g.Connections())
	other := func(p Packet) Packet {
		if p.Src == client {
			p.Src = netip.AddrPortFrom(p.Src.Addr(), 1001)
		} else {
			p.Dst = netip.AddrPortFrom(p.Dst.Addr(), 1001)
		}
		return p
	}
	g.Add(other(segment(t, 1, "> SYN 100")))
	for i, s := range then(closed, "> SYN 900") {
		g.Add(segment(t, 2+i, s))
	}
	g.Add(other(segment(t, 9, "< SYN,ACK 300 101")))
	var firsts []int
	for _, c := range g.Connections() {
		firsts = append(firsts, c.At(0).Number)
	}
	assert.Equal(t, []int{1, 2, 8}, firsts)
	assert.Equal(t, g.Connections(), g.Connections(), "asking again changes nothing")
}

func TestAPortConnectedToItself(t *testing.T) {
	var g Grouper
	for i, s := range []string{"> SYN 100", "> SYN,ACK 100 101", "> ACK 101 101", "> FIN,ACK 101 101", "> RST 102", "> SYN 900", "> SYN,ACK 900 901"} {
		p := segment(t, i+1, s)
		p.Dst = p.Src
		p.TCP.Window, p.TCP.Options, p.TCP.WindowScale = 10, HasWindowScale, 2
		g.Add(p)
	}
	all := g.Connections()
	if assert.Len(t, all, 2) {
		assert.Equal(t, 5, all[0].Len())
		assert.Equal(t, 2, all[1].Len())
		wnd, known := all[0].Window(all[0].At(2))
		assert.True(t, known)
		assert.Equal(t, uint32(40), wnd)
		assert.True(t, all[0].FromA(all[0].At(1)))
	}
}
