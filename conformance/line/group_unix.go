//go:build unix

package line

import (
	"os/exec"
	"syscall"
)

// ownGroup puts the driver, with whatever it starts, into a process group of
// its own, so that nothing of it is left behind.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func killGroup(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
