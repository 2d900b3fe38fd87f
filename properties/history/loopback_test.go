package history

import (
	"errors"
	"math/rand/v2"
	"net"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The ways in which a connection is used.
const (
	aFirst    = iota // A closes; B writes after it has read EOF, then closes
	bFirst           // the other way round
	atWill           // both write and close when they like, closing races with writing
	bulk             // the same, with writes that do not fit the buffers
	aborted          // A gives up with a RST
	halfAbort        // the same, after it has read all that B wrote, to the end
	reluctant        // B never closes: A's last read times out
	numPurposes
)

// scripts are what the users of both sides do.
func scripts(purpose int, rng *rand.Rand) (s [2]script) {
	for i := range s {
		s[i] = script{readers: 1 + rng.IntN(2), buffer: 1 + rng.IntN(64)}
		for u := range s[i].writes {
			for range rng.IntN(4) {
				s[i].writes[u] = append(s[i].writes[u], 1+rng.IntN(100))
			}
		}
	}
	a, b := &s[0], &s[1]
	switch purpose {
	case aFirst:
		b.afterEOF, b.writes[0] = true, append(b.writes[0], 50)
	case bFirst:
		a.afterEOF, a.writes[0] = true, append(a.writes[0], 50)
	case atWill:
		a.racing, b.racing = true, rng.IntN(2) == 0
	case bulk:
		for i := range s {
			s[i].writes[0] = []int{1 << 20, 1 << 18}
			s[i].buffer, s[i].readers = 1<<18, 1
		}
	case aborted, halfAbort:
		// B has one user who learns of the RST: see
		// TestPropertyKernelTellsOfAResetOnce.
		a.aborts, a.racing, b.readers = true, rng.IntN(2) == 0, 1
		if purpose == halfAbort {
			a.afterEOF = true
		} else {
			b.writes, b.never = [2][]int{}, true
		}
	case reluctant:
		b.never, a.readers = true, 1
	}
	return s
}

// loopback opens connections one after the other. Each has a listener of many
// to itself, so nobody else's connection is accepted, and TIME-WAIT has as many
// pairs of addresses as it needs.
type loopback struct{ *net.TCPListener }

func listen(t *testing.T) loopback {
	t.Helper()
	l, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	return loopback{l}
}

// dial opens a connection. If every port is in TIME-WAIT it waits.
func (l loopback) dial(t *testing.T) (ends [2]*net.TCPConn) {
	t.Helper()
	to, ok := l.Addr().(*net.TCPAddr)
	require.True(t, ok)
	for try := 0; ; try++ {
		a, err := net.DialTCP("tcp4", nil, to)
		if errors.Is(err, syscall.EADDRNOTAVAIL) && try < 100 {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		require.NoError(t, err)
		b, err := l.AcceptTCP()
		require.NoError(t, err)
		require.Equal(t, a.LocalAddr().String(), b.RemoteAddr().String())
		return [2]*net.TCPConn{a, b}
	}
}

// use opens a connection, lets its users go, and returns what they saw.
func (l loopback) use(t *testing.T, number, purpose int) History {
	t.Helper()
	rng := rand.New(rand.NewPCG(uint64(number), 1))
	c := &connection{number: number, ends: l.dial(t), script: scripts(purpose, rng), wait: long, began: time.Now()}
	var sides sync.WaitGroup
	for side := range 2 {
		sides.Go(func() { c.run(side) })
	}
	sides.Wait()
	for _, end := range c.ends {
		_ = end.Close()
	}
	c.log.Sort()
	return c.log
}

// The kernel, too, is two streams of octets, however many users call at once:
// half-close in both directions, data after it, closing in the middle of
// writing, writes larger than the buffers, aborts.
func TestPropertyKernelHistories(t *testing.T) {
	connections, workers := 2000, 24
	if testing.Short() {
		connections = 240
	}
	numbers := make(chan int)
	var lock sync.Mutex
	var crew sync.WaitGroup
	seen := map[string]int{}
	for range workers {
		l := listen(t)
		crew.Go(func() {
			for n := range numbers {
				purpose := n % numPurposes
				if purpose == bulk && n/numPurposes%16 != 0 {
					purpose = atWill // a few are enough
				}
				h := l.use(t, n, purpose)
				if err := Check(h); !assert.NoError(t, err, "connection %d, purpose %d\n%s", n, purpose, h.Text()) {
					continue
				}
				lock.Lock()
				for _, o := range h {
					seen[o.Kind.String()+" "+o.Result.String()]++
				}
				seen["octets"] += octetsRead(h)
				seen["overlaps"] += h.Overlaps()
				lock.Unlock()
			}
		})
	}
	for n := range connections {
		numbers <- n
	}
	close(numbers)
	crew.Wait()
	t.Log(seen)
	for _, what := range []string{"read EOF", "read reset", "read time-out", "write refused", "closeWrite ok", "abort ok", "overlaps"} {
		assert.NotZero(t, seen[what], "it never happened: %s", what)
	}
}

func octetsRead(h History) (n int) {
	for _, o := range h {
		if o.Kind == Read && o.Result == OK {
			n += len(o.Data)
		}
	}
	return n
}
