package talk

import (
	"slices"
	"strings"

	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

// longestCaption leaves room in Telegram's 1024 characters for what the desk adds
// when it passes a picture on.
const longestCaption = 900

// KeepWords keeps free words until there is a job to keep them with.
func (t *Turn) KeepWords(text string) {
	if len(t.S.Notes) >= job.MaxKept {
		t.Tell("router.full", nil)
		return
	}
	t.S.Notes = append(t.S.Notes, text)
}

// keepWithJob keeps words or a picture with an open job, whose pair is told, and
// says so.
func (t *Turn) keepWithJob(j *job.Job, n job.Note, key string) {
	t.ask = t.ask || !t.Resting()
	if len(j.Notes) >= job.MaxKept {
		t.Tell("router.full", nil)
		return
	}
	told := t.Received(j, key)
	j.Note(t.S.Chat, n)
	t.told = append(t.told, told)
}

// Received says whom words or a picture for a job reach: by the key, or, where there
// is a danger, who has read them by now and who will.
func (t *Turn) Received(j *job.Job, key string) string {
	args := words.Args{"No": j.No}
	if j.Danger == "" || !j.Outage() {
		return t.Word(j.Phrase(key), args)
	}
	var crew []string
	for _, c := range j.Pair {
		if c.User != 0 && c.Chat {
			crew = append(crew, c.Name)
		}
	}
	if len(crew) == 0 {
		return t.Word("router.danger_waits", args)
	}
	args["Crew"] = strings.Join(crew, t.Word("and", nil))
	return t.Word("router.danger_passed", args)
}

// Note keeps the words of this turn with the job that they belong to.
func (t *Turn) Note() {
	if j := t.Subject(); j != nil {
		t.keepWithJob(j, job.Note{At: t.E.At, Text: t.E.Text}, "router.note_kept")
	}
}

// attach keeps a picture or a voice message wherever the talk is. The pictures
// of an album are one act of the sender: the first is answered.
func (d *Desk) attach(t *Turn) {
	f, s := t.step()
	if len(t.S.Media) >= job.MaxKept && !d.alarm(t, s) {
		t.Tell("router.full", nil)
		t.ask = true
	}
	if len(t.S.Media) >= job.MaxKept {
		return
	}
	if runes := []rune(t.E.Text); len(runes) > longestCaption {
		t.E.Text, t.E.Cut = string(runes[:longestCaption]), true
		t.E.Media.Note = t.E.Text
	}
	if t.E.Cut {
		t.Tell("router.cut", nil)
	}
	again := t.seen(t.E.Media.Album)
	t.S.Media = append(t.S.Media, t.E.Media)
	if t.holds() && (t.Resting() || f.Name == workFlow) && (!again && t.heard(f, s) || d.crew.Heard(t)) {
		t.S.Media = slices.DeleteFunc(t.S.Media, func(m job.Attachment) bool { return m.FileID == t.E.Media.FileID })
		t.ask = t.ask || !t.Resting()
		return
	}
	known := t.Subject() != nil // then the alarm says itself whom it has reached
	if alarmed := d.alarm(t, s); alarmed || !again && t.heard(f, s) || t.ask {
		if !again && (!alarmed || !known) {
			t.told = append([]string{t.Word("router.media_got", nil)}, t.told...)
		}
		return
	}
	if j := t.Subject(); j != nil {
		t.S.Media = t.S.Media[:len(t.S.Media)-1]
		told := len(t.told)
		t.keepWithJob(j, job.Note{At: t.E.At, Media: t.E.Media}, "router.media_kept_job")
		if again {
			t.told, t.silent = t.told[:told], true
		}
		return
	}
	if t.Resting() && d.crew.Heard(t) {
		t.S.Media = t.S.Media[:len(t.S.Media)-1]
		return
	}
	if again {
		t.silent = true
		return
	}
	t.told = append([]string{t.Word("router.media_kept", nil)}, t.told...)
	if t.Idle() {
		t.hint()
		t.Begin(alarmFlow + "/" + d.flows[alarmFlow].Start)
	}
	t.ask = true
}

// seen says whether a picture of this album was kept before.
func (t *Turn) seen(album string) bool {
	if album == "" {
		return false
	}
	if slices.ContainsFunc(t.S.Media, func(a job.Attachment) bool { return a.Album == album }) {
		return true
	}
	return slices.ContainsFunc(t.ReportedJobs(), func(j *job.Job) bool {
		return slices.ContainsFunc(j.Notes, func(n job.Note) bool { return n.Media.Album == album })
	})
}

// pinned takes a position for the place of the talk, for the open job, or, as a
// first message, for a report there.
func (d *Desk) pinned(t *Turn) {
	f, s := t.step()
	if t.heard(f, s) || t.ask {
		t.ask = true
		return
	}
	if t.Resting() && t.Subject() == nil && d.crew.Heard(t) {
		return
	}
	place, ok := t.placeAt(t.E.Pin)
	if j := t.Subject(); j != nil {
		if !j.Place.Known() && ok {
			j.Place = place
		} else {
			j.Place.Pin = t.E.Pin
		}
		if j == t.Job() && t.S.Place.Known() {
			t.S.Place.Pin = t.E.Pin
		}
		j.Record(job.Entry{At: t.E.At, What: job.DidComplete, User: t.S.Chat})
		t.Tell("router.pin_kept_job", words.Args{"No": j.No})
		t.ask = !t.Resting()
		return
	}
	t.ask = true
	if !ok {
		t.Tell("place.outside", nil)
		return
	}
	if t.S.Place.Known() {
		t.S.Place.Pin = t.E.Pin // what was said of the place is more than what a position tells
	} else {
		t.S.Place = place
	}
	kept := t.Word("router.pin_kept", words.Args{"Place": d.County.PlaceName(t.S.Place, t.S.Lang)})
	if between(t) {
		kept = t.Word("place.pin_noted", nil)
	}
	t.told = append([]string{kept}, t.told...)
	if t.Idle() {
		t.Begin(alarmFlow + "/" + d.flows[alarmFlow].Start)
	}
}

// contact takes the person's phone where it is asked for, else for the open job
// or for the report that is being made.
func (d *Desk) contact(t *Turn) {
	f, s := t.step()
	if t.heard(f, s) {
		return
	}
	j := t.Subject()
	switch {
	case t.ask:
	case t.E.Foreign || t.E.Phone == "":
		t.Tell("router.foreign_contact", nil)
	case j != nil:
		j.ReportOf(t.S.Chat).Phone = t.E.Phone
		if j == t.Job() {
			t.S.Phone = t.E.Phone
		}
		j.Record(job.Entry{At: t.E.At, What: job.DidComplete, User: t.S.Chat})
		t.Tell(j.Phrase("router.contact_kept_job"), words.Args{"No": j.No, "Phone": t.E.Phone})
		t.ask = !t.Resting()
		return
	default:
		t.S.Phone = t.E.Phone
		t.Tell("router.contact_kept", words.Args{"Phone": t.E.Phone})
	}
	t.ask = true
}

// HandOver moves what the person has said and sent so far to the job.
func (t *Turn) HandOver(j *job.Job) {
	for _, text := range t.S.Notes {
		j.Note(t.S.Chat, job.Note{At: t.E.At, Text: text})
	}
	for _, media := range t.S.Media {
		j.Note(t.S.Chat, job.Note{At: t.E.At, Media: media})
	}
	t.S.Notes, t.S.Media = nil, nil
}
