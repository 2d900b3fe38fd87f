package checker

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Checkpoint says that an exploration is to be saved now and then, so that a run which was killed can go on. What a
// resumed run reports equals what it would have reported without the interruption, but for time and memory.
//
// A checkpoint holds what has been explored, not what has been judged: the claims may differ from run to run. It holds
// no values either, only numbers, and the questions that the model was asked: a resumed run asks them again, and so
// notices if the model answers otherwise.
type Checkpoint struct {
	// File is where the checkpoint is kept. A new one is written beside it, under the same name with ".new", and then
	// takes its place: at any time there is a whole one, or none.
	File string
	// Identity tells the explored system from others: the name of the model, its options, its bounds. A checkpoint with
	// another one is refused.
	Identity string
	// Resume goes on from the file, if there is one. Without it the file is overwritten.
	Resume bool
	// Every is the time between two checkpoints; 0: a minute. It is longer if writing one takes more than a tenth of it.
	// It is written between layers only, and when a limit, or the context, ends the exploration.
	Every time.Duration
}

// RefusedError tells why a checkpoint cannot be resumed from.
type RefusedError struct{ File, Why string }

func (e *RefusedError) Error() string { return fmt.Sprintf("checkpoint %s: %s", e.File, e.Why) }

// The engines, as a checkpoint names them.
const (
	onMatrix = 'm'
	onTable  = 't'
)

// saver writes the checkpoints of an exploration. A nil saver writes none.
type saver struct {
	*Checkpoint
	log         *recorder
	fingerprint func() []byte // of all that the model has said
	every       time.Duration
	last        time.Time
	took        time.Duration
	trouble     error // why the last one could not be written; then there will be no other
}

// newSaver prepares for checkpoints, and opens the one to resume from, if there is one and it
// has not been opened.
func newSaver(c *Checkpoint, log *recorder, fingerprint func() []byte, opened *saved) (*saver, *saved, error) {
	if c == nil {
		return nil, nil, nil
	}
	s := &saver{Checkpoint: c, log: log, fingerprint: fingerprint, every: c.Every, last: time.Now()}
	if s.every <= 0 {
		s.every = time.Minute
	}
	if !c.Resume || opened != nil {
		return s, opened, nil
	}
	from, err := open(c.File, c.Identity)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil, nil
	}
	return s, from, err
}

// save writes a checkpoint if it is time for one, or if there will be no later one.
func (s *saver) save(last bool, engine byte, body func(*encoder)) {
	if s == nil || s.trouble != nil || !last && time.Since(s.last) < max(s.every, 10*s.took) {
		return
	}
	began := time.Now()
	s.trouble = s.write(engine, body)
	s.last = time.Now()
	s.took = s.last.Sub(began)
}

// notes is what has to be said of the checkpoints.
func (s *saver) notes() []string {
	if s == nil || s.trouble == nil {
		return nil
	}
	return []string{fmt.Sprintf("a checkpoint could not be written, and no other was tried: %v", s.trouble)}
}

func (s *saver) write(engine byte, body func(*encoder)) (err error) {
	fresh := s.File + ".new"
	f, err := os.Create(fresh)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()        //nolint:errcheck // it failed already
			os.Remove(fresh) //nolint:errcheck // it may not be there
		}
	}()
	e := newEncoder(f)
	e.header(engine, s.Identity)
	s.log.encode(e)
	e.bytes(s.fingerprint())
	body(e)
	if err := e.finish(); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(fresh, s.File); err != nil {
		return err
	}
	return syncDir(filepath.Dir(s.File))
}

// syncDir makes a renaming last. Some systems cannot sync a directory; that is no failure.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // it was only read
	d.Sync()        //nolint:errcheck // see above
	return nil
}

// saved is a checkpoint that is being resumed from.
type saved struct {
	file   *os.File
	engine byte
	*decoder
}

// on resumes on an engine, and ends the reading. Whatever did not fit is one error.
func (s *saved) on(engine byte, restore func(*saved)) error {
	if s.engine == engine {
		restore(s)
	} else {
		s.fail("it is of a run without a limit on states, and this one has one")
	}
	err := s.file.Close()
	switch {
	case s.err != nil:
		return &RefusedError{s.file.Name(), s.err.Error()}
	case !s.atEnd():
		return &RefusedError{s.file.Name(), "there is more in it than there should be"}
	}
	return err
}

// open checks a checkpoint as a whole: what it is, whether it is undamaged, and whose it is.
func open(file, identity string) (*saved, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	d, engine, err := decode(f, identity)
	if err != nil {
		f.Close() //nolint:errcheck // it was only read
		return nil, &RefusedError{file, err.Error()}
	}
	return &saved{f, engine, d}, nil
}

// recall asks the model again what it was asked before the checkpoint, and makes sure that it says the same.
func (s *saver) recall(from *saved, m *memo) {
	s.log.initial(func(uint64) bool { return true })
	s.log.replay(from.decoder, m)
	if got, want := s.fingerprint(), from.bytes(64); from.err == nil && !bytes.Equal(got, want) {
		from.fail("the model does not answer as it did: it is another one, or has changed since")
	}
}
