package tla

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"finwait/model"
	"finwait/model/system"
)

// Config is a configuration file of TLC: what it gives to the constants of
// MC.tla, as written.
type Config struct {
	Constants map[string]string
}

// ReadConfig reads the assignments of a configuration file: "NAME = VALUE", and
// "NAME <- DEFINITION".
func ReadConfig(text string) (*Config, error) {
	c := &Config{Constants: map[string]string{}}
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, `\*`)
		name, value, ok := strings.Cut(strings.Replace(line, "<-", "=", 1), "=")
		if !ok {
			continue
		}
		name = strings.TrimSpace(name)
		if _, twice := c.Constants[name]; twice {
			return nil, fmt.Errorf("line %d: %s has a value already", n+1, name)
		}
		c.Constants[name] = strings.TrimSpace(value)
	}
	return c, nil
}

// taker takes constants from a configuration, and remembers the first fault.
type taker struct {
	left map[string]string
	err  error
}

func (t *taker) take(name string) string {
	v, ok := t.left[name]
	if !ok && t.err == nil {
		t.err = fmt.Errorf("%s has no value", name)
	}
	delete(t.left, name)
	return v
}

func (t *taker) number(name string) int {
	v := t.take(name)
	n, err := strconv.Atoi(v)
	if err != nil && t.err == nil {
		t.err = fmt.Errorf("%s = %s is not a number", name, v)
	}
	return n
}

func (t *taker) truth(name string) bool { return t.choice(name, "FALSE", "TRUE") == 1 }

func (t *taker) choice(name string, values ...string) int {
	v := t.take(name)
	if i := slices.Index(values, v); i >= 0 {
		return i
	}
	if t.err == nil {
		t.err = fmt.Errorf("%s = %s is not one of %s", name, v, strings.Join(values, ", "))
	}
	return 0
}

// Bounds are the bounds of package system that the constants of the
// configuration mean. It is an error if a constant is missing, or unknown.
func (c *Config) Bounds() (system.Bounds, error) {
	t := taker{left: maps.Clone(c.Constants)}
	for _, name := range []string{"Octets", "ISS", "Opens"} {
		if v := t.take(name); v != "MC"+name && t.err == nil {
			t.err = fmt.Errorf("%s = %s is not MC%s, of MC.tla", name, v, name)
		}
	}
	if t.left["Dup"] == "Unlimited" {
		t.left["Dup"] = strconv.Itoa(system.Unlimited)
	}
	b := system.Bounds{
		Octets: [2]int{t.number("OctetsA"), t.number("OctetsB")},
		ISS:    [2]model.Seq{model.Seq(t.number("ISSA")), model.Seq(t.number("ISSB"))},
		MSS:    t.number("MSS"), InFlight: t.number("InFlight"), FIFO: t.truth("FIFO"), Loss: t.truth("Loss"), Dup: t.number("Dup"),
		Start:  system.Start(t.choice("Start", `"CLOSED"`, `"ESTABLISHED"`, `"BOTH-CLOSING"`)),
		Aborts: t.truth("Aborts"), NoRetransmit: t.truth("NoRetransmit"), ReceiveMoves: t.truth("ReceiveMoves"),
		AfterFIN: t.truth("AfterFIN"), Window: t.number("Window"), Inject: t.number("Forgeries"),
	}
	for i, name := range []string{"OpensA", "OpensB"} {
		b.Opens[i] = system.Open(t.choice(name, `"none"`, `"passive"`, `"active"`))
	}
	if t.truth("TimeWaitFree") {
		b.TimeWait = system.TimeWaitFree
	}
	for i, o := range model.Catalogue() {
		if name := optionField(i); o.Kind != model.Bug && t.left[name] != "" {
			o.Set(&b.Options, t.truth(name))
		}
	}
	if v := strings.Trim(t.take("Bugs"), "{} "); v != "" {
		for name := range strings.SplitSeq(v, ",") {
			name = strings.Trim(name, ` "`)
			o, ok := model.Lookup(name)
			if !ok {
				return b, fmt.Errorf("the model has no bug %q", name)
			}
			o.Set(&b.Options, true)
		}
	}
	if t.err != nil {
		return b, t.err
	}
	for name := range t.left {
		return b, fmt.Errorf("%s is not a constant of MC.tla", name)
	}
	return b, nil
}

// optionField is the name of the i-th option as a constant of TCP.tla: that of
// its field. The catalogue has them in the order of the fields.
func optionField(i int) string { return reflect.TypeFor[model.Options]().Field(i).Name }
