// Package demo is the far end of the desk on one machine: a stand-in for Telegram's Bot API with the people who use it, and an embedded Redis.
//
// Callers are the wiring in bot/app (the demo that a visitor tries on one page), the end-to-end tests, which click as a person clicks, and the
// benchmarks. All three meet the same server, so what the page shows is what the tests prove.
//
//	tg := demo.New(demo.Options{Token: "1000001:demo", Bot: demo.Bot{Name: "Desk", Username: "desk_bot"}})
//	defer tg.Close()
//	tg.AddPerson(demo.Person{ID: 11, Name: "王大爷", Language: "zh-hans", Phone: "+8613800000011"})
//	http.Serve(listener, tg.Handler())      // the desk polls http://…/bot<token>/getUpdates
//	tg.As(11).Start("")                     // a person opens the bot …
//	tg.Await(ctx, 11, 0, func(m demo.Message) bool { return m.Bot })   // … and reads its answer
//
// It speaks the public Bot API as plain HTTP and the library telegram-bot-api v5.5.1 speak it, and keeps the rules that hurt when they are not
// kept: the update queue and its confirmations, one poller at a time, webhooks with one update in flight a chat, what expires when, who may be
// written to, what a text and a button may hold, and the words of Telegram's own errors (RELIABILITY §1, §2).
// A fault script (AddFault) breaks chosen calls, and a ledger (Calls) is the truth about what arrived; which calls came inside the wait of a
// scripted 429, Violations tells.
//
// What differs from Telegram on purpose: no call is answered 429 unless the script says so, parse_mode knows HTML only, files are never fetched
// from a URL, a webhook is only pushed to this machine, and START is pressed for a person whom a button's answer takes to the bot.
//
// The package never talks to Telegram or to any other machine, holds nothing on disk, and knows nothing of the desk: people and groups are
// given to it by the wiring.
package demo
