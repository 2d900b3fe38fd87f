package model

// Options are the readings that the RFC leaves open or in which it contradicts
// itself, deviations that stacks are known for, and known bugs. The zero value
// is RFC 9293 in the reading that terminates.
type Options struct {
	// Readings.

	SeqCheckGont       bool
	TimeWaitAcksAll    bool
	ZeroWindowFIN      bool
	StrictReceive      bool
	ClosedForgets      bool
	ResetFlushes       bool
	AbortTimeWait      bool
	RSTInWindow        bool
	SYNInWindowResets  bool
	HalfDuplexClose    bool
	SimultaneousSYNACK bool
	TimeWaitIgnoresRST bool
	AckOutOfOrder      bool
	RSTCarriesACK      bool
	AckAtOnce          bool
	TextNotHeld        bool

	// Deviations.

	FinWait2Timer     bool
	ListenDropsSYNFIN bool

	// Bugs.

	LastAckAnyACK             bool
	DataACKAsFINACK           bool
	FINACKOneLess             bool
	FINACKOneMore             bool
	ClosingAnyACK             bool
	FINNotRetransmitted       bool
	FINRetransmittedLater     bool
	ClosingNoFINBit           bool
	CloseWaitNoRetransmission bool
	FINAcrossHole             bool
	FINOldACKDropped          bool
	SkipTimeWait              bool
	RSTWrongSEQ               bool
	DataCountedTwice          bool
	SynReceivedSwallowsFIN    bool
	FinWait2DropsData         bool
	SecondFINAdvances         bool
	EOFLost                   bool
	HeldFINLost               bool
	HeldFINEarly              bool
	TimeWaitIgnoresFIN        bool
	TimeWaitNotRestarted      bool
	ClosingNoTimer            bool
	ReplyCarriesFIN           bool
	RSTAnswered               bool
	RSTNotValidated           bool
	SynReceivedCloseDeletes   bool
	FINACKMeansClosing        bool
	LastAckStuck              bool
	FINHidesACK               bool
	TimeWaitPanics            bool
	HalfCloseResets           bool
	ACKsACKs                  bool
	AbortSilent               bool
	LastAckTimeWait           bool
	FINWithoutNumber          bool
	ClosedSilent              bool
	CloseFlushes              bool
	HeldHidesACK              bool
	ClosingSkipped            bool
	LastAckSkipped            bool
	FINBeforeACKIgnored       bool
	CloseUnreadSendsFIN       bool
	DataAfterCloseAcked       bool
	CloseStopsProbes          bool
	SynReceivedRSTNeedsACK    bool
	ChallengeEchoes           bool
	FINWithoutACK             bool
	TextAfterFINAdvances      bool
	NewFINAdvances            bool
}

// OptionKind tells what an option is.
type OptionKind uint8

// The kinds of options.
const (
	Reading   OptionKind = iota // the RFC allows it, or says it in another place
	Deviation                   // the RFC does not allow it; real stacks do it on purpose
	Bug                         // nobody means it
)

// String is "reading", "deviation" or "bug".
func (k OptionKind) String() string { return [...]string{"reading", "deviation", "bug"}[k] }

// Option describes one field of Options.
type Option struct {
	Name   string
	Kind   OptionKind
	Number string // of the bug in the catalogue: "3a"; empty if it has none
	Clause string // the section that it reads, or breaks
	Text   string // one line: what the machine does under it
	SeenIn string // where it was seen, or what it comes from
	Values [2]string
	field  func(*Options) *bool
}

// Set turns the option on or off.
func (d Option) Set(o *Options, on bool) { *d.field(o) = on }

// Get reports whether the option is on.
func (d Option) Get(o Options) bool { return *d.field(&o) }

// Catalogue lists every option: readings, deviations, bugs, in this order.
func Catalogue() []Option { return catalogue[:] }

// Lookup finds an option by its name.
func Lookup(name string) (Option, bool) {
	for _, d := range catalogue {
		if d.Name == name {
			return d, true
		}
	}
	return Option{}, false
}

// Names lists the options that are on, in the order of the catalogue.
func (o Options) Names() []string {
	var names []string
	for _, d := range catalogue {
		if d.Get(o) {
			names = append(names, d.Name)
		}
	}
	return names
}
