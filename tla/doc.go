// Package tla holds the connection state machine a second time: written from
// RFC 9293 in TLA+ (TCP.tla), and not from package model. The two are held
// equal: TLC explores the one, checker the other, and the two labelled graphs
// must be the same graph, state by state and edge by edge. Neither knows of
// the other's mistakes, so a reader may trust either because of the other.
//
// MC.tla gives TCP bounds, and a configuration file (*.cfg) gives MC numbers.
// See README.md.
package tla
