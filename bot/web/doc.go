// Package web is the desk's HTTP side: health and metrics for the operator,
// the route Telegram's webhook calls, and the page on which the desk can be
// tried without Telegram.
//
// The app package builds a Handler from the parts it has, gives it to Server
// and serves. The page under try/ is plain HTML, CSS and JavaScript, embedded
// as it stands; it talks only to /try/*, which Options.Try answers (the
// stand-in for Telegram in the demo).
//
// The package never decides anything about a job, never reads the store, never
// checks a webhook secret (Options.Webhook does) and never makes a request of
// its own; its page loads nothing from another host.
package web
