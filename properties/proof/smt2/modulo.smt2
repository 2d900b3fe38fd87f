; Comparisons modulo 2^32 agree with comparisons of positions that are less than 2^31 apart.

(set-info :smt-lib-version 2.6)
(set-logic QF_LIA)
(declare-const x.register Int)
(declare-const y.register Int)
(declare-const x Int)
(declare-const y Int)
(declare-const turns Int)
(define-fun distance () Int (ite (< (- x.register y.register) 0) (+ (- x.register y.register) 4294967296) (- x.register y.register)))
(declare-const size Int)

; registers have 32 bits
(assert (and (<= 0 x.register) (< x.register 4294967296) (<= 0 y.register) (< y.register 4294967296)))

; and hold the positions modulo 2^32
(assert (= (- x y) (+ (- x.register y.register) (* 4294967296 turns))))

(push 1)
(echo "x.Before(y)")
(assert (not (=> (and (< (- 2147483648) (- x y)) (< (- x y) 2147483648)) (= (<= 2147483648 distance) (< x y)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "x.AtMost(y)")
(assert (not (=> (and (< (- 2147483648) (- x y)) (< (- x y) 2147483648)) (= (or (= distance 0) (<= 2147483648 distance)) (<= x y)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "x == y")
(assert (not (=> (and (< (- 2147483648) (- x y)) (< (- x y) 2147483648)) (= (= x.register y.register) (= x y)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "x.In(y, size)")
(assert (not (=> (and (< (- 2147483648) (- x y)) (< (- x y) 2147483648) (<= 0 size) (<= size 1073741824)) (= (< distance size) (and (<= y x) (< x (+ y size)))))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "x.From(y)")
(assert (not (=> (and (< (- 2147483648) (- x y)) (< (- x y) 2147483648) (<= y x)) (= distance (- x y)))))
(check-sat) ; unsat
(pop 1)

(push 1)
(echo "possible")
(assert (and (< (- 2147483648) (- x y)) (< (- x y) 2147483648)))
(check-sat) ; sat
(pop 1)

(push 1)
(echo "possible: they disagree 2^31 apart")
(assert (and (= (- x y) 2147483648) (<= 2147483648 distance)))
(check-sat) ; sat
(pop 1)

(push 1)
(echo "possible: an old number looks new")
(assert (and (< x (- y 2147483648)) (not (<= 2147483648 distance))))
(check-sat) ; sat
(pop 1)
(exit)
