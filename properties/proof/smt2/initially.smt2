; Initially both are ESTABLISHED, nothing was sent, and nothing is in flight.

(set-info :smt-lib-version 2.6)
(set-logic QF_LIA)
(define-fun ESTABLISHED () Int 4)
(define-fun LISTEN () Int 1)
(define-fun SYN-SENT () Int 2)
(define-fun SYN-RECEIVED () Int 3)
(define-fun CLOSED () Int 0)
(define-fun TIME-WAIT () Int 10)
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
(declare-const A.state Int)
(declare-const A.ended Int)
(declare-const A.una Int)
(declare-const A.nxt Int)
(declare-const A.written Int)
(declare-const A.closed Bool)
(declare-const A.rcv Int)
(declare-const A.fin-received Bool)
(declare-const A.read Int)
(declare-const A.told Bool)
(declare-const A.delivered Int)
(declare-const A.eof Bool)
(declare-const A.held-to Int)
(declare-const A.fin-held Bool)
(declare-const A.fin-held-at Int)
(declare-const A.x-held Bool)
(declare-const B.x Int)
(declare-const B.state Int)
(declare-const B.ended Int)
(declare-const B.una Int)
(declare-const B.nxt Int)
(declare-const B.written Int)
(declare-const B.closed Bool)
(declare-const B.rcv Int)
(declare-const B.fin-received Bool)
(declare-const B.read Int)
(declare-const B.told Bool)
(declare-const B.delivered Int)
(declare-const B.eof Bool)
(declare-const B.held-to Int)
(declare-const B.fin-held Bool)
(declare-const B.fin-held-at Int)
(declare-const B.x-held Bool)
(declare-const A.x Int)
(declare-const B.x-buffered Int)
(declare-const A.c Int)
(declare-const B.x-delivered Int)
(declare-const A.x-buffered Int)
(declare-const B.c Int)
(declare-const A.x-delivered Int)

; A begins
(assert (and (= A.state ESTABLISHED) (= A.ended 0) (= A.una 0) (= A.nxt 0) (= A.written 0) (not A.closed) (= A.rcv 0) (not A.fin-received) (= A.read 0) (not A.told) (= A.delivered 0) (not A.eof) (= A.held-to 0) (not A.fin-held) (= A.fin-held-at 0) (not A.x-held) (<= 0 B.x)))

; B begins
(assert (and (= B.state ESTABLISHED) (= B.ended 0) (= B.una 0) (= B.nxt 0) (= B.written 0) (not B.closed) (= B.rcv 0) (not B.fin-received) (= B.read 0) (not B.told) (= B.delivered 0) (not B.eof) (= B.held-to 0) (not B.fin-held) (= B.fin-held-at 0) (not B.x-held) (<= 0 A.x)))

