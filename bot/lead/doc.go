// Package lead decides who acts. Telegram's limits are per token, so of all
// replicas of a desk one polls, sends and fires timers (DESIGN §5): it holds a
// lease in Redis and renews it, and a number that only grows tells its term from
// every other one. The package also says what residents hear while nobody can act.
//
//	            ┌─────────────────────────────────────────────────────────────┐
//	            v                                                             │
//	start ─> standing by ── Redis gives it the lease ─> acting                │
//	            │  ^                                      │                   │
//	            │  │                                      │ no renewal in 7 s, another leads, or
//	            │  │                                      v asked to stop     │
//	            │  │                                    handing over ─────────┘
//	            │  │                                      nothing new is begun, what goes out is
//	            │  │                                      noted, then the lease is given back
//	            │  │
//	            │  └─ Redis answers, or somebody else fetches updates
//	            v                                                   │
//	         Redis is away, and this one led last: it looks who writes, and
//	         has them told the hotline ─────────────────────────────┘
//
// Where to look: the lease and the campaign for it (elector.go), what a term begins
// and in which order it ends (handover.go), until when the holder may act by its own
// clocks (lease_deadline.go), who may call Telegram (may_call.go), what a replica last
// heard of who leads (leader_status.go), who looks for people while nobody can act
// (redis_away_watch.go) and what they are told (redis_away_notice.go), and what Telegram wants
// to be left alone with, whoever acts next (method_pauses.go).
//
// Package app makes one Elector a process and gives it what a term does (Work).
// The package never calls Redis or Telegram itself, knows nothing of what is sent,
// and decides nothing about a talk or a job.
package lead
