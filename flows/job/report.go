package job

import (
	"time"

	"powerdesk/flows/words"
)

// Report is one resident's report of a job. Everything in it but Lang and the
// times is personal and goes, in private, to who holds the job only: the pair, and
// the clerk who tops up for it.
type Report struct {
	Chat        int64      `json:"chat"`
	Lang        words.Lang `json:"lang"`
	Name        string     `json:"name,omitempty"`
	Phone       string     `json:"phone,omitempty"`
	Onsite      string     `json:"onsite,omitempty"` // who to ask for at the place, when reported for somebody else
	At          time.Time  `json:"at"`
	Withdrawn   bool       `json:"withdrawn,omitempty"`
	Answer      string     `json:"answer,omitempty"` // "yes", "no": is the power back?
	Rating      string     `json:"rating,omitempty"` // "good", "fair", "poor"
	Comment     string     `json:"comment,omitempty"`
	Spoken      Attachment `json:"spoken,omitzero"`        // a comment that was spoken or pictured
	Forget      bool       `json:"forget,omitempty"`       // erase what is personal once the job is over
	FalseBefore int        `json:"false_before,omitempty"` // how many earlier reports of this person had been found false when this one was made
	Joined      bool       `json:"joined,omitempty"`       // of an outage that others had reported: it stands in the session, and not in the job
	Typed       bool       `json:"typed,omitempty"`        // by a volunteer, for somebody who phoned or came: Chat is the volunteer's
}

// ReportOf gives the resident's report, or nil.
func (j *Job) ReportOf(chat int64) *Report {
	for i := range j.Reports {
		if j.Reports[i].Chat == chat && chat != 0 {
			return &j.Reports[i]
		}
	}
	return nil
}
