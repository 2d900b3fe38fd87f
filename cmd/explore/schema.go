package main

// checkSchema documents the lines of check --json.
const checkSchema = `
--json writes one object per line. The order of fields is fixed, and only seconds, bytes, spilled
and the progress lines differ from run to run, on any machine and with any --workers. Numbers in
traces are relative to the initial sequence numbers. Per scenario:

  start     scenario, bounds {octets, mss, inflight, channel, loss, dup (number or "inf"),
            inject, iss, window, start, opens, aborts, retransmission, afterFIN, timeWait, reader,
            clock {rto, msl, twoMSL, ackDelay, losses}},
            options [names], droppedFairness [names]
  progress  scenario, states (found), transitions (only where they are counted on the way), depth
            (the layer), frontier (of the states, not yet expanded), statesPerSecond (expanded,
            on average), seconds, bytes, spilled (bytes on disk)
            (at most once a second; none with --quiet or --progress=false)
  property  scenario, name, number, kind safety|step|liveness|witness,
            verdict holds|violated|inconclusive|vacuous (a witness not reached is vacuous),
            premise (how often it held), clause, fairness [names], message (unless it holds);
            if violated trace [steps], and for a lasso loop: the index of the step to whose
            state the run returns for ever (the last one: it stays there)
  coverage  scenario, actions [{name, count}], arrows [{from, trigger, to,
            where figure|text|option|bug, count}], missing [what was promised and never fired]
  result    scenario, verdict holds|violated|deadlock|inconclusive|vacuous, states,
            transitions, depth, deadlocks, digest, inconclusive (why), deadlock [steps],
            notes [what else is to be said], seconds, bytes, spilled

and at the end one

  suite     scenarios [names run], notRun [names], witnesses [{number, name, reached [scenarios]}],
            actions, arrows (as in coverage, over all scenarios), verdict, exit, seconds

A step is {action: "A Deliver", segment, reply, state}; the first action is "Init", and a tick of
the clock is "Tick", of both sides. A state is
{A: side, B: side}, a side {state, snd {una, nxt, end, wnd, wl1, wl2, acked}, rcv {nxt, read,
wnd, want, fin}, flags [names], held [[from, to)], inflight [segments], user {sent, next, opened,
closed, aborted, eof, error, hole}, dups, room, injected, ended, gotFIN, finAt, panicked, clock {life
[of each segment in flight], retransmission, timeWait, ack (ticks left, left out if it does not
run), lost}}; what is left out is zero.
`
