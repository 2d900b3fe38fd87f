package properties

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/checker"
	"finwait/model"
	"finwait/model/system"
)

// Assumptions have names, and say what they mean.
func TestAssumptions(t *testing.T) {
	names, texts := map[string]bool{}, map[string]bool{}
	for _, a := range Assumptions() {
		assert.NotEmpty(t, a.Name)
		assert.NotEmpty(t, a.Text, a.Name)
		assert.False(t, names[a.Name], a.Name)
		assert.False(t, texts[a.Text], a.Name)
		names[a.Name], texts[a.Text] = true, true
		assert.NotNil(t, a.Class, a.Name)
	}
	assert.Len(t, names, 13)
}

// classes are the assumptions that speak of an action, by name, with the key.
func classes(side int, a system.Action) map[string]any {
	found := map[string]any{}
	for _, x := range Assumptions() {
		if key, in := x.Class(side, a); in {
			found[x.Name] = key
		}
	}
	return found
}

// Which assumptions speak of which action.
func TestClasses(t *testing.T) {
	text := model.Segment{SEQ: 1, ACK: 1, TXT: 1, CTL: model.ACK}
	for k := range system.NumKinds {
		a := system.Action{Kind: k}
		if k >= system.Deliver {
			a.Segment = text
		}
		want := map[system.Kind][]string{
			system.Close: {"close"}, system.Receive: {"receive"}, system.Transmit: {"transmit"}, system.Ack: {"ack"}, system.Probe: {"probe"},
			system.Retransmit: {"retransmit"}, system.TimeWaitExpire: {"2msl"}, system.Tick: {"time"},
			system.Deliver: {"msl", "deliver-seq"}, system.Overflow: {"msl"}, system.Lose: {"msl"},
			system.Duplicate: {"deliver-seq", "duplicate"}, system.DuplicateOverflow: {"duplicate"},
		}[k]
		var got []string
		for name := range classes(0, a) {
			got = append(got, name)
		}
		assert.ElementsMatch(t, want, got, "%v", k)
	}
}

// How strong each assumption is.
func TestStrengths(t *testing.T) {
	for _, a := range Assumptions() {
		want := checker.Weak
		switch a.Name {
		case "deliver-seq", "deliver-ack", "deliver-rst":
			want = checker.Strong
		case "duplicate":
			want = checker.Finite
		}
		assert.Equal(t, want, a.Kind, a.Name)
	}
}

// The two sides are different classes: what one does is not done by the other.
func TestClassesAreOfASide(t *testing.T) {
	text := model.Segment{SEQ: 1, ACK: 1, TXT: 1, CTL: model.ACK}
	for _, a := range []system.Action{
		{Kind: system.Close},
		{Kind: system.Ack},
		{Kind: system.Transmit, N: 1},
		{Kind: system.Retransmit},
		{Kind: system.TimeWaitExpire},
		{Kind: system.Receive},
		{Kind: system.Deliver, Segment: text},
		{Kind: system.Lose, Segment: text},
	} {
		x, y := classes(0, a), classes(1, a)
		require.Len(t, y, len(x))
		for name, key := range x {
			assert.NotEqual(t, key, y[name], "%v: %s", a.Kind, name)
		}
	}
	// One constraint per direction and kind, whatever the segment; but no
	// segment stays in the network, each of them.
	other := text
	other.SEQ = 7
	x := classes(0, system.Action{Kind: system.Deliver, Segment: text})
	y := classes(0, system.Action{Kind: system.Deliver, Segment: other})
	assert.Equal(t, x["deliver-seq"], y["deliver-seq"])
	assert.NotEqual(t, x["msl"], y["msl"])
	assert.Equal(t, y["msl"], classes(0, system.Action{Kind: system.Lose, Segment: other})["msl"], "to be lost is a way to leave")
}

// Every segment is of exactly one of the kinds whose delivery is fair.
func TestKindsOfSegments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := model.Segment{
			SEQ: model.Seq(rapid.Uint32().Draw(t, "SEQ")), ACK: model.Seq(rapid.Uint32().Draw(t, "ACK")),
			TXT: rapid.Uint32Range(0, 2).Draw(t, "TXT"), CTL: model.Ctl(rapid.Uint32Range(0, 31).Draw(t, "CTL")),
		}
		n := 0
		for _, kind := range []func(model.Segment) bool{carriesRST, carriesSEQ, carriesACK} {
			if kind(g) {
				n++
			}
		}
		require.Equal(t, 1, n, "%v", g)
		found := classes(0, system.Action{Kind: system.Deliver, Segment: g})
		require.Len(t, found, 2, "msl, and one of the three: %v", g)
	})
	assert.True(t, carriesSEQ(model.Segment{CTL: model.SYN}))
	assert.True(t, carriesSEQ(model.Segment{CTL: model.FIN | model.ACK}))
	assert.True(t, carriesACK(ack(1, 1)))
	assert.True(t, carriesRST(model.Segment{TXT: 1, CTL: model.RST | model.ACK}))
}

// Assume looks assumptions up by name, in the order of the list.
func TestAssume(t *testing.T) {
	name := func(list []Fairness) (names []string) {
		for _, f := range list {
			names = append(names, f.Name)
		}
		return names
	}
	assert.Empty(t, Assume(nil))
	assert.Empty(t, Assume([]string{"no such thing"}))
	assert.Equal(t, []string{"close", "ack"}, name(Assume([]string{"ack", "close"})))
	assert.Equal(t, []string{"ack"}, name(Assume([]string{"ack", "close"}, "close", "2msl")))
	assert.Equal(t, baseBut(), name(Assume(baseBut())))
	all := baseBut()
	assert.Len(t, all, len(Assumptions())-1)
	assert.NotContains(t, all, "time", "where there is no clock it says nothing")
	assert.NotContains(t, baseBut("msl", "close"), "msl")
	assert.Len(t, baseBut("msl", "close"), len(all)-2)
	assert.True(t, slices.Contains(all, "duplicate"))
}
