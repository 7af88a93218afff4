package main

import (
	"os/exec"
	"runtime"
)

// open asks the system to show an address; where it cannot, the address is on
// the screen all the same.
func (e *env) open(address string) {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	if err := exec.Command(name, args...).Start(); err != nil {
		e.tell(err)
	}
}
