------------------------------- MODULE Claims --------------------------------
(***************************************************************************)
(* What must be true of TCP: the catalogue of package properties, once     *)
(* more.  The numbers and the names are the same.                          *)
(***************************************************************************)
EXTENDS TCP

CONSTANT Dropped    \* names of the assumptions of fairness that are not made

State(s) == tcb[s].state
Closed(s) == State(s) = "CLOSED"

------------------------------------------------------------------------------
(* Safety: claims about states. *)

\* The octets delivered at s are a prefix of the octets sent by its peer.
S1Prefix == \A s \in Host : ~user[s].hole /\ user[s].next =< user[Peer(s)].sent

\* The end of the stream at s: its peer did CLOSE, and all of its octets are delivered.
S2EOFHonesty ==
  \A s \in Host : user[s].eof =>
    user[Peer(s)].closed /\ user[s].next = user[Peer(s)].sent /\ ~user[s].hole

\* Who believes that its FIN is acknowledged has a peer whose RCV.NXT has once been past it.
S3FINAckHonesty ==
  \A s \in Host :
    (\/ State(s) = "FIN-WAIT-2"
     \/ State(s) = "TIME-WAIT" /\ ~Is(tcb[s], "RSTSent")
     \/ ghost[s].ended = "LAST-ACK") => ghost[Peer(s)].gotFIN

\* SND.UNA =< SND.NXT, and the peer's RCV.NXT =< SND.NXT.
S4NoACKOfTheUnsent ==
  \A s \in Host : State(s) \notin {"CLOSED", "LISTEN"} =>
    /\ tcb[s].SND.UNA =< tcb[s].SND.NXT
    /\ State(Peer(s)) \in Connected => tcb[Peer(s)].RCV.NXT =< tcb[s].SND.NXT

