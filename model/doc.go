// Package model is RFC 9293's connection state machine: one endpoint, as a
// pure function from a state and an event to a state and effects.
//
//	next, fx := model.Step(c, model.Arrive(g))
//
// Step is the only place in finwait where a connection moves. The checker
// explores it, real captures are fed to it, the TLA+ specification is held
// equal to it.
//
// # The figure
//
//	                            +---------+ ---------\      active OPEN
//	                            |  CLOSED |            \    -----------
//	                            +---------+<---------\   \   create TCB
//	                              |     ^              \   \  snd SYN
//	                 passive OPEN |     |   CLOSE        \   \
//	                 ------------ |     | ----------       \   \
//	                  create TCB  |     | delete TCB         \   \
//	                              V     |                      \   \
//	          rcv RST (note 1)  +---------+            CLOSE    |    \
//	       -------------------->|  LISTEN |          ---------- |     |
//	      /                     +---------+          delete TCB |     |
//	     /           rcv SYN      |     |     SEND              |     |
//	    /           -----------   |     |    -------            |     V
//	+--------+      snd SYN,ACK  /       \   snd SYN          +--------+
//	|        |<-----------------           ------------------>|        |
//	|  SYN   |                    rcv SYN                     |  SYN   |
//	|  RCVD  |<-----------------------------------------------|  SENT  |
//	|        |                  snd SYN,ACK                   |        |
//	|        |------------------           -------------------|        |
//	+--------+   rcv ACK of SYN  \       /  rcv SYN,ACK       +--------+
//	   |         --------------   |     |   -----------
//	   |                x         |     |     snd ACK
//	   |                          V     V
//	   |  CLOSE                 +---------+
//	   | -------                |  ESTAB  |
//	   | snd FIN                +---------+
//	   |                 CLOSE    |     |    rcv FIN
//	   V                -------   |     |    -------
//	+---------+         snd FIN  /       \   snd ACK         +---------+
//	|  FIN    |<----------------          ------------------>|  CLOSE  |
//	| WAIT-1  |------------------                            |   WAIT  |
//	+---------+          rcv FIN  \                          +---------+
//	  | rcv ACK of FIN   -------   |                          CLOSE  |
//	  | --------------   snd ACK   |                         ------- |
//	  V        x                   V                         snd FIN V
//	+---------+               +---------+                    +---------+
//	|FINWAIT-2|               | CLOSING |                    | LAST-ACK|
//	+---------+               +---------+                    +---------+
//	  |              rcv ACK of FIN |                 rcv ACK of FIN |
//	  |  rcv FIN     -------------- |    Timeout=2MSL -------------- |
//	  |  -------            x       V    ------------        x       V
//	   \ snd ACK              +---------+delete TCB          +---------+
//	     -------------------->|TIME-WAIT|------------------->| CLOSED  |
//	                          +---------+                    +---------+
//
// The figure is data here: one table, in figure.go, whose entries are the
// arrows. take is the one place where the state moves along one; an arrow that
// is missing is a bug and panics.
//
// # How to read the package
//
// figure.go has the states and the arrows; tcb.go what an endpoint knows;
// event.go what can happen to it; effects.go what it does. step.go is the
// table of contents of section 3.10; calls.go, unsynchronized.go, arrives.go,
// ack.go, text.go, timeouts.go and outputs.go are its subsections, with the
// RFC's sentence beside the line that obeys it. options.go lists the readings
// that the RFC leaves open, and catalogue.go says what each is; bugs.go has
// the mistakes of real stacks, which only an option can switch on.
//
// # What is not modelled
//
// Security, urgent data, PSH, options (SACK, timestamps, MSS), congestion
// control, silly window avoidance, the choice of timeouts, the selection of
// initial sequence numbers, ICMP, several connections, the text itself: octets
// are identified by their position. A corrupted segment is a lost one. Time is
// outside: a timeout is an event. A SYN does not reopen a connection from
// TIME-WAIT (MAY-2, SHLD-4). Challenge ACKs are not throttled. The
// acknowledgment that is too old to be believed (RFC 5961, section 5, MAY-12)
// is believed.
package model
