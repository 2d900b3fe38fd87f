// Package capture reads packet captures and tells the TCP connections in them
// apart. It says what was on the wire and draws no conclusion from it.
//
//	r, err := capture.NewReader(file)
//	for p, err := range r.All() { ... }     // every TCP segment, then the fault, if any
//	r.Skipped()                             // what was not a TCP segment, and why
//
// A Grouper sorts the packets into connections, also when ports are used
// again; Connection.Window undoes the window scaling.
//
// # What is read
//
// pcap (draft-ietf-opsawg-pcap) with microseconds or nanoseconds, in either
// byte order; pcapng (draft-ietf-opsawg-pcapng) with several sections and
// interfaces; either of them compressed with gzip. Input is a stream: nothing
// is sought, and memory does not grow with the file. What a record may carry is
// one table: see layers.go. Tunnels are another, looked into on request:
// see tunnels.go. Fragments of IP datagrams are put together; those of which
// others are missing are counted as such.
//
// # What is promised
//
// Damaged input never panics, hangs or allocates more than a fixed amount.
// Every packet before the fault is delivered, and then an *Error that says
// where the fault is and what is wrong.
//
// # Why the container is parsed here
//
// github.com/gopacket/gopacket/pcapgo reads ahead, so that no record has an
// offset; takes a pcap file that ends after a record's header for a complete
// one; and follows a pcapng packet whose length exceeds its block into the
// next block. It writes the captures of this package's tests, and reads the
// sound ones for comparison.
package capture
