package conformance

import "testing"

// Test runs every generated case against the stacks that newStack makes, one
// for each case, and fails for each deviation, with the shortest case that
// shows it. Cases for which the stack lacks a capability are counted in the log.
func Test(t *testing.T, newStack func() (Stack, error)) {
	t.Helper()
	report, err := RunAll(newStack, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings() {
		t.Errorf("%d cases; the shortest:\n%s", len(f.Cases), f.Cases[0].Ladder())
	}
	t.Log(report.Summary())
}

// RunAll runs every generated case that is selected, all if selects is nil; done
// is told of each result, and can end the run by returning false.
func RunAll(newStack func() (Stack, error), selects func(*Case) bool, done func(*Result) bool) (*Report, error) {
	s, err := start(newStack)
	if err != nil {
		return nil, err
	}
	caps := s.Caps()
	if err := protect(s.Done); err != nil {
		return nil, err
	}
	return RunCases(newStack, Generate(caps), selects, done), nil
}

// RunCases runs these cases, as RunAll does.
func RunCases(newStack func() (Stack, error), cases []Case, selects func(*Case) bool, done func(*Result) bool) *Report {
	report := NewReport()
	for i := range cases {
		if selects != nil && !selects(&cases[i]) {
			continue
		}
		res := Run(newStack, &cases[i])
		report.Add(&res)
		if done != nil && !done(&res) {
			break
		}
	}
	return report
}
