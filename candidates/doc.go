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
// held or dropped. So a segment that is seen on its way to the endpoint only
// becomes pending. It is delivered to a candidate when the endpoint's next
// segment cannot be explained without it: SEG.ACK says to the octet what must
// have arrived. Calls are made when a segment needs them: SEND before text,
// CLOSE before a FIN. An explanation that needs nothing unusual costs nothing;
// others have a cost, and dear candidates are dropped in favour of cheap ones.
//
// An endpoint deviates when it sends what no candidate can send. It never
// deviates by silence, since an answer may have been lost, nor by what was not
// seen: text that is acknowledged although nobody saw it was not captured.
//
// # Readings
//
// A candidate begins with RFC 9293 as package model reads it by default. If
// a segment cannot be explained so, but under another reading or a deviation
// that is known by name, the candidate goes on under that option, and says so.
package candidates
