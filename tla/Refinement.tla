------------------------------ MODULE Refinement -----------------------------
(***************************************************************************)
(* Every behaviour of TCP is one of the figure, once sequence numbers,     *)
(* segments and users are forgotten.                                       *)
(***************************************************************************)
EXTENDS MC

Abstract == INSTANCE Figure WITH
  Host <- Host, Peer <- Peer,
  state <- [s \in Host |-> tcb[s].state],
  sent <- [s \in Host |-> ghost[s].finAt # 0],
  got <- [s \in Host |-> ghost[s].gotFIN],
  ended <- [s \in Host |-> ghost[s].ended]

RefinesFigure == Abstract!Spec

THEOREM Spec => RefinesFigure
==============================================================================
