package checker

// sorter makes a frontier of what the workers have added: pieces, ordered by row and place, whoever found them in whatever
// order. It counts by row, so it takes time linear in the number of words.
type sorter struct {
	first  []uint32 // by row: where its words end
	sorted []word
	row    images // of which the first is of the row at hand
}

// load takes the words of some lists, and returns how many bytes they and it take.
func (s *sorter) load(lists [][]word, rows int) (bytes int64) {
	s.first = append(s.first[:0], make([]uint32, rows+1)...)
	n := 0
	for _, words := range lists {
		n += len(words)
		bytes += int64(cap(words)) * wordBytes
		for i := range words {
			s.first[words[i].row+1]++
		}
	}
	for r := range rows {
		s.first[r+1] += s.first[r]
	}
	if cap(s.sorted) < n {
		s.sorted = make([]word, n+n/4)
	}
	s.sorted = s.sorted[:n]
	for _, words := range lists {
		for _, w := range words {
			s.sorted[s.first[w.row]] = w
			s.first[w.row]++
		}
	}
	return bytes + int64(cap(s.first))*4 + int64(cap(s.sorted))*wordBytes
}

// pieces appends the pieces to a list.
func (s *sorter) pieces(columns int, list []piece) []piece {
	s.each(columns, func(row, at uint32, words *[blockWords]uint64) { list = append(list, piece{row, at, *words}) })
	return list
}

// count is the number of pieces.
func (s *sorter) count(columns int) (n int) {
	s.each(columns, func(_, _ uint32, _ *[blockWords]uint64) { n++ })
	return n
}

func (s *sorter) each(columns int, do func(row, at uint32, words *[blockWords]uint64)) {
	s.row.prepare(columns/blockBits, 0)
	for begin := 0; begin < len(s.sorted); {
		row, end := s.sorted[begin].row, begin
		for ; end < len(s.sorted) && s.sorted[end].row == row; end++ {
			s.row.putWord(stay, &s.sorted[end])
		}
		s.row.take(stay, func(at uint32, words *[blockWords]uint64) { do(row, at, words) })
		begin = end
	}
}
