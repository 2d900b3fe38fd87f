--------------------------------- MODULE TCP ---------------------------------
(***************************************************************************)
(* The connection state machine of TCP, RFC 9293 section 3.10: two         *)
(* endpoints, a user at each, and a network between them that reorders or  *)
(* keeps the order, and where it is allowed to, loses and duplicates.      *)
(* Where it is asked for there is a third party, that forges segments.     *)
(*                                                                         *)
(* Written from the RFC.  The names and the order of the checks are its    *)
(* own, and sections are given in brackets.  There is one action for each  *)
(* kind of move:                                                           *)
(*                                                                         *)
(*   User      PassiveOpen ActiveOpen Send Close Receive Abort             *)
(*   Outputs   Transmit Ack Probe Update                                   *)
(*   Arrives   what a segment does at the endpoint that it reaches         *)
(*   Timeouts  Retransmit TimeWaitExpire FinWait2Expire                    *)
(*   Network   Deliver Overflow Duplicate DuplicateOverflow Lose           *)
(*   Others    Inject                                                      *)
(*                                                                         *)
(* The RFC leaves open when queued text, the FIN and an acknowledgment     *)
(* that is owed really go out: these are the actions under Outputs.        *)
(*                                                                         *)
(* Sequence numbers are integers here, not integers modulo 2^32: the       *)
(* bounds keep them far from the wrap.                                     *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences

(***************************************************************************)
(* Bounds: what the users and the network may do.  A model gives them.     *)
(***************************************************************************)
CONSTANTS
  Octets,         \* octets that each user may SEND: [Host -> Nat]
  MSS,            \* octets that a segment carries at most
  InFlight,       \* segments in flight per direction, one place for a reply apart
  FIFO,           \* segments arrive in the order in which they were sent
  Loss,           \* segments may be lost
  Dup,            \* duplications per direction; Unlimited: any number
  ISS,            \* initial send sequence numbers: [Host -> Nat]
  Start,          \* "CLOSED", "ESTABLISHED", or "BOTH-CLOSING": all is SENT, CLOSE is called, nothing is in flight
  Opens,          \* how each user opens: [Host -> {"none", "passive", "active"}]
  Aborts,         \* the users may call ABORT
  NoRetransmit,   \* the retransmission timeout never comes
  ReceiveMoves,   \* RECEIVE is a move of the user; otherwise users read at once
  AfterFIN,       \* B SENDs and CLOSEs in CLOSE-WAIT only
  TimeWaitFree,   \* 2MSL may be over at any time
  Window,         \* octets of receive buffer; 0: more than can be outstanding, and windows never change
  Forgeries       \* segments that a third party may inject, per direction

(***************************************************************************)
(* Readings: where the RFC leaves a choice, or says two things.  All FALSE *)
(* is the reading that terminates.                                         *)
(***************************************************************************)
CONSTANTS
  SeqCheckGont,       \* [A.2] the ACK field of a segment at RCV.NXT-1 is read although the segment is not acceptable
  TimeWaitAcksAll,    \* [3.10.7.4 fifth] TIME-WAIT acknowledges all that is acceptable, bare ACKs too
  StrictReceive,      \* [3.10.3] RECEIVE in CLOSING, LAST-ACK and TIME-WAIT is an error, with octets on hand too
  ClosedForgets,      \* [3.10.3] RECEIVE in CLOSED is an error, with octets on hand too
  ResetFlushes,       \* [3.10.7.4 second] a RST in CLOSING, LAST-ACK and TIME-WAIT flushes what is not read
  AbortTimeWait,      \* [3.3.2 note 3] who sends a RST by ABORT goes to TIME-WAIT
  RSTInWindow,        \* [3.10.7.4 second] a RST anywhere in the window resets: RFC 793
  SYNInWindowResets,  \* [3.10.7.4 fourth] a SYN in the window resets: RFC 793
  HalfDuplexClose,    \* [3.6.1] CLOSE ends reading; data that is lost by it makes a RST (MAY-1, SHLD-3)
  SimultaneousSYNACK, \* [3.5 figure 7] the SYN,ACK of a simultaneous open is accepted, though it lies before the window
  TimeWaitIgnoresRST, \* [RFC 1337, F1] a RST in TIME-WAIT is ignored
  AckOutOfOrder,      \* [MAY-13] what is held out of order is acknowledged
  RSTCarriesACK,      \* [3.10.5] the RST of an ABORT carries ACK=RCV.NXT
  AckAtOnce,          \* [3.8.6.3] what is received is acknowledged at once
  TextNotHeld,        \* [3.10.7.4 first] what arrives out of order is dropped: holding is a SHOULD (SHLD-31)
  ZeroWindowFIN       \* [3.10.7.4 first] a FIN with no text before it needs no room in the window

CONSTANTS
  FinWait2Timer,      \* a deviation: FIN-WAIT-2 ends by a timer
  ListenDropsSYNFIN   \* a deviation: a SYN that carries a FIN is dropped in LISTEN

CONSTANT Bugs         \* mistakes of real stacks, by name.  None is TCP: each bites where its name stands.
Bug(name) == name \in Bugs

VARIABLES
  tcb,    \* the transmission control block of each endpoint
  net,    \* what each endpoint has in flight: a set, where an identical segment absorbs another; if FIFO, a sequence
  user,   \* what each user has done and been told
  spent,  \* budgets spent, per direction: duplications, forgeries
  ghost   \* what properties need to remember; no move reads it

vars == <<tcb, net, user, spent, ghost>>

Host == {"A", "B"}
Peer(s) == IF s = "A" THEN "B" ELSE "A"

Wide == 65535   \* a window above all that can be outstanding: it never changes
Buffer == IF Window = 0 THEN Wide ELSE Window      \* RCV.BUFF

Min(a, b) == IF a < b THEN a ELSE b
Max(a, b) == IF a > b THEN a ELSE b
Unlimited == -1

One(condition) == IF condition THEN 1 ELSE 0

------------------------------------------------------------------------------
(***************************************************************************)
(* Segments.  ACK is 0 without an ACK bit.  OCT is a ghost: the index in   *)
(* the sender's stream of the octet at the front of what is sent from the  *)
(* queue.                                                                  *)
(***************************************************************************)

Segment(seq, ack, ctl) ==
  [SEQ |-> seq, ACK |-> ack, WND |-> 0, TXT |-> 0, OCT |-> 0, CTL |-> ctl]

Shown(wnd) == IF Window = 0 THEN 0 ELSE wnd    \* windows that never change are not shown

Has(g, bit) == bit \in g.CTL

LEN(g) == g.TXT + One(Has(g, "SYN")) + One(Has(g, "FIN"))
End(g) == g.SEQ + LEN(g)
FirstOctet(g) == g.SEQ + One(Has(g, "SYN"))      \* the sequence number where text begins
SeqOfFIN(g) == FirstOctet(g) + g.TXT

ResetFor(g) ==                                                    \* [3.10.7.1]
  IF Has(g, "ACK") THEN Segment(IF Bug("rst-wrong-seq") THEN g.SEQ ELSE g.ACK, 0, {"RST"}) ELSE Segment(0, End(g), {"RST", "ACK"})

------------------------------------------------------------------------------
(***************************************************************************)
(* The TCB.                                                                *)
(*                                                                         *)
(*   SND.END    just past the last octet that the user has SENT            *)
(*   SND.ACKED  ghost: octets acknowledged and removed from the queue      *)
(*   RCV.READ   the next octet to hand to the user                         *)
(*   RCV.ROOM   octets that RECEIVE has made room for since the window was *)
(*              last shown to the peer                                     *)
(*   RCV.FIN    the sequence number of a FIN that is held                  *)
(*   held       the sequence numbers of octets that are held (SHLD-31)     *)
(*   flags      Passive: came from a passive OPEN.  CloseCalled: a FIN is  *)
(*              queued or sent.  ACKPending: an acknowledgment is owed.    *)
(*              FINHeld, FINReceived.  EOFTold: the user knows.  TimerTW.  *)
(*              RSTSent: in TIME-WAIT by note 3.  NoReader: MAY-1.         *)
(*                                                                         *)
(* In CLOSED it does not exist, but that what is received in order and not *)
(* yet read outlives the connection.                                       *)
(***************************************************************************)

NoTCB ==
  [state |-> "CLOSED",
   SND |-> [ISS |-> 0, UNA |-> 0, NXT |-> 0, END |-> 0, WND |-> 0, WL1 |-> 0, WL2 |-> 0, ACKED |-> 0],
   RCV |-> [IRS |-> 0, NXT |-> 0, READ |-> 0, WND |-> 0, FIN |-> 0, ROOM |-> 0],
   held |-> {}, flags |-> {}]

Synchronized ==
  {"ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT"}
Connected == Synchronized \cup {"SYN-RECEIVED"}      \* the peer's sequence numbers are known

Is(c, flag) == flag \in c.flags
With(c, flag) == [c EXCEPT !.flags = @ \cup {flag}]
Without(c, flag) == [c EXCEPT !.flags = @ \ {flag}]

SYNUnacked(c) == c.state # "CLOSED" /\ c.state # "LISTEN" /\ c.SND.UNA = c.SND.ISS
\* The state alone does not tell: "in any case, enter FIN-WAIT-1 state" [3.10.4], with text still queued.
FINSent(c) == Is(c, "CloseCalled") /\ c.state \in Synchronized /\ c.SND.NXT = c.SND.END + 1
FINAcked(c) == FINSent(c) /\ c.SND.UNA = c.SND.NXT
Unsent(c) == IF FINSent(c) THEN 0 ELSE c.SND.END - c.SND.NXT

Unread(c) == c.RCV.NXT - c.RCV.READ - One(Is(c, "FINReceived") /\ c.RCV.NXT > c.RCV.READ)
EndUntold(c) == Is(c, "FINReceived") /\ ~Is(c, "EOFTold")
Readable(c) == Unread(c) > 0 \/ EndUntold(c)

\* RCV.BUFF - RCV.USER [3.8.6.2.2].  A FIN takes no room in the buffer.
Space(c) == Buffer - Unread(c)

AckOf(c) ==                                                       \* <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>
  [Segment(c.SND.NXT, c.RCV.NXT, {"ACK"}) EXCEPT !.WND = Shown(Space(c))]
SynAckOf(c) ==                                                    \* <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>
  [Segment(c.SND.ISS, c.RCV.NXT, {"SYN", "ACK"}) EXCEPT !.WND = Shown(Space(c))]
SynOf(iss) == [Segment(iss, 0, {"SYN"}) EXCEPT !.WND = Shown(Buffer)]

\* "delete the TCB, enter the CLOSED state"
Deleted(c, flush) ==
  IF flush \/ ~Readable(c) \/ Is(c, "NoReader") THEN NoTCB
  ELSE [NoTCB EXCEPT !.RCV.IRS = c.RCV.IRS, !.RCV.NXT = c.RCV.NXT, !.RCV.READ = c.RCV.READ,
                     !.flags = c.flags \cap {"FINReceived", "EOFTold"}]

(***************************************************************************)
(* What an event does to an endpoint: its next TCB, what it sends (one     *)
(* segment or none), whether the user is told of an error, and how the     *)
(* connection ended, if it did.                                            *)
(***************************************************************************)

Turn(c) == [tcb |-> c, out |-> {}, error |-> FALSE, ended |-> "not ended"]
Emit(c, g) == [Turn(c) EXCEPT !.out = {g}]
\* A segment with an ACK field pays the acknowledgment that is owed.
EmitACK(c) == Emit(Without(c, "ACKPending"), AckOf(c))
Ends(c, flush, how) == [Turn(Deleted(c, flush)) EXCEPT !.ended = how]
Tell(t) == [t EXCEPT !.error = TRUE]

------------------------------------------------------------------------------
(***************************************************************************)
(*                                  User                                   *)
(***************************************************************************)

\* [3.10.1] CLOSED, active: <SEQ=ISS><CTL=SYN>
CallActiveOPEN(s, c) ==
  Emit([c EXCEPT !.state = "SYN-SENT",
                 !.SND.ISS = ISS[s], !.SND.UNA = ISS[s], !.SND.NXT = ISS[s] + 1, !.SND.END = ISS[s] + 1],
       SynOf(ISS[s]))

CallPassiveOPEN(c) == Turn([c EXCEPT !.state = "LISTEN", !.flags = {"Passive"}])

\* [3.10.2] once CLOSE is called there is nothing more to SEND
CallSEND(c) == Turn([c EXCEPT !.SND.END = @ + 1])
SENDServed == {"SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT"}

\* [3.10.5] <SEQ=SND.NXT><CTL=RST>
ResetOf(c) ==
  IF RSTCarriesACK THEN Segment(c.SND.NXT, c.RCV.NXT, {"RST", "ACK"}) ELSE Segment(c.SND.NXT, 0, {"RST"})

\* [3.10.4]
OpenForCLOSE(c) ==
  CASE c.state \in {"LISTEN", "SYN-SENT"} -> Ends(c, TRUE, "early close")
    [] c.state = "SYN-RECEIVED" ->
         \* "If no SENDs have been issued and there is no pending data to send, then form a FIN segment and send
         \* it, and enter FIN-WAIT-1 state; otherwise, queue for processing after entering ESTABLISHED state."
         IF Unsent(c) = 0 THEN Turn([With(c, "CloseCalled") EXCEPT !.state = "FIN-WAIT-1"])
                          ELSE Turn(With(c, "CloseCalled"))
    [] c.state = "ESTABLISHED" -> Turn([With(c, "CloseCalled") EXCEPT !.state = "FIN-WAIT-1"])
    [] c.state = "CLOSE-WAIT" -> Turn(With(c, "CloseCalled"))    \* LAST-ACK when the FIN is sent

CallCLOSE(c) ==
  IF HalfDuplexClose /\ c.state \in {"SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT"}
  THEN IF Unread(c) > 0
       THEN [Emit(NoTCB, ResetOf(c)) EXCEPT !.ended = "data lost"]      \* SHLD-3
       ELSE OpenForCLOSE(With(With(c, "NoReader"), "EOFTold"))
  ELSE OpenForCLOSE(c)

\* [3.10.5]
CallABORT(c) ==
  CASE c.state \in {"LISTEN", "SYN-SENT"} -> Ends(c, TRUE, "abort")
    [] c.state \in {"SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"} ->
         IF AbortTimeWait
         THEN Emit([NoTCB EXCEPT !.state = "TIME-WAIT", !.flags = {"RSTSent", "TimerTW", "EOFTold"},
                                 !.SND.ISS = c.SND.ISS, !.SND.UNA = c.SND.NXT, !.SND.NXT = c.SND.NXT,
                                 !.SND.END = c.SND.NXT, !.RCV.IRS = c.RCV.IRS, !.RCV.NXT = c.RCV.NXT,
                                 !.RCV.READ = c.RCV.NXT],
                   ResetOf(c))
         ELSE [Ends(c, TRUE, "abort") EXCEPT !.out = IF Bug("abort-silent") THEN {} ELSE {ResetOf(c)}]
    [] c.state \in {"CLOSING", "LAST-ACK", "TIME-WAIT"} -> Ends(c, TRUE, "abort")    \* "ok": who aborts reads no more

(***************************************************************************)
(* [3.10.3] RECEIVE hands over all octets on hand; when there are none,    *)
(* the end of the stream.  RECEIVE(c, u) is the TCB and the user after it. *)
(* The user's record keeps the position that it expects next, and whether  *)
(* it ever got another one.                                                *)
(***************************************************************************)

MayRECEIVE(c) ==
  /\ Readable(c)
  /\ ~Is(c, "NoReader")
  /\ StrictReceive => c.state \notin {"CLOSING", "LAST-ACK", "TIME-WAIT"}
  /\ ClosedForgets => c.state # "CLOSED"

Forget(c) == IF c.state = "CLOSED" /\ ~Readable(c) THEN NoTCB ELSE c

RECEIVE(c, u) ==
  IF Unread(c) > 0
  THEN LET at == c.RCV.READ - c.RCV.IRS - 1
           n == Unread(c)
       IN <<Forget([c EXCEPT !.RCV.READ = @ + n]),
            [u EXCEPT !.next = at + n, !.hole = @ \/ at # u.next]>>
  ELSE <<Forget(With(c, "EOFTold")), [u EXCEPT !.eof = TRUE]>>

RECEIVEAtOnce(c, u) ==
  IF ReceiveMoves \/ ~MayRECEIVE(c) THEN <<c, u>>
  ELSE LET r == RECEIVE(c, u) IN IF MayRECEIVE(r[1]) THEN RECEIVE(r[1], r[2]) ELSE r

------------------------------------------------------------------------------
(***************************************************************************)
(*                                 Outputs                                 *)
(***************************************************************************)

\* Queued text, the FIN, or the last of the text with the FIN.
MayTransmit(c, n, fin) ==
  /\ c.state \in {"ESTABLISHED", "FIN-WAIT-1", "CLOSE-WAIT", "CLOSING"}
  /\ n =< Unsent(c)
  /\ IF fin THEN Is(c, "CloseCalled") /\ ~FINSent(c) /\ n = Unsent(c) ELSE n > 0
  /\ c.SND.NXT + n + One(fin) - c.SND.UNA =< c.SND.WND

\* "Segmentize the buffer and send it with a piggybacked acknowledgment" [3.10.2];
\* "then send a FIN segment, enter LAST-ACK state" [3.10.4].
Transmitted(c, n, fin) ==
  LET g == [AckOf(c) EXCEPT !.TXT = n,
                            !.OCT = c.SND.ACKED + (c.SND.NXT - c.SND.UNA - One(SYNUnacked(c))),
                            !.CTL = IF fin THEN {"FIN", "ACK"} ELSE {"ACK"}]
  IN Emit([Without(c, "ACKPending") EXCEPT
             !.SND.NXT = @ + n + One(fin),
             !.state = IF fin /\ @ = "CLOSE-WAIT" THEN "LAST-ACK" ELSE @], g)

\* "The sending TCP peer must regularly transmit at least one octet of new data [...] even if the send window is
\* zero" [3.8.6.1]: or the FIN, if there is no octet.
MayProbe(c) ==
  /\ c.state \in {"ESTABLISHED", "FIN-WAIT-1", "CLOSE-WAIT", "CLOSING"}
  /\ c.SND.WND = 0 /\ c.SND.UNA = c.SND.NXT
  /\ Unsent(c) > 0 \/ (Is(c, "CloseCalled") /\ ~FINSent(c))

Probed(c) == IF Unsent(c) > 0 THEN Transmitted(c, 1, FALSE) ELSE Transmitted(c, 0, TRUE)

\* The window is worth a segment of its own, which nothing requires: the peer has no room for a full segment in what
\* it was last shown, and the avoidance of the silly window syndrome allows it [3.8.6.2.2]:
\* "RCV.BUFF - RCV.USER - RCV.WND  >=  min( Fr * RCV.BUFF, Eff.snd.MSS )", with Fr = 1/2.
MayUpdate(c) ==
  /\ c.RCV.ROOM > 0 /\ c.RCV.ROOM >= Min((Buffer + 1) \div 2, MSS)
  /\ c.RCV.WND - c.RCV.ROOM < MSS
  /\ ~Is(c, "ACKPending")     \* or it will be shown anyway

------------------------------------------------------------------------------
(***************************************************************************)
(*                         Arrives [3.10.7]                                *)
(***************************************************************************)

\* [3.10.7.1]
ArrivesInCLOSED(c, g) == IF Has(g, "RST") /\ ~Bug("rst-answered") THEN Turn(c) ELSE Emit(c, ResetFor(g))

\* Text and a FIN that come with a SYN are "queued for processing later".
Queued(c, g) ==
  LET d == [c EXCEPT !.held = FirstOctet(g) .. SeqOfFIN(g) - 1]
  IN IF Has(g, "FIN") THEN [With(d, "FINHeld") EXCEPT !.RCV.FIN = SeqOfFIN(g)] ELSE d

\* RCV.NXT is set to SEG.SEQ+1, IRS is set to SEG.SEQ
Heard(c, g) == [c EXCEPT !.RCV.IRS = g.SEQ, !.RCV.NXT = g.SEQ + 1, !.RCV.READ = g.SEQ + 1]

\* [3.10.7.2]
ArrivesInLISTEN(s, c, g) ==
  CASE Has(g, "RST") -> Turn(c)
    [] ~Has(g, "RST") /\ Has(g, "ACK") -> Emit(c, ResetFor(g))
    [] ~Has(g, "RST") /\ ~Has(g, "ACK") /\ Has(g, "SYN") /\ ~(ListenDropsSYNFIN /\ Has(g, "FIN")) ->
         LET d == [Queued(Heard(c, g), g) EXCEPT
                     !.state = "SYN-RECEIVED",
                     !.SND.ISS = ISS[s], !.SND.UNA = ISS[s], !.SND.NXT = ISS[s] + 1, !.SND.END = ISS[s] + 1 + @]
         IN Emit(d, SynAckOf(d))
    [] OTHER -> Turn(c)

UpdateWindow(c, g) == [c EXCEPT !.SND.WND = g.WND, !.SND.WL1 = g.SEQ, !.SND.WL2 = g.ACK]

(***************************************************************************)
(* Seventh, the text, and eighth, the FIN.  A segment that begins above    *)
(* RCV.NXT is held: its text in held, its FIN in RCV.FIN.                  *)
(***************************************************************************)

\* "advance RCV.NXT over the FIN, and send an acknowledgment for the FIN"
RcvFIN(c) ==
  LET d == [c EXCEPT !.RCV.NXT = @ + 1, !.RCV.FIN = 0, !.held = {},
                     !.flags = (@ \ {"FINHeld"}) \cup {"FINReceived", "ACKPending"}
                               \cup (IF Bug("eof-lost") THEN {"EOFTold"} ELSE {})]
  IN CASE c.state = "ESTABLISHED" -> [d EXCEPT !.state = "CLOSE-WAIT"]
       [] c.state = "FIN-WAIT-1" -> [d EXCEPT !.state = "CLOSING"]    \* if our FIN were acknowledged: FIN-WAIT-2
       [] c.state = "FIN-WAIT-2" -> [With(d, "TimerTW") EXCEPT !.state = "TIME-WAIT"]

InWindow(c, q) == c.RCV.NXT =< q /\ q < c.RCV.NXT + c.RCV.WND

NeedsNoRoom(c, g) ==
  ZeroWindowFIN /\ c.RCV.WND = 0 /\ Has(g, "FIN") /\ ~Has(g, "SYN") /\ g.TXT = 0 /\ g.SEQ = c.RCV.NXT

RcvTextAndFIN(c, g) ==
  LET new == {q \in FirstOctet(g) .. SeqOfFIN(g) - 1 : InWindow(c, q)}
      got == c.held \cup new
      nxt == CHOOSE q \in c.RCV.NXT .. c.RCV.NXT + Cardinality(got) :
               q \notin got /\ \A p \in c.RCV.NXT .. q - 1 : p \in got
      fin == Has(g, "FIN") /\ (InWindow(c, SeqOfFIN(g)) \/ NeedsNoRoom(c, g)) /\ ~(Bug("held-fin-lost") /\ SeqOfFIN(g) # nxt)
      d == [c EXCEPT !.RCV.NXT = nxt, !.held = {q \in got : q > nxt},
                     !.RCV.FIN = IF fin THEN SeqOfFIN(g) ELSE @,
                     !.flags = @ \cup (IF nxt > c.RCV.NXT THEN {"ACKPending"} ELSE {})
                                 \cup (IF fin THEN {"FINHeld"} ELSE {})
                                 \cup (IF AckOutOfOrder /\ LEN(g) > 0 /\ g.SEQ > c.RCV.NXT THEN {"ACKPending"} ELSE {})]
      read(e) == IF Bug("fin-wait-2-drops-data") /\ c.state = "FIN-WAIT-2" /\ nxt > c.RCV.NXT
                 THEN [e EXCEPT !.RCV.READ = e.RCV.NXT] ELSE e
  IN IF fin /\ Bug("fin-across-hole") /\ SeqOfFIN(g) # nxt
     THEN RcvFIN([d EXCEPT !.RCV.NXT = SeqOfFIN(g), !.RCV.READ = SeqOfFIN(g)])
     ELSE IF Is(d, "FINHeld") /\ d.RCV.FIN = nxt THEN RcvFIN(read(d)) ELSE read(d)

CheckText(c, g) ==
  IF /\ c.state \in {"ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2"}
     /\ ~(TextNotHeld /\ g.TXT > 0 /\ g.SEQ > c.RCV.NXT)
  THEN LET d == RcvTextAndFIN(c, g)
       IN IF Is(c, "NoReader") /\ Unread(d) > 0
          THEN [Emit(NoTCB, ResetFor(g)) EXCEPT !.ended = "data lost"]     \* 3.6.1: data after a half-duplex CLOSE
          ELSE Turn(d)
  ELSE Turn(c)     \* "This should not occur since a FIN has been received from the remote side."

(***************************************************************************)
(* Fifth, the ACK field.                                                   *)
(***************************************************************************)

\* SND.UNA <- SEG.ACK, and what is thereby acknowledged leaves the retransmission queue.
Advance(c, ack) ==
  LET octets == ack - c.SND.UNA - One(SYNUnacked(c)) - One(FINSent(c) /\ ack = c.SND.NXT)
  IN [c EXCEPT !.SND.UNA = ack, !.SND.ACKED = @ + octets]

\* What ESTABLISHED does with an ACK field that is not above SND.NXT.
RcvACK(c, g) ==
  LET d == IF g.ACK > c.SND.UNA THEN Advance(c, g.ACK) ELSE c
      newer == c.SND.WL1 < g.SEQ \/ (c.SND.WL1 = g.SEQ /\ c.SND.WL2 =< g.ACK)
  IN IF c.SND.UNA =< g.ACK /\ newer THEN UpdateWindow(d, g) ELSE d

\* A CLOSE that was queued in SYN-RECEIVED is processed on entering ESTABLISHED.
Established(c) ==
  [c EXCEPT !.state = IF Is(c, "CloseCalled") THEN "FIN-WAIT-1" ELSE "ESTABLISHED"]

\* d is c after an ACK field: does that acknowledge our FIN?
AcksFIN(c, d, g) ==
  CASE Bug("last-ack-any-ack") /\ c.state = "LAST-ACK" -> TRUE
    [] Bug("closing-any-ack") /\ c.state = "CLOSING" -> TRUE
    [] Bug("last-ack-stuck") /\ c.state = "LAST-ACK" -> FALSE
    [] Bug("fin-ack-means-closing") /\ c.state = "FIN-WAIT-1" /\ Has(g, "FIN") -> FALSE
    [] Bug("data-ack-as-fin-ack") /\ c.state = "FIN-WAIT-1" -> FINSent(c) /\ d.SND.UNA > c.SND.UNA
    [] Bug("fin-ack-one-less") -> FINSent(c) /\ c.SND.NXT =< d.SND.UNA + 1
    [] Bug("fin-ack-one-more") -> FINSent(c) /\ c.SND.NXT < g.ACK
    [] OTHER -> FINAcked(d)

CheckACKSynchronized(c, g) ==
  IF Bug("fin-old-ack-dropped") /\ Has(g, "FIN") /\ g.ACK < c.SND.UNA THEN Turn(c)
  ELSE IF Bug("fin-hides-ack") /\ Has(g, "FIN") THEN CheckText(c, g)
  ELSE IF g.ACK > c.SND.NXT THEN EmitACK(c)   \* "send an ACK, drop the segment, and return"
  ELSE LET d == RcvACK(c, g) IN
    CASE c.state \in {"ESTABLISHED", "FIN-WAIT-2", "CLOSE-WAIT"} -> CheckText(d, g)
      [] c.state = "FIN-WAIT-1" ->
           CheckText(IF AcksFIN(c, d, g) THEN [d EXCEPT !.state = "FIN-WAIT-2"] ELSE d, g)
      [] c.state = "CLOSING" ->
           Turn(IF AcksFIN(c, d, g)
                THEN [(IF Bug("closing-no-timer") THEN d ELSE With(d, "TimerTW")) EXCEPT !.state = "TIME-WAIT"]
                ELSE d)
      [] c.state = "LAST-ACK" ->
           IF AcksFIN(c, d, g)
           THEN IF Bug("last-ack-time-wait") THEN Turn([With(d, "TimerTW") EXCEPT !.state = "TIME-WAIT"])
                                             ELSE Ends(d, FALSE, "LAST-ACK")
           ELSE Turn(d)
      [] c.state = "TIME-WAIT" ->
           \* "The only thing that can arrive in this state is a retransmission of the remote FIN.
           \* Acknowledge it, and restart the 2 MSL timeout."
           IF LEN(g) > 0 \/ TimeWaitAcksAll THEN EmitACK(d) ELSE Turn(d)

CheckACK(c, g) ==
  IF ~Has(g, "ACK") THEN Turn(c)
  ELSE IF c.state # "SYN-RECEIVED" THEN CheckACKSynchronized(c, g)
  ELSE IF c.SND.UNA < g.ACK /\ g.ACK =< c.SND.NXT
       THEN IF Bug("syn-received-swallows-fin") /\ Has(g, "FIN") /\ SeqOfFIN(g) = c.RCV.NXT
            THEN LET t == CheckACKSynchronized(Established(UpdateWindow(c, g)), [g EXCEPT !.CTL = @ \ {"FIN"}])
                 IN [t EXCEPT !.tcb.RCV.NXT = @ + 1, !.tcb.RCV.READ = t.tcb.RCV.NXT + 1,
                              !.tcb.flags = @ \cup {"ACKPending"}]
            ELSE CheckACKSynchronized(Established(UpdateWindow(c, g)), g)
       ELSE Emit(c, ResetFor(g))

(***************************************************************************)
(* Second, the RST, and fourth, the SYN.                                   *)
(***************************************************************************)

\* "return this connection to LISTEN state": what the user has SENT waits for the next SYN, and a CLOSE that was
\* queued behind it finds itself in LISTEN.
BackToLISTEN(c) ==
  LET d == [NoTCB EXCEPT !.state = "LISTEN", !.flags = {"Passive"}, !.SND.END = Unsent(c)]
  IN IF Is(c, "CloseCalled") THEN OpenForCLOSE(d) ELSE Turn(d)

RcvRST(c) ==
  CASE c.state = "SYN-RECEIVED" ->
         IF Is(c, "Passive") THEN BackToLISTEN(c) ELSE Tell(Ends(c, TRUE, "reset"))
    [] c.state \in {"ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"} -> Tell(Ends(c, TRUE, "reset"))
    [] c.state \in {"CLOSING", "LAST-ACK", "TIME-WAIT"} -> Ends(c, ResetFlushes, "reset")

CheckRST(c, g) ==
  CASE c.state = "TIME-WAIT" /\ TimeWaitIgnoresRST -> Turn(c)
    [] OTHER -> IF g.SEQ = c.RCV.NXT THEN RcvRST(c)
                ELSE IF ~InWindow(c, g.SEQ) THEN Turn(c)      \* "outside the current receive window, silently drop"
                ELSE IF RSTInWindow THEN RcvRST(c)
                ELSE EmitACK(c)                               \* the challenge ACK

\* A SYN before the window, in a segment that reaches into it, is not in the window: "trimming off any portions that lie
\* outside the window (including SYN and FIN)".
CheckSYN(c, g) ==
  LET passive == c.state = "SYN-RECEIVED" /\ Is(c, "Passive") IN
  CASE InWindow(c, g.SEQ) /\ passive -> BackToLISTEN(c)
    [] InWindow(c, g.SEQ) /\ ~passive /\ SYNInWindowResets ->
         [Tell(Ends(c, TRUE, "reset")) EXCEPT !.out = {ResetFor(g)}]
    [] OTHER -> EmitACK(c)     \* "irrespective of the sequence number": the challenge ACK

(***************************************************************************)
(* First, the sequence number: Table 6.                                    *)
(***************************************************************************)

Acceptable(c, g) ==
  CASE LEN(g) = 0 /\ c.RCV.WND = 0 -> g.SEQ = c.RCV.NXT
    [] LEN(g) = 0 /\ c.RCV.WND > 0 -> InWindow(c, g.SEQ)
    [] LEN(g) > 0 /\ c.RCV.WND = 0 -> FALSE
    [] LEN(g) > 0 /\ c.RCV.WND > 0 -> InWindow(c, g.SEQ) \/ InWindow(c, End(g) - 1)

\* "If the RCV.WND is zero, no segments will be acceptable, but special allowance should be made to accept valid ACKs".
\* "When the receiving TCP peer has a zero window and a segment arrives, it must still send an acknowledgment" [3.8.6.1].
OnlyNoRoom(c, g) == c.RCV.WND = 0 /\ g.SEQ = c.RCV.NXT

NotAcceptable(c, g) ==
  IF Has(g, "RST") THEN Turn(c)
  ELSE IF (OnlyNoRoom(c, g) \/ (SeqCheckGont /\ g.SEQ = c.RCV.NXT - 1)) /\ Has(g, "ACK") /\ ~Has(g, "SYN")
       THEN LET t == CheckACK(c, [g EXCEPT !.TXT = 0, !.CTL = IF NeedsNoRoom(c, g) THEN {"FIN", "ACK"} ELSE {"ACK"}])
            IN IF t.tcb.state = "CLOSED" \/ t.out # {} THEN t ELSE EmitACK(t.tcb)
  ELSE IF Bug("time-wait-ignores-fin") /\ c.state = "TIME-WAIT" /\ Has(g, "FIN") THEN Turn(c)
  ELSE IF Bug("data-counted-twice") /\ c.state = "FIN-WAIT-1" /\ g.TXT > 0 /\ SeqOfFIN(g) = c.RCV.NXT
       THEN EmitACK([c EXCEPT !.RCV.NXT = @ + g.TXT])
  ELSE IF Bug("second-fin-advances") /\ Is(c, "FINReceived") /\ Has(g, "FIN") /\ End(g) = c.RCV.NXT
       THEN EmitACK([c EXCEPT !.RCV.NXT = @ + 1, !.RCV.READ = @ + 1])
  ELSE EmitACK(c)

\* [3.10.7.4]
ArrivesInOthers(c, g) ==
  IF SimultaneousSYNACK /\ c.state = "SYN-RECEIVED" /\ g.CTL = {"SYN", "ACK"} /\ g.SEQ = c.RCV.IRS
  THEN CheckACK(c, [g EXCEPT !.SEQ = @ + 1, !.CTL = @ \ {"SYN"}])
  ELSE IF ~Acceptable(c, g) THEN NotAcceptable(c, g)
  ELSE IF Has(g, "RST") THEN CheckRST(c, g)
  ELSE IF Has(g, "SYN") THEN CheckSYN(c, g)
  ELSE CheckACK(c, g)

\* [3.10.7.3]
ArrivesInSYNSENT(c, g) ==
  LET acceptable == c.SND.UNA < g.ACK /\ g.ACK =< c.SND.NXT IN
  IF Has(g, "ACK") /\ ~acceptable
  THEN IF Has(g, "RST") THEN Turn(c) ELSE Emit(c, ResetFor(g))
  ELSE IF Has(g, "RST")
  THEN IF Has(g, "ACK") THEN Tell(Ends(c, TRUE, "reset")) ELSE Turn(c)
  ELSE IF ~Has(g, "SYN") THEN Turn(c)
  ELSE IF Has(g, "ACK")
  THEN \* "Data or controls that were queued for transmission MAY be included": the ACK is owed, and goes out as others do.
       LET d == Established(With(UpdateWindow(Advance(Heard(c, g), g.ACK), g), "ACKPending"))
       IN CheckText(d, g)
  ELSE LET d == [Queued(Heard(UpdateWindow(c, g), g), g) EXCEPT !.state = "SYN-RECEIVED"]
       IN Emit(d, SynAckOf(d))

SegmentArrives(s, c, g) ==
  CASE c.state = "CLOSED" -> ArrivesInCLOSED(c, g)
    [] c.state = "LISTEN" -> ArrivesInLISTEN(s, c, g)
    [] c.state = "SYN-SENT" -> ArrivesInSYNSENT(c, g)
    [] OTHER -> ArrivesInOthers(c, g)

Arrives(s, c, g) ==
  LET r == SegmentArrives(s, c, g)
      t == IF Bug("skip-time-wait") /\ c.state # "TIME-WAIT" /\ r.tcb.state = "TIME-WAIT"
           THEN [Ends(r.tcb, FALSE, "TIME-WAIT") EXCEPT !.out = IF Is(r.tcb, "ACKPending") THEN {AckOf(r.tcb)} ELSE r.out]
           ELSE r
  IN IF AckAtOnce /\ Is(t.tcb, "ACKPending") /\ t.out = {}
     THEN [t EXCEPT !.tcb = Without(@, "ACKPending"), !.out = {AckOf(t.tcb)}]
     ELSE t

------------------------------------------------------------------------------
(***************************************************************************)
(*                            Timeouts [3.10.8]                            *)
(***************************************************************************)

\* "send the segment at the front of the retransmission queue again": as much text as a segment carries, and the FIN
\* if it fits behind it.
FrontOfQueue(c) ==
  IF SYNUnacked(c)
  THEN IF c.state = "SYN-SENT" THEN SynOf(c.SND.ISS) ELSE SynAckOf(c)
  ELSE LET text == c.SND.NXT - c.SND.UNA - One(FINSent(c))
           n == Min(text, MSS)
       IN [AckOf(c) EXCEPT !.SEQ = c.SND.UNA, !.TXT = n,
                           !.OCT = c.SND.ACKED,
                           !.CTL = IF FINSent(c) /\ n = text THEN {"FIN", "ACK"} ELSE {"ACK"}]

\* What really goes out again.  Nothing, where it is empty.
Resent(c) ==
  LET g == FrontOfQueue(c) IN
  CASE Bug("close-wait-no-retransmission") /\ c.state = "CLOSE-WAIT" -> {}
    [] Bug("fin-not-retransmitted") /\ Has(g, "FIN") -> IF g.TXT = 0 THEN {} ELSE {[g EXCEPT !.CTL = @ \ {"FIN"}]}
    [] Bug("fin-retransmitted-later") /\ Has(g, "FIN") /\ g.TXT = 0 -> {[g EXCEPT !.SEQ = @ + 1]}
    [] Bug("closing-no-fin-bit") /\ c.state = "CLOSING" -> {[g EXCEPT !.CTL = @ \ {"FIN"}]}
    [] OTHER -> {g}

------------------------------------------------------------------------------
(***************************************************************************)
(* What a move makes of the system.  Windows that never change are kept in *)
(* a normal form.  "The total of RCV.NXT and RCV.WND should not be         *)
(* reduced": it is not, the buffer being always as large as it is.         *)
(***************************************************************************)

Normal(c) ==
  IF Window = 0
  THEN [c EXCEPT !.RCV.WND = IF c.state = "CLOSED" THEN 0 ELSE Wide,
                 !.SND.WND = IF c.state \in Connected THEN Wide ELSE 0,
                 !.SND.WL1 = 0, !.SND.WL2 = 0]
  ELSE [c EXCEPT !.RCV.WND = IF c.state = "CLOSED" THEN 0 ELSE Space(c),
                 !.RCV.ROOM = IF c.state \in Synchronized /\ ~Is(c, "FINReceived") THEN @ ELSE 0]

\* The peer is shown the window by every segment with an ACK field.
Showing(t) == IF \E g \in t.out : Has(g, "ACK") THEN [t.tcb EXCEPT !.RCV.ROOM = 0] ELSE t.tcb

\* The endpoint at s has taken turn t, and its user is u but for what it reads now.
Takes(s, t, u) ==
  LET r == RECEIVEAtOnce(Showing(t), u)
      finAt == {SeqOfFIN(g) - ISS[s] : g \in {h \in t.out : Has(h, "FIN")}}
      past == \/ Is(t.tcb, "FINReceived")
              \/ ghost[Peer(s)].finAt > 0 /\ t.tcb.state \in Synchronized
                 /\ t.tcb.RCV.NXT - t.tcb.RCV.IRS > ghost[Peer(s)].finAt
  IN /\ tcb' = [tcb EXCEPT ![s] = Normal(r[1])]
     /\ user' = [user EXCEPT ![s] = [r[2] EXCEPT !.error = @ \/ t.error]]
     /\ ghost' = [ghost EXCEPT
          ![s].ended = IF t.ended # "not ended" THEN t.ended ELSE @,
          ![s].gotFIN = @ \/ past,
          ![s].finAt = IF @ = 0 /\ finAt # {} THEN CHOOSE q \in finAt : TRUE ELSE @]

(***************************************************************************)
(* The network.  out is what is sent: one segment or none.                 *)
(***************************************************************************)

Flying(s) == IF FIFO THEN {net[s][n] : n \in DOMAIN net[s]} ELSE net[s]
NumFlying(s) == IF FIFO THEN Len(net[s]) ELSE Cardinality(net[s])
\* Of a queue the first arrives, or is lost.
Foremost(s) == IF FIFO THEN {net[s][n] : n \in DOMAIN net[s] \cap {1}} ELSE net[s]

NothingSent == IF FIFO THEN <<>> ELSE {}
Put(flying, out) ==
  IF ~FIFO THEN flying \cup out ELSE IF out = {} THEN flying ELSE Append(flying, CHOOSE g \in out : TRUE)
Take(flying, g) == IF FIFO THEN Tail(flying) ELSE flying \ {g}

\* IF and not \/, of which TLC would make two steps.
Fits(s, out, limit) ==
  IF out = {} \/ (~FIFO /\ out \subseteq net[s]) THEN TRUE ELSE NumFlying(s) < limit

\* A move of the endpoint at s alone: it needs room for what it sends.
Local(s, t, u) ==
  /\ Fits(s, t.out, InFlight)
  /\ Takes(s, t, u)
  /\ net' = [net EXCEPT ![s] = Put(@, t.out)]
  /\ UNCHANGED spent

------------------------------------------------------------------------------
(***************************************************************************)
(* Actions: User.                                                          *)
(***************************************************************************)

PassiveOpen(s) ==
  /\ Opens[s] = "passive" /\ ~user[s].opened /\ tcb[s].state = "CLOSED"
  /\ Local(s, CallPassiveOPEN(tcb[s]), [user[s] EXCEPT !.opened = TRUE])

ActiveOpen(s) ==
  /\ Opens[s] = "active" /\ ~user[s].opened /\ tcb[s].state = "CLOSED"
  /\ Local(s, CallActiveOPEN(s, tcb[s]), [user[s] EXCEPT !.opened = TRUE])

MayAct(s) == AfterFIN /\ s = "B" => tcb[s].state = "CLOSE-WAIT"

Send(s) ==
  /\ MayAct(s) /\ ~user[s].closed /\ user[s].sent < Octets[s]
  /\ tcb[s].state \in SENDServed
  /\ Local(s, CallSEND(tcb[s]), [user[s] EXCEPT !.sent = @ + 1])

MayClose(s) ==
  /\ MayAct(s) /\ ~user[s].closed
  /\ tcb[s].state \in {"LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT"}

Close(s) ==
  /\ MayClose(s)
  /\ Local(s, CallCLOSE(tcb[s]), [user[s] EXCEPT !.closed = TRUE])

Receive(s) ==
  /\ ReceiveMoves
  /\ MayRECEIVE(tcb[s]) = TRUE    \* "= TRUE": TLC would make a step of each side of the \/ in it
  /\ LET r == RECEIVE(tcb[s], user[s])
         room == IF Window = 0 THEN 0 ELSE Unread(tcb[s])
     IN Local(s, Turn([r[1] EXCEPT !.RCV.ROOM = @ + room]), r[2])

Abort(s) ==
  /\ Aborts /\ tcb[s].state # "CLOSED"
  /\ Local(s, CallABORT(tcb[s]), [user[s] EXCEPT !.abort = TRUE])

(***************************************************************************)
(* Actions: Outputs.                                                       *)
(***************************************************************************)

Transmit(s) ==
  \E n \in 0 .. Min(MSS, Unsent(tcb[s])), fin \in BOOLEAN :
    /\ MayTransmit(tcb[s], n, fin)
    /\ Local(s, Transmitted(tcb[s], n, fin), user[s])

Ack(s) ==
  /\ Is(tcb[s], "ACKPending")
  /\ Local(s, EmitACK(tcb[s]), user[s])

Probe(s) ==
  /\ Window # 0 /\ MayProbe(tcb[s])
  /\ Local(s, Probed(tcb[s]), user[s])

Update(s) ==
  /\ Window # 0 /\ MayUpdate(tcb[s])
  /\ Local(s, EmitACK(tcb[s]), user[s])

(***************************************************************************)
(* Actions: Timeouts.  A retransmission waits while its copy is in flight. *)
(* 2MSL outlasts everything of the connection that is in flight, and       *)
(* everything that the peer may still retransmit.                          *)
(***************************************************************************)

MayRetransmit(s) == ~NoRetransmit /\ tcb[s].SND.UNA # tcb[s].SND.NXT

Retransmit(s) ==
  /\ MayRetransmit(s)
  /\ \E g \in Resent(tcb[s]) :
       /\ g \notin Flying(s)
       /\ Local(s, Emit(Without(tcb[s], "ACKPending"), g), user[s])

MayExpire(s) ==
  /\ tcb[s].state = "TIME-WAIT" /\ Is(tcb[s], "TimerTW")
  /\ ~TimeWaitFree => /\ NumFlying(s) = 0 /\ NumFlying(Peer(s)) = 0
                      /\ tcb[Peer(s)].SND.UNA = tcb[Peer(s)].SND.NXT

TimeWaitExpire(s) ==
  /\ MayExpire(s)
  /\ Local(s, Ends(tcb[s], FALSE, "TIME-WAIT"), user[s])

FinWait2Expire(s) ==
  /\ FinWait2Timer /\ tcb[s].state = "FIN-WAIT-2"
  /\ Local(s, Ends(tcb[s], FALSE, "timer"), user[s])

(***************************************************************************)
(* Actions: Network.  A reply may take one place more.  If it finds none,  *)
(* the segment is processed and the reply is lost: that is an Overflow, no *)
(* delivery.                                                               *)
(***************************************************************************)

\* g, from s, reaches the other side, which has room for its reply, or has not.
Reaches(s, g, room) ==
  LET p == Peer(s)
      t == Arrives(p, tcb[p], g)
  IN /\ Fits(p, t.out, InFlight + 1) = room
     /\ Takes(p, t, user[p])
     /\ net' = [net EXCEPT ![s] = Take(@, g), ![p] = IF room THEN Put(@, t.out) ELSE @]
     /\ UNCHANGED spent

ReachesAsCopy(s, g, room) ==
  LET p == Peer(s)
      t == Arrives(p, tcb[p], g)
  IN /\ Dup # Unlimited => spent[s].dups < Dup
     /\ Fits(p, t.out, InFlight + 1) = room
     /\ Takes(p, t, user[p])
     /\ net' = [net EXCEPT ![p] = IF room THEN Put(@, t.out) ELSE @]
     /\ spent' = IF Dup = Unlimited THEN spent ELSE [spent EXCEPT ![s].dups = @ + 1]

Deliver(s) == \E g \in Foremost(s) : Reaches(s, g, TRUE)
Overflow(s) == \E g \in Foremost(s) : Reaches(s, g, FALSE)
Duplicate(s) == Dup # 0 /\ \E g \in Foremost(s) : ReachesAsCopy(s, g, TRUE)
DuplicateOverflow(s) == Dup # 0 /\ \E g \in Foremost(s) : ReachesAsCopy(s, g, FALSE)

Lose(s) ==
  /\ Loss
  /\ \E g \in Foremost(s) : net' = [net EXCEPT ![s] = Take(@, g)]
  /\ UNCHANGED <<tcb, user, spent, ghost>>

(***************************************************************************)
(* Actions: a third party, off the path.  It puts a segment on the wire    *)
(* that bears the address of s, as s itself could, and hears nothing.  Of  *)
(* the two endpoints it knows the initial sequence numbers, and of their   *)
(* users how much they may SEND: n the one, m the other.  RCV.NXT of its   *)
(* victim is 1 at first, n+1 after the text, n+2 after the FIN.            *)
(***************************************************************************)

Forged(s) ==
  LET n == Octets[s]
      m == Octets[Peer(s)]
      far == n + 2 + Buffer                        \* beyond any window
      At(q, ctl) == [SEQ |-> ISS[s] + q, ACK |-> 0, WND |-> Shown(Buffer), TXT |-> 0, OCT |-> 0, CTL |-> ctl]
      Text(g) == [g EXCEPT !.TXT = 1, !.OCT = g.SEQ - ISS[s] - 1]
      Acking(g, q) == [g EXCEPT !.ACK = ISS[Peer(s)] + q]
  IN {At(q, {"RST"}) : q \in {0, 1, n + 1, n + 2, n + 3, far}}
     \cup {Acking(At(q, {"RST", "ACK"}), 1) : q \in {1, n + 2}}
     \cup {At(q, {"SYN"}) : q \in {0, n + 3}}
     \cup {At(0, {"SYN", "FIN"}), At(n + 1, {"FIN"}), Text(At(n + 1, {}))}
     \cup {Acking(At(n + 2, {"FIN", "ACK"}), 1), Acking(Text(At(n + 2, {"ACK"})), 1), Acking(At(n + 2, {"ACK"}), m + 3)}

Inject(s) ==
  /\ spent[s].forged < Forgeries
  /\ \E g \in Forged(s) \ Flying(s) :
       /\ Fits(s, {g}, InFlight)
       /\ net' = [net EXCEPT ![s] = Put(@, {g})]
  /\ spent' = [spent EXCEPT ![s].forged = @ + 1]
  /\ UNCHANGED <<tcb, user, ghost>>

------------------------------------------------------------------------------

InitialTCB(s) ==
  LET established ==
        [NoTCB EXCEPT !.state = "ESTABLISHED", !.RCV.WND = Buffer,
                      !.SND.WND = Buffer, !.SND.WL1 = ISS[Peer(s)], !.SND.WL2 = ISS[s] + 1,
                      !.SND.ISS = ISS[s], !.SND.UNA = ISS[s] + 1, !.SND.NXT = ISS[s] + 1, !.SND.END = ISS[s] + 1,
                      !.RCV.IRS = ISS[Peer(s)], !.RCV.NXT = ISS[Peer(s)] + 1, !.RCV.READ = ISS[Peer(s)] + 1]
  IN CASE Start = "CLOSED" -> NoTCB
       [] Start = "ESTABLISHED" -> Normal(established)
       [] Start = "BOTH-CLOSING" -> Normal(CallCLOSE([established EXCEPT !.SND.END = @ + Octets[s]]).tcb)

InitialUser(s) ==
  [sent |-> IF Start = "BOTH-CLOSING" THEN Octets[s] ELSE 0, next |-> 0, opened |-> Start # "CLOSED",
   closed |-> Start = "BOTH-CLOSING", abort |-> FALSE, eof |-> FALSE, error |-> FALSE, hole |-> FALSE]

Init ==
  /\ tcb = [s \in Host |-> InitialTCB(s)]
  /\ net = [s \in Host |-> NothingSent]
  /\ user = [s \in Host |-> InitialUser(s)]
  /\ spent = [s \in Host |-> [dups |-> 0, forged |-> 0]]
  /\ ghost = [s \in Host |-> [ended |-> "not ended", gotFIN |-> FALSE, finAt |-> 0]]

Next ==
  \E s \in Host :
    \/ PassiveOpen(s) \/ ActiveOpen(s) \/ Send(s) \/ Close(s) \/ Receive(s) \/ Abort(s)
    \/ Transmit(s) \/ Ack(s) \/ Probe(s) \/ Update(s)
    \/ Retransmit(s) \/ TimeWaitExpire(s) \/ FinWait2Expire(s)
    \/ Deliver(s) \/ Overflow(s) \/ Duplicate(s) \/ DuplicateOverflow(s) \/ Lose(s)
    \/ Inject(s)

Spec == Init /\ [][Next]_vars

==============================================================================

The figure of RFC 9293, section 3.3.2 (Figure 5):

                            +---------+ ---------\      active OPEN
                            |  CLOSED |            \    -----------
                            +---------+<---------\   \   create TCB
                              |     ^              \   \  snd SYN
                 passive OPEN |     |   CLOSE        \   \
                 ------------ |     | ----------       \   \
                  create TCB  |     | delete TCB         \   \
                              V     |                      \   \
          rcv RST (note 1)  +---------+            CLOSE    |    \
       -------------------->|  LISTEN |          ---------- |     |
      /                     +---------+          delete TCB |     |
     /           rcv SYN      |     |     SEND              |     |
    /           -----------   |     |    -------            |     V
+--------+      snd SYN,ACK  /       \   snd SYN          +--------+
|        |<-----------------           ------------------>|        |
|  SYN   |                    rcv SYN                     |  SYN   |
|  RCVD  |<-----------------------------------------------|  SENT  |
|        |                  snd SYN,ACK                   |        |
|        |------------------           -------------------|        |
+--------+   rcv ACK of SYN  \       /  rcv SYN,ACK       +--------+
   |         --------------   |     |   -----------
   |                x         |     |     snd ACK
   |                          V     V
   |  CLOSE                 +---------+
   | -------                |  ESTAB  |
   | snd FIN                +---------+
   |                 CLOSE    |     |    rcv FIN
   V                -------   |     |    -------
+---------+         snd FIN  /       \   snd ACK         +---------+
|  FIN    |<----------------          ------------------>|  CLOSE  |
| WAIT-1  |------------------                            |   WAIT  |
+---------+          rcv FIN  \                          +---------+
  | rcv ACK of FIN   -------   |                          CLOSE  |
  | --------------   snd ACK   |                         ------- |
  V        x                   V                         snd FIN V
+---------+               +---------+                    +---------+
|FINWAIT-2|               | CLOSING |                    | LAST-ACK|
+---------+               +---------+                    +---------+
  |              rcv ACK of FIN |                 rcv ACK of FIN |
  |  rcv FIN     -------------- |    Timeout=2MSL -------------- |
  |  -------            x       V    ------------        x       V
   \ snd ACK              +---------+delete TCB          +---------+
     -------------------->|TIME-WAIT|------------------->| CLOSED  |
                          +---------+                    +---------+
