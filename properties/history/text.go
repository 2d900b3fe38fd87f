package history

import (
	"bufio"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"finwait/properties"
)

// Text is a recording as it is committed: how to make it again, the calls, and
// the run that they are of.
func (r *Recording) Text() string {
	var s strings.Builder
	fmt.Fprintf(&s, "scenario %s, options %s, seed %d\n\n", r.Scenario, strings.Join(r.Options.Names(), " "), r.Seed)
	s.WriteString(r.History.Text())
	s.WriteString("\nThe run, a move every ten units of time, beginning at 20:\n\n")
	s.WriteString(properties.Ladder(r.Recorder.System, &r.Walk.Trace).String())
	return s.String()
}

// Text is a call a line: when it was made, when it returned, who called, and
// the call. Parse reads it.
func (h History) Text() string {
	var s strings.Builder
	s.WriteString("  call return  user        row  call and result\n")
	rows := h.Rows()
	for _, o := range h {
		who := string(rune('A'+o.Side)) + " " + o.User.String()
		row := rows[[2]int{o.Side, int(o.User)}]
		fmt.Fprintf(&s, "%6d %6d  %-11s %3d  %s\n", o.Call, o.Return, who, row, o.String()[2:])
	}
	return s.String()
}

// line is a line of History.Text.
var line = regexp.MustCompile(`^ *(\d+) +(\d+)  ([AB]) ([a-z]+(?: \d)?) +\d+  (\w+)(?:\((".*")\))? -> (.+)$`)

// Parse reads the calls of a text; other lines it skips.
func Parse(text string) (History, error) {
	var h History
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		f := line.FindStringSubmatch(lines.Text())
		if f == nil {
			continue
		}
		o, err := parse(f)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", lines.Text(), err)
		}
		h = append(h, o)
	}
	return h, nil
}

func parse(f []string) (o Op, err error) {
	if o.Call, err = strconv.ParseInt(f[1], 10, 64); err != nil {
		return o, err
	}
	if o.Return, err = strconv.ParseInt(f[2], 10, 64); err != nil {
		return o, err
	}
	user, kind, result := slices.Index(userNames[:], f[4]), slices.Index(kindNames[:], f[5]), slices.Index(resultNames[:], f[7])
	if user < 0 || kind < 0 {
		return o, fmt.Errorf("no user %q, or no call %q", f[4], f[5])
	}
	o.Side, o.User, o.Kind = int(f[3][0]-'A'), User(user), Kind(kind)
	data := f[6]
	if result < 0 {
		data, result = f[7], int(OK) // a read of octets
	}
	o.Result = Result(result)
	if data != "" {
		o.Data, err = strconv.Unquote(data)
	}
	return o, err
}
