// Package candidates follows one endpoint of a TCP connection from outside. It
// is told which segments the endpoint has sent, and which segments of its peer
// may have reached it, and keeps the set of states in which the machine of
// package model can be: the candidates. It asks model.Step and nothing else.
//
// # What an observer cannot see
//
// When the user called; which of the peer's segments arrived, in which order,
// and when (none before it was seen, perhaps never); what was lost on the way
// to the observer; which timeouts came; whether something out of order was
// held or dropped; which window was in force. So a segment that is seen on its
// way to the endpoint only waits. It is delivered to a candidate when the
// endpoint's next segment cannot be explained without it: SEG.ACK says to the
// octet what must have arrived. Calls are made when a segment needs them: SEND
// before text, CLOSE before a FIN. An explanation that needs nothing unusual
// costs nothing; others have a cost, and dear candidates are dropped in favour
// of cheap ones.
//
// An endpoint deviates when it sends what no candidate can send. It never
// deviates by silence, since an answer may have been lost, nor by what was not
// seen: text that is acknowledged although nobody saw it was not captured.
// Tracker.Complete takes that excuse away.
//
// # What cannot be known
//
// Unless the capture is known to be complete, these conform, as guesses:
//
//   - an ACK of text that nobody saw, and text, or a FIN, further on than what
//     was seen: what lies between was not captured. (An ACK beyond a FIN that
//     was seen, and text behind the sender's own FIN, deviate always.)
//   - any RST: an endpoint without a connection answers whatever comes, and what
//     it answers need not have been captured; and a RST that the endpoint cannot
//     have sent, or after which it goes on as if there had been none, is that of
//     a third party;
//   - a copy of what was sent earlier, any time: the network may delay and
//     duplicate it. For the same reason up to 32 packets after a RST are taken
//     for late ones.
//
// In a complete capture, too, an endpoint may be done with its connection
// before its time, by the user timeout or a crash; so a RST of a state that was
// left too early (a TIME-WAIT that was skipped, a LAST-ACK that took any ACK)
// conforms, and says so. Nothing is known of time: neither of 2MSL nor of
// timeouts that come too soon. Nor of windows: text beyond the peer's window is
// not noticed. A bug that only keeps silent, as the FIN that is never sent
// again, does not show.
//
// # Readings
//
// A candidate begins with RFC 9293 as package model reads it by default. If
// a segment cannot be explained so, but under another reading or a deviation
// that is known by name, the candidate goes on under that option, and says so.
//
// Beyond the RFC, text on a SYN is understood (RFC 7413): it must be sent
// again, or is acknowledged with the SYN. A FIN on a SYN, and text on a SYN,ACK
// that the peer accepts, are not.
package candidates
