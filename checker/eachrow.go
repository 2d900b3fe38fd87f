package checker

// reader makes a function that reads the states of a row whose successors are known, in place of what is in buf.
func (x *layers) reader() func(row uint32, buf []piece) []piece {
	left := map[uint64]*[blockWords]uint64{} // what is not to be read
	if x.truncated != "" {
		for i := range x.frontier {
			left[join(x.frontier[i].row, x.frontier[i].at)] = &x.frontier[i].words
		}
	}
	return func(row uint32, buf []piece) []piece {
		buf = buf[:0]
		x.row(row, func(at uint32, words *[blockWords]uint64) {
			p := piece{row, at, *words}
			if len(left) > 0 {
				if without := left[join(row, at)]; without != nil {
					for i := range p.words {
						p.words[i] &^= without[i]
					}
				}
			}
			if count(&p.words) > 0 {
				buf = append(buf, p)
			}
		})
		return buf
	}
}

// rowsPerTask is how many rows a worker takes at a time.
const rowsPerTask = 16

// eachRow goes over the states row by row: all of them, or only those whose successors are known.
func (x *layers) eachRow(all bool, do func(worker int, row uint32, pieces []piece)) {
	read := x.all
	if !all {
		read = x.reader()
	}
	buffers := make([][]piece, len(x.workers))
	inChunks(len(x.workers), 0, len(x.place[0].sides), rowsPerTask, func(worker, _, lo, hi int) {
		x.spill.ease()
		for r := lo; r < hi; r++ {
			if buffers[worker] = read(uint32(r), buffers[worker]); len(buffers[worker]) > 0 {
				do(worker, uint32(r), buffers[worker])
			}
		}
	})
}

// all reads all states of a row.
func (x *layers) all(row uint32, buf []piece) []piece {
	buf = buf[:0]
	x.row(row, func(at uint32, words *[blockWords]uint64) { buf = append(buf, piece{row, at, *words}) })
	return buf
}