\* Every symbol stands where it belongs in the stream, and the FIN behind all of it.
\* (What a third party may have forged is not s's.)
S5OneFIN ==
  \A s \in Host : \A g \in IF spent[s].forged = 0 THEN Flying(s) ELSE Flying(s) \ Forged(s) :
    LET last == End(g) - 1 - ISS[s] IN
    LEN(g) > 0 /\ ~Has(g, "RST") =>
      IF Has(g, "SYN") THEN g.SEQ = ISS[s] /\ g.TXT = 0
      ELSE /\ g.TXT > 0 => g.OCT = g.SEQ - ISS[s] - 1 /\ g.OCT + g.TXT =< user[s].sent
           /\ Has(g, "FIN") => last = ghost[s].finAt /\ last = user[s].sent + 1
           /\ ghost[s].finAt = 0 \/ last =< ghost[s].finAt

\* Who has closed from LAST-ACK has a peer in TIME-WAIT or CLOSED.
S11CompatiblePairs ==
  \A s \in Host : ghost[s].ended = "LAST-ACK" => State(Peer(s)) \in {"TIME-WAIT", "CLOSED"}

(* Safety: claims about what would be done with the segments in flight. *)

WouldReset(t) == \E r \in t.out : Has(r, "RST")

\* No RST answers a RST.  A RST in reply carries SEQ=SEG.ACK, or without an ACK SEQ=0, ACK=SEG.SEQ+SEG.LEN.
\* ABORT sends one with SEQ=SND.NXT, but for CLOSING and later.
S8ResetForm ==
  \A s \in Host :
    LET c == tcb[s] IN
    /\ \A g \in Flying(Peer(s)) : \A r \in Arrives(s, c, g).out : Has(r, "RST") =>
         /\ ~Has(g, "RST")
         /\ IF Has(g, "ACK") THEN r.SEQ = g.ACK /\ ~Has(r, "ACK")
                             ELSE r.SEQ = 0 /\ Has(r, "ACK") /\ r.ACK = End(g)
    /\ Aborts /\ ~Closed(s) =>
         /\ \A r \in CallABORT(c).out : r.SEQ = c.SND.NXT
         /\ State(s) \in {"SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"}
              => WouldReset(CallABORT(c))

\* An acceptable segment that occupies nothing, is no RST and does not acknowledge the unsent causes no reply.
S12BoundedReplies ==
  \A s \in Host : \A g \in Flying(Peer(s)) :
    LET c == tcb[s]
        t == Arrives(s, c, g)
    IN (/\ State(s) \in Synchronized /\ LEN(g) = 0 /\ ~Has(g, "RST")
        /\ g.SEQ = c.RCV.NXT \/ InWindow(c, g.SEQ)
        /\ Has(g, "ACK") => g.ACK =< c.SND.NXT)
       => t.out = {} /\ (Is(t.tcb, "ACKPending") => Is(c, "ACKPending"))

\* Where CLOSE ends reading too [3.6.1]: who is told the end of the stream has no octet acknowledged that the peer's
\* user was not given, and the peer of who lost data does not end in order.
S13AbortHonesty ==
  \A s \in Host :
    /\ user[s].eof /\ State(s) \in Synchronized => tcb[s].SND.ACKED =< user[Peer(s)].next
    /\ ghost[s].ended = "data lost" => ghost[Peer(s)].ended \notin {"LAST-ACK", "TIME-WAIT"}

\* A CLOSE with octets unread, and new text after it, make a RST and end in CLOSED (SHLD-3).
S13LostDataResets ==
  \A s \in Host :
    LET c == tcb[s]
        Resets(t) == WouldReset(t) /\ t.tcb.state = "CLOSED"
    IN /\ HalfDuplexClose /\ State(s) \in Synchronized /\ ~Is(c, "CloseCalled") /\ MayClose(s) /\ Unread(c) > 0
            => Resets(CallCLOSE(c))
       /\ \A g \in Flying(Peer(s)) :
            (/\ Is(c, "NoReader") /\ State(s) \in {"FIN-WAIT-1", "FIN-WAIT-2"}
             /\ g.CTL \cap {"SYN", "RST", "ACK"} = {"ACK"} /\ g.ACK =< c.SND.NXT
             /\ g.TXT > 0 /\ g.SEQ =< c.RCV.NXT /\ c.RCV.NXT < g.SEQ + g.TXT)
            => Resets(Arrives(s, c, g))

\* Nothing happens to the connection, and its user hears nothing.  (An ACK that was pending may leave with the reply.)
NothingButReplies(c, t) ==
  /\ (IF t.out = {} THEN t.tcb = c ELSE Without(t.tcb, "ACKPending") = Without(c, "ACKPending"))
  /\ ~t.error /\ t.ended = "not ended"

\* <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>
Challenges(c, t) ==
  \E r \in t.out : r.CTL = {"ACK"} /\ r.TXT = 0 /\ r.SEQ = c.SND.NXT /\ r.ACK = c.RCV.NXT

\* An acceptable segment with neither ACK, RST nor SYN has no effect in a synchronized state.
S15NoACKNoEffect ==
  \A s \in Host : \A g \in Flying(Peer(s)) :
    LET c == tcb[s]
        t == Arrives(s, c, g)
    IN State(s) \in Synchronized /\ g.CTL \cap {"ACK", "RST", "SYN"} = {} /\ Acceptable(c, g)
       => NothingButReplies(c, t) /\ t.out = {}

\* A RST has an effect only at RCV.NXT: elsewhere in the window it is challenged, and outside it is dropped.
S16ResetAtTheEdge ==
  \A s \in Host : \A g \in Flying(Peer(s)) :
    LET c == tcb[s]
        t == Arrives(s, c, g)
    IN State(s) \in Connected /\ Has(g, "RST") /\ g.SEQ # c.RCV.NXT
       => /\ NothingButReplies(c, t)
          /\ IF InWindow(c, g.SEQ) /\ ~(State(s) = "TIME-WAIT" /\ TimeWaitIgnoresRST)
             THEN Challenges(c, t) ELSE t.out = {}

\* A SYN in a synchronized state changes nothing: it is challenged.
S17SYNNeverResets ==
  \A s \in Host : \A g \in Flying(Peer(s)) :
    LET c == tcb[s]
        t == Arrives(s, c, g)
    IN State(s) \in Synchronized /\ Has(g, "SYN") /\ ~Has(g, "RST")
       => NothingButReplies(c, t) /\ Challenges(c, t)

------------------------------------------------------------------------------
(* Safety: claims about steps. *)

\* RCV.NXT never goes back within one TCB, and stands still after the FIN.
S6Step(s) ==
  tcb[s].state \in Connected /\ tcb'[s].state \in Connected =>
    IF Is(tcb[s], "FINReceived") THEN tcb'[s].RCV.NXT = tcb[s].RCV.NXT
                                 ELSE tcb'[s].RCV.NXT >= tcb[s].RCV.NXT
S6RcvNxtMonotone == [][\A s \in Host : S6Step(s)]_vars

\* The arrows of Figure 5 and of the text: from, by what, to.  One segment may take two or three of them.
ByUser ==
  {<<"CLOSED", "LISTEN">>, <<"CLOSED", "SYN-SENT">>, <<"LISTEN", "CLOSED">>, <<"SYN-SENT", "CLOSED">>,
   <<"SYN-RECEIVED", "FIN-WAIT-1">>, <<"ESTABLISHED", "FIN-WAIT-1">>}
ByAbort == {<<f, IF AbortTimeWait /\ f \in Synchronized \cup {"SYN-RECEIVED"} THEN "TIME-WAIT" ELSE "CLOSED">> :
              f \in {"LISTEN", "SYN-SENT", "SYN-RECEIVED"} \cup Synchronized}
ByFIN == {<<"CLOSE-WAIT", "LAST-ACK">>}
ByTimer == {<<"TIME-WAIT", "CLOSED">>} \cup IF FinWait2Timer THEN {<<"FIN-WAIT-2", "CLOSED">>} ELSE {}
BySegment ==
  {<<"LISTEN", "SYN-RECEIVED">>, <<"SYN-SENT", "SYN-RECEIVED">>, <<"SYN-SENT", "ESTABLISHED">>,
   <<"SYN-RECEIVED", "ESTABLISHED">>, <<"ESTABLISHED", "CLOSE-WAIT">>, <<"FIN-WAIT-1", "FIN-WAIT-2">>,
   <<"FIN-WAIT-1", "CLOSING">>, <<"FIN-WAIT-2", "TIME-WAIT">>, <<"CLOSING", "TIME-WAIT">>, <<"LAST-ACK", "CLOSED">>}
  \cup {<<"SYN-SENT", "CLOSE-WAIT">>, <<"SYN-RECEIVED", "CLOSE-WAIT">>, <<"FIN-WAIT-1", "TIME-WAIT">>}  \* two at once
  \cup {<<"SYN-RECEIVED", "FIN-WAIT-1">>, <<"SYN-RECEIVED", "CLOSING">>}                  \* with a CLOSE that was queued
  \cup {<<"SYN-RECEIVED", "LISTEN">>}                                                     \* note 1

\* A RST, and what note 1 does to a CLOSE that was queued; a half-duplex CLOSE.
ByReset(s) ==
  /\ tcb[s].state \notin {"CLOSED", "LISTEN"} /\ tcb'[s].state = "CLOSED"
  /\ \/ ghost'[s].ended \in {"reset", "data lost"}
     \/ ghost'[s].ended = "early close" /\ tcb[s].state = "SYN-RECEIVED"

S7Step(s) ==
  LET move == <<tcb[s].state, tcb'[s].state>> IN
  move[1] # move[2] =>
    IF user'[s].closed # user[s].closed \/ user'[s].opened # user[s].opened THEN move \in ByUser \/ ghost'[s].ended = "data lost"
    ELSE IF user'[s].abort # user[s].abort THEN move \in ByAbort
    ELSE IF net'[Peer(s)] # net[Peer(s)] \/ Dup # 0 THEN move \in BySegment \cup ByFIN \cup ByTimer \/ ByReset(s)
    ELSE move \in ByFIN \cup ByTimer
S7Figure == [][\A s \in Host : S7Step(s)]_vars

\* Nobody aborts: no RST is accepted but in TIME-WAIT, once the own SYN is acknowledged.
S9Step(s) ==
  tcb[s].state \in Synchronized \ {"TIME-WAIT"} /\ tcb[s].SND.ISS < tcb[s].SND.UNA =>
    ~(tcb'[s].state = "CLOSED" /\ ghost'[s].ended = "reset")
S9NoSpuriousReset == [][\A s \in Host : S9Step(s)]_vars

------------------------------------------------------------------------------
(***************************************************************************)
(* Fairness.  Weak: of what an endpoint and its user do.  Strong: of       *)
(* delivery, per direction and kind of segment.                            *)
(*                                                                         *)
(* WF and SF are written out, with a predicate in the place of ENABLED,    *)
(* which TLC would evaluate by searching for a successor, at a hundred     *)
(* times the cost:                                                         *)
(*                                                                         *)
(*   WF_v(A)  is  []<>~ENABLED <<A>>_v \/ []<><<A>>_v                      *)
(*   SF_v(A)  is  <>[]~ENABLED <<A>>_v \/ []<><<A>>_v                      *)
(***************************************************************************)

Made(name) == name \notin Dropped

CanClose(s) == Made("close") /\ MayClose(s) /\ Fits(s, CallCLOSE(tcb[s]).out, InFlight)
CanReceive(s) == Made("receive") /\ ReceiveMoves /\ MayRECEIVE(tcb[s])
CanTransmit(s) ==
  Made("transmit") /\ \E n \in 0 .. Min(MSS, Unsent(tcb[s])), fin \in BOOLEAN :
    MayTransmit(tcb[s], n, fin) /\ Fits(s, Transmitted(tcb[s], n, fin).out, InFlight)
CanProbe(s) ==
  Made("probe") /\ Window # 0 /\ MayProbe(tcb[s]) /\ Fits(s, Probed(tcb[s]).out, InFlight)
CanAck(s) == Made("ack") /\ Is(tcb[s], "ACKPending") /\ Fits(s, {AckOf(tcb[s])}, InFlight)
CanRetransmit(s) ==
  Made("retransmit") /\ MayRetransmit(s)
    /\ \E g \in Resent(tcb[s]) : g \notin Flying(s) /\ Fits(s, {g}, InFlight)
CanExpire(s) == Made("2msl") /\ MayExpire(s)

Kind(g) == IF Has(g, "RST") THEN "deliver-rst" ELSE IF LEN(g) > 0 THEN "deliver-seq" ELSE "deliver-ack"

\* There is room for a reply, which is one segment at most, where there is room for one.
CanArrive(s, kind) ==
  Made(kind) /\ \E g \in Foremost(s) :
    Kind(g) = kind /\ IF NumFlying(Peer(s)) =< InFlight THEN TRUE
                     ELSE Fits(Peer(s), Arrives(Peer(s), tcb[Peer(s)], g).out, InFlight + 1)
Arrival(s, kind) ==
  \/ \E g \in Foremost(s) \ Flying(s)' : Kind(g) = kind /\ Reaches(s, g, TRUE)
  \/ Dup # 0 /\ \E g \in Foremost(s) : Kind(g) = kind /\ ReachesAsCopy(s, g, TRUE)

Fairness ==
  \A s \in Host :
    /\ ([]<>~CanClose(s)) \/ ([]<><<Close(s)>>_vars)
    /\ ([]<>~CanReceive(s)) \/ ([]<><<Receive(s)>>_vars)
    /\ ([]<>~CanTransmit(s)) \/ ([]<><<Transmit(s)>>_vars)
    /\ ([]<>~CanAck(s)) \/ ([]<><<Ack(s)>>_vars)
    /\ Window # 0 => ([]<>~CanProbe(s)) \/ ([]<><<Probe(s)>>_vars)
    /\ ([]<>~CanRetransmit(s)) \/ ([]<><<Retransmit(s)>>_vars)
    /\ ([]<>~CanExpire(s)) \/ ([]<><<TimeWaitExpire(s)>>_vars)
    /\ (<>[]~CanArrive(s, "deliver-seq")) \/ ([]<><<Arrival(s, "deliver-seq")>>_vars)
    /\ (<>[]~CanArrive(s, "deliver-ack")) \/ ([]<><<Arrival(s, "deliver-ack")>>_vars)
    /\ (<>[]~CanArrive(s, "deliver-rst")) \/ ([]<><<Arrival(s, "deliver-rst")>>_vars)

\* The network duplicates finitely often.
Copied == \E s \in Host : Duplicate(s) \/ DuplicateOverflow(s)
FinitelyDuplicated == <>[][Made("duplicate") /\ Dup # 0 => ~Copied]_vars

(***************************************************************************)
(* No segment lives for ever.  That is weak fairness of its leaving, by    *)
(* arriving or by being lost; since it is not in flight when it has left,  *)
(* it says no more than this.  The segments are those of endpoints that    *)
(* begin in CLOSED and SEND nothing.                                       *)
(***************************************************************************)
BareSegments ==
  UNION {[SEQ : {0} \cup ISS[s] .. ISS[s] + 2, ACK : {0} \cup ISS[Peer(s)] .. ISS[Peer(s)] + 2, WND : {0}, TXT : {0}, OCT : {0},
          CTL : {{"SYN"}, {"SYN", "ACK"}, {"ACK"}, {"FIN", "ACK"}, {"RST"}, {"RST", "ACK"}}] : s \in Host}
OnlyBareSegments == Made("msl") => \A s \in Host : Flying(s) \subseteq BareSegments
MSL == \A s \in Host : \A g \in (IF Made("msl") THEN BareSegments ELSE {}) : []<>(g \notin Flying(s))

FairSpec == Spec /\ Fairness /\ FinitelyDuplicated /\ MSL

------------------------------------------------------------------------------
(* Liveness. *)

BothClosed == \A s \in Host : Closed(s)

\* The one pair that an ABORT may leave behind, or a half-duplex CLOSE, or what a third party has forged.
LeftInFINWAIT2 ==
  \E s \in Host : LET p == Peer(s) IN
    State(s) = "FIN-WAIT-2" /\
      CASE ghost[p].ended = "data lost" -> Loss
        [] ghost[p].ended = "reset" -> spent[s].forged > 0
        [] ghost[p].ended = "abort" -> Loss \/ (ghost[p].gotFIN /\ user[p].closed /\ ghost[p].finAt = 0)
        [] OTHER -> FALSE

Over ==
  IF Start = "CLOSED" /\ Opens["B"] = "none"
  THEN user["A"].opened => Closed("A") /\ (user["A"].error \/ ghost["A"].ended = "early close")
  ELSE IF Start = "CLOSED" THEN (\A s \in Host : user[s].opened) => BothClosed
  ELSE BothClosed \/ ((Aborts \/ HalfDuplexClose \/ Forgeries > 0) /\ LeftInFINWAIT2)

L1BothClose == <>[]Over
L2FINWAIT1Ends == \A s \in Host : []<>(State(s) # "FIN-WAIT-1")    \* that is FIN-WAIT-1 ~> another
L2LASTACKEnds == \A s \in Host : State(s) = "LAST-ACK" ~> Closed(s)
L2CLOSINGEnds == \A s \in Host : State(s) = "CLOSING" ~> (State(s) = "TIME-WAIT" \/ ((Aborts \/ HalfDuplexClose \/ Forgeries > 0) /\ Closed(s)))

Behind(s) == user[s].sent > user[Peer(s)].next
L3HalfCloseDelivery ==
  \A s \in Host : (State(s) = "CLOSE-WAIT" /\ Behind(s)) ~>
    (user[s].sent = user[Peer(s)].next \/ (Forgeries > 0 /\ \E p \in Host : ghost[p].ended = "reset"))

\* That is ghost[s].finAt # 0 ~> the rest, since a FIN once sent remains so.
L4FINTellsEOF ==
  \A s \in Host : []<>(\/ ghost[s].finAt = 0
                      \/ user[Peer(s)].eof \/ user[Peer(s)].error \/ user[Peer(s)].abort \/ ghost[s].ended = "reset")

\* Without loss nothing needs to be retransmitted.
L6NoRetransmissionNeeded == L1BothClose

\* No run goes on for ever by deliveries and acknowledgments alone: if they are all that happens, all is soon quiet.
War == \E s \in Host : Deliver(s) \/ Overflow(s) \/ Ack(s)
L5Quiet == <>[][War]_vars => <>[][FALSE]_vars

==============================================================================
