//go:build !failpoints

package app

import "context"

// failpoint is where a test lets the program die, hang or fail (failpoint_on.go).
// The program that is shipped has no such places: this compiles to nothing.
func failpoint(context.Context, point) error { return nil }

// onWritten lets a failpoint be met once a request has gone out.
func onWritten(ctx context.Context, _ point) context.Context { return ctx }
