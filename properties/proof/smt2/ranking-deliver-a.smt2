; A: deliver. The rank does not grow.

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
(define-fun |A.una'| () Int SND.UNA)
(define-fun reset-obeyed () Bool (and passes arriving.RST (= arriving.seq A.rcv)))
(define-fun new-fin () Bool (and takes arriving.FIN (not allowed) (< (ite allowed arriving.seq (+ arriving.seq arriving.len)) (+ A.rcv window)) (<= A.rcv (ite allowed arriving.seq (+ arriving.seq arriving.len))) (not (and A.fin-held (< A.fin-held-at (ite allowed arriving.seq (+ arriving.seq arriving.len))))) (or (not ahead) holds) (not (and strange-fin fin-ignored.A))))
(define-fun fin-held-then () Bool (or A.fin-held new-fin))
(define-fun fin-held-at-then () Int (ite new-fin text-to A.fin-held-at))
(define-fun in-order-to () Int (ite in-order taken-up-to.A A.rcv))
(define-fun fin-arrives () Bool (and takes fin-held-then (= fin-held-at-then in-order-to)))
(define-fun |A.state'| () Int (ite reset-obeyed CLOSED (ite fin-arrives (ite (= state-after-ACK ESTABLISHED) CLOSE-WAIT (ite (= state-after-ACK FIN-WAIT-1) CLOSING TIME-WAIT)) state-after-ACK)))
(define-fun |A.rcv'| () Int (+ in-order-to (ite fin-arrives 1 0)))
(define-fun |rank'| () Int (+ (- (+ A.written 1) A.nxt) (- (+ A.written 1) B.rcv) (- (+ A.written 1) |A.una'|) (ite (= |A.state'| CLOSED) 0 (ite (= |A.state'| TIME-WAIT) 1 2)) (- (+ B.written 1) B.nxt) (- (+ B.written 1) |A.rcv'|) (- (+ B.written 1) B.una) (ite (= B.state CLOSED) 0 (ite (= B.state TIME-WAIT) 1 2))))
(define-fun rank () Int (+ (- (+ A.written 1) A.nxt) (- (+ A.written 1) B.rcv) (- (+ A.written 1) A.una) (ite (= A.state CLOSED) 0 (ite (= A.state TIME-WAIT) 1 2)) (- (+ B.written 1) B.nxt) (- (+ B.written 1) A.rcv) (- (+ B.written 1) B.una) (ite (= B.state CLOSED) 0 (ite (= B.state TIME-WAIT) 1 2))))
(declare-const any.RST Bool)
(declare-const any.SYN Bool)
(declare-const any.ACK Bool)
(declare-const any.seq Int)
(declare-const any.FIN Bool)
(declare-const any.ack Int)

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

; both have CLOSEd, and nobody gives up
(assert (and A.closed B.closed (not (or (= A.ended by-abort) (= A.ended by-user-timeout) (= B.ended by-abort) (= B.ended by-user-timeout)))))

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

(push 1)
(echo "the rank does not grow")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A)))) (<= |rank'| rank))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible")
(assert (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A)))))
(check-sat) ; sat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be sent by A")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (not (= A.state CLOSED)) (<= A.nxt A.written)) (or (< |rank'| rank) (and (not (= |A.state'| CLOSED)) (<= A.nxt A.written))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be sent again by A")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (not (= A.state CLOSED)) (not (= B.state CLOSED)) (= A.una B.rcv) (< B.rcv A.nxt)) (or (< |rank'| rank) (and (not (= |A.state'| CLOSED)) (not (= B.state CLOSED)) (= |A.una'| B.rcv) (< B.rcv A.nxt))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be acknowledged to A")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (not (= A.state CLOSED)) (not (= B.state CLOSED)) (< A.una B.rcv)) (or (< |rank'| rank) (and (not (= |A.state'| CLOSED)) (not (= B.state CLOSED)) (< |A.una'| B.rcv))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: TIME-WAIT may end at A")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (= A.state TIME-WAIT) (or (= B.state CLOSED) (= B.una B.nxt))) (or (< |rank'| rank) (and (= |A.state'| TIME-WAIT) (or (= B.state CLOSED) (= B.una B.nxt)))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: what is waited for stays so, in flight from A")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (not any.RST) (not any.SYN) any.ACK (<= any.seq B.rcv) (< B.rcv (+ (+ any.seq any.len) (ite any.FIN 1 0)))) (or (< |rank'| rank) (and (not any.RST) (not any.SYN) any.ACK (<= any.seq B.rcv) (< B.rcv (+ (+ any.seq any.len) (ite any.FIN 1 0))))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: news stay news, in flight from A")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (not any.RST) (not any.SYN) any.ACK (<= B.rcv any.seq) (< B.una any.ack)) (or (< |rank'| rank) (and (not any.RST) (not any.SYN) any.ACK (<= B.rcv any.seq) (< B.una any.ack))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be sent by B")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (not (= B.state CLOSED)) (<= B.nxt B.written)) (or (< |rank'| rank) (and (not (= B.state CLOSED)) (<= B.nxt B.written))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be sent again by B")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (not (= B.state CLOSED)) (not (= A.state CLOSED)) (= B.una A.rcv) (< A.rcv B.nxt)) (or (< |rank'| rank) (and (not (= B.state CLOSED)) (not (= |A.state'| CLOSED)) (= B.una |A.rcv'|) (< |A.rcv'| B.nxt))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be acknowledged to B")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (not (= B.state CLOSED)) (not (= A.state CLOSED)) (< B.una A.rcv)) (or (< |rank'| rank) (and (not (= B.state CLOSED)) (not (= |A.state'| CLOSED)) (< B.una |A.rcv'|))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: TIME-WAIT may end at B")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (= B.state TIME-WAIT) (or (= A.state CLOSED) (= A.una A.nxt))) (or (< |rank'| rank) (and (= B.state TIME-WAIT) (or (= |A.state'| CLOSED) (= |A.una'| A.nxt)))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: what is waited for stays so, in flight from B")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (not any.RST) (not any.SYN) any.ACK (<= any.seq A.rcv) (< A.rcv (+ (+ any.seq any.len) (ite any.FIN 1 0)))) (or (< |rank'| rank) (and (not any.RST) (not any.SYN) any.ACK (<= any.seq |A.rcv'|) (< |A.rcv'| (+ (+ any.seq any.len) (ite any.FIN 1 0))))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: news stay news, in flight from B")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (not any.RST) (not any.SYN) any.ACK (<= A.rcv any.seq) (< A.una any.ack)) (or (< |rank'| rank) (and (not any.RST) (not any.SYN) any.ACK (<= |A.rcv'| any.seq) (< |A.una'| any.ack))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "helps: what is waited for")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (< (- (+ arriving.seq arriving.len) A.rcv) window) (not (= A.state CLOSED)) (not arriving.RST) (not arriving.SYN) arriving.ACK (<= arriving.seq A.rcv) (< A.rcv (+ (+ arriving.seq arriving.len) (ite arriving.FIN 1 0)))) (< |rank'| rank))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: what is waited for")
(assert (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (< (- (+ arriving.seq arriving.len) A.rcv) window) (not (= A.state CLOSED)) (not arriving.RST) (not arriving.SYN) arriving.ACK (<= arriving.seq A.rcv) (< A.rcv (+ (+ arriving.seq arriving.len) (ite arriving.FIN 1 0)))))
(check-sat) ; sat
(pop 1)

(push 1)
(echo "helps: news")
(assert (not (=> (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (< (- (+ arriving.seq arriving.len) A.rcv) window) (not (= A.state CLOSED)) (not arriving.RST) (not arriving.SYN) arriving.ACK (<= A.rcv arriving.seq) (< A.una arriving.ack)) (< |rank'| rank))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible: news")
(assert (and (<= 0 window) (or (not (= A.state CLOSED)) arriving.ACK arriving.RST) (=> no-place.A (< 0 A.held-to)) (=> (and strange-fin (not fin-ignored.A)) (and (<= 0 held-left.A) (<= held-left.A text-to))) (=> in-order (and (<= text-to taken-up-to.A) (<= taken-up-to.A (ite (< text-to held-to-then) held-to-then text-to)))) (=> (and in-order (<= text-to B.x) (< B.x taken-up-to.A)) x-held-then) (=> (and in-order x-held-then) (not (= B.x taken-up-to.A))) (< (- (+ arriving.seq arriving.len) A.rcv) window) (not (= A.state CLOSED)) (not arriving.RST) (not arriving.SYN) arriving.ACK (<= A.rcv arriving.seq) (< A.una arriving.ack)))
(check-sat) ; sat
(pop 1)
(exit)
