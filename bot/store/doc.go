// Package store keeps what the desk has decided. It is the only part that
// speaks to Redis: bot/app loads a State with it, commits what the flows made
// of it, and hands its outbox to bot/outbox.
//
//	Load    one read-only script: a session and every job that it names
//	Commit  one script: seen mark, session, jobs, reminders, log, outbox rows,
//	        all of it or nothing
//
// Lead and Resign say which of several processes acts. Its term is a fencing
// token: a commit that carries one leases nothing once the term is over.
//
// A row of the outbox goes
//
//	         Lease                Ack
//	waiting ───────▶ leased ──────────▶ gone
//	   ▲               │ │  Bury
//	   └───────────────┘ └────────────▶ dead ──(TTL)──▶ gone
//	   Nack, Reap (the lease ran out)
//
// Rows of one lane leave in the order of their commits: a lane of which a row
// is leased is not offered to anybody, and a row that waits holds back those
// behind it. A chat has two lanes, its own and one for dangers, which wait for
// no ordinary row. Across lanes the lowest talk.Class leaves first, and a row
// that stands in front of a more pressing one of its lane is as pressing as
// that.
//
// Every change is one Lua script that may be repeated: go-redis sends a script
// again when its reply was lost (RELIABILITY §3.6). Each script validates
// before its first write, because Lua on Redis cannot roll back. Commit writes
// its seen mark first, a command that a full Redis refuses, so intake is
// refused whole; scripts that drain the outbox begin with a deletion, which
// passes, so a full Redis empties itself (RELIABILITY §3.3).
//
// All keys of a desk share one hash tag and hence one slot of a Redis Cluster.
// keys.go lists them with type and TTL. Bodies are JSON that no script looks
// into.
//
// The package never decides what to say, never sends, never retries a conflict
// (the caller must decide anew), and never puts a body into an error or a log.
package store
