; The positions that the machine compares are less than 2^31 apart, if what arrives is young,
; and queues and windows have the machine's limits: 2^30 octets.

(set-info :smt-lib-version 2.6)
(set-logic QF_LIA)
(define-fun LISTEN () Int 1)
(define-fun SYN-SENT () Int 2)
(define-fun SYN-RECEIVED () Int 3)
(define-fun CLOSED () Int 0)
(define-fun TIME-WAIT () Int 10)
(define-fun ESTABLISHED () Int 4)
(define-fun FIN-WAIT-1 () Int 5)
(define-fun FIN-WAIT-2 () Int 6)
(define-fun CLOSE-WAIT () Int 7)
(define-fun CLOSING () Int 8)
(define-fun LAST-ACK () Int 9)
(define-fun not-ended () Int 0)
(define-fun by-last-ack () Int 1)
(define-fun by-time-wait () Int 2)
(define-fun by-user-timeout () Int 5)
(define-fun by-abort () Int 4)
(define-fun by-reset () Int 3)
(declare-const A.x Int)
(declare-const B.x Int)
(declare-const arriving.len Int)
(declare-const any.len Int)
(declare-const A.una Int)
(declare-const B.rcv Int)
(declare-const A.nxt Int)
(declare-const A.written Int)
(declare-const A.closed Bool)
(declare-const A.read Int)
(declare-const A.rcv Int)
(declare-const A.fin-received Bool)
(declare-const A.delivered Int)
(declare-const A.eof Bool)
(declare-const A.told Bool)
(declare-const B.fin-received Bool)
(declare-const A.state Int)
(declare-const A.ended Int)
(declare-const B.held-to Int)
(declare-const B.fin-held Bool)
(declare-const B.fin-held-at Int)
(declare-const B.x-held Bool)
(declare-const B.x-buffered Int)
(declare-const A.c Int)
(declare-const B.delivered Int)
(declare-const B.x-delivered Int)
(declare-const B.closed Bool)
(declare-const B.una Int)
(declare-const B.written Int)
(declare-const B.state Int)
(declare-const B.ended Int)
(declare-const B.nxt Int)
(declare-const B.read Int)
(declare-const B.eof Bool)
(declare-const B.told Bool)
(declare-const A.held-to Int)
(declare-const A.fin-held Bool)
(declare-const A.fin-held-at Int)
(declare-const A.x-held Bool)
(declare-const A.x-buffered Int)
(declare-const B.c Int)
(declare-const A.x-delivered Int)
(declare-const arriving.RST Bool)
(declare-const arriving.seq Int)
(declare-const arriving.FIN Bool)
(declare-const arriving.ack Int)
(declare-const arriving.x Int)
(declare-const window Int)
(declare-const arriving.ACK Bool)
(declare-const no-place.A Bool)
(declare-const arriving.SYN Bool)
(define-fun SEG.LEN () Int (+ arriving.len (ite arriving.FIN 1 0) (ite arriving.SYN 1 0)))
(define-fun acceptable () Bool (ite (= window 0) (and (= SEG.LEN 0) (= arriving.seq A.rcv)) (ite (= SEG.LEN 0) (and (<= A.rcv arriving.seq) (< arriving.seq (+ A.rcv window))) (or (and (<= A.rcv arriving.seq) (< arriving.seq (+ A.rcv window))) (and (<= A.rcv (- (+ arriving.seq SEG.LEN) 1)) (< (- (+ arriving.seq SEG.LEN) 1) (+ A.rcv window)))))))
(define-fun allowed () Bool (and (not acceptable) (= window 0) (= arriving.seq A.rcv) (not arriving.SYN) (or arriving.ACK arriving.RST)))
(define-fun passes () Bool (and (not (= A.state CLOSED)) (or acceptable allowed)))
(define-fun live () Bool (and passes (not arriving.RST) (not arriving.SYN) arriving.ACK))
(define-fun believed () Bool (and live (or (not arriving.ACK) (<= arriving.ack A.nxt))))
(define-fun SND.UNA () Int (ite (and believed arriving.ACK (< A.una arriving.ack)) arriving.ack A.una))
(define-fun state-after-ACK () Int (ite (and believed (= A.state FIN-WAIT-1) A.closed (= A.nxt (+ A.written 1)) (= SND.UNA A.nxt)) FIN-WAIT-2 (ite (and believed (= A.state CLOSING) A.closed (= A.nxt (+ A.written 1)) (= SND.UNA A.nxt)) TIME-WAIT (ite (and believed (= A.state LAST-ACK) A.closed (= A.nxt (+ A.written 1)) (= SND.UNA A.nxt)) CLOSED A.state))))
(define-fun takes () Bool (and believed (or (= state-after-ACK ESTABLISHED) (= state-after-ACK FIN-WAIT-1) (= state-after-ACK FIN-WAIT-2))))
(define-fun text-from () Int (ite (< arriving.seq A.rcv) A.rcv arriving.seq))
(define-fun text-to () Int (ite (< (ite allowed arriving.seq (+ arriving.seq arriving.len)) (ite (and A.fin-held (< A.fin-held-at (ite allowed arriving.seq (+ arriving.seq arriving.len)))) A.fin-held-at (+ A.rcv window))) (ite allowed arriving.seq (+ arriving.seq arriving.len)) (ite (and A.fin-held (< A.fin-held-at (ite allowed arriving.seq (+ arriving.seq arriving.len)))) A.fin-held-at (+ A.rcv window))))
(define-fun ahead () Bool (and takes (< text-from text-to) (< A.rcv text-from)))
(define-fun holds () Bool (and ahead (not no-place.A)))
(define-fun strange-fin () Bool (and takes arriving.FIN (not allowed) (< (ite allowed arriving.seq (+ arriving.seq arriving.len)) (+ A.rcv window)) (<= A.rcv (ite allowed arriving.seq (+ arriving.seq arriving.len))) (not (and A.fin-held (< A.fin-held-at (ite allowed arriving.seq (+ arriving.seq arriving.len))))) (or (not ahead) holds) (< text-to (ite holds (ite (< A.held-to text-to) text-to A.held-to) A.held-to))))
(declare-const fin-ignored.A Bool)
(declare-const held-left.A Int)
(define-fun in-order () Bool (and takes (< text-from text-to) (= text-from A.rcv)))
(declare-const taken-up-to.A Int)
(define-fun held-to-then () Int (ite (and strange-fin (not fin-ignored.A)) held-left.A (ite holds (ite (< A.held-to text-to) text-to A.held-to) A.held-to)))
(define-fun x-held-then () Bool (and (or A.x-held (and holds (<= text-from B.x) (< B.x text-to))) (or (not (and strange-fin (not fin-ignored.A))) (< B.x text-to))))
(declare-const held.from Int)
(declare-const held.to Int)
(define-fun new-fin () Bool (and takes arriving.FIN (not allowed) (< (ite allowed arriving.seq (+ arriving.seq arriving.len)) (+ A.rcv window)) (<= A.rcv (ite allowed arriving.seq (+ arriving.seq arriving.len))) (not (and A.fin-held (< A.fin-held-at (ite allowed arriving.seq (+ arriving.seq arriving.len))))) (or (not ahead) holds) (not (and strange-fin fin-ignored.A))))
(define-fun in-order-to () Int (ite in-order taken-up-to.A A.rcv))
(define-fun fin-held-then () Bool (or A.fin-held new-fin))
(define-fun fin-held-at-then () Int (ite new-fin text-to A.fin-held-at))

