package history

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// script is what the users of one side do.
type script struct {
	writes   [2][]int // sizes, of each of two writers
	readers  int
	buffer   int  // octets that one read takes at most
	afterEOF bool // write and close only when the other stream has ended: data after a half-close
	racing   bool // close without waiting for the writers
	never    bool // never close
	aborts   bool // give up with a RST
}

func (s *script) total() (n int) {
	for _, sizes := range s.writes {
		for _, size := range sizes {
			n += size
		}
	}
	return n
}

// connection is a connection of the kernel with its users.
type connection struct {
	number int
	ends   [2]*net.TCPConn
	script [2]script
	wait   time.Duration   // how long a user waits for what has to come
	got    [2]atomic.Int64 // octets that this side has read

	began time.Time
	mutex sync.Mutex
	log   History
}

// long is how long a user waits for what has to come. When all is well it
// comes at once.
const long = 20 * time.Second

// enough is how long a user waits for what will not come.
const enough = 25 * time.Millisecond

// record makes a call and notes it.
func (c *connection) record(side int, u User, k Kind, call func() (string, Result)) Op {
	o := Op{Side: side, User: u, Kind: k, Call: c.now()}
	o.Data, o.Result = call()
	o.Return = c.now()
	c.note(o)
	return o
}

func (c *connection) now() int64 { return time.Since(c.began).Nanoseconds() }

func (c *connection) note(o Op) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.log = append(c.log, o)
}

// told is what an error of the kernel says to the user.
func told(err error) Result {
	switch {
	case err == nil:
		return OK
	case errors.Is(err, io.EOF):
		return EOF
	case errors.Is(err, os.ErrDeadlineExceeded):
		return TimedOut
	case errors.Is(err, syscall.EPIPE):
		return Refused
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.ENOTCONN), errors.Is(err, net.ErrClosed):
		return Reset
	}
	panic("BUG: an error that has no place in the object: " + err.Error())
}

// content is octets by their position: four of them tell the connection, the
// writer, and where in the writer's text they stand.
func (c *connection) content(side int, u User, from, n int) string {
	text := make([]byte, n)
	for i := range text {
		at := from + i
		word := [4]byte{byte(side<<7|int(u)<<6) | byte(c.number>>8)&0x3f, byte(c.number), byte(at >> 10), byte(at >> 2)}
		text[i] = word[at%4]
	}
	return string(text)
}

// write is one of the writers of a side. A write that is cut short is two
// calls: of what was taken, and of the rest.
func (c *connection) write(side int, u User) {
	at := 0
	for _, n := range c.script[side].writes[u] {
		text, done, failed := c.content(side, u, at, n), 0, OK
		at += n
		o := c.record(side, u, Write, func() (string, Result) {
			var err error
			done, err = io.WriteString(c.ends[side], text)
			if failed = told(err); done > 0 {
				return text[:done], OK
			}
			return text, failed
		})
		if failed != OK && done > 0 {
			o.Data, o.Result = text[done:], failed
			c.note(o)
		}
	}
}

// read is one of the readers of a side. It reads until there is no more, or
// until nothing comes any more: then it reads once again, and that read is the
// one in the history. (The read before was called while things still happened,
// so its time-out would say little.)
func (c *connection) read(side int, u User) {
	s, peer := &c.script[side], &c.script[1-side]
	buffer := make([]byte, s.buffer)
	attempt := func(wait time.Duration) (string, Result) {
		if err := c.ends[side].SetReadDeadline(time.Now().Add(wait)); err != nil {
			return "", told(err)
		}
		n, err := c.ends[side].Read(buffer)
		c.got[side].Add(int64(n))
		return string(buffer[:n]), told(err)
	}
	for o := (Op{}); o.Result == OK; {
		wait := c.wait
		if peer.never && !peer.aborts && c.got[side].Load() == int64(peer.total()) {
			wait = enough
		}
		o = Op{Side: side, User: u, Kind: Read, Call: c.now()}
		if o.Data, o.Result = attempt(wait); o.Result == TimedOut {
			o.Call = c.now()
			o.Data, o.Result = attempt(enough)
		}
		o.Return = c.now()
		c.note(o)
	}
}

// run lets the users of a side do what the script says.
func (c *connection) run(side int) {
	s := &c.script[side]
	var readers, writers, closer sync.WaitGroup
	for i := range s.readers {
		readers.Go(func() { c.read(side, [...]User{Reader, Reader2}[i]) })
	}
	if s.afterEOF {
		readers.Wait()
	}
	writers.Go(func() { c.write(side, Writer1) })
	writers.Go(func() { c.write(side, Writer2) })
	closer.Go(func() {
		if !s.racing {
			writers.Wait()
		}
		switch {
		case s.aborts:
			c.record(side, Aborter, Abort, func() (string, Result) {
				return "", told(errors.Join(c.ends[side].SetLinger(0), c.ends[side].Close()))
			})
		case !s.never:
			c.record(side, Closer, CloseWrite, func() (string, Result) { return "", told(c.ends[side].CloseWrite()) })
		}
	})
	readers.Wait()
	writers.Wait()
	closer.Wait()
}
