package main

import (
	"strconv"
	"strings"

	"finwait/model"
	"finwait/model/system"
)

// bounds are the scenario's own with what the flags say instead.
func (f *shared) bounds(s system.Scenario) (system.Bounds, error) {
	b := s.Bounds
	for _, set := range []func(*system.Bounds) error{f.setNumbers, f.setNetwork, f.setUsers, f.setAgain, f.setClock} {
		if err := set(&b); err != nil {
			return b, err
		}
	}
	if err := setOptions(&b.Options, f.options); err != nil {
		return b, err
	}
	if err := b.Validate(); err != nil {
		return b, usage("--%s", err)
	}
	return b, nil
}

func (f *shared) setNumbers(b *system.Bounds) error {
	if f.given("octets") {
		pair, err := pairOf("octets", f.octets, 31)
		if err != nil {
			return err
		}
		b.Octets = [2]int{int(pair[0]), int(pair[1])}
	}
	if f.given("iss") {
		pair, err := pairOf("iss", f.iss, 32)
		if err != nil {
			return err
		}
		b.ISS = [2]model.Seq{model.Seq(pair[0]), model.Seq(pair[1])}
	}
	if f.given("mss") {
		b.MSS = f.mss
	}
	if f.given("inflight") {
		b.InFlight = f.inflight
	}
	if f.given("window") {
		b.Window = f.window
	}
	return nil
}

func (f *shared) setNetwork(b *system.Bounds) error {
	if f.given("channel") {
		i, err := choice("channel", f.channel, "reorder", "fifo")
		if err != nil {
			return err
		}
		b.FIFO = i == 1
	}
	if f.given("loss") {
		b.Loss = f.loss
	}
	if f.given("dup") {
		n, err := strconv.Atoi(f.dup)
		switch {
		case f.dup == "inf":
			n = system.Unlimited
		case err != nil || n < 0:
			return usage("--dup: %s is neither a number nor inf", quote(f.dup))
		}
		b.Dup = n
	}
	if f.given("inject") {
		b.Inject = f.inject
	}
	return nil
}

func (f *shared) setUsers(b *system.Bounds) error {
	if f.given("time-wait") {
		i, err := choice("time-wait", f.timeWait, "guarded", "free")
		if err != nil {
			return err
		}
		b.TimeWait = system.TimeWaitMode(i)
	}
	if f.given("reader") {
		i, err := choice("reader", f.reader, "eager", "moves")
		if err != nil {
			return err
		}
		b.ReceiveMoves = i == 1
	}
	return nil
}

// setAgain sets what happens after CLOSED. A scenario that does not say how its
// users open has A open actively, B passively; one that does not say how initial
// sequence numbers go on has them above all that were used.
func (f *shared) setAgain(b *system.Bounds) error {
	for _, flag := range []struct {
		name, value string
		bound       *[2]int
	}{{"reopens", f.reopens, &b.Reopens}, {"crashes", f.crashes, &b.Crashes}} {
		if !f.given(flag.name) {
			continue
		}
		pair, err := pairOf(flag.name, flag.value, 31)
		if err != nil {
			return err
		}
		if flag.name == "reopens" && !b.Reincarnates() {
			b.ISNStep = system.DefaultISNStep
		}
		*flag.bound = [2]int{int(pair[0]), int(pair[1])}
	}
	if b.Reincarnates() && b.Opens == [2]system.Open{} {
		b.Opens = [2]system.Open{system.OpensActive, system.OpensPassive}
	}
	if f.given("isn-step") {
		b.ISNStep = f.isnStep
	}
	return nil
}

// setClock sets the ticks of the clock, and its losses.
func (f *shared) setClock(b *system.Bounds) error {
	for i, flag := range clockFlags {
		if f.given(flag.name) {
			*flag.of(&b.Timed) = f.clock[i]
		}
	}
	return nil
}

// clockFlags are the bounds of the clock.
var clockFlags = [...]struct {
	name, text string
	of         func(*system.Timed) *int
}{
	{"rto", "run a clock, and retransmit after `N` ticks", func(t *system.Timed) *int { return &t.RTO }},
	{"msl", "with a clock: segments live `N` ticks at most", func(t *system.Timed) *int { return &t.MSL }},
	{"2msl", "with a clock: TIME-WAIT lasts `N` ticks", func(t *system.Timed) *int { return &t.TwoMSL }},
	{"ack-delay", "with a clock: an acknowledgment waits `N` ticks at most", func(t *system.Timed) *int { return &t.Delay }},
	{"losses", "with a clock: `N` segments may be lost per direction", func(t *system.Timed) *int { return &t.Losses }},
}

// setOptions turns on what was named: "last-ack-any-ack", "seqcheck=gont".
func setOptions(o *model.Options, specs []string) error {
	for _, spec := range specs {
		name, value, valued := strings.Cut(spec, "=")
		d, ok := model.Lookup(name)
		if !ok {
			return unknown("option", name, optionNames())
		}
		on := true
		switch {
		case !valued, value == d.Values[1], value == "true", value == "on":
		case value == d.Values[0], value == "false", value == "off":
			on = false
		default:
			return usage("--option %s: %s is not one of its values, %s and %s", name, quote(value), d.Values[0], d.Values[1])
		}
		d.Set(o, on)
	}
	return nil
}
