package checker

import (
	"bytes"
	"errors"
	"os"
	"strconv"
	"syscall"
)

// mapMore makes a file longer, and maps what is new. The space is allocated at once, for a full disk is an error here,
// and would be a signal later.
func mapMore(f *os.File, offset, size int64) ([]byte, error) {
	err := syscall.Fallocate(int(f.Fd()), 0, offset, size)
	if errors.Is(err, syscall.EOPNOTSUPP) {
		err = writeZeros(f, offset, size)
	}
	if err != nil {
		return nil, err
	}
	return syscall.Mmap(int(f.Fd()), offset, int(size), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
}

func writeZeros(f *os.File, offset, size int64) error {
	zeros := make([]byte, 1<<16)
	for size > 0 {
		n, err := f.WriteAt(zeros[:min(int64(len(zeros)), size)], offset)
		if err != nil {
			return err
		}
		offset, size = offset+int64(n), size-int64(n)
	}
	return nil
}

// giveBack takes a map out of this process's memory. What is dirty the kernel keeps, and writes.
func giveBack(m []byte) {
	if len(m) > 0 {
		_ = syscall.Madvise(m, syscall.MADV_DONTNEED)
	}
}

func unmap(m []byte) {
	if len(m) > 0 {
		_ = syscall.Munmap(m)
	}
}

// residentOfFiles is how many bytes of mapped files are part of this process's memory; if it cannot be known, too many.
func residentOfFiles() int64 {
	content, err := os.ReadFile("/proc/self/statm")
	if fields := bytes.Fields(content); err == nil && len(fields) > 2 {
		if n, err := strconv.ParseInt(string(fields[2]), 10, 64); err == nil {
			return n * int64(os.Getpagesize())
		}
	}
	return 1 << 62
}
