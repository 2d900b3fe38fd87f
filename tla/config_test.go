package tla

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model/system"
)

// Every configuration has the bounds of the scenario whose name it bears, but
// for its numbers: octets, segments in flight, duplicates, initial sequence
// numbers; and the OPEN that a scenario leaves out where it is small may be left
// out. And every scenario has one.
func TestConfigsAreScenarios(t *testing.T) {
	found := map[string]bool{}
	for _, file := range configs(t) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		c, err := ReadConfig(string(text))
		require.NoError(t, err, file)
		b, err := c.Bounds()
		require.NoError(t, err, file)
		name := strings.TrimSuffix(file, ".cfg")
		s, ok := system.LookupScenario(name)
		require.True(t, ok, file)
		want := s.Bounds
		want.Octets, want.InFlight, want.Dup, want.ISS = b.Octets, b.InFlight, b.Dup, b.ISS
		for i, out := range s.Fewer {
			if out && b.Opens[i] == system.NoOpen {
				want.Opens[i] = system.NoOpen
			}
		}
		assert.Equal(t, want, b, file)
		found[name] = true
	}
	for _, s := range system.Scenarios() {
		lacking := unknownBounds(s.Bounds)
		if !found[s.Name] && len(lacking) > 0 {
			t.Logf("NOT COMPARED with TLC: %s: TCP.tla does not have %v", s.Name, lacking)
			continue
		}
		assert.True(t, found[s.Name] || notYet[s.Name] != "", s.Name)
	}
}

// unknownBounds are the fields of the bounds that are set and that MC.tla has
// no constants for: environments that TCP.tla does not have.
func unknownBounds(b system.Bounds) []string {
	known := []string{
		"Octets", "MSS", "InFlight", "Loss", "Dup", "ISS", "Options", "Start", "Opens", "Aborts", "NoRetransmit",
		"ReceiveMoves", "AfterFIN", "TimeWait", "Inject", "Window", "FIFO",
	}
	var list []string
	v := reflect.ValueOf(b)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; !slices.Contains(known, name) && !v.Field(i).IsZero() {
			list = append(list, name)
		}
	}
	return list
}

// notYet are the scenarios that TCP.tla does not have, and what it lacks.
var notYet = map[string]string{
	"reincarnation": "a second OPEN of a user, incarnations, and a TIME-WAIT that waits for one of them",
	"crash":         "crashes, and what reincarnation needs",
	"timed":         "a clock: times to live, timers in ticks, and a step that both sides take",
}

func TestBounds(t *testing.T) {
	config := func(changes ...string) (system.Bounds, error) {
		c, err := ReadConfig(bounded(t, "close.cfg", changes...))
		require.NoError(t, err)
		return c.Bounds()
	}
	b, err := config("Dup", "3", "Window", "4", "Forgeries", "5", "FIFO", "TRUE", "TimeWaitFree", "TRUE", "OpensB", `"passive"`, "Bugs", `{"last-ack-any-ack", "fin-across-hole"}`,
		"SeqCheckGont", "TRUE")
	require.NoError(t, err)
	assert.Equal(t, 3, b.Dup)
	assert.Equal(t, 4, b.Window)
	assert.Equal(t, 5, b.Inject)
	assert.True(t, b.FIFO)
	assert.Equal(t, system.TimeWaitFree, b.TimeWait)
	assert.Equal(t, system.OpensPassive, b.Opens[1])
	assert.Equal(t, []string{"seqcheck", "last-ack-any-ack", "fin-across-hole"}, b.Options.Names())
	for _, c := range []struct{ name, value, want string }{
		{"Loss", "yes", "Loss = yes is not one of FALSE, TRUE"},
		{"MSS", "many", "MSS = many is not a number"},
		{"Octets", "Three", "is not MCOctets"},
		{"SeqCheckGont", "gont", "SeqCheckGont = gont is not one of"},
		{"Bugs", `{"a"}`, `the model has no bug "a"`},
	} {
		_, err := config(c.name, c.value)
		assert.ErrorContains(t, err, c.want)
	}
	c, err := ReadConfig("MSS = 1\nNew = 2")
	require.NoError(t, err)
	_, err = c.Bounds()
	assert.ErrorContains(t, err, "Octets has no value")
	_, err = ReadConfig("MSS = 1\nMSS = 2")
	assert.ErrorContains(t, err, "line 2: MSS has a value already")
	c, err = ReadConfig(bounded(t, "close.cfg") + "\n  New = 2")
	require.NoError(t, err)
	_, err = c.Bounds()
	assert.ErrorContains(t, err, "New is not a constant of MC.tla")
}
