// Package county is what the desk file says about one supplier, and what follows
// from that alone: which place somebody means, when the hall is open, how long a
// crew usually takes, who is on duty, what a time is called in the county's zone.
//
// bot/config reads and checks the file and makes a County of it; the flows and
// bot/app ask it. A County is never changed once the desk runs, and holds facts
// only: it knows no job and no talk. Team is the one part that is not in the file,
// what the crew and the clerks have said of their own duty since.
package county