; x is a position in a stream
(assert (and (<= 0 A.x) (<= 0 B.x)))

; no text has a negative length
(assert (and (<= 0 arriving.len) (<= 0 any.len)))

; sent-before-acknowledged of A
(assert (and (<= 0 A.una) (<= A.una B.rcv)))

; received-before-sent of A
(assert (<= B.rcv A.nxt))

; sent-before-written of A
(assert (<= A.nxt (+ A.written (ite A.closed 1 0))))

; read-before-received of A
(assert (and (<= 0 A.read) (<= A.read (- A.rcv (ite A.fin-received 1 0)))))

; delivered-what-was-read of A
(assert (= A.delivered A.read))

; end-after-all of A
(assert (and (= A.eof A.told) (=> A.eof (and A.fin-received (= A.read (- A.rcv (ite A.fin-received 1 0)))))))

; fin-received of A
(assert (= B.fin-received (= B.rcv (+ A.written 1))))

; state of A
(assert (and (not (or (= A.state LISTEN) (= A.state SYN-SENT) (= A.state SYN-RECEIVED))) (<= CLOSED A.state) (<= A.state TIME-WAIT) (=> (= A.state ESTABLISHED) (and (not A.closed) (not A.fin-received) (<= A.una A.written))) (=> (= A.state FIN-WAIT-1) (and A.closed (not A.fin-received) (<= A.una A.written))) (=> (= A.state FIN-WAIT-2) (and A.closed (not A.fin-received) (= A.una (+ A.written 1)))) (=> (= A.state CLOSE-WAIT) (and A.fin-received (<= A.una A.written) (<= A.nxt A.written))) (=> (= A.state CLOSING) (and A.closed A.fin-received (<= A.una A.written))) (=> (= A.state LAST-ACK) (and A.closed A.fin-received (<= A.una A.written) (= A.nxt (+ A.written 1)))) (=> (= A.state TIME-WAIT) (and A.closed A.fin-received (= A.una (+ A.written 1))))))

