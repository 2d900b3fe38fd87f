package history

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// Kind is what a user calls.
type Kind uint8

// The calls.
const (
	Write Kind = iota
	CloseWrite
	AwaitClose // the wait for the "ok" of a CLOSE
	Read
	Abort
	numKinds
)

var kindNames = [numKinds]string{"write", "closeWrite", "awaitClose", "read", "abort"}

// String is the call's name: "closeWrite".
func (k Kind) String() string { return kindNames[k] }

// Result is how a call returns.
type Result uint8

// The results.
const (
	OK       Result = iota
	EOF             // of a read: the stream has ended
	Refused         // of a write or closeWrite: the stream has ended already, or the connection is gone
	Reset           // the connection is reset
	TimedOut        // nothing will happen any more
	numResults
)

var resultNames = [numResults]string{"ok", "EOF", "refused", "reset", "time-out"}

// String is the result's name: "time-out".
func (r Result) String() string { return resultNames[r] }

// Op is a call of a user, complete with its result.
type Op struct {
	Side   int    // of the user: 0 for A, 1 for B
	User   User   // which of the side's users
	Kind   Kind   // what is called
	Data   string // the octets that are written, or read
	Result Result
	Call   int64 // when it is called
	Return int64 // when it returns
}

// User is one of the users of a side, who call independently of one another.
// Each waits for one call to return before the next.
type User uint8

// The users: two that write, one that closes, one that reads, one that aborts,
// and, where there are two that read, another.
const (
	Writer1 User = iota
	Writer2
	Closer
	Reader
	Aborter
	Reader2
	NumUsers
)

var userNames = [NumUsers]string{"writer 1", "writer 2", "closer", "reader", "aborter", "reader 2"}

// String is the user's name: "writer 1".
func (u User) String() string { return userNames[u] }

// String is the call with its result: A write("ab") -> ok.
func (o Op) String() string {
	s := fmt.Sprintf("%c %v", 'A'+rune(o.Side), o.Kind)
	switch {
	case o.Kind == Write:
		return fmt.Sprintf("%s(%s) -> %v", s, shown(o.Data), o.Result)
	case o.Kind == Read && o.Result == OK:
		return fmt.Sprintf("%s -> %s", s, shown(o.Data))
	}
	return fmt.Sprintf("%s -> %v", s, o.Result)
}

// shown is octets as they are printed: whole if they are few.
func shown(data string) string {
	if len(data) <= 30 {
		return strconv.Quote(data)
	}
	return fmt.Sprintf("%d octets, %.12q...", len(data), data)
}

// acts reports whether the call acts on a stream: 0 is the one from A to B. An
// abort acts on both.
func (o Op) acts(stream int) bool {
	switch o.Kind {
	case Abort:
		return true
	case Read:
		return o.Side != stream
	default:
		return o.Side == stream
	}
}

// History is what the users of one connection called and were told.
type History []Op

// Rows numbers the users that call, in the order in which porcupine's picture
// has a row for each: those of A, then those of B.
func (h History) Rows() map[[2]int]int {
	calls := map[[2]int]bool{}
	for _, o := range h {
		calls[[2]int{o.Side, int(o.User)}] = true
	}
	rows := map[[2]int]int{}
	for side := range 2 {
		for user := range int(NumUsers) {
			if who := [2]int{side, user}; calls[who] {
				rows[who] = len(rows)
			}
		}
	}
	return rows
}

// Sort puts the calls in the order in which they were made.
func (h History) Sort() {
	slices.SortFunc(h, func(a, b Op) int {
		return cmp.Or(
			cmp.Compare(a.Call, b.Call), cmp.Compare(a.Return, b.Return),
			cmp.Compare(a.Side, b.Side), cmp.Compare(a.User, b.User), cmp.Compare(a.Kind, b.Kind),
		)
	})
}

// Count tells how many calls satisfy f.
func (h History) Count(f func(Op) bool) (n int) {
	for _, o := range h {
		if f(o) {
			n++
		}
	}
	return n
}

// Overlaps tells how many pairs of calls on the same stream are concurrent.
func (h History) Overlaps() (n int) {
	for i, a := range h {
		for _, b := range h[:i] {
			same := a.acts(0) && b.acts(0) || a.acts(1) && b.acts(1)
			if same && a.Call <= b.Return && b.Call <= a.Return {
				n++
			}
		}
	}
	return n
}
