package properties

// Kill says which claims an option violates, and where: a broken twin of each
// claim, without which the claim does not count as checked.
type Kill struct {
	Option    string
	Claims    []string // names
	Scenarios []string // in each of which each of the claims that is judged there falls, within the default bounds
}

// Name is the option's; with the scenario, if the option has been listed before,
// with claims that fall elsewhere.
func (k Kill) Name() string {
	for _, first := range Kills() {
		if first.Option == k.Option && first.Scenarios[0] != k.Scenarios[0] {
			return k.Option + "-" + k.Scenarios[0]
		}
		if first.Option == k.Option {
			break
		}
	}
	return k.Option
}

// Kills lists the broken twins. Each bug is in the catalogue of package model;
// of the readings, those are listed under which a claim falls.
func Kills() []Kill {
	return []Kill{
		{"time-wait-acks-all", []string{"bounded-replies", "quiet", "both-close", "time-goes-on"}, []string{"simultaneous-close", "timed"}},
		{"closed-forgets", []string{"half-close-delivery", "fin-tells-eof"}, []string{"half-close"}},
		{"reset-flushes", []string{"half-close-delivery", "fin-tells-eof"}, []string{"half-close"}},
		{"abort-time-wait", []string{"both-close", "last-ack-ends"}, []string{"abort"}},
		{"half-duplex-close", []string{"no-spurious-reset", "half-close-delivery", "fin-tells-eof"}, []string{"half-close"}},
		{"text-not-held", []string{"no-retransmission-needed"}, []string{"loss-free"}},
		{"rst-in-window", []string{"reset-at-the-edge"}, []string{"injector"}},
		{"syn-in-window-resets", []string{"syn-never-resets"}, []string{"injector"}},
		{"fin-wait-2-timer", []string{"no-spurious-reset", "half-close-delivery"}, []string{"half-close"}},
		{"last-ack-any-ack", []string{"fin-ack-honesty", "compatible-pairs"}, []string{"loss-free", "half-close"}},
		{"data-ack-as-fin-ack", []string{"fin-ack-honesty"}, []string{"simultaneous-close", "loss-free"}},
		{"fin-ack-one-less", []string{"fin-ack-honesty", "invariants"}, []string{"simultaneous-close", "loss-free"}},
		{"fin-ack-one-more", []string{"closing-ends", "last-ack-ends"}, []string{"loss-free"}},
		{"closing-any-ack", []string{"fin-ack-honesty"}, []string{"simultaneous-close", "loss-free"}},
		{"fin-not-retransmitted", []string{"both-close", "fin-wait-1-ends", "closes-by-the-clock"}, []string{"half-close", "simultaneous-close", "timed"}},
		{"fin-retransmitted-later", []string{"one-fin"}, []string{"half-close", "simultaneous-close"}},
		{"closing-no-fin-bit", []string{"both-close"}, []string{"simultaneous-close"}},
		{"close-wait-no-retransmission", []string{"half-close-delivery"}, []string{"half-close"}},
		{"fin-across-hole", []string{"eof-honesty"}, []string{"simultaneous-close", "loss-free"}},
		{"fin-old-ack-dropped", []string{"no-retransmission-needed", "in-order-received"}, []string{"loss-free"}},
		{"skip-time-wait", []string{"no-spurious-reset", "figure"}, []string{"half-close", "simultaneous-close"}},
		{"rst-wrong-seq", []string{"reset-form"}, []string{"half-close"}},
		{"data-counted-twice", []string{"prefix", "no-ack-of-the-unsent"}, []string{"simultaneous-close"}},
		{"syn-received-swallows-fin", []string{"fin-tells-eof"}, []string{"simultaneous-open", "lifecycle"}},
		{"fin-wait-2-drops-data", []string{"eof-honesty", "half-close-delivery"}, []string{"half-close"}},
		{"second-fin-advances", []string{"rcv-nxt-monotone", "unacceptable-dropped"}, []string{"half-close"}},
		{"eof-lost", []string{"fin-tells-eof"}, []string{"half-close"}},
		{"held-fin-lost", []string{"no-retransmission-needed"}, []string{"loss-free"}},
		{"held-fin-early", []string{"eof-honesty"}, []string{"simultaneous-close", "loss-free"}},
		{"time-wait-ignores-fin", []string{"last-ack-ends", "both-close"}, []string{"half-close"}},
		{"time-wait-not-restarted", []string{"no-spurious-reset", "last-ack-heard", "net-drained"}, []string{"timed"}},
		{"closing-no-timer", []string{"both-close"}, []string{"simultaneous-close"}},
		{"reply-carries-fin", []string{"quiet", "both-close"}, []string{"simultaneous-close"}},
		{"rst-answered", []string{"reset-form"}, []string{"refused", "half-close"}},
		{"rst-not-validated", []string{"no-spurious-reset"}, []string{"simultaneous-open"}},
		{"syn-received-close-deletes", []string{"figure", "no-spurious-reset"}, []string{"simultaneous-open"}},
		{"fin-ack-means-closing", []string{"both-close"}, []string{"simultaneous-close", "half-close"}},
		{"last-ack-stuck", []string{"last-ack-ends"}, []string{"loss-free", "half-close"}},
		{"fin-hides-ack", []string{"no-retransmission-needed"}, []string{"loss-free"}},
		{"time-wait-panics", []string{"figure"}, []string{"simultaneous-close", "loss-free"}},
		{"half-close-resets", []string{"no-spurious-reset"}, []string{"half-close", "loss-free"}},
		{"acks-acks", []string{"bounded-replies", "quiet"}, []string{"half-close", "loss-free"}},
		{"abort-silent", []string{"reset-form"}, []string{"abort"}},
		{"last-ack-time-wait", []string{"figure"}, []string{"half-close"}},
		{"fin-without-number", []string{"fin-ack-honesty", "fin-tells-eof"}, []string{"half-close", "simultaneous-close"}},
		{"closed-silent", []string{"both-close", "fin-wait-1-ends"}, []string{"simultaneous-open"}},
		{"close-flushes", []string{"eof-honesty", "one-fin"}, []string{"half-close", "simultaneous-close"}},
		{"held-hides-ack", []string{"no-retransmission-needed", "compatible-pairs"}, []string{"loss-free"}},
		{"closing-skipped", []string{"fin-ack-honesty", "both-close"}, []string{"simultaneous-close"}},
		{"fin-before-ack-ignored", []string{"no-retransmission-needed"}, []string{"loss-free"}},
		{"close-unread-sends-fin", []string{"abort-honesty", "lost-data-resets"}, []string{"half-duplex"}},
		{"data-after-close-acked", []string{"abort-honesty", "lost-data-resets"}, []string{"half-duplex"}},
		{"close-stops-probes", []string{"both-close", "closing-ends"}, []string{"zero-window"}},
		{"last-ack-skipped", []string{"fin-ack-honesty", "both-close"}, []string{"half-close"}},
		{"skip-time-wait", []string{"incarnations", "prefix"}, []string{"reincarnation"}},
		{"rst-not-validated", []string{"incarnations"}, []string{"reincarnation"}},
		{"rst-wrong-seq", []string{"half-open", "half-open-ends"}, []string{"crash"}},
		{"syn-received-rst-needs-ack", []string{"half-open-ends", "half-open"}, []string{"crash"}},
		{"challenge-echoes", []string{"quiet", "reset-at-the-edge"}, []string{"injector"}},
		{"fin-without-ack", []string{"no-ack-no-effect", "eof-honesty"}, []string{"injector"}},
		{"text-after-fin-advances", []string{"rcv-nxt-monotone"}, []string{"injector"}},
		{"new-fin-advances", []string{"rcv-nxt-monotone", "quiet"}, []string{"injector"}},
	}
}

// Spare is an assumption that a claim cannot do without.
type Spare struct {
	Assumption string
	Claim      string
	Scenario   string
}

// Necessary lists, for each fairness assumption, a claim that falls in a
// scenario when it alone is not made.
func Necessary() []Spare {
	return []Spare{
		{"close", "both-close", "half-close"},
		{"receive", "half-close-delivery", "half-close"},
		{"transmit", "both-close", "simultaneous-close"},
		{"ack", "no-retransmission-needed", "loss-free"},
		{"retransmit", "both-close", "half-close"},
		{"probe", "both-close", "zero-window"},
		{"2msl", "both-close", "half-close"},
		{"msl", "fin-tells-eof", "simultaneous-open"},
		{"deliver-seq", "both-close", "half-close"},
		{"deliver-ack", "both-close", "half-close"},
		{"deliver-rst", "both-close", "simultaneous-open"},
		{"duplicate", "both-close", "close"},
		{"time", "closes-by-the-clock", "timed"},
	}
}
