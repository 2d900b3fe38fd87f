--------------------------------- MODULE MC ----------------------------------
(***************************************************************************)
(* TCP with bounds.  A configuration file gives the numbers.               *)
(***************************************************************************)
EXTENDS TCP

CONSTANTS OctetsA, OctetsB, ISSA, ISSB, OpensA, OpensB

MCOctets == [A |-> OctetsA, B |-> OctetsB]
MCISS == [A |-> ISSA, B |-> ISSB]
MCOpens == [A |-> OpensA, B |-> OpensB]

Terminal == \A s \in Host : tcb[s].state = "CLOSED"
==============================================================================
