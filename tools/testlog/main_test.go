package main

import (
	"strings"
	"testing"
)

// A package with a passing test, a skipped test and a skipped subtest; and a package without tests.
const events = `{"Action":"start","Package":"p"}
{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"    a_test.go:7: chatter\n"}
{"Action":"pass","Package":"p","Test":"TestA","Elapsed":0}
{"Action":"output","Package":"p","Test":"TestB/one","Output":"    a_test.go:8: looking\n"}
{"Action":"output","Package":"p","Test":"TestB/one","Output":"    a_test.go:9: REASON\n"}
{"Action":"output","Package":"p","Test":"TestB/one","Output":"--- SKIP: TestB/one (0.00s)\n"}
{"Action":"skip","Package":"p","Test":"TestB/one","Elapsed":0}
{"Action":"output","Package":"p","Output":"PASS\n"}
{"Action":"output","Package":"p","Output":"ok  \tp\t0.003s\n"}
{"Action":"pass","Package":"p","Elapsed":0.003}
{"Action":"output","Package":"q","Output":"?   \tq\t[no test files]\n"}
{"Action":"skip","Package":"q","Elapsed":0}
`

func TestSkips(t *testing.T) {
	for _, c := range []struct{ name, reason, wantErr, wantOut string }{
		{
			"a skip with leave passes, and is listed", "SKIP-OK: needs two gigabytes", "",
			"SKIPPED, with leave:    p TestB/one: SKIP-OK: needs two gigabytes\n1 tests run, 1 skipped, 0 of them without leave\n",
		},
		{
			"a skip for another reason fails", "flaky", `does not begin with "SKIP-OK: "`,
			"SKIPPED, without leave: p TestB/one: \"flaky\"\n1 tests run, 1 skipped, 1 of them without leave\n",
		},
		{
			"leave without a reason fails", "SKIP-OK", `does not begin with "SKIP-OK: "`,
			"SKIPPED, without leave: p TestB/one: \"SKIP-OK\"\n1 tests run, 1 skipped, 1 of them without leave\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			err := command([]string{"skips"}, strings.NewReader(strings.ReplaceAll(events, "REASON", c.reason)), &out)
			want(t, err, c.wantErr)
			if out.String() != c.wantOut {
				t.Errorf("got\n%swant\n%s", out.String(), c.wantOut)
			}
		})
	}
}

func TestReport(t *testing.T) {
	const failure = `{"ImportPath":"r","Action":"build-output","Output":"r.go:1: no such thing\n"}
{"Action":"output","Package":"p","Test":"TestC","Output":"    c_test.go:3: want 1, got 2\n"}
{"Action":"fail","Package":"p","Test":"TestC","Elapsed":0}
`
	const wantOut = "r.go:1: no such thing\n" +
		"ok  \tp\t0.003s\n" +
		"?   \tq\t[no test files]\n" +
		"    c_test.go:3: want 1, got 2\n" +
		"1 tests passed, 1 failed, 1 skipped\n"
	var out strings.Builder
	want(t, command([]string{"report"}, strings.NewReader(events+failure), &out), "")
	if out.String() != wantOut {
		t.Errorf("got\n%swant\n%s", out.String(), wantOut)
	}
}

func TestWhatIsNoTestLog(t *testing.T) {
	for _, c := range []struct {
		name, input, wantErr string
		args                 []string
	}{
		{"plain output of go test", "ok p 0.1s\n", "not the output of go test -json", []string{"skips"}},
		{"an empty log: no test was run", "", "no test was run", []string{"skips"}},
		{"no verb", events, "say report or skips", nil},
		{"an unknown verb", events, `"count": say report or skips`, []string{"count"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want(t, command(c.args, strings.NewReader(c.input), new(strings.Builder)), c.wantErr)
		})
	}
}

// want checks that an error says something, or that there is none.
func want(t *testing.T, err error, text string) {
	t.Helper()
	switch {
	case err == nil && text != "":
		t.Errorf("no error, want one that says %q", text)
	case err != nil && (text == "" || !strings.Contains(err.Error(), text)):
		t.Errorf("error %q, want %q", err, text)
	}
}
