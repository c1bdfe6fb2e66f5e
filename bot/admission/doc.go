// Package admission decides who is let in: nobody whom the county has barred
// (block_list.go), nobody who is faster than thumbs are (pace.go), and no more
// newcomers at once than Telegram lets the desk answer (crowd.go). A danger passes
// pace and crowd, whoever names it.
//
// Package app asks it of every event that Telegram brings, before anything else is
// looked at, stores the words for whoever is turned away (Verdict.Say), and tells
// how that ended (Told) and how the events that were let in did (Handled).
//
// It lives in memory, of one process, and that does no harm: a desk that polls has
// one process that hears, and one that was started again forgives. Where Telegram
// brings the updates, to several replicas, each counts what it is brought: with two
// of them twice as many may come, and somebody may be told twice, at two messages,
// that they are too fast. Nobody is turned away earlier for it, and nothing is sent
// faster, because one process sends and keeps Telegram's limits.
//
// The package never sends or stores anything itself, and never says that something
// was taken which was not: whoever is turned away is told so, once, with whom to
// call.
package admission
