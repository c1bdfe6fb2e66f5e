//go:build !failpoints

package app

import "context"

// failpoint is where a test lets the program die, hang or fail (failpoint_on.go).
// The program that is shipped has no such places: this compiles to nothing.
func failpoint(context.Context, failpointName) error { return nil }

// onWritten lets a failpoint be met once a request has gone out.
func onWritten(ctx context.Context, _ failpointName) context.Context { return ctx }
