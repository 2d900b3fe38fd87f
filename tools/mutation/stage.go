package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// stage is a copy of the module for gremlins to work on, in a temporary directory of its own: the package with its
// tests, the packages that they import, and every file that is not Go source, but no other package and no .git.
type stage struct {
	root string // the copy's root
	pkg  string // directory of the package, relative to the root, with slashes
}

// newStage copies the module whose root is the working directory: what git tracks, and what it would track.
func newStage(ctx context.Context, pkg string) (stage, error) {
	pkg = path.Clean(filepath.ToSlash(pkg))
	needed, err := imported(ctx, pkg)
	if err != nil {
		return stage{}, err
	}
	list, err := output(ctx, ".", "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	if err != nil {
		return stage{}, err
	}
	root, err := os.MkdirTemp("", "mutation-")
	if err != nil {
		return stage{}, err
	}
	s := stage{root: root, pkg: pkg}
	for file := range strings.SplitSeq(strings.Trim(list, "\x00"), "\x00") {
		if !wanted(file, pkg, needed) {
			continue
		}
		if err := s.copyIn(file); err != nil {
			s.remove()
			return stage{}, err
		}
	}
	return s, nil
}

// imported is the set of this module's directories whose packages the package or its tests import.
func imported(ctx context.Context, pkg string) (map[string]bool, error) {
	module, err := output(ctx, ".", "go", "list", "-m")
	if err != nil {
		return nil, err
	}
	deps, err := output(ctx, ".", "go", "list", "-deps", "-test", "-f", "{{.ImportPath}}", "./"+pkg)
	if err != nil {
		return nil, err
	}
	prefix := strings.TrimSpace(module) + "/"
	dirs := make(map[string]bool)
	for line := range strings.Lines(deps) {
		// A package recompiled for the test is listed as "finwait/model [finwait/model.test]".
		name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if dir, ok := strings.CutPrefix(name, prefix); ok {
			dirs[dir] = true
		}
	}
	return dirs, nil
}

// wanted tells whether a file belongs on the stage: the package itself whole, its imports without their tests.
func wanted(file, pkg string, needed map[string]bool) bool {
	dir := path.Dir(file)
	switch {
	case file == "":
		return false
	case path.Ext(file) != ".go", dir == pkg:
		return true
	default:
		return needed[dir] && !strings.HasSuffix(file, "_test.go")
	}
}

// copyIn copies a file of the working directory to the stage. One that git still lists but is deleted is left out,
// and so are symbolic links: nothing here needs one.
func (s stage) copyIn(file string) error {
	info, err := os.Lstat(file)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return s.write(file, data, info.Mode().Perm())
}

// write writes a file of the stage.
func (s stage) write(file string, data []byte, mode fs.FileMode) error {
	to := filepath.Join(s.root, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
		return err
	}
	return os.WriteFile(to, data, mode)
}

// dir is the package's directory on the stage.
func (s stage) dir() string { return filepath.Join(s.root, filepath.FromSlash(s.pkg)) }

// remove removes the stage.
func (s stage) remove() {
	if err := os.RemoveAll(s.root); err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
	}
}

// output runs a program in a directory and returns its standard output, or an error that holds what it complained of.
func output(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, complaint.String())
	}
	return string(out), nil
}