; ended of A
(assert (and (= (= A.state CLOSED) (not (= A.ended not-ended))) (=> (or (= A.ended by-last-ack) (= A.ended by-time-wait)) (and A.closed A.fin-received (= A.una (+ A.written 1)) (= A.nxt (+ A.written 1)))) (<= not-ended A.ended) (<= A.ended by-user-timeout)))

; held-before-sent of A
(assert (and (<= 0 B.held-to) (<= B.held-to A.nxt) (<= B.held-to A.written)))

; held-fin of A
(assert (=> B.fin-held (and A.closed (= B.fin-held-at A.written) (= A.nxt (+ A.written 1)))))

; held-octet of A
(assert (=> B.x-held (and (< A.x B.held-to) (= B.x-buffered A.c))))

; received-octet of A
(assert (=> (< A.x (- B.rcv (ite B.fin-received 1 0))) (= B.x-buffered A.c)))

; delivered-octet of A
(assert (=> (< A.x B.delivered) (= B.x-delivered A.c)))

; last-ack-fin of A
(assert (=> (and (or (= A.state LAST-ACK) (= A.ended by-last-ack)) (or B.fin-received B.fin-held)) (and B.closed (= B.una (+ B.written 1)))))

; time-wait-outlasts of A
(assert (=> (= A.ended by-time-wait) (or (= B.state TIME-WAIT) (= B.state CLOSED))))

; reset-ends-time-wait-alone of A
(assert (=> (and (not (or (= A.ended by-abort) (= A.ended by-user-timeout) (= B.ended by-abort) (= B.ended by-user-timeout))) (= A.ended by-reset)) (= B.state CLOSED)))

; sent-before-acknowledged of B
(assert (and (<= 0 B.una) (<= B.una A.rcv)))

; received-before-sent of B
(assert (<= A.rcv B.nxt))

; sent-before-written of B
(assert (<= B.nxt (+ B.written (ite B.closed 1 0))))

; read-before-received of B
(assert (and (<= 0 B.read) (<= B.read (- B.rcv (ite B.fin-received 1 0)))))

; delivered-what-was-read of B
(assert (= B.delivered B.read))

; end-after-all of B
(assert (and (= B.eof B.told) (=> B.eof (and B.fin-received (= B.read (- B.rcv (ite B.fin-received 1 0)))))))

; fin-received of B
(assert (= A.fin-received (= A.rcv (+ B.written 1))))

