package checker_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"finwait/checker"
)

// often is a checkpoint after every layer.
func often(file string, resume bool) *checker.Checkpoint {
	return &checker.Checkpoint{File: file, Identity: "test", Resume: resume, Every: 1}
}

func write(t require.TestingT, file string, content []byte) {
	require.NoError(t, os.WriteFile(file, content, 0o600))
}

// checkpoints runs something that saves after every layer, and returns what was saved each time: what a run that is
// killed at some time leaves.
func checkpoints(t require.TestingT, file string, run func(c *checker.Checkpoint, progress func(checker.Progress))) (list [][]byte) {
	keep := func() {
		if content, err := os.ReadFile(file); err == nil {
			list = append(list, content)
		} else {
			require.ErrorIs(t, err, os.ErrNotExist)
		}
	}
	_ = os.Remove(file)
	run(often(file, false), func(checker.Progress) { keep() })
	keep()
	_, err := os.Stat(file + ".new")
	require.ErrorIs(t, err, os.ErrNotExist)
	return list
}

func TestResumeRandomProducts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "checkpoint")
	rapid.Check(t, func(t *rapid.T) {
		if rapid.IntRange(0, 9).Draw(t, "resume") > 0 {
			return // a disk is slow
		}
		c := drawTiny(t)
		fair := drawFairness(t)
		inP := rapid.Uint64().Draw(t, "P")
		p := func(v tinyView) bool { return inP>>(*v.A*4+*v.B)&1 != 0 }
		for _, most := range []int{0, 1 << 20} { // on a matrix; on a hash table
			check := func(workers int, save *checker.Checkpoint, progress func(checker.Progress)) checker.Report[tinyView, uint8] {
				r, err := checker.CheckProduct(context.Background(), c,
					checker.ProductOptions[uint8, uint8]{Workers: workers, MaxStates: most, Checkpoint: save, Progress: progress},
					checker.Always[uint8]("always", p), checker.Sometimes[uint8]("sometimes", p),
					checker.AlwaysEventually("again and again", p, fair...),
					checker.AlwaysSideStep("small", func(s checker.SideStep[uint8, uint8]) bool { return s.Action < 3 }))
				require.NoError(t, err)
				return timeless(r)
			}
			want := check(1, nil, nil)
			saved := checkpoints(t, file, func(c *checker.Checkpoint, progress func(checker.Progress)) {
				require.Equal(t, want, check(2, c, progress))
			})
			require.NotEmpty(t, saved)
			for _, content := range saved {
				write(t, file, content)
				require.Equal(t, want, check(1, often(file, true), nil))
			}
		}
	})
}

func checkGossip(ctx context.Context, size uint8, o checker.ProductOptions[gossiper, gossipAction]) (checker.Report[gossipView, gossipAction], error) {
	r, err := checker.CheckProduct(ctx, gossip{size}, o,
		checker.AlwaysSideStep("no overflow", func(s checker.SideStep[gossiper, gossipAction]) bool { return s.Action.name != 'O' }),
		checker.Always[gossipAction]("sum", func(v gossipView) bool { return v.A.sum < 4 }))
	r.Duration, r.Bytes = 0, 0
	return r, err
}

// TestResumeAfterInterrupt cuts a run off in the middle of a layer, again and again.
func TestResumeAfterInterrupt(t *testing.T) {
	for name, most := range map[string]int{"matrix": 0, "table": 1 << 20} {
		t.Run(name, func(t *testing.T) {
			want, err := checkGossip(t.Context(), 2, checker.ProductOptions[gossiper, gossipAction]{MaxStates: most})
			require.NoError(t, err)
			file := filepath.Join(t.TempDir(), "checkpoint")
			for times := 0; ; times++ {
				ctx, cancel := context.WithCancel(t.Context())
				save := &checker.Checkpoint{File: file, Identity: "test", Resume: true}
				calls := 0
				got, err := checkGossip(ctx, 2, checker.ProductOptions[gossiper, gossipAction]{
					MaxStates: most, Checkpoint: save, Workers: 1 + times%3,
					Progress: func(checker.Progress) {
						if calls++; calls == 3 {
							cancel()
						}
					},
				})
				cancel()
				require.NoError(t, err)
				if got.Truncated == "" {
					require.Equal(t, want, got)
					require.Greater(t, times, 2)
					return
				}
				require.Equal(t, "context canceled", got.Truncated)
				require.Less(t, got.Expanded, want.States)
			}
		})
	}
}

