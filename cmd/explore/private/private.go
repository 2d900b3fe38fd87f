// Package private keeps the compiled code of Graphviz in a directory of the
// user's own.
//
// go-graphviz is WebAssembly, compiled when its package is initialised, in
// every process that is linked with it; what comes out is kept in
// $TMPDIR/go-graphviz and run by the next process. In a /tmp that others write
// to they could have put something there. So this package, which is initialised
// before it (packages are, in the order of their import paths, once what they
// import is), points TMPDIR to the user's cache directory, and Restore points
// it back. Where there is no such directory nothing is kept.
package private

import (
	"os"
	"path/filepath"
)

var before, given = os.LookupEnv("TMPDIR")

var _ = os.Setenv("TMPDIR", directory())

// directory is made if need be; if it cannot be, none of its children can.
func directory() string {
	const none = "/dev/null"
	cache, err := os.UserCacheDir()
	if err != nil {
		return none
	}
	dir := filepath.Join(cache, "finwait")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return none
	}
	return dir
}

// Restore puts TMPDIR back to what it was.
func Restore() {
	if given {
		os.Setenv("TMPDIR", before) //nolint:errcheck // it was set before
	} else {
		os.Unsetenv("TMPDIR") //nolint:errcheck // the same
	}
}
