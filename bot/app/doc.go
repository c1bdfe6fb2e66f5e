// Package app puts the desk together: what Telegram tells is loaded, decided
// and committed (turn.go), what was committed is sent (sender.go), with the
// drawing that it shows (gallery.go), what was asked for later comes due
// (timers.go), and all of it starts and stops in order (serve.go, demo.go). Of several replicas one does so at a time (lead.go,
// term.go). Package main calls it. It is the only package that knows all
// siblings, and decides nothing about a talk or a job.
package app
