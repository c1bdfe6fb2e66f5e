// Package store keeps what the desk has decided. It is the only part that
// speaks to Redis: bot/app loads a State with it, commits what the flows made
// of it, and hands its outbox to bot/outbox.
//
//	Load    one read-only script: a session and every job that it names
//	Commit  one script: seen mark, session, jobs, reminders, log, outbox rows,
//	        all of it or nothing
//	Rows    the outbox, in the order of the commits
//	Settle  what became of rows: sent, tried in vain, given up
//
// Lead and Resign say which of several processes acts. The owner of its term is a
// fencing token: once the term is over, Rows gives it nothing, Settle does nothing,
// and what it commits is left to whoever acts then. Nothing else is scheduled here:
// order, urgency, limits and retries are the business of bot/outbox, in memory.
//
// Every change is one Lua script that may be repeated: go-redis sends a script
// again when its reply was lost (RELIABILITY §3.6). Each script validates
// before its first write, because Lua on Redis cannot roll back. Commit writes
// its seen mark first, a command that a full Redis refuses, so intake is
// refused whole; scripts that empty the outbox begin with a deletion, which
// passes, so a full Redis empties itself (RELIABILITY §3.3).
//
// All keys of a desk share one hash tag and hence one slot of a Redis Cluster.
// keys.go lists them with type and TTL. Bodies are JSON that no script looks
// into.
//
// The package never decides what to say, never sends, never retries a conflict
// (the caller must decide anew), and never puts a body into an error or a log.
package store
