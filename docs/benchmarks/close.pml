/* The reduced close in Promela. README.md has it in words.

   spin -a -DD=2 -DM=1 -DK=2 close.pml; gcc -O3 -DSAFETY -DNOREDUCE -o pan pan.c; ./pan -m1000000

   A segment (seq, till, ack) is the number 1 + (seq * P + till) * P + ack with P = D + 2, so that D may be 4 at most; 0 is none.
   A net is K of them in descending order, empty places last. M is 1 or 2; K is 1, 2 or 3. */

#define P (D + 2)

#define ESTABLISHED 0
#define CLOSE_WAIT  1 /* from here on the user has closed */
#define FIN_WAIT_1  2
#define FIN_WAIT_2  3
#define CLOSING     4
#define TIME_WAIT   5
#define LAST_ACK    6
#define CLOSED      7

byte state[2], una[2], nxt[2], rcv[2];
bit pending[2], hole[2];
byte net[2 * K]; /* of side i from i * K on */

hidden byte g, seq, till, ack, j;

#define closed(i) (state[i] > CLOSE_WAIT)
#define room(i)   (state[i] != CLOSED && net[(i) * K + K - 1] == 0)
#define empty(i)  (net[(i) * K] == 0)
#define occupies(c) ((c) > P) /* is text or a FIN; in a bare ACK seq = till = 0 */

#if K == 1
#define sending(i) occupies(net[i])
#elif K == 2
#define sending(i) (occupies(net[(i) * 2]) || occupies(net[(i) * 2 + 1]))
#else
#define sending(i) (occupies(net[(i) * 3]) || occupies(net[(i) * 3 + 1]) || occupies(net[(i) * 3 + 2]))
#endif

/* send puts a segment into the net of side i, where there is room; an equal one absorbs it. */
inline send(i, s, e) {
	g = 1 + ((s) * P + (e)) * P + rcv[i];
	j = 0;
	do
	:: net[(i) * K + j] > g -> j++
	:: else -> break
	od;
	if
	:: net[(i) * K + j] != g ->
		till = j; /* make room */
		j = K - 1;
		do
		:: j > till -> net[(i) * K + j] = net[(i) * K + j - 1]; j--
		:: else -> break
		od;
		net[(i) * K + j] = g
	:: else
	fi;
	pending[i] = 0
}

/* drop takes the segment in place n out of the net of side i. */
inline drop(i, n) {
	j = n;
	do
	:: j < K - 1 -> net[(i) * K + j] = net[(i) * K + j + 1]; j++
	:: else -> break
	od;
	net[(i) * K + K - 1] = 0
}

/* arrives is SEGMENT ARRIVES, of g at side i. */
inline arrives(i) {
	if
	:: state[i] != CLOSED ->
		ack = (g - 1) % P;
		till = ((g - 1) / P) % P;
		seq = (g - 1) / (P * P);
		if
		:: ack > una[i] -> una[i] = ack
		:: else
		fi;
		if
		:: seq < till ->
			pending[i] = 1;
			if
			:: seq <= rcv[i] && rcv[i] < till -> hole[i] = hole[i] || seq > rcv[i]; rcv[i] = till
			:: else
			fi
		:: else
		fi;
		if
		:: una[i] == D + 1 ->
			if
			:: state[i] == FIN_WAIT_1 -> state[i] = FIN_WAIT_2
			:: state[i] == CLOSING -> state[i] = TIME_WAIT
			:: state[i] == LAST_ACK -> state[i] = CLOSED; pending[i] = 0
			:: else
			fi
		:: else
		fi;
		if
		:: rcv[i] == D + 1 ->
			if
			:: state[i] == ESTABLISHED -> state[i] = CLOSE_WAIT
			:: state[i] == FIN_WAIT_1 -> state[i] = CLOSING
			:: state[i] == FIN_WAIT_2 -> state[i] = TIME_WAIT
			:: else
			fi
		:: else
		fi
	:: else
	fi
}

#define user(i) \
	:: d_step { state[i] <= CLOSE_WAIT && nxt[i] == D -> \
		if :: state[i] == ESTABLISHED -> state[i] = FIN_WAIT_1 :: else -> state[i] = LAST_ACK fi }

#define text(i, n) \
	:: d_step { nxt[i] + n <= D && room(i) -> send(i, nxt[i], nxt[i] + n); nxt[i] = nxt[i] + n }

#if M == 1
#define texts(i) text(i, 1)
#else
#define texts(i) text(i, 1) text(i, 2)
#endif

/* repeat retransmits from una on: the FIN, or up to min(una + M, nxt, D). */
inline repeat(i) {
	if
	:: una[i] == D -> till = D + 1
	:: else ->
		till = una[i] + M;
		if
		:: till > nxt[i] -> till = nxt[i]
		:: else
		fi;
		if
		:: till > D -> till = D
		:: else
		fi
	fi;
	send(i, una[i], till)
}

#define endpoint(i) \
	texts(i) \
	:: d_step { nxt[i] == D && closed(i) && room(i) -> send(i, D, D + 1); nxt[i] = D + 1 } \
	:: d_step { una[i] < nxt[i] && room(i) && !sending(i) -> repeat(i) } \
	:: d_step { pending[i] && room(i) -> send(i, 0, 0) } \
	:: d_step { state[i] == TIME_WAIT && empty(0) && empty(1) && una[1 - i] == nxt[1 - i] -> state[i] = CLOSED; pending[i] = 0 }

#define inflight(i, n) \
	:: d_step { net[(i) * K + n] != 0 -> g = net[(i) * K + n]; drop(i, n); arrives(1 - i) } \
	:: d_step { net[(i) * K + n] != 0 -> g = net[(i) * K + n]; arrives(1 - i) } \
	:: d_step { net[(i) * K + n] != 0 -> drop(i, n) }

#if K == 1
#define path(i) inflight(i, 0)
#elif K == 2
#define path(i) inflight(i, 0) inflight(i, 1)
#else
#define path(i) inflight(i, 0) inflight(i, 1) inflight(i, 2)
#endif

#define honest(i) ( \
	una[i] <= rcv[1 - i] && rcv[1 - i] <= nxt[i] && !hole[1 - i] && \
	(rcv[i] <= D || nxt[1 - i] == D + 1 && closed(1 - i)) && \
	(state[i] != CLOSED || una[i] == D + 1 && rcv[i] == D + 1 && rcv[1 - i] == D + 1 && \
		(state[1 - i] == TIME_WAIT || state[1 - i] == CLOSED)))

#define done (state[0] == CLOSED && state[1] == CLOSED)

#ifdef FAIR

/* A process for each thing that is to be weakly fair, as far as the smaller claim needs it. */
active proctype userA() { end: do user(0) od }
active proctype userB() { end: do user(1) od }
active proctype rest()  { end: do endpoint(0) endpoint(1) path(0) path(1) od }

#else

active proctype system() { end: do user(0) user(1) endpoint(0) endpoint(1) path(0) path(1) od }

#endif

/* What holds in every state, and that only the till has no way out. */
active proctype monitor() {
end:	do
	:: d_step { !(honest(0) && honest(1)) -> assert(false) }
	:: atomic { timeout && !(done && empty(0) && empty(1)) -> assert(false) }
	od
}

#ifdef FAIR
ltl answered { [] <> !(state[0] == CLOSE_WAIT && nxt[0] == D) }
ltl bothclose { <> done }
#endif
