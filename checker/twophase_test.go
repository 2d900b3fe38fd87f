package checker_test

import (
	"context"
	"fmt"

	"finwait/checker"
)

// Two-phase commit with three resource managers, after Gray and Lamport: TLC counts 288 distinct states.

const managers = 3

type manager uint8

const (
	working manager = iota
	prepared
	committed
	aborted
)

// commit is a state of the protocol. Messages are a set: once sent, they stay.
type commit struct {
	rm                     [managers]manager
	tm                     manager // working, committed or aborted
	seen                   [managers]bool
	sentPrepared           [managers]bool
	sentCommit, sentAborts bool
}

type commitAction struct {
	name string
	rm   int
}

type twoPhase struct{}

func (twoPhase) Init(yield func(commit) bool) { yield(commit{}) }

func (twoPhase) Next(s commit, buf []checker.Successor[commit, commitAction]) []checker.Successor[commit, commitAction] {
	add := func(name string, rm int, change func(*commit)) {
		next := s
		change(&next)
		buf = append(buf, checker.Successor[commit, commitAction]{Action: commitAction{name, rm}, Next: next})
	}
	if s.tm == working && s.seen == [managers]bool{true, true, true} {
		add("TMCommit", -1, func(n *commit) { n.tm, n.sentCommit = committed, true })
	}
	if s.tm == working {
		add("TMAbort", -1, func(n *commit) { n.tm, n.sentAborts = aborted, true })
	}
	for i, rm := range s.rm {
		if s.tm == working && s.sentPrepared[i] {
			add("TMRcvPrepared", i, func(n *commit) { n.seen[i] = true })
		}
		if rm == working {
			add("RMPrepare", i, func(n *commit) { n.rm[i], n.sentPrepared[i] = prepared, true })
			add("RMChooseToAbort", i, func(n *commit) { n.rm[i] = aborted })
		}
		if s.sentCommit {
			add("RMRcvCommit", i, func(n *commit) { n.rm[i] = committed })
		}
		if s.sentAborts {
			add("RMRcvAbort", i, func(n *commit) { n.rm[i] = aborted })
		}
	}
	return buf
}

func (twoPhase) Encode(dst []byte, s commit) []byte { return fmt.Append(dst, s) }
func (twoPhase) EncodeAction(dst []byte, a commitAction) []byte {
	return fmt.Append(dst, a)
}

func Example() {
	consistent := checker.Always[commitAction]("no manager aborts and another commits", func(s *commit) bool {
		var aborts, commits bool
		for _, rm := range s.rm {
			aborts, commits = aborts || rm == aborted, commits || rm == committed
		}
		return !aborts || !commits
	})
	agreed := checker.Sometimes[commitAction]("all commit", func(s *commit) bool {
		return s.rm == [managers]manager{committed, committed, committed}
	})
	everything := checker.Labels(func(int, commitAction) bool { return true })
	decided := checker.AlwaysEventually("every manager decides", func(s *commit) bool {
		for _, rm := range s.rm {
			if rm != aborted && rm != committed {
				return false
			}
		}
		return true
	}, checker.WF("progress", everything))

	report, err := checker.Check(context.Background(), twoPhase{}, checker.ModelOptions[commit, commitAction]{}, consistent, agreed, decided)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.States, "states,", report.Transitions, "transitions, depth", report.Depth)
	for _, r := range report.Results {
		fmt.Printf("%s: %v: %s\n", r.Name, r.Verdict, r.Message)
	}
	// Output:
	// 288 states, 1145 transitions, depth 10
	// no manager aborts and another commits: holds: the premise held 288 times
	// all commit: holds: seen 1 times, first after 10 steps
	// every manager decides: holds: the premise held 288 times
}
