package why

import (
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"finwait/model/system"
	"finwait/properties"
)

var (
	name    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	section = regexp.MustCompile(`^(3\.[0-9]+|A\.)`)
)

func intact(s system.Scenario) properties.Run {
	return properties.Run{Scenario: s, Bounds: s.Bounds, Claims: properties.Judged(s.Name)}
}

// Every mechanism has words, a clause, a way to remove it, and a scenario in
// which it is there to remove; removed, it is not there any more. A run is not
// changed by what is done to its copy.
func TestCatalogue(t *testing.T) {
	names := map[string]bool{}
	part := 0
	for _, m := range Catalogue() {
		assert.Regexp(t, name, m.Name)
		assert.False(t, names[m.Name], m.Name)
		names[m.Name] = true
		assert.NotEmpty(t, m.Text, m.Name)
		assert.NotEmpty(t, m.Without, m.Name)
		assert.Equal(t, m.Part == Fairness, m.Clause == "", m.Name)
		if m.Clause != "" {
			assert.Regexp(t, section, m.Clause, m.Name)
		}
		at := slices.Index(Parts(), m.Part)
		assert.GreaterOrEqual(t, at, part, "%s: part by part", m.Name)
		part = at

		there := 0
		for _, s := range system.Scenarios() {
			whole := intact(s)
			r := whole
			if !m.Remove(&r) {
				continue
			}
			there++
			assert.False(t, m.Remove(&r), m.Name)
			assert.Equal(t, claimNames(intact(s)), claimNames(whole), m.Name)
			assert.Empty(t, whole.Drop, m.Name)
		}
		assert.NotZero(t, there, m.Name)
	}
}

func claimNames(r properties.Run) (list []string) {
	for _, c := range r.Claims {
		list = append(list, c.Name)
	}
	return list
}

// Every fairness assumption is a mechanism.
func TestEveryAssumption(t *testing.T) {
	for _, a := range properties.Assumptions() {
		list, err := Matching("fair-" + a.Name)
		require.NoError(t, err)
		require.Len(t, list, 1, a.Name)
		assert.Equal(t, "--drop-fairness "+a.Name, list[0].How())
	}
}

// A fairness assumption concerns the claims that need it.
func TestRemoveFairness(t *testing.T) {
	list, err := Matching("fair-retransmit")
	require.NoError(t, err)
	s, _ := system.LookupScenario("loss-free")
	r := intact(s)
	require.True(t, list[0].Remove(&r))
	assert.Equal(t, []string{"retransmit"}, r.Drop)
	for _, c := range r.Claims {
		assert.Contains(t, c.Fairness, "retransmit", c.Name)
	}
	assert.False(t, slices.ContainsFunc(r.Claims, func(c properties.Claim) bool { return c.Name == "no-retransmission-needed" }))
}

func TestMatching(t *testing.T) {
	list, err := Matching("FIN-*")
	require.NoError(t, err)
	require.NotEmpty(t, list)
	assert.Equal(t, "fin-number", list[0].Name)
	list, err = Matching("no-such")
	require.NoError(t, err)
	assert.Empty(t, list)
	_, err = Matching("[")
	assert.Error(t, err)
}

func TestHow(t *testing.T) {
	for name, want := range map[string]string{
		"2msl":            "--time-wait free",
		"ack-of-fin-test": "--option data-ack-as-fin-ack --option closing-any-ack --option last-ack-any-ack",
		"retransmission":  "",
		"fin-number":      "--option fin-without-number",
	} {
		list, err := Matching(name)
		require.NoError(t, err)
		assert.Equal(t, want, list[0].How(), name)
	}
}
