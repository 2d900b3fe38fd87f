// Package conformance holds a TCP implementation against RFC 9293. It drives
// one endpoint, the stack under test, from both sides: it is the user who
// calls, and the peer who sends segments. After every input an Oracle says
// which reactions the RFC allows, each with its clause and its force; a
// reaction outside that set is a deviation.
//
// The oracle is model.Step over a set of states (candidates.Endpoint): there
// is no second machine. The tests are made from the model's own graph: every
// state that an endpoint can reach, times every event, with the shortest way
// there, and a probe afterwards that tells hidden states apart. The stack is
// anything that implements Stack; the model itself does, too, and with each of
// its bugs it must be found deviating.
//
// # What is compared
//
// Segments by SEG.SEQ, SEG.ACK, the bits SYN, FIN, RST and ACK, and the number
// of octets. Ignored are PSH, URG, windows, options, addresses and IP ids.
// Adjacent text is merged, with a FIN behind it; the acknowledgment of what
// was received may come at once, with the next segment, or later, but no later
// than a retransmission timeout. What the user is told is compared as far as
// sockets tell it: octets, the end of the stream, refused or not. Where the
// stack tells its state, the state is compared, too.
package conformance
