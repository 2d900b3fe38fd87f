----------------------------- MODULE FigureAlone -----------------------------
(***************************************************************************)
(* The figure by itself, without TCP below it: does a close that has begun *)
(* come to its end?  From ESTABLISHED, and nobody resets.                  *)
(***************************************************************************)
EXTENDS Figure

CONSTANT Received    \* what is sent is received at last

MCHost == {"A", "B"}
MCPeer(s) == IF s = "A" THEN "B" ELSE "A"

Receives(s) == RcvACKofFIN(s) \/ RcvFIN(s) \/ RcvMore(s)
Orderly ==
  /\ Init /\ state = [s \in Host |-> "ESTABLISHED"]
  /\ [][\E s \in Host : CLOSE(s) \/ SndFIN(s) \/ Receives(s) \/ Timeout2MSL(s)]_vars
  /\ \A s \in Host :
       /\ WF_vars(CLOSE(s)) /\ WF_vars(SndFIN(s)) /\ WF_vars(Timeout2MSL(s))
       /\ WF_vars(Received /\ Receives(s))

BothClose == <>[](\A s \in Host : state[s] = "CLOSED")
FINWAIT1Ends == \A s \in Host : state[s] = "FIN-WAIT-1" ~> state[s] # "FIN-WAIT-1"
==============================================================================
