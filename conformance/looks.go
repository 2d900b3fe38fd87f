package conformance

import "finwait/model"

// looksLike names the deviations and bugs of the model's catalogue, one at a
// time, under which the machine would have done what was seen.
func (o *Oracle) looksLike(in Input, seen Observation) []string {
	var names []string
	for _, d := range model.Catalogue() {
		if d.Kind == model.Reading && d.Name != "rst-in-window" && d.Name != "syn-in-window-resets" {
			continue
		}
		under := Oracle{set: o.set, at: o.at}
		d.Set(&under.at, true)
		if under.explains(in, seen) {
			names = append(names, d.Name)
		}
	}
	return names
}

// explains reports whether the input and what was seen fit together. A bug may
// panic; then they do not.
func (o *Oracle) explains(in Input, seen Observation) (fits bool) {
	err := protect(func() error {
		for _, a := range o.Allowed(in) {
			fits = fits || a.matches(in, &seen)
		}
		return nil
	})
	return fits && err == nil
}

// unsynchronized reports whether the stack has no initial sequence number yet,
// or chooses another one with its next SYN.
func (o *Oracle) unsynchronized() bool {
	for _, k := range o.set {
		if k.TCB.State != model.Closed && k.TCB.State != model.Listen {
			return false
		}
	}
	return true
}