; state of B
(assert (and (not (or (= B.state LISTEN) (= B.state SYN-SENT) (= B.state SYN-RECEIVED))) (<= CLOSED B.state) (<= B.state TIME-WAIT) (=> (= B.state ESTABLISHED) (and (not B.closed) (not B.fin-received) (<= B.una B.written))) (=> (= B.state FIN-WAIT-1) (and B.closed (not B.fin-received) (<= B.una B.written))) (=> (= B.state FIN-WAIT-2) (and B.closed (not B.fin-received) (= B.una (+ B.written 1)))) (=> (= B.state CLOSE-WAIT) (and B.fin-received (<= B.una B.written) (<= B.nxt B.written))) (=> (= B.state CLOSING) (and B.closed B.fin-received (<= B.una B.written))) (=> (= B.state LAST-ACK) (and B.closed B.fin-received (<= B.una B.written) (= B.nxt (+ B.written 1)))) (=> (= B.state TIME-WAIT) (and B.closed B.fin-received (= B.una (+ B.written 1))))))

; ended of B
(assert (and (= (= B.state CLOSED) (not (= B.ended not-ended))) (=> (or (= B.ended by-last-ack) (= B.ended by-time-wait)) (and B.closed B.fin-received (= B.una (+ B.written 1)) (= B.nxt (+ B.written 1)))) (<= not-ended B.ended) (<= B.ended by-user-timeout)))

; held-before-sent of B
(assert (and (<= 0 A.held-to) (<= A.held-to B.nxt) (<= A.held-to B.written)))

; held-fin of B
(assert (=> A.fin-held (and B.closed (= A.fin-held-at B.written) (= B.nxt (+ B.written 1)))))

; held-octet of B
(assert (=> A.x-held (and (< B.x A.held-to) (= A.x-buffered B.c))))

; received-octet of B
(assert (=> (< B.x (- A.rcv (ite A.fin-received 1 0))) (= A.x-buffered B.c)))

; delivered-octet of B
(assert (=> (< B.x A.delivered) (= A.x-delivered B.c)))

; last-ack-fin of B
(assert (=> (and (or (= B.state LAST-ACK) (= B.ended by-last-ack)) (or A.fin-received A.fin-held)) (and A.closed (= A.una (+ A.written 1)))))

; time-wait-outlasts of B
(assert (=> (= B.ended by-time-wait) (or (= A.state TIME-WAIT) (= A.state CLOSED))))

; reset-ends-time-wait-alone of B
(assert (=> (and (not (or (= B.ended by-abort) (= B.ended by-user-timeout) (= A.ended by-abort) (= A.ended by-user-timeout))) (= B.ended by-reset)) (= A.state CLOSED)))

; what arrives was sent: sent
(assert (=> (not arriving.RST) (and (<= 0 arriving.seq) (<= (+ (+ arriving.seq arriving.len) (ite arriving.FIN 1 0)) B.nxt))))

; what arrives was sent: text
(assert (=> (< 0 arriving.len) (<= (+ arriving.seq arriving.len) B.written)))

; what arrives was sent: fin
(assert (=> arriving.FIN (and B.closed (= (+ arriving.seq arriving.len) B.written))))

; what arrives was sent: ack
(assert (=> (not arriving.RST) (<= arriving.ack B.rcv)))

; what arrives was sent: octet
(assert (=> (and (<= arriving.seq B.x) (< B.x (+ arriving.seq arriving.len))) (= arriving.x B.c)))

; what arrives was sent: last-ack-fin
(assert (=> (and arriving.FIN (or (= B.state LAST-ACK) (= B.ended by-last-ack))) (and A.closed (= arriving.ack (+ A.written 1)))))

; what arrives was sent: reset
(assert (=> arriving.RST (and (= B.state CLOSED) (=> (not (or (= B.ended by-abort) (= B.ended by-user-timeout) (= A.ended by-abort) (= A.ended by-user-timeout))) (or (= A.state TIME-WAIT) (= A.state CLOSED))))))

