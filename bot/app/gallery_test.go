package app

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/bot/demo"
	"powerdesk/bot/pictures"
	"powerdesk/flows/desk"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// illustrated lists every step that shows a drawing, as "flow/step".
func illustrated(d *talk.Desk) map[string]string {
	shows := make(map[string]string)
	for _, f := range d.Flows() {
		for _, s := range f.Steps {
			if s.Picture != "" {
				shows[f.Name+"/"+s.ID] = s.Picture
			}
		}
	}
	return shows
}

// Every drawing that a step names is there, and none is there that nobody shows.
func TestEveryDrawingIsShownAndEveryOneShownIsThere(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	shows := illustrated(desk.New(s.setting.County))
	shown := make(map[string]bool)
	for step, name := range shows {
		shown[name] = true
		if _, ok := pictures.Find(name); !ok {
			t.Errorf("%s shows %q, which nobody has drawn", step, name)
		}
	}
	drawings, err := filepath.Glob("../pictures/png/*.png")
	if err != nil || len(drawings) == 0 {
		t.Fatal("no drawings are found", err)
	}
	for _, path := range drawings {
		if name := strings.TrimSuffix(filepath.Base(path), ".png"); !shown[name] {
			t.Errorf("no step shows the drawing %q", name)
		}
	}
}

// Nobody has to read to follow the guide: each of its screens shows a drawing,
// and so does each step of the triage that is about the meter.
func TestEveryScreenOfTheGuideShowsADrawing(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	d := desk.New(s.setting.County)
	shows := illustrated(d)
	for _, f := range d.Flows() {
		for _, step := range f.Steps {
			// The guide's own screens all offer people; those that ask for the hall's clerk do not.
			if ref := f.Name + "/" + step.ID; f.Name == "topup" && step.Come && shows[ref] == "" {
				t.Errorf("%s shows no drawing", ref)
			}
		}
	}
	for _, ref := range []string{
		"outage/meter", "outage/card", "outage/insert", "outage/remote", "outage/push", "topup/done", "topup/soon", "topup/lit",
		"topup/account", "topup/display", "topup/light_card", "topup/light_meter", "topup/light_push",
	} {
		if shows[ref] == "" {
			t.Errorf("%s shows no drawing", ref)
		}
	}
}

// guide is how a resident gets to three drawings, of which the first comes again.
func guide() []line {
	return []line{
		{tap: "menu.menu.topup", answer: "topup.trouble.say"},
		{tap: "topup.trouble.card", answer: "topup.card.say"},
		{tap: "topup.card.unread", answer: "topup.code.say"},
		{types: "/start", answer: "router.left"},
		{tap: "menu.menu.topup", answer: "topup.trouble.say"},
	}
}

// opens brings a resident who has opened the bot.
func (s *scene) opens(l words.Lang) *person {
	s.Helper()
	p := s.resident(l)
	p.start("")
	p.answered()
	return p
}

// photos counts the drawings that were sent, and those of them that were
// uploaded: an upload names no file.
func (s *scene) photos() (sent, uploaded int) {
	for _, c := range s.tg.Calls("sendPhoto") {
		switch {
		case !c.OK():
		case c.Params["photo"] == "":
			uploaded++
			sent++
		default:
			sent++
		}
	}
	return sent, uploaded
}

// arrived checks what was sent so far.
func (s *scene) arrived(sent, uploaded int) {
	s.Helper()
	s.settled()
	if gotSent, gotUploaded := s.photos(); gotSent != sent || gotUploaded != uploaded {
		s.Errorf("%d drawings sent, %d of them uploaded, want %d and %d", gotSent, gotUploaded, sent, uploaded)
	}
}

// A drawing is uploaded once, for both languages, and named from then on: by this
// process, and by the next one.
func TestADrawingIsUploadedOnce(t *testing.T) {
	t.Parallel()
	s := stageFor(t, sharedURL(t)).open()
	s.opens(words.ZH).talk(guide()...)
	s.arrived(4, 3)
	s.opens(words.EN).talk(guide()...)
	s.arrived(8, 3)
	s.halt()
	s.open()
	anna := s.opens(words.EN)
	anna.talk(guide()...)
	s.arrived(12, 3)
	m := anna.reads("topup.code.say")
	if m.Kind != "photo" || len(m.Buttons) != 0 {
		t.Errorf("the drawing came as %s with the buttons %v", m.Kind, m.Buttons)
	}
	anna.talk(line{tap: "topup.trouble.paid", answer: "topup.paid.say"}) // its keys came with it
}

// An id that Telegram does not know any more leads to one upload, and to no loss:
// another token has other ids.
func TestAnIdThatTelegramForgotIsReplaced(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	p, _ := pictures.Find("meter")
	name := "meter@" + p.Hash
	ctx := s.soon()
	if err := founded(t, s.desk.Store).KeepFile(ctx, name, "AgACAgUAAxkBAAIphoto-of-another-bot"); err != nil {
		t.Fatal(err)
	}
	first := s.opens(words.ZH)
	first.talk(guide()[0])
	s.arrived(1, 1)
	s.opens(words.ZH).talk(guide()[0])
	s.arrived(2, 1)
	if id, err := s.desk.Store.File(ctx, name); err != nil || id != first.reads("topup.trouble.say").FileID {
		t.Errorf("the store has %q (%v), want the id of what was uploaded", id, err)
	}
	if n := len(s.tg.Calls("sendMessage")); n != 2 {
		t.Errorf("%d messages without a drawing, want the two that greet", n)
	}
}

