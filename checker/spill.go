package checker

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// spill keeps pages of blocks, and the frontier, in files, where there is no room for them in memory. The files are mapped:
// a page is used as any other, the kernel reads it when it is touched and writes it when it wants to. What of it is in
// memory counts as memory, and is given back when it would be too much; its content stays, in the file or in the kernel's
// cache of it.
//
// Pages that were made while there was room are moved if there is need. The files have no names, so that
// nothing of them is left behind, whatever happens.
type spill struct {
	dir     string
	most    int64 // bytes that may be in memory, all told
	used    func() int64
	file    *os.File
	maps    [][]byte
	free    []byte       // of the last map
	size    atomic.Int64 // of the files
	base    int64        // what was resident of mapped files before
	trouble atomic.Pointer[error]

	list     *os.File // of the frontier
	frontier []byte   // mapped, too

	easing sync.Mutex // held while maps come and go, or are given back
	eased  time.Time
}

const pageSize = int64(unsafe.Sizeof(page{}))

// The file grows by an eighth, but by so many pages at least and at most.
const (
	fewestPages     = 4
	mostPagesAtOnce = 256
	coarsest        = 1 << 16 // of the sizes of a page that kernels have
)

// newSpill prepares for spilling once that many bytes are used. It opens no file before it has to.
func newSpill(dir string, most int64, used func() int64) *spill {
	if dir == "" || most <= 0 {
		return nil
	}
	return &spill{dir: dir, most: most, used: used}
}

// page makes a page. From half of the memory on it is in the file: the other half is for the tables that cannot be
// spilled, and for what of the file is in use. One caller at a time. Where there is no room in the file, the page is
// in memory after all, and the exploration ends with the layer.
func (s *spill) page() (p *page, spilled bool) {
	if !s.active() {
		return new(page), false
	}
	if int64(len(s.free)) < pageSize && !s.did(s.extend()) {
		return new(page), false
	}
	p = (*page)(unsafe.Pointer(unsafe.SliceData(s.free)))
	s.free = s.free[pageSize:]
	return p, true
}

// newPage makes the page p.
func (m *matrix) newPage(p uint32) *page {
	if m.spill == nil {
		return new(page)
	}
	page, spilled := m.spill.page()
	if spilled {
		m.away.Add(1)
	} else {
		m.here = append(m.here, p)
	}
	return page
}

// move brings all pages into the file. Nobody may be at work.
func (m *matrix) move() {
	here := m.here
	m.here = nil
	for _, p := range here {
		page := m.newPage(p)
		*page = *m.pages[p].Load()
		m.pages[p].Store(page)
	}
}

// active tells whether it is time to spill.
func (s *spill) active() bool {
	return s != nil && s.trouble.Load() == nil && (s.file != nil || s.used() >= s.most/2)
}

// did notes what went wrong, if anything did.
func (s *spill) did(err error) bool {
	if err != nil {
		err = fmt.Errorf("spilling to %s: %w", s.dir, err)
		s.trouble.Store(&err)
	}
	return err == nil
}

func (s *spill) extend() (err error) {
	if s.file == nil {
		if s.file, err = nameless(s.dir); err != nil {
			return err
		}
		s.base = residentOfFiles()
	}
	size := int64(0)
	for _, m := range s.maps {
		size += int64(len(m))
	}
	more := coarse(max(fewestPages, min(mostPagesAtOnce, size/8/pageSize)) * pageSize)
	m, err := mapMore(s.file, size, more)
	if err != nil {
		return err
	}
	s.easing.Lock()
	defer s.easing.Unlock()
	s.maps, s.free = append(s.maps, m), m
	s.size.Add(more)
	return nil
}

// coarse rounds a size up.
func coarse(size int64) int64 { return (size + coarsest - 1) / coarsest * coarsest }

// pieces makes room for a frontier, in place of the last one: in a file of its own, once pages are in one.
func (s *spill) pieces(n int, last []piece) []piece {
	if s == nil || s.file == nil || s.trouble.Load() != nil {
		return last[:0]
	}
	if need := int64(n) * int64(unsafe.Sizeof(piece{})); need > int64(len(s.frontier)) && !s.did(s.lengthen(coarse(need+need/2))) {
		return nil
	}
	return unsafe.Slice((*piece)(unsafe.Pointer(unsafe.SliceData(s.frontier))), n)[:0]
}

func (s *spill) lengthen(size int64) (err error) {
	if s.list == nil {
		if s.list, err = nameless(s.dir); err != nil {
			return err
		}
	}
	s.easing.Lock()
	defer s.easing.Unlock()
	s.size.Add(size - int64(len(s.frontier)))
	unmap(s.frontier)
	s.frontier, err = mapMore(s.list, 0, size)
	return err
}

// listing tells whether the frontier is in a file.
func (s *spill) listing() bool { return s != nil && s.list != nil }

// nameless is a new file without a name.
func nameless(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, "spill")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close() //nolint:errcheck // the other error tells more
		return nil, err
	}
	return f, nil
}

// resident is how much of the file is in memory, as part of this process.
func (s *spill) resident() int64 {
	if s == nil {
		return 0
	}
	size := s.size.Load()
	if size == 0 {
		return 0
	}
	return max(0, min(size, residentOfFiles()-s.base))
}

// ease gives memory back, if more is used than may be. Anybody may call it at any time, also while pages are in use.
func (s *spill) ease() {
	if s == nil || s.size.Load() == 0 || !s.easing.TryLock() {
		return
	}
	defer s.easing.Unlock()
	if time.Since(s.eased) < beat/16 {
		return
	}
	if s.used() > s.most {
		for _, m := range s.maps {
			giveBack(m)
		}
		giveBack(s.frontier)
	}
	s.eased = time.Now()
}

// problem is why nothing more can be spilled, if that is so.
func (s *spill) problem() string {
	if s == nil || s.trouble.Load() == nil {
		return ""
	}
	return (*s.trouble.Load()).Error()
}

// onDisk is the size of the file.
func (s *spill) onDisk() int64 {
	if s == nil {
		return 0
	}
	return s.size.Load()
}

// close removes the file. No page of it may be used any more.
func (s *spill) close() {
	if s == nil || s.file == nil {
		return
	}
	for _, m := range append(s.maps, s.frontier) {
		unmap(m)
	}
	s.maps, s.free, s.frontier = nil, nil, nil
	s.file.Close() //nolint:errcheck // nobody will read it
	if s.list != nil {
		s.list.Close() //nolint:errcheck // the same
	}
}
