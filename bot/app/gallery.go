package app

import (
	"context"
	"log/slog"
	"sync"

	"powerdesk/bot/pictures"
	"powerdesk/bot/telegram"
	"powerdesk/flows/job"
)

// gallery sends the drawings that talks show. Telegram is given each of them once
// and names it; from then on the name is enough, for every replica and after a
// restart. Two that are sent for the first time at the same moment are both
// uploaded, which does no harm.
type gallery struct {
	tg   uploader
	kept files
	log  *slog.Logger

	mu      sync.Mutex
	files   map[string]string // Telegram's ids, by drawing and content
	refused map[string]string // those of them that Telegram does not know any more
}

// uploader is Telegram as the gallery sees it.
type uploader interface {
	Send(ctx context.Context, o telegram.Outgoing) (int, error)
	Upload(ctx context.Context, o telegram.Outgoing, png []byte) (message int, file string, err error)
}

// files keeps Telegram's ids of what was uploaded, for all replicas.
type files interface {
	File(ctx context.Context, name string) (string, error)
	KeepFile(ctx context.Context, name, id string) error
}

func newGallery(tg uploader, kept files, log *slog.Logger) *gallery {
	return &gallery{tg: tg, kept: kept, log: log, files: make(map[string]string), refused: make(map[string]string)}
}

// Send sends a message with its drawing, if it has one. A second try in plain
// text goes without: whatever Telegram did not like, the words arrive.
func (g *gallery) Send(ctx context.Context, o telegram.Outgoing) (int, error) {
	drawing, ok := pictures.Find(o.Say.Picture)
	if !ok || o.Plain || o.Message != 0 {
		return g.tg.Send(ctx, o)
	}
	name := o.Say.Picture + "@" + drawing.Hash
	if file := g.find(ctx, name); file != "" {
		o.Say.Media = job.Attachment{Kind: job.Photo, FileID: file}
		id, err := g.tg.Send(ctx, o)
		if telegram.Is(err, telegram.Missing) {
			// The token is another one, or it was long ago.
			g.forget(name, file)
		}
		return id, err
	}
	id, file, err := g.tg.Upload(ctx, o, drawing.PNG)
	if err == nil && file != "" {
		g.keep(ctx, name, file)
	}
	return id, err
}

// find gives Telegram's id of a drawing, "" when it has to be uploaded. The store
// is asked until it knows one, and then no more.
func (g *gallery) find(ctx context.Context, name string) string {
	g.mu.Lock()
	file := g.files[name]
	g.mu.Unlock()
	if file != "" {
		return file
	}
	file, err := g.kept.File(ctx, name)
	if err != nil {
		g.log.Warn("a picture is uploaded again", "picture", name, "err", err)
		return ""
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if file == g.refused[name] {
		return ""
	}
	g.files[name] = file
	return file
}

// keep notes an id for this process and for all others. One that cannot be
// stored is uploaded once more by whoever starts next.
func (g *gallery) keep(ctx context.Context, name, file string) {
	g.mu.Lock()
	g.files[name] = file
	g.mu.Unlock()
	// The picture is with Telegram already, also when the desk stops just now.
	if err := g.kept.KeepFile(context.WithoutCancel(ctx), name, file); err != nil {
		g.log.Warn("a picture's id is not kept", "picture", name, "err", err)
	}
}

func (g *gallery) forget(name, file string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.refused[name] = file
	if g.files[name] == file {
		delete(g.files, name)
	}
}