; a window
(assert (<= 0 window))

; what meets CLOSED bears an ACK, or is a RST
(assert (or (not (= A.state CLOSED)) arriving.ACK arriving.RST))

; a place is lacking only where something is held
(assert (=> no-place.A (< 0 A.held-to)))

; what is left lies before the FIN
(assert (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))))

; not beyond what is held
(assert (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))))

; every octet that is passed is held
(assert (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then))

; all that is in order is passed
(assert (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))))

; queues are limited
(assert (and (<= (- A.written A.una) 1073741824) (<= (- B.written B.una) 1073741824)))

; so are windows
(assert (<= window 1073741824))

; and what is not read
(assert (<= (- (- A.rcv (ite A.fin-received 1 0)) A.read) 1073741824))

; SEG.SEQ is young
(assert (and (<= (- A.rcv arriving.seq) 2147483647) (<= (- arriving.seq A.rcv) 2147483647)))

; SEG.ACK is young
(assert (<= (- A.nxt arriving.ack) 2147483647))

; what is held is above RCV.NXT
(assert (and (< A.rcv held.from) (< held.from held.to) (<= held.to A.held-to)))

(push 1)
(echo "SEG.ACK, SND.NXT")
(assert (not (=> live (and (< (- 2147483648) (- A.nxt arriving.ack)) (< (- A.nxt arriving.ack) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: SEG.ACK, SND.NXT")
(assert live)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "SEG.ACK, SND.UNA")
(assert (not (=> believed (and (< (- 2147483648) (- arriving.ack A.una)) (< (- arriving.ack A.una) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: SEG.ACK, SND.UNA")
(assert believed)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "SEG.SEQ, RCV.NXT")
(assert (not (and (< (- 2147483648) (- arriving.seq A.rcv)) (< (- arriving.seq A.rcv) 2147483648))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: SEG.SEQ, RCV.NXT")
(assert true)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "end of the segment, RCV.NXT")
(assert (not (=> (not arriving.RST) (and (< (- 2147483648) (- (+ arriving.seq SEG.LEN) A.rcv)) (< (- (+ arriving.seq SEG.LEN) A.rcv) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: end of the segment, RCV.NXT")
(assert (not arriving.RST))
(check-sat) ; sat
(pop 1)

(push 1)
(echo "last number of the segment, RCV.NXT")
(assert (not (=> (and (not arriving.RST) (< 0 SEG.LEN)) (and (< (- 2147483648) (- (- (+ arriving.seq SEG.LEN) 1) A.rcv)) (< (- (- (+ arriving.seq SEG.LEN) 1) A.rcv) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: last number of the segment, RCV.NXT")
(assert (and (not arriving.RST) (< 0 SEG.LEN)))
(check-sat) ; sat
(pop 1)

(push 1)
(echo "end of the text, right edge of the window")
(assert (not (=> takes (and (< (- 2147483648) (- (+ arriving.seq arriving.len) (+ A.rcv window))) (< (- (+ arriving.seq arriving.len) (+ A.rcv window)) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: end of the text, right edge of the window")
(assert takes)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "end of the text, RCV.NXT")
(assert (not (=> takes (and (< (- 2147483648) (- (+ arriving.seq arriving.len) A.rcv)) (< (- (+ arriving.seq arriving.len) A.rcv) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: end of the text, RCV.NXT")
(assert takes)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "held FIN, end of the text")
(assert (not (=> (and takes A.fin-held) (and (< (- 2147483648) (- A.fin-held-at (+ arriving.seq arriving.len))) (< (- A.fin-held-at (+ arriving.seq arriving.len)) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: held FIN, end of the text")
(assert (and takes A.fin-held))
(check-sat) ; sat
(pop 1)

(push 1)
(echo "new text, its end")
(assert (not (=> takes (and (< (- 2147483648) (- text-from text-to)) (< (- text-from text-to) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: new text, its end")
(assert takes)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "new text, RCV.NXT")
(assert (not (=> takes (and (< (- 2147483648) (- text-from A.rcv)) (< (- text-from A.rcv) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: new text, RCV.NXT")
(assert takes)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "length of new text")
(assert (not (=> in-order (and (<= A.rcv text-to) (< (- text-to A.rcv) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: length of new text")
(assert in-order)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "held text, new text")
(assert (not (=> ahead (and (< (- 2147483648) (- held.to text-from)) (< (- held.to text-from) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: held text, new text")
(assert ahead)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "new text, held text")
(assert (not (=> ahead (and (< (- 2147483648) (- text-to held.from)) (< (- text-to held.from) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: new text, held text")
(assert ahead)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "ends of held and new text")
(assert (not (=> ahead (and (< (- 2147483648) (- held.to text-to)) (< (- held.to text-to) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: ends of held and new text")
(assert ahead)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "beginnings of held and new text")
(assert (not (=> ahead (and (< (- 2147483648) (- held.from text-from)) (< (- held.from text-from) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: beginnings of held and new text")
(assert ahead)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "held text, FIN")
(assert (not (=> new-fin (and (< (- 2147483648) (- held.to text-to)) (< (- held.to text-to) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: held text, FIN")
(assert new-fin)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "beginning of held text, FIN")
(assert (not (=> new-fin (and (< (- 2147483648) (- held.from text-to)) (< (- held.from text-to) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: beginning of held text, FIN")
(assert new-fin)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "FIN, RCV.NXT")
(assert (not (=> new-fin (and (< (- 2147483648) (- text-to A.rcv)) (< (- text-to A.rcv) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: FIN, RCV.NXT")
(assert new-fin)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "held text, RCV.NXT")
(assert (not (=> takes (and (< (- 2147483648) (- held.to in-order-to)) (< (- held.to in-order-to) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: held text, RCV.NXT")
(assert takes)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "beginning of held text, RCV.NXT")
(assert (not (=> takes (and (< (- 2147483648) (- held.from in-order-to)) (< (- held.from in-order-to) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: beginning of held text, RCV.NXT")
(assert takes)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "held FIN, RCV.NXT")
(assert (not (=> (and takes fin-held-then) (and (< (- 2147483648) (- fin-held-at-then in-order-to)) (< (- fin-held-at-then in-order-to) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: held FIN, RCV.NXT")
(assert (and takes fin-held-then))
(check-sat) ; sat
(pop 1)

(push 1)
(echo "length of held text")
(assert (not (and (<= held.from held.to) (< (- held.to held.from) 2147483648))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: length of held text")
(assert true)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "SND.NXT, SND.UNA")
(assert (not (and (<= A.una A.nxt) (< (- A.nxt A.una) 2147483648))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: SND.NXT, SND.UNA")
(assert true)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "end of the queue, SND.UNA")
(assert (not (=> (not A.closed) (and (<= A.una A.written) (< (- A.written A.una) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: end of the queue, SND.UNA")
(assert (not A.closed))
(check-sat) ; sat
(pop 1)

(push 1)
(echo "end of the queue, SND.NXT")
(assert (not (=> (not (and A.closed (= A.nxt (+ A.written 1)))) (and (<= A.nxt A.written) (< (- A.written A.nxt) 2147483648)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: end of the queue, SND.NXT")
(assert (not (and A.closed (= A.nxt (+ A.written 1)))))
(check-sat) ; sat
(pop 1)

(push 1)
(echo "SND.NXT, end of the queue and FIN")
(assert (not (and (< (- 2147483648) (- A.nxt (+ A.written 1))) (< (- A.nxt (+ A.written 1)) 2147483648))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: SND.NXT, end of the queue and FIN")
(assert true)
(check-sat) ; sat
(pop 1)

(push 1)
(echo "RCV.NXT, what is read")
(assert (not (and (<= A.read A.rcv) (< (- A.rcv A.read) 2147483648))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: RCV.NXT, what is read")
(assert true)
(check-sat) ; sat
(pop 1)
(exit)
