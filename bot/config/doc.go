// Package config turns the environment and the desk file into one typed,
// validated Config. The commands of bot/main.go call it once at start: Env is
// embedded in their flags, Load reads it, Check prints what is wrong with it.
//
// A mistake is never just "invalid": each one is a Problem that says where it
// stands, what it is and what to write instead, and all of them are reported at
// once. Nothing is guessed: a desk with a mistake in its file does not start.
//
// The package reads two files, the token's and the desk's, and the time zone; it
// never opens a connection, and no secret it has read can be printed.
package config
