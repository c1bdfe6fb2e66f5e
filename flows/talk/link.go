package talk

import "time"

// CommunityLink heads the payload of a deep link that names a community, as
// printed on a contact point's poster (PRODUCT R5). It is public, the same for
// everybody and good for years, because it says no more than the poster does.
const CommunityLink = "c-"

// Link takes one person, once, from a press on a card to the private chat, where
// the press goes on (PRODUCT V3). It is a signpost and no key: who somebody is,
// the desk knows from Telegram's numeric id, and details go to who holds the job,
// link or not. It stands in the session of who pressed and is used up by the
// first /start with it, so one that is another person's, used, too old or made
// up is a plain /start word for word, and tells nobody whether it ever was one.
type Link struct {
	Payload string    `json:"payload"` // random; at most 64 of A-Za-z0-9_-
	Until   time.Time `json:"until"`
	Job     string    `json:"job,omitempty"`
	Then    string    `json:"then,omitempty"` // the question that the press asked for, "flow/step"; "" = the details only
}

// linkFor is how long a link can be used. Telegram opens the chat with the press,
// so it is for a slow network; later, a press gives a new one.
const linkFor = 10 * time.Minute

// Invite answers a press of somebody who has never opened the private chat: it
// takes them there, to the question of a job or to its details. A link given
// before is good no more.
func (t *Turn) Invite(job, then string) {
	t.S.Link = Link{Payload: "d" + t.E.Token, Until: t.E.At.Add(linkFor), Job: job, Then: then}
	t.Do(Toast{Callback: t.E.Callback, Start: t.S.Link.Payload})
}

// invited uses up the link with which this /start came. It reports false when it
// came with none that is good.
func (t *Turn) invited() (l Link, ok bool) {
	l = t.S.Link
	if l.Payload == "" || t.E.Text != l.Payload {
		return Link{}, false
	}
	t.S.Link = Link{}
	return l, t.E.At.Before(l.Until)
}
