package history

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Linux tells of a reset once. Whoever calls first after a RST is told
// ECONNRESET; whoever calls next is told what is told at the end of a stream.
// If the writer was first, the reader reads EOF from a peer that never closed,
// and a reader who trusts it takes a stream that was cut off for a whole one.
// The object does not allow it, and porcupine rejects the history. (Another
// kernel may tell the reader, too; then the history is legal.)
func TestPropertyKernelTellsOfAResetOnce(t *testing.T) {
	c := &connection{ends: listen(t).dial(t), wait: long, began: time.Now()}
	c.script[1] = script{writes: [2][]int{{3}}, buffer: 10}
	c.record(0, Writer1, Write, func() (string, Result) {
		_, err := c.ends[0].Write([]byte("half of"))
		return "half of", told(err)
	})
	c.record(0, Aborter, Abort, func() (string, Result) {
		return "", told(errors.Join(c.ends[0].SetLinger(0), c.ends[0].Close()))
	})
	c.write(1, Writer1)
	c.read(1, Reader)
	require.NoError(t, c.ends[1].Close())
	c.log.Sort()
	t.Logf("\n%s", c.log.Text())
	if last := c.log[len(c.log)-1]; last.Result == EOF {
		require.ErrorIs(t, Check(c.log), ErrIllegal)
	} else {
		require.NoError(t, Check(c.log))
	}
}

// What the kernel did not do, and a user says that it did, is found out: a
// FIN that was never sent, octets that are not the ones that were written.
func TestPropertyKernelHistoriesBite(t *testing.T) {
	for _, x := range []struct {
		name  string
		wrote string
		said  string
		close bool
	}{
		{"the end is lost", "abc", "abc", false},
		{"an octet is lost", "ac", "abc", true},
		{"an octet comes twice", "abbc", "abc", true},
		{"octets change places", "bac", "abc", true},
		{"nothing is wrong", "abc", "abc", true},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			c := &connection{ends: listen(t).dial(t), wait: 100 * time.Millisecond, began: time.Now()}
			c.script[1] = script{buffer: 10}
			c.record(0, Writer1, Write, func() (string, Result) {
				_, err := c.ends[0].Write([]byte(x.wrote))
				return x.said, told(err)
			})
			c.record(0, Closer, CloseWrite, func() (string, Result) {
				if !x.close {
					return "", OK
				}
				return "", told(c.ends[0].CloseWrite())
			})
			c.read(1, Reader)
			require.NoError(t, errors.Join(c.ends[0].Close(), c.ends[1].Close()))
			c.log.Sort()
			if x.close && x.wrote == x.said {
				require.NoError(t, Check(c.log))
			} else {
				require.ErrorIs(t, Check(c.log), ErrIllegal, c.log.Text())
			}
		})
	}
}
