package checker

import (
	"crypto/sha256"
	"encoding/binary"
)

// recorder is an oracle that keeps what it was asked. Numbers of sides, moves and actions depend only on the questions
// and their order; so who asks them again has the same numbers.
type recorder struct {
	oracle
	asked []uint32 // for each batch: twice the number of questions, plus one if they are for answers; the questions
}

func (r *recorder) learnRows(sides []uint32) {
	r.asked = append(append(r.asked, uint32(len(sides))*2), sides...)
	r.oracle.learnRows(sides)
}

func (r *recorder) learnAnswers(questions []question) {
	r.asked = append(r.asked, uint32(len(questions))*2+1)
	for _, q := range questions {
		r.asked = append(r.asked, q.acceptor, q.offer)
	}
	r.oracle.learnAnswers(questions)
}

func (r *recorder) bytes() int64 { return r.oracle.bytes() + int64(cap(r.asked))*4 }

func (r *recorder) encode(e *encoder) {
	e.uint(uint64(len(r.asked)))
	for _, n := range r.asked {
		e.uint(uint64(n))
	}
}

// replay asks again.
func (r *recorder) replay(d *decoder, m *memo) {
	for left := int(d.uint(1 << 40)); left > 0 && d.err == nil; {
		head := d.uint(1 << 32)
		n := int(head / 2)
		if head%2 == 0 {
			left -= 1 + n
			r.replayRows(d, m, n)
		} else {
			left -= 1 + 2*n
			r.replayAnswers(d, m, n)
		}
	}
}

func (r *recorder) replayRows(d *decoder, m *memo, n int) {
	var sides []uint32
	for range n {
		s := d.index(len(m.rows))
		if d.err != nil {
			return
		}
		m.rows[s].known = true
		sides = append(sides, s)
	}
	r.learnRows(sides)
}

func (r *recorder) replayAnswers(d *decoder, m *memo, n int) {
	var questions []question
	for range n {
		q := question{d.index(len(m.rows)), d.index(len(m.offers))}
		if d.err != nil {
			return
		}
		questions = append(questions, q)
	}
	r.learnAnswers(questions)
}

// questions yields what answers have been asked for.
func (r *recorder) questions(yield func(question)) {
	for at := 0; at < len(r.asked); {
		n, answers := int(r.asked[at]/2), r.asked[at]%2 != 0
		at++
		if !answers {
			at += n
			continue
		}
		for ; n > 0; n-- {
			yield(question{r.asked[at], r.asked[at+1]})
			at += 2
		}
	}
}

// fingerprint is a digest of all that a component has said, in the order of the numbers.
func (k *knowledge[S, A]) fingerprint() []byte {
	c := k.fork()
	sum := sha256.New()
	var buf []byte
	add := func(content []byte) {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(content)))
		sum.Write(size[:])
		sum.Write(content)
	}
	for n := 1; n < len(k.values); n++ {
		buf = c.Encode(buf[:0], k.values[n])
		add(buf)
	}
	for _, a := range k.actions {
		buf = c.EncodeAction(buf[:0], 0, a)
		add(buf)
	}
	for _, h := range k.halves {
		buf = append(buf[:0], h.kind)
		for _, n := range [...]uint32{h.act, h.next, h.need} {
			buf = binary.BigEndian.AppendUint32(buf, n)
		}
		sum.Write(buf)
	}
	for _, r := range k.rows {
		sum.Write(binary.BigEndian.AppendUint64(buf[:0], r.facts))
	}
	for _, need := range k.needs {
		sum.Write(binary.BigEndian.AppendUint64(buf[:0], need))
	}
	return sum.Sum(nil)
}
