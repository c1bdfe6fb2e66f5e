package duty

import (
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// What a rung does to the job.

func postAgain(_ *talk.Turn, j *job.Job, _ pending) { j.Posted++ }

func postTopUpAgain(t *talk.Turn, j *job.Job, _ pending) {
	if t.E.At.Sub(j.Last(job.DidAskTopUp, "", 0)) > time.Minute { // with nobody on duty it was posted just now
		j.TopUp.Posted++
	}
}

func giveBack(t *talk.Turn, j *job.Job, r pending)  { j.Release(r.user, job.ByDesk, "idle", t.E.At) }
func dropTopUp(t *talk.Turn, j *job.Job, _ pending) { j.DropTopUp(job.ByDesk, "idle", t.E.At) }
func resume(t *talk.Turn, j *job.Job, _ pending)    { j.Resume(job.ByDesk, t.E.At) }
func lapse(t *talk.Turn, j *job.Job, _ pending)     { j.Lapse(t.E.At) }

func raising(why string) func(*talk.Turn, *job.Job, pending) {
	return func(t *talk.Turn, j *job.Job, _ pending) { j.Raise(job.ByDesk, why, t.E.At) }
}

// What is said because of a rung.

func saying(key string) func(*job.Job) string { return func(*job.Job) string { return key } }

func hearing(key string) func(*talk.Turn, *job.Job) string {
	return func(*talk.Turn, *job.Job) string { return key }
}

func silentLeader(*talk.Turn, *job.Job) string { return "leader.silent" }

// unclaimedLeader: a danger is named first.
func unclaimedLeader(t *talk.Turn, j *job.Job) string {
	now := t.E.At.Sub(j.Clocks.Short) < time.Minute && len(onDutyFor(t, j)) == 0
	switch {
	case now && j.Danger != "":
		return "leader.now_danger"
	case now:
		return "leader.unclaimed_now"
	case j.Danger != "":
		return "leader.unclaimed_danger"
	}
	return "leader.unclaimed"
}

func stationLeader(_ *talk.Turn, j *job.Job) string {
	if j.Danger != "" {
		return "leader.station_danger"
	}
	return "leader.station"
}

func unclaimedNews(j *job.Job) string {
	switch {
	case j.Claims() > 0: // somebody comes; that a second one is wanted is not the resident's worry
		return ""
	case j.Danger != "":
		return "news.unclaimed_danger"
	}
	return "news.unclaimed"
}

func lateNews(j *job.Job) string {
	if j.Claims() > 0 {
		return "news.asking"
	}
	return unclaimedNews(j)
}
