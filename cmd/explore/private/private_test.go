package private

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTheDirectoryIsTheUsersOwn(t *testing.T) {
	home := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", home)
	dir := directory()
	if dir != filepath.Join(home, "finwait") {
		t.Errorf("the directory is %s", dir)
	}
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}

	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "finwait", "file"))
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if dir := directory(); dir != "/dev/null" {
		t.Errorf("it cannot be made, and is %s", dir)
	}

	t.Setenv("XDG_CACHE_HOME", "not/absolute")
	if dir := directory(); dir != "/dev/null" {
		t.Errorf("it is unknown, and is %s", dir)
	}
}

func TestRestore(t *testing.T) {
	t.Setenv("TMPDIR", "elsewhere")
	defer func(b string, g bool) { before, given = b, g }(before, given)
	before, given = "here", true
	Restore()
	if os.Getenv("TMPDIR") != "here" {
		t.Error("TMPDIR is not what it was")
	}
	given = false
	Restore()
	if _, set := os.LookupEnv("TMPDIR"); set {
		t.Error("TMPDIR was not set, and is")
	}
}