// A flood while uploading is one: nothing is sent before it is over, and the
// upload comes once.
func TestAFloodWhileUploadingIsWaitedFor(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t), realTime).open()
	p := s.opens(words.ZH)
	s.tg.AddFault(demo.Fault{Method: "sendPhoto", Chat: p.id, Times: 1, RetryAfter: 1})
	began := time.Now()
	p.talk(guide()[0])
	if waited := time.Since(began); waited < time.Second {
		t.Errorf("the drawing came after %s, want it to wait for a second", waited)
	}
	s.arrived(1, 1)
	if early := s.tg.Violations(); len(early) > 0 {
		t.Errorf("calls that came too early: %v", early)
	}
}

// The words are never lost for a picture: whatever Telegram refuses of it, they
// come without, and with their keys.
func TestWordsComeWithoutAPictureThatCannotBeSent(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	s.tg.AddFault(demo.Fault{Method: "sendPhoto", Status: 400, Description: "Bad Request: IMAGE_PROCESS_FAILED"})
	p := s.opens(words.ZH)
	p.talk(guide()...)
	if m := p.reads("topup.code.say"); m.Kind != "text" {
		t.Errorf("the words came as %s", m.Kind)
	}
	s.arrived(0, 0)
	if got := s.metrics(); strings.Contains(got, "powerdesk_outbox_buried_total{") {
		t.Errorf("something was given up:\n%s", got)
	}
}

// An answer that gets lost while uploading may double the message, and no more.
func TestAnUploadWhoseAnswerIsLostIsSentAgain(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	p := s.opens(words.ZH)
	s.tg.AddFault(demo.Fault{Method: "sendPhoto", Times: 1, Kind: demo.Disconnect, Deliver: true})
	p.talk(guide()[0])
	s.arrived(2, 2)
}

// shelfless is a store that has just gone away.
type shelfless struct{}

func (shelfless) File(context.Context, string) (string, error) {
	return "", context.DeadlineExceeded
}

func (shelfless) KeepFile(context.Context, string, string) error { return context.DeadlineExceeded }

// What the store cannot say is uploaded, and remembered by this process.
func TestADrawingNeedsNoStore(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	built, err := Build(s.setting)
	if err != nil {
		t.Fatal(err)
	}
	built.gallery.kept = shelfless{}
	s.work(built)
	for range 2 {
		s.opens(words.ZH).talk(guide()[0])
	}
	s.arrived(2, 1)
}

// asked counts how often a store is asked for an id.
type asked struct {
	files
	n atomic.Int64
}

func (a *asked) File(ctx context.Context, name string) (string, error) {
	a.n.Add(1)
	return a.files.File(ctx, name)
}

// The store is asked once for each drawing, and not with every message.
func TestTheStoreIsAskedOnceForADrawing(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	built, err := Build(s.setting)
	if err != nil {
		t.Fatal(err)
	}
	kept := &asked{files: built.gallery.kept}
	built.gallery.kept = kept
	s.work(built)
	for range 3 {
		s.opens(words.ZH).talk(guide()...)
	}
	s.arrived(12, 3)
	if n := kept.n.Load(); n != 3 {
		t.Errorf("the store was asked %d times for three drawings", n)
	}
}

// Below a drawing there is room for 1024 characters, and no question needs more,
// whatever it names (RELIABILITY §2 "Text").
func TestWhatStandsBelowADrawingFits(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	d := desk.New(s.setting.County)
	var bare []string
	for ref, name := range illustrated(d) {
		flow, step, _ := strings.Cut(ref, "/")
		for _, l := range words.Langs {
			state := talk.State{Session: &talk.Session{Chat: 1, Lang: l, Opened: true, At: evening, Flow: flow, Version: versionOf(d, flow), Step: step}}
			_, effects := d.Step(state, talk.Event{
				ID: "u", At: evening.Add(time.Minute), Kind: talk.Other, From: talk.Person{ID: 1, Lang: l}, Chat: talk.Chat{ID: 1, Kind: talk.Private},
			})
			i := slices.IndexFunc(effects, func(e talk.Effect) bool { _, ok := e.(talk.Say); return ok })
			say := effects[i].(talk.Say)
			if diff := cmp.Diff(name, say.Picture); diff != "" {
				bare = append(bare, ref+" in "+string(l))
			}
			if n := len([]rune(say.Text)); n > 700 {
				t.Errorf("%s says %d characters below its drawing in %s: with what may be told before, that is too much", ref, n, l)
			}
		}
	}
	if len(bare) > 0 {
		t.Errorf("these come without their drawing: %v", bare)
	}
}

func versionOf(d *talk.Desk, flow string) int {
	i := slices.IndexFunc(d.Flows(), func(f *talk.Flow) bool { return f.Name == flow })
	return d.Flows()[i].Version
}