func TestResumeWholeStates(t *testing.T) {
	file := filepath.Join(t.TempDir(), "checkpoint")
	check := func(save *checker.Checkpoint, progress func(checker.Progress)) checker.Report[*point, uint8] {
		r, err := checker.Check(t.Context(), lattice{9}, checker.ModelOptions[point, uint8]{Checkpoint: save, Progress: progress},
			checker.Sometimes[uint8]("corner", func(p *point) bool { return p.x+p.y+p.z == 24 }))
		require.NoError(t, err)
		r.Duration, r.Bytes = 0, 0
		return r
	}
	want := check(nil, nil)
	for _, content := range checkpoints(t, file, func(c *checker.Checkpoint, progress func(checker.Progress)) { check(c, progress) }) {
		write(t, file, content)
		require.Equal(t, want, check(often(file, true), nil))
	}
}

func TestRefusedCheckpoints(t *testing.T) {
	file := filepath.Join(t.TempDir(), "checkpoint")
	resume := func(size uint8, identity string, most int) error {
		_, err := checkGossip(t.Context(), size, checker.ProductOptions[gossiper, gossipAction]{
			MaxStates: most, Checkpoint: &checker.Checkpoint{File: file, Identity: identity, Resume: true},
		})
		return err
	}
	saved := checkpoints(t, file, func(c *checker.Checkpoint, progress func(checker.Progress)) {
		_, err := checkGossip(t.Context(), 1, checker.ProductOptions[gossiper, gossipAction]{Checkpoint: c, Progress: progress})
		require.NoError(t, err)
	})
	good := saved[len(saved)/2]
	put := func(content []byte) { write(t, file, content) }
	refused := func(err error, why string) {
		t.Helper()
		var refusal *checker.RefusedError
		require.ErrorAs(t, err, &refusal)
		require.ErrorContains(t, err, why)
		require.ErrorContains(t, err, file)
	}

	put(good)
	require.NoError(t, resume(1, "test", 0), "it is as it should be")
	put(good)
	refused(resume(1, "another", 0), "it is of another run")
	refused(resume(2, "test", 0), "the model does not answer as it did")
	refused(resume(1, "test", 100), "without a limit on states")
	for i := range good {
		bad := append([]byte{}, good...)
		bad[i] ^= 0x10
		put(bad)
		why := "it is damaged"
		switch {
		case i < 8:
			why = "it is not a checkpoint"
		case i == 8:
			why = "it is of version 17"
		}
		refused(resume(1, "test", 0), why)
	}
	for _, n := range []int{0, 5, 9, 40, len(good) - 1} {
		put(good[:n])
		require.Error(t, resume(1, "test", 0), "%d bytes", n)
	}

	require.NoError(t, os.Remove(file))
	require.NoError(t, resume(1, "test", 0), "there is nothing to resume from: it begins")
}

// TestNoRoomForCheckpoints goes on without.
func TestNoRoomForCheckpoints(t *testing.T) {
	r, err := checkGossip(t.Context(), 1, checker.ProductOptions[gossiper, gossipAction]{
		Checkpoint: often(filepath.Join(t.TempDir(), "no such directory", "checkpoint"), false),
	})
	require.NoError(t, err)
	require.Empty(t, r.Truncated)
	require.Len(t, r.Notes, 1)
	require.Contains(t, r.Notes[0], "a checkpoint could not be written")
}
