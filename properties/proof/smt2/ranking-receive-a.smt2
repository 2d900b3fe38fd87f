; A: receive. The rank does not grow.

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
(declare-const receive.A Int)
(define-fun |rank'| () Int (+ (- (+ A.written 1) A.nxt) (- (+ A.written 1) B.rcv) (- (+ A.written 1) A.una) (ite (= A.state CLOSED) 0 (ite (= A.state TIME-WAIT) 1 2)) (- (+ B.written 1) B.nxt) (- (+ B.written 1) A.rcv) (- (+ B.written 1) B.una) (ite (= B.state CLOSED) 0 (ite (= B.state TIME-WAIT) 1 2))))
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

(push 1)
(echo "the rank does not grow")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0)))) (<= |rank'| rank))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible")
(assert (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0)))))
(check-sat) ; sat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be sent by A")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (not (= A.state CLOSED)) (<= A.nxt A.written)) (or (< |rank'| rank) (and (not (= A.state CLOSED)) (<= A.nxt A.written))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be sent again by A")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (not (= A.state CLOSED)) (not (= B.state CLOSED)) (= A.una B.rcv) (< B.rcv A.nxt)) (or (< |rank'| rank) (and (not (= A.state CLOSED)) (not (= B.state CLOSED)) (= A.una B.rcv) (< B.rcv A.nxt))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be acknowledged to A")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (not (= A.state CLOSED)) (not (= B.state CLOSED)) (< A.una B.rcv)) (or (< |rank'| rank) (and (not (= A.state CLOSED)) (not (= B.state CLOSED)) (< A.una B.rcv))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: TIME-WAIT may end at A")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (= A.state TIME-WAIT) (or (= B.state CLOSED) (= B.una B.nxt))) (or (< |rank'| rank) (and (= A.state TIME-WAIT) (or (= B.state CLOSED) (= B.una B.nxt)))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: what is waited for stays so, in flight from A")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (not any.RST) (not any.SYN) any.ACK (<= any.seq B.rcv) (< B.rcv (+ (+ any.seq any.len) (ite any.FIN 1 0)))) (or (< |rank'| rank) (and (not any.RST) (not any.SYN) any.ACK (<= any.seq B.rcv) (< B.rcv (+ (+ any.seq any.len) (ite any.FIN 1 0))))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: news stay news, in flight from A")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (not any.RST) (not any.SYN) any.ACK (<= B.rcv any.seq) (< B.una any.ack)) (or (< |rank'| rank) (and (not any.RST) (not any.SYN) any.ACK (<= B.rcv any.seq) (< B.una any.ack))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be sent by B")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (not (= B.state CLOSED)) (<= B.nxt B.written)) (or (< |rank'| rank) (and (not (= B.state CLOSED)) (<= B.nxt B.written))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be sent again by B")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (not (= B.state CLOSED)) (not (= A.state CLOSED)) (= B.una A.rcv) (< A.rcv B.nxt)) (or (< |rank'| rank) (and (not (= B.state CLOSED)) (not (= A.state CLOSED)) (= B.una A.rcv) (< A.rcv B.nxt))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: something is to be acknowledged to B")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (not (= B.state CLOSED)) (not (= A.state CLOSED)) (< B.una A.rcv)) (or (< |rank'| rank) (and (not (= B.state CLOSED)) (not (= A.state CLOSED)) (< B.una A.rcv))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: TIME-WAIT may end at B")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (= B.state TIME-WAIT) (or (= A.state CLOSED) (= A.una A.nxt))) (or (< |rank'| rank) (and (= B.state TIME-WAIT) (or (= A.state CLOSED) (= A.una A.nxt)))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: what is waited for stays so, in flight from B")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (not any.RST) (not any.SYN) any.ACK (<= any.seq A.rcv) (< A.rcv (+ (+ any.seq any.len) (ite any.FIN 1 0)))) (or (< |rank'| rank) (and (not any.RST) (not any.SYN) any.ACK (<= any.seq A.rcv) (< A.rcv (+ (+ any.seq any.len) (ite any.FIN 1 0))))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "until the rank is smaller: news stay news, in flight from B")
(assert (not (=> (and (< 0 receive.A) (<= (+ A.read receive.A) (- A.rcv (ite A.fin-received 1 0))) (not any.RST) (not any.SYN) any.ACK (<= A.rcv any.seq) (< A.una any.ack)) (or (< |rank'| rank) (and (not any.RST) (not any.SYN) any.ACK (<= A.rcv any.seq) (< A.una any.ack))))))
(check-sat) ; unsat
(pop 1)
(exit)
