-------------------------------- MODULE Figure -------------------------------
(***************************************************************************)
(* The figure of RFC 9293 [3.3.2, Figure 5] as a machine of its own: two   *)
(* endpoints, eleven states, no sequence numbers and no network.  All that *)
(* an endpoint knows of the other are two facts: a FIN is received only if *)
(* it was sent, and an ACK of a FIN only if that FIN was received.         *)
(*                                                                         *)
(* TCP refines it: see Refinement.tla.  The converse is false, and more so *)
(* for liveness.  The figure may stay in FIN-WAIT-1 for ever, or leave it  *)
(* for ever by the arrow that is never drawn; what makes TCP close is      *)
(* below the figure: retransmission, and a fair network.                   *)
(***************************************************************************)

CONSTANT Host, Peer(_)

VARIABLES
  state,   \* [Host -> one of eleven]
  sent,    \* our FIN has been sent
  got,     \* the peer's FIN has been received in order
  ended    \* how CLOSED was reached

vars == <<state, sent, got, ended>>

States ==
  {"CLOSED", "LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT",
   "CLOSING", "LAST-ACK", "TIME-WAIT"}

Move(s, from, to) == state[s] = from /\ state' = [state EXCEPT ![s] = to] /\ UNCHANGED ended
End(s, from, how) ==
  state[s] \in from /\ state' = [state EXCEPT ![s] = "CLOSED"] /\ ended' = [ended EXCEPT ![s] = how]
Same == UNCHANGED <<sent, got>>

(* The arrows as they are drawn, and the FIN as an arrow that stays: CLOSE in ESTABLISHED enters FIN-WAIT-1 "in any
   case", whether or not the FIN can be sent yet. *)

OPEN(s) == Same /\ ended[s] = "not ended" /\ (Move(s, "CLOSED", "LISTEN") \/ Move(s, "CLOSED", "SYN-SENT"))
SEND(s) == Same /\ Move(s, "LISTEN", "SYN-SENT")
CLOSE(s) ==
  Same /\ (\/ End(s, {"LISTEN", "SYN-SENT"}, "early close")
           \/ Move(s, "SYN-RECEIVED", "FIN-WAIT-1") \/ Move(s, "ESTABLISHED", "FIN-WAIT-1"))
SndFIN(s) ==
  /\ ~sent[s]
  /\ sent' = [sent EXCEPT ![s] = TRUE]
  /\ \/ Move(s, "CLOSE-WAIT", "LAST-ACK")
     \/ state[s] \in {"FIN-WAIT-1", "CLOSING"} /\ UNCHANGED <<state, ended>>
  /\ UNCHANGED got

RcvSYN(s) == Same /\ (Move(s, "LISTEN", "SYN-RECEIVED") \/ Move(s, "SYN-SENT", "SYN-RECEIVED"))
RcvSYNACK(s) == Same /\ Move(s, "SYN-SENT", "ESTABLISHED")
RcvACKofSYN(s) == Same /\ Move(s, "SYN-RECEIVED", "ESTABLISHED")

Acked(s) == sent[s] /\ got[Peer(s)]
RcvACKofFIN(s) ==
  /\ Acked(s) /\ Same
  /\ \/ Move(s, "FIN-WAIT-1", "FIN-WAIT-2") \/ Move(s, "CLOSING", "TIME-WAIT") 
     \/ End(s, {"LAST-ACK"}, "LAST-ACK")

GetFIN(s) == sent[Peer(s)] /\ ~got[s] /\ got' = [got EXCEPT ![s] = TRUE] /\ UNCHANGED sent
RcvFIN(s) ==
  /\ GetFIN(s)
  /\ \/ Move(s, "ESTABLISHED", "CLOSE-WAIT") \/ Move(s, "FIN-WAIT-1", "CLOSING")
     \/ Move(s, "FIN-WAIT-2", "TIME-WAIT")

Timeout2MSL(s) == Same /\ End(s, {"TIME-WAIT"}, "TIME-WAIT")

(* One segment may take two arrows or three: the ACK of the SYN with the FIN; the ACK of our FIN with the peer's FIN
   (note 2); and a CLOSE that was queued in SYN-RECEIVED is carried out on the way. *)
RcvMore(s) ==
  \/ GetFIN(s) /\ (Move(s, "SYN-SENT", "CLOSE-WAIT") \/ Move(s, "SYN-RECEIVED", "CLOSE-WAIT"))
  \/ GetFIN(s) /\ Acked(s) /\ Move(s, "FIN-WAIT-1", "TIME-WAIT")
  \/ Same /\ Move(s, "SYN-RECEIVED", "FIN-WAIT-1")
  \/ GetFIN(s) /\ Move(s, "SYN-RECEIVED", "CLOSING")

(* What the figure leaves to the text: a RST that is received (note 1), and ABORT.  A CLOSE that was queued in
   SYN-RECEIVED ends the connection with note 1. *)
RcvRST(s) ==
  Same /\ (\/ Move(s, "SYN-RECEIVED", "LISTEN") \/ End(s, {"SYN-RECEIVED"}, "early close")
           \/ End(s, States \ {"CLOSED", "LISTEN"}, "reset"))
ABORT(s) == Same /\ End(s, States \ {"CLOSED"}, "abort")
(* A CLOSE that ends reading, and data that is lost by it [3.6.1]. *)
LoseData(s) ==
  Same /\ End(s, {"SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT"}, "data lost")

Init ==
  /\ \E both \in {"CLOSED", "ESTABLISHED", "FIN-WAIT-1"} : state = [s \in Host |-> both]
  /\ sent = [s \in Host |-> FALSE]
  /\ got = [s \in Host |-> FALSE]
  /\ ended = [s \in Host |-> "not ended"]

Next ==
  \E s \in Host :
    \/ OPEN(s) \/ SEND(s) \/ CLOSE(s) \/ SndFIN(s)
    \/ RcvSYN(s) \/ RcvSYNACK(s) \/ RcvACKofSYN(s) \/ RcvACKofFIN(s) \/ RcvFIN(s) \/ RcvMore(s)
    \/ Timeout2MSL(s) \/ RcvRST(s) \/ ABORT(s) \/ LoseData(s)

Spec == Init /\ [][Next]_vars
==============================================================================
