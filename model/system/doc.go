// Package system puts two endpoints, the network between them and a user on
// each side together: a labelled transition system, whose every step is one
// question to model.Step.
//
// The system is two copies of one component, a Side: an endpoint, its user,
// and the segments that it has in flight. Its moves are of two kinds. Local
// ones change one side: a call of the user, an output, a timeout, the loss of
// a segment. Shared ones hand a segment from one side to the other: Deliver,
// Duplicate, Overflow. One local move looks across: TIME-WAIT ends only when
// the other side has nothing in flight and nothing left to retransmit.
//
// # The network
//
// Per direction a set of segments in flight: an identical segment already in
// flight absorbs a new one. (A FIFO, where asked for, is a queue without
// absorption; what waits in it is lost, if it is, when its turn comes. Full
// queues can keep out what is owed, so that under a FIFO a violation of
// liveness is only inconclusive.) At most InFlight segments, and one more place for replies: what
// an endpoint sends of its own accord waits for room, and a retransmission
// waits while its copy is in flight; a reply to a segment may use the place
// that is kept for it. If there is none, the delivery is an Overflow: the
// segment is processed, the reply is lost, and the action has a name of its
// own, to which no fairness applies. Nothing is ever dropped silently.
//
// # The normal form
//
// Unless a scenario is about windows they are constant and wide, and what the
// RFC keeps to update them (SND.WL1, SND.WL2, SEG.WND) is blank. That changes
// nothing, but for one thing: where reading is a move of its own (half-close),
// segments that differ only in SEG.WND are one segment here, so some states of a
// network that is nearly full are left out. Tests show both.
//
// Octets are sent one SEND at a time. A user reads at once whatever there is to
// read, unless reading is a move of its own.
package system