(push 1)
(echo "sent-before-acknowledged of A")
(assert (not (and (<= 0 A.una) (<= A.una B.rcv))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "received-before-sent of A")
(assert (not (<= B.rcv A.nxt)))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "sent-before-written of A")
(assert (not (<= A.nxt (+ A.written (ite A.closed 1 0)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "read-before-received of A")
(assert (not (and (<= 0 A.read) (<= A.read (- A.rcv (ite A.fin-received 1 0))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "delivered-what-was-read of A")
(assert (not (= A.delivered A.read)))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "end-after-all of A")
(assert (not (and (= A.eof A.told) (=> A.eof (and A.fin-received (= A.read (- A.rcv (ite A.fin-received 1 0))))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "fin-received of A")
(assert (not (= B.fin-received (= B.rcv (+ A.written 1)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "state of A")
(assert (not (and (not (or (= A.state LISTEN) (= A.state SYN-SENT) (= A.state SYN-RECEIVED))) (<= CLOSED A.state) (<= A.state TIME-WAIT) (=> (= A.state ESTABLISHED) (and (not A.closed) (not A.fin-received) (<= A.una A.written))) (=> (= A.state FIN-WAIT-1) (and A.closed (not A.fin-received) (<= A.una A.written))) (=> (= A.state FIN-WAIT-2) (and A.closed (not A.fin-received) (= A.una (+ A.written 1)))) (=> (= A.state CLOSE-WAIT) (and A.fin-received (<= A.una A.written) (<= A.nxt A.written))) (=> (= A.state CLOSING) (and A.closed A.fin-received (<= A.una A.written))) (=> (= A.state LAST-ACK) (and A.closed A.fin-received (<= A.una A.written) (= A.nxt (+ A.written 1)))) (=> (= A.state TIME-WAIT) (and A.closed A.fin-received (= A.una (+ A.written 1)))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "ended of A")
(assert (not (and (= (= A.state CLOSED) (not (= A.ended not-ended))) (=> (or (= A.ended by-last-ack) (= A.ended by-time-wait)) (and A.closed A.fin-received (= A.una (+ A.written 1)) (= A.nxt (+ A.written 1)))) (<= not-ended A.ended) (<= A.ended by-user-timeout))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "held-before-sent of A")
(assert (not (and (<= 0 B.held-to) (<= B.held-to A.nxt) (<= B.held-to A.written))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "held-fin of A")
(assert (not (=> B.fin-held (and A.closed (= B.fin-held-at A.written) (= A.nxt (+ A.written 1))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "held-octet of A")
(assert (not (=> B.x-held (and (< A.x B.held-to) (= B.x-buffered A.c)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "received-octet of A")
(assert (not (=> (< A.x (- B.rcv (ite B.fin-received 1 0))) (= B.x-buffered A.c))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "delivered-octet of A")
(assert (not (=> (< A.x B.delivered) (= B.x-delivered A.c))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "last-ack-fin of A")
(assert (not (=> (and (or (= A.state LAST-ACK) (= A.ended by-last-ack)) (or B.fin-received B.fin-held)) (and B.closed (= B.una (+ B.written 1))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "time-wait-outlasts of A")
(assert (not (=> (= A.ended by-time-wait) (or (= B.state TIME-WAIT) (= B.state CLOSED)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "reset-ends-time-wait-alone of A")
(assert (not (=> (and (not (or (= A.ended by-abort) (= A.ended by-user-timeout) (= B.ended by-abort) (= B.ended by-user-timeout))) (= A.ended by-reset)) (= B.state CLOSED))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "sent-before-acknowledged of B")
(assert (not (and (<= 0 B.una) (<= B.una A.rcv))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "received-before-sent of B")
(assert (not (<= A.rcv B.nxt)))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "sent-before-written of B")
(assert (not (<= B.nxt (+ B.written (ite B.closed 1 0)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "read-before-received of B")
(assert (not (and (<= 0 B.read) (<= B.read (- B.rcv (ite B.fin-received 1 0))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "delivered-what-was-read of B")
(assert (not (= B.delivered B.read)))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "end-after-all of B")
(assert (not (and (= B.eof B.told) (=> B.eof (and B.fin-received (= B.read (- B.rcv (ite B.fin-received 1 0))))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "fin-received of B")
(assert (not (= A.fin-received (= A.rcv (+ B.written 1)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "state of B")
(assert (not (and (not (or (= B.state LISTEN) (= B.state SYN-SENT) (= B.state SYN-RECEIVED))) (<= CLOSED B.state) (<= B.state TIME-WAIT) (=> (= B.state ESTABLISHED) (and (not B.closed) (not B.fin-received) (<= B.una B.written))) (=> (= B.state FIN-WAIT-1) (and B.closed (not B.fin-received) (<= B.una B.written))) (=> (= B.state FIN-WAIT-2) (and B.closed (not B.fin-received) (= B.una (+ B.written 1)))) (=> (= B.state CLOSE-WAIT) (and B.fin-received (<= B.una B.written) (<= B.nxt B.written))) (=> (= B.state CLOSING) (and B.closed B.fin-received (<= B.una B.written))) (=> (= B.state LAST-ACK) (and B.closed B.fin-received (<= B.una B.written) (= B.nxt (+ B.written 1)))) (=> (= B.state TIME-WAIT) (and B.closed B.fin-received (= B.una (+ B.written 1)))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "ended of B")
(assert (not (and (= (= B.state CLOSED) (not (= B.ended not-ended))) (=> (or (= B.ended by-last-ack) (= B.ended by-time-wait)) (and B.closed B.fin-received (= B.una (+ B.written 1)) (= B.nxt (+ B.written 1)))) (<= not-ended B.ended) (<= B.ended by-user-timeout))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "held-before-sent of B")
(assert (not (and (<= 0 A.held-to) (<= A.held-to B.nxt) (<= A.held-to B.written))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "held-fin of B")
(assert (not (=> A.fin-held (and B.closed (= A.fin-held-at B.written) (= B.nxt (+ B.written 1))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "held-octet of B")
(assert (not (=> A.x-held (and (< B.x A.held-to) (= A.x-buffered B.c)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "received-octet of B")
(assert (not (=> (< B.x (- A.rcv (ite A.fin-received 1 0))) (= A.x-buffered B.c))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "delivered-octet of B")
(assert (not (=> (< B.x A.delivered) (= A.x-delivered B.c))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "last-ack-fin of B")
(assert (not (=> (and (or (= B.state LAST-ACK) (= B.ended by-last-ack)) (or A.fin-received A.fin-held)) (and A.closed (= A.una (+ A.written 1))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "time-wait-outlasts of B")
(assert (not (=> (= B.ended by-time-wait) (or (= A.state TIME-WAIT) (= A.state CLOSED)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "reset-ends-time-wait-alone of B")
(assert (not (=> (and (not (or (= B.ended by-abort) (= B.ended by-user-timeout) (= A.ended by-abort) (= A.ended by-user-timeout))) (= B.ended by-reset)) (= A.state CLOSED))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible")
(assert true)
(check-sat) ; sat
(pop 1)
(exit)
