------------------------------- MODULE Close -------------------------------
(* The reduced close in TLA+, for TLC. README.md has it in words.          *)
EXTENDS Integers, FiniteSets

CONSTANTS D, M, K

Sides == {0, 1}
Peer(i) == 1 - i

VARIABLES state, una, nxt, rcv, pending, hole, net
vars == <<state, una, nxt, rcv, pending, hole, net>>

(* A segment is <<seq, end, ack>>. *)
Seq(g) == g[1]
End(g) == g[2]
Ack(g) == g[3]

Init ==
    /\ state = [i \in Sides |-> "ESTABLISHED"]
    /\ una = [i \in Sides |-> 0]
    /\ nxt = [i \in Sides |-> 0]
    /\ rcv = [i \in Sides |-> 0]
    /\ pending = [i \in Sides |-> FALSE]
    /\ hole = [i \in Sides |-> FALSE]
    /\ net = [i \in Sides |-> {}]

Min(x, y) == IF x < y THEN x ELSE y
Max(x, y) == IF x > y THEN x ELSE y

Closing(i) == state[i] \notin {"ESTABLISHED", "CLOSE-WAIT"}
Room(i) == state[i] # "CLOSED" /\ Cardinality(net[i]) < K

Send(i, seq, end) ==
    /\ net' = [net EXCEPT ![i] = @ \union {<<seq, end, rcv[i]>>}]
    /\ pending' = [pending EXCEPT ![i] = FALSE]

Close(i) ==
    /\ ~Closing(i) /\ nxt[i] = D
    /\ state' = [state EXCEPT ![i] = IF @ = "ESTABLISHED" THEN "FIN-WAIT-1" ELSE "LAST-ACK"]
    /\ UNCHANGED <<una, nxt, rcv, pending, hole, net>>

Transmit(i, end) ==
    /\ \/ end <= D /\ end <= nxt[i] + M
       \/ end = D + 1 /\ nxt[i] = D /\ Closing(i)
    /\ Room(i)
    /\ Send(i, nxt[i], end)
    /\ nxt' = [nxt EXCEPT ![i] = end]
    /\ UNCHANGED <<state, una, rcv, hole>>

Retransmit(i) ==
    /\ una[i] < nxt[i] /\ \A g \in net[i] : Seq(g) = End(g)
    /\ Room(i)
    /\ Send(i, una[i], IF una[i] = D THEN D + 1 ELSE Min(una[i] + M, Min(nxt[i], D)))
    /\ UNCHANGED <<state, una, nxt, rcv, hole>>

Acknowledge(i) ==
    /\ pending[i]
    /\ Room(i)
    /\ Send(i, 0, 0)
    /\ UNCHANGED <<state, una, nxt, rcv, hole>>

Expire(i) ==
    /\ state[i] = "TIME-WAIT"
    /\ net[i] = {} /\ net[Peer(i)] = {} /\ una[Peer(i)] = nxt[Peer(i)]
    /\ state' = [state EXCEPT ![i] = "CLOSED"]
    /\ pending' = [pending EXCEPT ![i] = FALSE]
    /\ UNCHANGED <<una, nxt, rcv, hole, net>>

Acked(s) == CASE s = "FIN-WAIT-1" -> "FIN-WAIT-2"
              [] s = "CLOSING" -> "TIME-WAIT"
              [] s = "LAST-ACK" -> "CLOSED"
              [] OTHER -> s

Finished(s) == CASE s = "ESTABLISHED" -> "CLOSE-WAIT"
                 [] s = "FIN-WAIT-1" -> "CLOSING"
                 [] s = "FIN-WAIT-2" -> "TIME-WAIT"
                 [] OTHER -> s

Arrives(i, g) ==
    IF state[i] = "CLOSED"
    THEN UNCHANGED <<state, una, rcv, pending, hole>>
    ELSE LET acked == Max(una[i], Ack(g))
             text == Seq(g) < End(g)
             new == text /\ Seq(g) <= rcv[i] /\ rcv[i] < End(g)
             next == IF new THEN End(g) ELSE rcv[i]
             s == IF acked = D + 1 THEN Acked(state[i]) ELSE state[i]
             t == IF next = D + 1 THEN Finished(s) ELSE s
         IN  /\ una' = [una EXCEPT ![i] = acked]
             /\ rcv' = [rcv EXCEPT ![i] = next]
             /\ hole' = [hole EXCEPT ![i] = @ \/ (new /\ Seq(g) > rcv[i])]
             /\ state' = [state EXCEPT ![i] = t]
             /\ pending' = [pending EXCEPT ![i] = (@ \/ text) /\ t # "CLOSED"]

Deliver(i, g) ==
    /\ net' = [net EXCEPT ![i] = @ \ {g}]
    /\ Arrives(Peer(i), g)
    /\ UNCHANGED nxt

Duplicate(i, g) ==
    /\ Arrives(Peer(i), g)
    /\ UNCHANGED <<nxt, net>>

Lose(i, g) ==
    /\ net' = [net EXCEPT ![i] = @ \ {g}]
    /\ UNCHANGED <<state, una, nxt, rcv, pending, hole>>

(* TLC takes a state without a successor for a deadlock. This one is none. *)
TheEnd ==
    /\ \A i \in Sides : state[i] = "CLOSED" /\ net[i] = {}
    /\ UNCHANGED vars

Next ==
    \/ \E i \in Sides :
        \/ Close(i)
        \/ \E end \in nxt[i] + 1 .. D + 1 : Transmit(i, end)
        \/ Retransmit(i)
        \/ Acknowledge(i)
        \/ Expire(i)
        \/ \E g \in net[i] : Deliver(i, g) \/ Duplicate(i, g) \/ Lose(i, g)
    \/ TheEnd

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
Received == \A i \in Sides :
    una[i] <= rcv[Peer(i)] /\ rcv[Peer(i)] <= nxt[i] /\ ~hole[Peer(i)]

EndOfStream == \A i \in Sides :
    rcv[i] = D + 1 => nxt[Peer(i)] = D + 1 /\ Closing(Peer(i))

Everything == \A i \in Sides :
    state[i] = "CLOSED" => una[i] = D + 1 /\ rcv[i] = D + 1 /\ rcv[Peer(i)] = D + 1

Remains == \A i \in Sides :
    state[i] = "CLOSED" => state[Peer(i)] \in {"TIME-WAIT", "CLOSED"}

(* The base fairness, and what it makes true. *)
Kind(i, kind) == \E g \in net[i] :
    /\ kind = (IF Seq(g) = End(g) THEN "ACK" ELSE IF Seq(g) = D THEN "FIN" ELSE "text")
    /\ Deliver(i, g) \/ Duplicate(i, g)

Fairness == \A i \in Sides :
    /\ WF_vars(Close(i))
    /\ WF_vars(\E end \in nxt[i] + 1 .. D + 1 : Transmit(i, end))
    /\ WF_vars(Retransmit(i))
    /\ WF_vars(Acknowledge(i))
    /\ WF_vars(Expire(i))
    /\ \A kind \in {"text", "FIN", "ACK"} : SF_vars(Kind(i, kind))

Finite == <>[][\A i \in Sides : \A g \in net[i] : ~(Duplicate(i, g) /\ net[i] = net'[i])]_vars

FairSpec == Spec /\ Fairness
BothClose == Finite => <>(\A i \in Sides : state[i] = "CLOSED")
=============================================================================
