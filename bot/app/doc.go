// Package app puts the desk together. An event that Telegram tells of is admitted,
// authenticated, decided and committed (handle.go); events of the desk's own, such
// as reminders that come due (timers.go), are decided and committed (desk_event.go).
// What was committed is sent (outbox_sender.go) by the one replica whose term it is
// (term_work.go), with the drawing that it shows (gallery.go). All of it starts and
// stops in order (run.go, serve.go, demo.go).
//
// Where to look for what goes wrong: a commit whose reply was lost
// (uncertain_commit.go), an event that cannot be handled (quarantine.go), who acts
// and what is said while Redis is away (bot/lead), who is turned away
// (bot/admission), a group that has moved or thrown the desk out (group_moved.go,
// group_removed.go), words that did not arrive (undelivered.go).
//
// Package main calls it. It is the only package that knows all siblings: it makes
// each of them what the others ask for (lease_store.go, outbox_store.go,
// direct_calls.go), and decides nothing about a talk or a job.
//
// Every queue has an end, and what is beyond it waits where it is safe, or is told
// that it was not taken:
//
//	what                         so many                     and then
//	updates in hand              100, of 8 MiB together      wait with Telegram until the first of these is stored
//	updates brought              80 in hand, of 1 MiB each   503: Telegram brings them again
//	chats handled at once        64                          the next waits for one of them
//	people who begin to talk     500, then 100 a minute      are told to write again later (bot/admission)
//	one person's turns           20, then one in 3 s         are told to slow down (bot/admission)
//	people remembered for that   20 000                      Redis is asked who they are
//	messages in memory           100 000                     stay in Redis until there is room, but for dangers
//	talks remembered             8 000, and 4 000 jobs       Redis is asked again (store/memory.go)
//	a broadcast                  200 people at a time        goes on when fewer than 200 messages wait
//	sends at once                64                          the next waits; two are a danger's
//	sent, and not yet noted      256                         only dangers are sent until Redis notes them
//	calls beside the outbox      one a press or a leaving    end after 10 s
//	people told to phone         who writes in 10 minutes    Telegram shows 100 to whoever confirms none
//	keys in Redis                each but four has an end    store/keys.go; the log and the figures grow by month
//	Redis's memory               maxmemory, noeviction       nothing new is taken, and people are told to phone
package app
