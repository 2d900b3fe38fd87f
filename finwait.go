// Package finwait is a formal model of how a TCP connection opens, half-closes
// and closes. There is nothing in this package but the test that checks it all:
//
//	go test -run Property
//
// The machine is in model, two of them with a network and users in
// model/system, what must be true of them in properties, what explores them in
// checker. cmd/explore is the command line.
package finwait
