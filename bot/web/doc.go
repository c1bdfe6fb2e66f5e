// Package web is the desk's HTTP side: health and metrics for the operator,
// the route Telegram's webhook calls, and the page on which the desk can be
// tried without Telegram.
//
// The app package builds a Handler from the parts it has, gives it to Server
// and serves. The page under try/ is plain HTML, CSS and JavaScript, embedded
// as it stands; it talks only to /try/*, which Options.Try answers (the
// stand-in for Telegram in the demo).
//
// What a test or a script drives the page by stays the same while its looks may
// change: each phone is a section with data-chat, data-viewer and data-slot,
// each message has data-message, an inline button data-press, a key of the reply
// keyboard data-reply, and a phone's own controls data-input, data-send,
// data-start, data-join, data-attach, data-keyboard and data-more. The hint has the step in data-step, the
// way to the phone in data-go and the button to press in data-press-next.
//
// Webhook is the door for updates that Telegram brings: who may come in and how
// much they may carry is decided there, and what an update says is not.
//
// The package never decides anything about a job, never reads the store and
// never makes a request of its own; its page loads nothing from another host.
package web
