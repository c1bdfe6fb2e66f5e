// Package job is one piece of work for people, from the report to the resident's
// last word: who reported it, who holds it, what is asked of the hall's clerk,
// how far it is, what has happened and when.
//
// The flows move a job on by its methods, Claim, Depart, Restore, Confirm and the
// others. Each gives a Refusal when it changes nothing, and else appends at least
// one Entry to the history: flows/duty tells every change from these entries, so
// nothing that happens to a job can go untold. bot/store keeps a job as JSON and
// counts its revisions.
//
// A job never sends, asks or draws anything and reads no clock: who acts, and
// when, is handed to it.
package job
