package system

// The two endpoints run the same protocol. Where their users may do the same, and begin alike, A and B can change roles:
// the mirror image of every run is a run. System satisfies checker.Symmetric.

// Asymmetry tells what A and B may not do alike; nothing if the bounds treat them alike.
func (b *System) Asymmetry() string {
	switch {
	case b.Octets[0] != b.Octets[1]:
		return "A and B may send different numbers of octets"
	case b.ISS[0] != b.ISS[1]:
		return "A and B have different initial sequence numbers"
	case b.Opens[0] != b.Opens[1]:
		return "A and B open differently"
	case b.AfterFIN:
		return "B waits for A's FIN"
	case b.Crashes[0] != b.Crashes[1]:
		return "A and B may crash differently often"
	case b.Reopens[0] != b.Reopens[1]:
		return "A and B may open again differently often"
	}
	return ""
}

// Mirror is a side in the other role.
func (b *System) Mirror(s Side) Side {
	s.Role = 1 - s.Role
	return s
}

// MirrorLabel is the label of the same move in the other place. A tick of the clock is of both.
func (b *System) MirrorLabel(side int, a Action) (int, Action) {
	if a.Kind == Tick {
		return side, a
	}
	return 1 - side, a
}
