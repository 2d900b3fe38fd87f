// Package history judges TCP from outside: by what its users are told.
//
// Whatever the machine does inside, what it offers is an object: two streams
// of octets, one in each direction, each a queue with an end. This package
// specifies that object (stream), records histories of the calls of concurrent
// users (Recorder for the machine, the tests for a kernel), and has porcupine
// decide whether some order of the calls, each taking effect at one moment
// between its call and its return, is a run of the object: whether the history
// is linearizable.
//
// # What a user of TCP may rely on
//
// Of each of the two streams:
//
//   - write(octets) -> ok: the octets are in the stream, behind all that were
//     written before. After the end of the stream it is refused.
//   - closeWrite -> ok: the stream has ended. The other stream goes on: what is
//     written there after it arrives.
//   - read -> octets: at least one; those at the front of the stream, in order,
//     none missing, none twice, none that nobody wrote.
//   - read -> EOF: the stream has ended, and every octet of it has been read.
//   - read blocks while there is neither. Only the last read of a history may
//     give up: it begins when nothing can happen any more, and its time-out is
//     legal only if nothing is left to read and the stream has not ended. So an
//     end of the stream that never comes is seen, and so is an octet that is
//     lost.
//   - awaitClose -> ok: the "ok" that a CLOSE gets when the peer has
//     acknowledged the FIN [3.10.7.4, fifth]. It may not be missing at the end.
//   - reset, as the result of anything: somebody has called abort. A reset that
//     nobody caused is illegal. After an abort less is promised: what was
//     written may be lost from some octet on, and calls may find the
//     connection reset, or hear nothing, for the RST may be lost. What is still
//     read is a prefix, as before, and EOF is as honest as before.
//
// Nothing is said of time. A write may have returned long before its octets
// can be read, so a read that may give up early would not fit a queue; one that
// blocks does.
//
// # Why each direction is judged alone
//
// The object is a product of two streams that have no state in common. A call
// acts on one of them: A's write and closeWrite, B's read on the stream from A
// to B. Linearizability is local (Herlihy and Wing): a history of a product is
// linearizable exactly if its restriction to each component is. So it is
// sound to judge the two apart, nothing is missed by it, and the search is much
// shorter.
//
// An abort is the one call that concerns both streams, and it is put into both
// partitions. That would miss orders in which it would need one moment for the
// two, if it were one action; it is not. An abort is specified as two, one on
// each stream, each at a moment of its own between call and return, and then
// the product is a product again. It is also what TCP does: neither end learns
// of an abort at the same moment in both directions.
//
// A call that is answered in part is recorded as what it is: two calls. A write
// that was cut short is a write of what was accepted, and one of the rest that
// was refused, in the same interval; the CLOSE of RFC 9293, which returns and is
// answered "ok" much later, is closeWrite and then awaitClose.
package history
